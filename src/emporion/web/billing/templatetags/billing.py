"""Amounts on the pages of prices, contracts and invoices."""

from __future__ import annotations

from decimal import Decimal

from django import template

from emporion.domain.billing.rules import references
from emporion.domain.billing.rules.money import places_of, plain
from emporion.language import country_name

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


@register.filter
def grouped(reference: str) -> str:
    """A creditor reference in groups of four."""
    return references.grouped(reference)


@register.filter
def country(code: str) -> str:
    """A country by its two letters, in the reader's language."""
    return country_name(code)
