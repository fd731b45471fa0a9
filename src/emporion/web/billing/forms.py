"""Forms of prices, contracts, invoices and payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emporion.domain.billing.rules.instalments import OPENING, SIGNING, Instalment
from emporion.domain.billing.rules.locations import LOCATION_CODES, Location
from emporion.domain.billing.rules.money import places_of
from emporion.domain.billing.rules.parties import GENERAL, SPECIAL, Buyer, Seller
from emporion.domain.billing.rules.prices import AMOUNTS, PERCENTS, PRICE_FIELDS, Prices
from emporion.domain.editions.rules import MODULE_M2
from emporion.domain.reason import Name
from emporion.domain.reference.models import Country
from emporion.web.shell.forms import AmountField, NamedChoice, by_name, offer_records

MOST_INSTALMENTS = 3
TERMS = ("terms_en", "terms_zh", "invoices_services", "electronic")
# Beside which field a refusal's sentence stands.
TERMS_FIELDS = {"account_number_wrong": "account_number", "bank_code_wrong": "bic"}
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
    upper_deck_m2 = price(_("Upper floor of a double deck, a square metre"))
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

    def __init__(self, *args: Any, currency: str, chinese: bool, **kwargs: Any) -> None:
        """``chinese``: whether the fair speaks Chinese, so that names are given in it too."""
        super().__init__(*args, **kwargs)
        self.currency, self.chinese = currency, chinese
        for name in AMOUNTS:
            field = self.fields[name]
            field.label = f"{field.label}, {currency}"
        for row in range(1, MOST_INSTALMENTS + 1):
            self._add_instalment(row)
        for code in LOCATION_CODES:
            self._add_location(code)
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

    def _add_location(self, code: str) -> None:
        what = {"code": code}
        more: dict[str, Any] = {"max_digits": 5, "decimal_places": 2, "required": False}
        names = {"en": gettext("Class %(code)s, name")}
        if self.chinese:
            names["zh"] = gettext("Class %(code)s, name in Chinese")
        for language, label in names.items():
            name = forms.CharField(label=label % what, max_length=60, required=False)
            self.fields[f"location_{language}_{code}"] = name
        self.fields[f"location_percent_{code}"] = AmountField(
            label=gettext("Class %(code)s, %%") % what, min_value=Decimal(-100), max_value=Decimal(100), **more
        )

    def locations(self) -> tuple[Location, ...]:
        """The classes of places that were typed."""
        typed = self.cleaned_data
        return tuple(
            Location(code, Name(name, typed.get(f"location_zh_{code}", "")), percent or Decimal(0))
            for code in LOCATION_CODES
            for name, percent in [(typed[f"location_en_{code}"], typed[f"location_percent_{code}"])]
            if name or percent
        )

    def prices(self) -> Prices:
        """The prices as they were typed."""
        typed = {name: self.cleaned_data[name] for name in PRICE_FIELDS}
        for name in (*AMOUNTS, *PERCENTS):
            typed[name] = typed[name] or Decimal(0)
        return Prices(currency=self.currency, locations=self.locations(), **typed)

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


class AcceptanceForm(forms.Form):
    """That somebody accepts the contract whose document has this SHA-256."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    accepts = forms.BooleanField(
        label=_("I accept this contract for my organisation, and I may do so"),
        error_messages={"required": _("Tick that you accept the contract for your organisation.")},
    )


class PaperForm(forms.Form):
    """The contract signed on paper."""

    paper = forms.FileField(
        label=_("Signed contract"), max_length=200, help_text=_("A PDF of up to 10 MB, without a password.")
    )


class ReasonForm(forms.Form):
    """Why something is taken back; the exhibitor is told."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("The exhibitor is told these words."),
    )  # fmt: skip


FAPIAO_KINDS = {
    GENERAL: _("General e-fapiao"),
    SPECIAL: _("Special VAT e-fapiao"),
}
ADDRESS_FIELDS = {"fapiao_needs_tax_number": "tax_number", "fapiao_needs_email": "email"}


class InvoiceAddressForm(forms.Form):
    """To whom contract and invoices are made out."""

    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    country = NamedChoice(label=_("Country or region"), queryset=None, required=False, empty_label=_("Not stated"))
    tax_number = forms.CharField(label=_("Registered or tax number"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail for invoices"), required=False, help_text=_("Invoices and reminders are sent there as well.")
    )

    fapiao = forms.ChoiceField(
        label=_("E-fapiao"), required=False, choices=[("", _("None")), *FAPIAO_KINDS.items()],
        help_text=_("Issued by the tax office of China to the name above; its number is shown with your invoice."),
    )  # fmt: skip

    def __init__(self, *args: Any, fapiaos: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "country", Country.objects.order_by(by_name()))
        if not fapiaos:
            del self.fields["fapiao"]

    def buyer(self) -> Buyer:
        """What was typed."""
        typed = self.cleaned_data
        country = typed["country"].pk if typed["country"] else ""
        stated = (typed["address"], country, typed["tax_number"], typed["email"], typed.get("fapiao", ""))
        return Buyer(typed["name"], "", *stated)


class TermsForm(forms.Form):
    """The organiser as it stands on papers, its account, and the terms of contracts."""

    name_en = forms.CharField(label=_("Organiser's name"), max_length=150)
    name_zh = forms.CharField(label=_("Organiser's name in Chinese"), max_length=150, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    country = NamedChoice(label=_("Country or region"), queryset=None, required=False, empty_label=_("Not stated"))
    tax_number = forms.CharField(
        label=_("Tax number"),
        max_length=40,
        required=False,
        help_text=_("A VAT number with its country, as DE123456789."),
    )
    email = forms.EmailField(label=_("E-mail for questions about invoices"), required=False)
    bank = forms.CharField(label=_("Bank"), max_length=150, required=False)
    account_holder = forms.CharField(label=_("Account holder"), max_length=150, required=False)
    account_number = forms.CharField(
        label=_("Account number"), max_length=40, required=False, help_text=_("An IBAN, or as your bank writes it.")
    )
    bic = forms.CharField(label="BIC", max_length=11, required=False)
    electronic = forms.BooleanField(
        label=_("Issue electronic invoices (EN 16931)"), required=False,
        help_text=_("PDFs carry their data for programs to read, as Factur-X and ZUGFeRD. Needs address and country."),
    )  # fmt: skip
    invoices_services = forms.BooleanField(
        label=_("Invoice ordered services automatically"), required=False,
        help_text=_("As soon as an order can be reduced no more. Else you start it yourself."),
    )  # fmt: skip
    terms_en = forms.CharField(label=_("Terms of contracts"), max_length=20_000, widget=forms.Textarea({"rows": 16}))
    terms_zh = forms.CharField(
        label=_("Terms of contracts in Chinese"), max_length=20_000, required=False,
        widget=forms.Textarea({"rows": 16}),
    )  # fmt: skip

    def __init__(self, *args: Any, chinese: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "country", Country.objects.order_by(by_name()))
        if not chinese:
            del self.fields["name_zh"], self.fields["terms_zh"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("electronic"):
            for name in ("address", "country"):
                if not typed.get(name):
                    self.add_error(name, gettext("Electronic invoices need it."))
        return typed

    def seller(self) -> Seller:
        """What was typed of the organiser."""
        country = self.cleaned_data["country"]
        return Seller.restored({"name_zh": "", **self.cleaned_data, "country": country.pk if country else ""})

    def terms(self) -> dict[str, str | bool]:
        """The terms, with line ends as this site keeps them, and how services are invoiced."""
        typed = {name: self.cleaned_data.get(name, "") for name in TERMS}
        return {name: one.replace("\r\n", "\n") if isinstance(one, str) else one for name, one in typed.items()}


class BankFileForm(forms.Form):
    """A statement of the organiser's bank."""

    statement = forms.FileField(
        label=_("Statement of the bank"), max_length=200,
        help_text=_("A camt.053 file, or a CSV with the columns date, amount and text."),
    )  # fmt: skip


class PaymentForm(forms.Form):
    """A payment of an invoice, typed in."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    amount = AmountField(label=_("Amount"), max_digits=12, help_text=_("Below zero for money that was returned."))
    text = forms.CharField(label=_("Note"), max_length=300, required=False)
