"""Forms of an exhibitor: its application and the buyers it wants to meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions.models import Edition
from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.questions import LONGEST_TEXT
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.web.shell.forms import NamedChoice, offer, offer_records, offer_sectors
from emporion.web.shell.labels import OPEN_SIDES
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
    """An application to exhibit; the wish for a free booth only where it may be asked.

    The page shows its fields in this order, and after them those that the order does not name.
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

    def facts(self) -> ApplicationFacts:
        """What is stated, for the action."""
        return ApplicationFacts.among(self.cleaned_data)

    def records(self) -> dict[str, Any]:
        """The records that are chosen, for the action."""
        return {name: self.cleaned_data.get(name) for name in ("area", "sector")}


class AnswerForm(forms.Form):
    """The applicant's answer to a question of the organiser's."""

    answer = forms.CharField(label=_("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))


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
