"""The form of a deal, as the exhibitor records it."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Currency
from emporion.web.shell.forms import AmountField, in_words, offer, offer_records
from emporion.web.shell.states import DEAL_KINDS

DEAL_FIELDS = {
    "buyer_unknown": "buyer",
    "buyer_ambiguous": "buyer",
    "buyer_is_exhibitor": "buyer",
    "buyer_rejected": "buyer",
    "deal_amount_not_above_zero": "amount",
    "deal_amount_too_high": "amount",
    "deal_signed_outside_show": "signed",
    "rate_missing": "currency",
}


class CurrencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A currency by its code and its name in the reader's language."""

    def label_from_instance(self, obj: Currency) -> str:
        return f"{obj.code} {getattr(obj, in_words()) or obj.name_en}"


class DealForm(forms.Form):
    """An intended transaction, as the exhibitor records it."""

    buyer = forms.CharField(
        label=_("Buyer"), max_length=200, widget=forms.TextInput(attrs={"list": "buyers", "autocomplete": "off"}),
        help_text=_("The visiting unit's registered number or its name."),
    )  # fmt: skip
    subject = forms.CharField(label=_("What is bought"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), initial=Deal.Kind.GOODS)
    amount = AmountField(label=_("Amount"), max_digits=20, decimal_places=2, help_text=_("On a one-year basis."))
    currency = CurrencyChoice(label=_("Currency"), queryset=Currency.objects.none(), empty_label=None)
    signed = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The reference rate of this day converts the amount."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Paper that backs it"), required=False, max_length=200,
        help_text=_(
            "We store only its name and SHA-256 checksum, to prove later that it is unchanged. "
            "Keep the document itself."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", DEAL_KINDS.items())
        offer_records(self, "currency", Currency.objects.order_by("code")).initial = edition.currency_id

    def paper(self) -> dict[str, str] | None:
        """The name and the SHA-256 of the paper, when one was given."""
        paper = self.cleaned_data["evidence"]
        if paper is None:
            return None
        digest = hashlib.sha256()
        for chunk in paper.chunks():
            digest.update(chunk)
        return {"name": paper.name, "sha256": digest.hexdigest()}
