"""What an exhibitor types: its application, and a deal."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Currency, Sector
from emporion.web.public.labels import OPEN_SIDES
from emporion.web.signin.forms import NamedChoice, in_words
from emporion.web.words import DEAL_KINDS, PURCHASES, STANDS

# Beside which field a refusal's sentence stands.
APPLICATION_FIELDS = {
    "standard_booth_modules": "area_m2",
    "raw_space_too_small": "area_m2",
    "open_sides_out_of_range": "open_sides",
    "free_booth_not_for_country": "asks_free_booth",
    "free_booth_too_large": "asks_free_booth",
    "contact_needed": "contact_email",
    "area_of_other_edition": "area",
}
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


class BuyersWantedForm(forms.Form):
    """Whom the exhibitor wants to meet, which moves its suggestions."""

    buyers_wanted = forms.CharField(
        label=_("Buyers you want to meet"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence, English or Chinese: importers of nuts, hospital groups …"),
    )  # fmt: skip
    least_purchases = forms.TypedChoiceField(
        label=_("Who import at least"), coerce=int, required=False, empty_value=0, initial=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["least_purchases"].choices = [(0, _("Any amount")), *((n, PURCHASES[n]) for n in range(1, 6))]


class ApplicationForm(BuyersWantedForm):
    """An application to exhibit; the wish for a free booth only where it may be asked."""

    area = NamedChoice(label=_("Exhibition area"), queryset=None, empty_label=_("Choose one"))
    sector = NamedChoice(label=_("Sector"), queryset=None, required=False, empty_label=_("Not stated"))
    stand = forms.ChoiceField(label=_("Kind of stand"))
    area_m2 = forms.IntegerField(
        label=_("Net area, m²"), min_value=1, max_value=100_000,
        help_text=_("Standard booths come in modules of 9 m²; raw space from 36 m²."),
    )  # fmt: skip
    open_sides = forms.TypedChoiceField(label=_("Open sides"), coerce=int)
    asks_free_booth = forms.BooleanField(label=_("We ask for a free booth"), required=False)
    contact_email = forms.EmailField(
        label=_("E-mail for the decision"), help_text=_("The organiser's answer goes to this address.")
    )

    def __init__(self, *args: Any, edition: Edition, free_booth: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = edition.areas.order_by("number")
        self.fields["sector"].queryset = Sector.objects.order_by("number")
        self.fields["stand"].choices = list(STANDS.items())
        self.fields["open_sides"].choices = list(OPEN_SIDES.items())
        if free_booth:
            free = self.fields["asks_free_booth"]
            limit = {"area": edition.free_booth_area_m2, "quota": edition.free_booth_quota}
            free.help_text = (
                _("A standard booth of up to %(area)d m², free for least developed countries; %(quota)d are granted.")
                % limit
            )
        else:
            del self.fields["asks_free_booth"]


class DealForm(forms.Form):
    """An intended transaction, as the exhibitor records it."""

    buyer = forms.CharField(
        label=_("Buyer"), max_length=200, widget=forms.TextInput(attrs={"list": "buyers", "autocomplete": "off"}),
        help_text=_("The visiting unit's registered number or its name."),
    )  # fmt: skip
    subject = forms.CharField(label=_("What is bought"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), initial=Deal.Kind.GOODS)
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=20, decimal_places=2, help_text=_("On a one-year basis."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    currency = forms.ModelChoiceField(label=_("Currency"), queryset=Currency.objects.none(), empty_label=None)
    signed = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The reference rate of this day converts the amount."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Paper that backs it"), required=False, max_length=200,
        help_text=_("Its name and its SHA-256 are kept, so that it can be found unchanged; keep the paper itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(DEAL_KINDS.items())
        self.fields["currency"].queryset = Currency.objects.order_by("code")
        self.fields["currency"].label_from_instance = _currency
        self.fields["currency"].initial = edition.currency_id

    def paper(self) -> dict[str, str] | None:
        """The name and the SHA-256 of the paper, when one was given."""
        paper = self.cleaned_data["evidence"]
        if paper is None:
            return None
        digest = hashlib.sha256()
        for chunk in paper.chunks():
            digest.update(chunk)
        return {"name": paper.name, "sha256": digest.hexdigest()}


def _currency(currency: Currency) -> str:
    return f"{currency.code} {getattr(currency, in_words()) or currency.name_en}"
