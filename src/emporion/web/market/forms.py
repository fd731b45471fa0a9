"""The question: which goods, from where, into which country, on which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.rules.answer import digits_of
from emporion.domain.marketaccess.rules.eligibility import nearest_tariff_day
from emporion.domain.marketaccess.rules.refusals import NotAnAmount
from emporion.domain.reference.models import Country
from emporion.domain.refusal import Refusal
from emporion.language import country_name
from emporion.web.shell.forms import AmountField, NamedChoice, by_name, place_of_name
from emporion.web.shell.refusals import sentence
from emporion.web.shell.templatetags.fair import short_date

# A product's brochure in words; a code is short.
LONGEST = 1500
LARGEST_VALUE = Decimal("1e15")
MARKET_UNKNOWN = _("No tariff of this country is available; choose one from the list.")
SELECTED = mark_safe(" selected")
COUNTRY_UNKNOWN = _("There is no such country or area; choose one from the list.")


def _days(days: list[tuple[str, date, date]]) -> str:
    """The days for which tariffs are at hand, country by country."""
    return "; ".join(f"{country_name(to)} {short_date(first)} – {short_date(last)}" for to, first, last in days)


class LongSelect(forms.Select):
    """A choice among hundreds: its options are joined as text; a template for each takes most of a page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs({"name": name, **(attrs or {})})), options)


class Amount(AmountField):
    """An amount of money above zero; what is none is refused as the command refuses it."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            if error.error_list[0].code == "twofold":
                raise
            raise forms.ValidationError(sentence(NotAnAmount(amount=value))) from error


class MarketForm(forms.Form):
    """Goods by code or in words, origin, importing country, day, and the customs value where it is known."""

    q = forms.CharField(
        label=_("HS code, or words"),
        max_length=LONGEST,
        help_text=_("8 digits give one tariff line; 2, 4 or 6 give the range of the lines under them."),
    )
    origin = NamedChoice(
        Country.objects.none(),
        label=_("Country or region of origin"),
        widget=LongSelect,
        error_messages={"invalid_choice": COUNTRY_UNKNOWN},
    )
    to = forms.ChoiceField(label=_("Importing country"), error_messages={"invalid_choice": MARKET_UNKNOWN})
    on = forms.DateField(label=_("Day of import"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    value = Amount(
        label=_("Customs value"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=LARGEST_VALUE,
        decimal_places=2,
        help_text=_("In the importing country's currency; used to calculate the saving against the MFN rate."),
    )

    def __init__(self, query: dict[str, str] | None, *, edition: Edition, today: date) -> None:
        days = marketaccess.tariff_days()
        to = (query or {}).get("to", edition.host_id)
        on = nearest_tariff_day([held for importer, *held in days if importer == to], edition.first_day, today)  # type: ignore[misc]
        given = {"to": edition.host_id, "on": on}
        super().__init__(None if query is None else {**given, **query}, initial=given, auto_id="market_%s")
        self.fields["on"].help_text = _("Available tariffs: %(days)s.") % {"days": _days(days)}
        self.fields["origin"].queryset = Country.objects.order_by(by_name())  # type: ignore[attr-defined]
        choices = sorted(
            ((code, country_name(code)) for code in marketaccess.markets()), key=lambda one: place_of_name(one[1])
        )
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Words as they are, a code by its digits."""
        text = str(self.cleaned_data["q"]).strip()
        if any(character.isalpha() for character in text):
            return text
        try:
            return digits_of(text)
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None

    @property
    def in_words(self) -> bool:
        """Whether the goods are asked for in words, not by their code."""
        return not str(self.cleaned_data["q"]).isdigit()
