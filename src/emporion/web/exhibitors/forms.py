"""Forms of an exhibitor: its application and the buyers it wants to meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions.models import Edition
from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.exhibitors.actions import require_stand
from emporion.domain.exhibitors.models import Application, ApplicationPaper
from emporion.domain.exhibitors.rules.drafts import STEPS
from emporion.domain.exhibitors.rules.questions import LONGEST_TEXT
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.organisations.models import Organisation
from emporion.domain.refusal import Refusal
from emporion.web.shell.forms import NamedChoice, offer, offer_records, offer_sectors
from emporion.web.shell.labels import OPEN_SIDES
from emporion.web.shell.respond import refused_in
from emporion.web.shell.states import PURCHASES, STANDS
from emporion.web.shell.templatetags.fair import words

# Beside which field a refusal's sentence stands.
APPLICATION_FIELDS = {
    "standard_booth_modules": "area_m2",
    "raw_space_too_small": "area_m2",
    "open_sides_out_of_range": "open_sides",
    "free_booth_not_for_country": "requests_free_booth",
    "no_free_booth_rule": "requests_free_booth",
    "free_booth_too_large": "requests_free_booth",
    "contact_needed": "contact_email",
    "area_of_other_edition": "area",
}

# What the page of an application shows in rows of their own; other facts follow by the form's labels.
OWN_ROW = ("area", "stand", "area_m2", "requests_free_booth", "buyers_wanted", "least_purchases", "contact_email")
# The words for facts that are chosen from a few.
WORDS: dict[str, Mapping[Any, Any]] = {"open_sides": OPEN_SIDES}
PAPERS = {
    ApplicationPaper.Kind.LICENCE.value: _("Business licence or register entry"),
    ApplicationPaper.Kind.BROCHURE.value: _("Brochure"),
    ApplicationPaper.Kind.OTHER.value: _("Other paper"),
}


class BuyersWantedForm(forms.Form):
    """Whom the exhibitor wants to meet, which moves its suggestions."""

    buyers_wanted = forms.CharField(
        label=_("Buyers you want to meet"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence: importers of nuts, hospital groups …"),
    )  # fmt: skip
    least_purchases = forms.TypedChoiceField(
        label=_("Who import at least"), coerce=int, required=False, initial=0,
        empty_value=0,  # type: ignore[arg-type]  # The stubs know texts only.
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "least_purchases", [(0, _("Any amount")), *((n, PURCHASES[n]) for n in range(1, 6))])


class ApplicationForm(BuyersWantedForm):
    """What an application asks, in this order; the wish for a free booth only where it may be asked.

    A step of the application asks some of its fields.
    """

    field_order = ("area", "sector", "stand", "area_m2", "open_sides", "requests_free_booth", "buyers_wanted",
                   "least_purchases", "contact_email")  # fmt: skip
    area = NamedChoice(label=_("Exhibition area"), queryset=None, empty_label=_("Choose one"))
    sector = NamedChoice(label=_("Sector"), queryset=None, required=False, empty_label=_("Not stated"))
    stand = forms.ChoiceField(label=_("Kind of stand"))
    area_m2 = forms.IntegerField(
        label=_("Net area, m²"), min_value=1, max_value=100_000,
        help_text=format_lazy(
            _("Standard booths come in modules of {module} m²; raw space from {least} m²."),
            module=MODULE_M2, least=RAW_SPACE_FROM_M2,
        ),
    )  # fmt: skip
    open_sides = forms.TypedChoiceField(label=_("Open sides"), coerce=int)
    requests_free_booth = forms.BooleanField(label=_("We ask for a free booth"), required=False)
    contact_email = forms.EmailField(
        label=_("E-mail for the decision"), help_text=_("The organiser's answer goes to this address.")
    )

    def __init__(self, *args: Any, edition: Edition, free_booth: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "area", edition.areas.order_by("number"))
        offer_sectors(self, "sector", edition.fair)
        offer(self, "stand", STANDS.items())
        offer(self, "open_sides", OPEN_SIDES.items())
        if free_booth:
            free = self.fields["requests_free_booth"]
            limit = {"area": free_booth_rule(edition).area_m2, "quota": edition.free_booth_quota}
            free.help_text = (
                _("A standard booth of up to %(area)d m², free for least developed countries; %(quota)d are granted.")
                % limit
            )
        else:
            del self.fields["requests_free_booth"]


class StepForm(ApplicationForm):
    """One step of the application: the fields that it asks, checked by the rules that speak of them."""

    def __init__(self, *args: Any, step: str, organisation: Organisation, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stated = {"edition": kwargs["edition"], "country": organisation.country_id or "", "at": at}
        for name in set(self.fields) - set(STEPS[step]):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What was typed; a stand that the fair does not let is refused beside the field that says so."""
        values = self.cleaned_data
        if {"stand", "area_m2", "open_sides"} <= values.keys():
            asked = {name: values[name] for name in ("stand", "area_m2", "open_sides")}
            try:
                require_stand(**self.stated, **asked, requests_free_booth=values.get("requests_free_booth", False))
            except Refusal as refusal:
                refused_in(self, refusal, APPLICATION_FIELDS)
        return values


class PaperForm(forms.Form):
    """A paper for the application."""

    kind = forms.ChoiceField(label=_("What it is"))
    file = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG"), max_length=None, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", PAPERS.items())


class AnswerForm(forms.Form):
    """The applicant's answer to a question of the organiser's."""

    answer = forms.CharField(label=_("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))


def answers(form: ApplicationForm) -> list[tuple[Any, Any]]:
    """Label and value of what a step states, as its page words them; a field left empty has no value."""
    shown = []
    stated = form.cleaned_data if form.is_valid() else {}
    for name, field in form.fields.items():
        value = stated.get(name)
        if isinstance(value, Model):
            value = words(value)
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        elif isinstance(field, forms.ChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
        shown.append((field.label, value))
    return shown


def other_facts(application: Application) -> list[tuple[Any, Any]]:
    """Label and value of what an application states and its page has no row for; what is not stated is left out."""
    facts = []
    for name, field in ApplicationForm.base_fields.items():
        value = getattr(application, name)
        if name in OWN_ROW or value in (None, "", False):
            continue
        if isinstance(value, Model):
            value = words(value)
        facts.append((field.label, _("yes") if value is True else WORDS.get(name, {}).get(value, value)))
    return facts
