"""The form in which a visitor notes what their unit means to buy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Currency
from emporion.domain.visitors.actions import NeedFacts
from emporion.web.shell.forms import AmountField, NamedChoice, offer_records, offer_sectors

# Beside which field a refusal's sentence stands.
FIELDS = {"needs_currency": "currency", "need_code_unknown": "hs", "too_many_needs": "text"}


class NeedForm(forms.Form):
    """What a unit means to buy."""

    text = forms.CharField(
        label=_("What you want to buy"), max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text=_("In your own words, in English or Chinese: shea butter for cosmetics, 20 t a year."),
    )  # fmt: skip
    sector = NamedChoice(label=_("Sector"), queryset=None, required=False, empty_label=_("Not stated"))
    hs = forms.CharField(
        label=_("HS code"), max_length=10, required=False, help_text=_("If you know it: two, four or six digits.")
    )
    amount = AmountField(label=_("For how much a year"), required=False, min_value=0, max_digits=18, decimal_places=2)
    currency = forms.ModelChoiceField(
        label=_("Currency"), queryset=Currency.objects.none(), required=False, empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_sectors(self, "sector", edition.fair)
        offer_records(self, "currency", Currency.objects.order_by("pk"))

    def facts(self) -> NeedFacts:
        """What is stated, for the action."""
        return NeedFacts(**self.cleaned_data)
