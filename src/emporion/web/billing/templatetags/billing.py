"""Amounts on the pages of prices, contracts and invoices."""

from __future__ import annotations

from decimal import Decimal

from django import template

from emporion.domain.billing.rules.money import places_of, plain

register = template.Library()


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """An amount with all decimals of its currency, without the currency's name."""
    # A minus as typographers set it, which no line is broken behind.
    return f"{amount:,.{places_of(currency)}f}".replace("-", "−")


@register.filter
def number(value: Decimal) -> str:
    """A quantity or a percentage without empty decimals."""
    return f"{plain(value):,f}"
