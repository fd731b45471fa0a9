"""Forms of signing in and of opening an account, alone or with an organisation or a visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.accounts.models import User
from emporion.domain.accounts.rules import HAN
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.rules.refusals import LONGEST_NAME, LONGEST_NUMBER
from emporion.domain.reference.models import Country
from emporion.domain.visitors.actions.registration import Person
from emporion.web.shell.forms import LatinName, NamedChoice, NamedChoices, by_name, offer, offer_records, offer_sectors
from emporion.web.shell.show_days import show_days
from emporion.web.shell.states import CONSENTS, OWNERSHIPS, PURCHASES
from emporion.web.shell.templatetags.fair import long_day

# Beside which field a refusal's sentence stands.
FIELDS = {
    "organisation_known": "organisation",
    "name_too_long": "organisation",
    "organisation_without_name": "organisation",
    "number_too_long": "registered_number",
    "credit_code_wrong": "registered_number",
    "credit_code_misspelt": "registered_number",
    "document_registered": "document",
    "unit_elsewhere": "organisation",
    "delegation_day_full": "days",
}


# The registration in steps: the fields of each, those with many boxes apart.
VISIT_STEPS = {
    "you": ("name_latin", "home", "position", "document", "days", "sectors", "consent"),
    "unit": ("organisation", "organisation_zh", "country", "registered_number", "ownership", "purchasing_size"),
}
STEP_TITLES = {"you": _("You"), "unit": _("Your unit")}
MANY = ("days", "sectors", "consent")


class OrganisationForm(forms.Form):
    """The organisation that a person brings to a fair; its Chinese name is a field where the fair speaks Chinese."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=LONGEST_NAME, help_text=_("Its name as registered."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    organisation_zh = forms.CharField(label=_("Its name in Chinese, if it has one"), max_length=200, required=False)
    country = NamedChoice(
        label=_("Country or region"), queryset=Country.objects.none(), empty_label=_("Choose one"),
        help_text=_("Where the organisation is registered."),
    )  # fmt: skip
    registered_number = forms.CharField(
        label=_("Registered number"), max_length=LONGEST_NUMBER, required=False,
        help_text=_("Its number in its country's register."),
    )  # fmt: skip

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fair.speaks_chinese:
            del self.fields["organisation_zh"]
        offer_records(self, "country", Country.objects.order_by(by_name()))

    def row(self) -> OrganisationRow:
        """The organisation as the actions take it."""
        typed = self.cleaned_data
        return OrganisationRow(
            name=typed["organisation"],
            name_zh=typed.get("organisation_zh", ""),
            country=typed["country"].pk,
            registered_number=typed["registered_number"],
            ownership=typed.get("ownership", ""),
        )


class ExhibitorForm(OrganisationForm):
    """An organisation that means to exhibit, and what the person does there."""

    position = forms.CharField(label=_("Your position"), max_length=100, required=False)


class VisitForm(OrganisationForm):
    """A professional visitor and the unit that sends them."""

    name_latin = LatinName()
    ownership = forms.ChoiceField(label=_("Ownership"), required=False)
    purchasing_size = forms.TypedChoiceField(label=_("What it imports"), coerce=int, initial=0)
    position = forms.CharField(label=_("Your position"), max_length=100, required=False)
    document = forms.CharField(
        label=_("Number of your passport or identity card"), max_length=30, required=False,
        help_text=_("This prevents double registration; the organiser may ask to see it at the gate."),
    )  # fmt: skip
    home = NamedChoice(label=_("Your country or region"), queryset=Country.objects.none(), empty_label=_("Choose one"))
    days = forms.TypedMultipleChoiceField(
        label=_("Days on which you come"), required=False, coerce=date.fromisoformat,
        help_text=_("Tick none if any day may be one."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("What exhibitors who scan your badge may have"), required=False, choices=list(CONSENTS.items()),
        initial="none", help_text=_("You can change it at any time."), widget=forms.RadioSelect,
    )  # fmt: skip
    sectors = NamedChoices(
        label=_("What you look for"), queryset=None, required=False,
        help_text=_("Suggestions are made from this."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, user: User, **kwargs: Any) -> None:
        super().__init__(*args, fair=edition.fair, **kwargs)
        self.user = user
        if HAN.search(user.name):
            self.fields["name_latin"].initial = user.name_latin
        else:
            del self.fields["name_latin"]
        offer(self, "ownership", [("", _("Not stated")), *OWNERSHIPS.items()])
        offer(self, "purchasing_size", PURCHASES.items())
        offer_records(self, "home", Country.objects.order_by(by_name()))
        offer(self, "days", [(day.isoformat(), long_day(day)) for day in show_days(edition)])
        offer_sectors(self, "sectors", edition.fair)

    def person(self) -> Person:
        """The person as the actions take them."""
        typed, user = self.cleaned_data, self.user
        return Person(
            name=user.name or user.email,
            name_latin=typed.get("name_latin", user.name_latin),
            country=typed["home"].pk,
            email=user.email,
            position=typed["position"],
            document=typed["document"],
            days=typed["days"],
            consent=typed["consent"],
            sectors=[sector.number for sector in typed.get("sectors", ())],
        )
