"""Forms of prices, contracts, invoices and payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emporion.domain.billing.rules.instalments import OPENING, SIGNING, Instalment
from emporion.domain.billing.rules.money import places_of
from emporion.domain.billing.rules.prices import AMOUNTS, PERCENTS, PRICE_FIELDS, Prices
from emporion.domain.editions.rules import MODULE_M2
from emporion.web.shell.forms import AmountField

MOST_INSTALMENTS = 3
# Beside which field a refusal's sentence stands.
PRICES_FIELDS = {"instalments_not_whole": "percent_1", "early_day_missing": "early_until"}
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def price(label: Any, help_text: Any = "") -> AmountField:
    return AmountField(label=label, help_text=help_text, required=False, min_value=Decimal(0), max_digits=12)


def percent(label: Any, help_text: Any = "") -> AmountField:
    """A percentage from 0 to 100."""
    bounds: dict[str, Any] = {"min_value": Decimal(0), "max_value": Decimal(100), "max_digits": 5, "decimal_places": 2}
    return AmountField(label=label, help_text=help_text, required=False, **bounds)


class PriceForm(forms.Form):
    """The price list of an edition; what stays empty costs nothing."""

    standard_booth = price(format_lazy(_("Standard booth of {module} m²"), module=MODULE_M2))
    raw_m2 = price(_("Raw space, a square metre"))
    raw_least_m2 = forms.IntegerField(label=_("Least area of raw space that is charged, m²"), min_value=1, initial=36)
    open_side_percent = percent(
        _("Surcharge for each open side beyond the first, %"), _("Of the price of the space; 10 is common.")
    )
    registration = price(_("Registration fee"))
    co_exhibitor = price(_("Fee for each co-exhibitor"))
    early_percent = percent(_("Discount for early applications, %"))
    early_until = forms.DateField(
        label=_("Last day of early applications"), required=False, widget=DAY,
        help_text=_("To its last minute, in the venue's time."),
    )  # fmt: skip
    pavilion_percent = percent(_("Discount in country pavilions, %"))
    least_developed_percent = percent(
        _("Discount for least developed countries, %"),
        _("Countries that are least developed on the day of application."),
    )
    tax_percent = percent(_("Tax, %"), _("Prices are without tax; it is added to the sum."))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        for name in AMOUNTS:
            field = self.fields[name]
            field.label = f"{field.label}, {currency}"
        for row in range(1, MOST_INSTALMENTS + 1):
            self._add_instalment(row)
        for name in (*AMOUNTS, *PERCENTS):
            if isinstance(value := self.initial.get(name), Decimal):
                self.initial[name] = shortened(value, places_of(currency) if name in AMOUNTS else 0)

    def _add_instalment(self, row: int) -> None:
        what = {"number": row}
        self.fields[f"percent_{row}"] = percent(gettext("Instalment %(number)d, %%") % what)
        self.fields[f"basis_{row}"] = forms.ChoiceField(
            label=gettext("Instalment %(number)d is due") % what, required=False, choices=BASES_IN_WORDS
        )
        self.fields[f"days_{row}"] = forms.IntegerField(
            label=gettext("Instalment %(number)d, days") % what, required=False, min_value=0, max_value=730
        )
        if isinstance(value := self.initial.get(f"percent_{row}"), Decimal):
            self.initial[f"percent_{row}"] = shortened(value, 0)

    def prices(self) -> Prices:
        """The prices as they were typed."""
        typed = {name: self.cleaned_data[name] for name in PRICE_FIELDS}
        for name in (*AMOUNTS, *PERCENTS):
            typed[name] = typed[name] or Decimal(0)
        return Prices(currency=self.currency, **typed)

    def instalments(self) -> list[Instalment]:
        """The instalments whose share is given."""
        typed = self.cleaned_data
        return [
            Instalment(share, typed[f"basis_{row}"] or SIGNING, typed[f"days_{row}"] or 0)
            for row in range(1, MOST_INSTALMENTS + 1)
            if (share := typed[f"percent_{row}"])
        ]


BASES_IN_WORDS = [(SIGNING, _("so many days after the invoice")), (OPENING, _("so many days before the show opens"))]


def shortened(value: Decimal, places: int) -> str:
    """A number for a field, with no more empty decimals than the currency has."""
    whole, _point, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0").ljust(places if decimals.strip("0") else 0, "0")
    return f"{whole}.{decimals}" if decimals else whole
