"""Forms of passes: an exhibitor's people, requests for more, and how many passes stands get."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.admission.models import PassBand
from emporion.domain.admission.rules.staffing import LONGEST_FUNCTION, LONGEST_NAME, MOST_MORE
from emporion.web.shell.forms import offer

BANDS = {
    PassBand.Kind.STAFF.value: _("Exhibitor's staff"),
    PassBand.Kind.CO_EXHIBITOR.value: _("Co-exhibitor's staff"),
    PassBand.Kind.BUILDER.value: _("Builders of the stand"),
}
PERSON_FIELDS = {"staff_name_needed": "name", "staff_known": "name", "staff_text_too_long": "name"}
MORE_FIELDS = {
    "more_passes_out_of_range": "passes", "more_passes_reason_needed": "reason", "staff_text_too_long": "reason",
}  # fmt: skip


class PersonForm(forms.Form):
    """A person to register."""

    name = forms.CharField(
        label=_("Name of the person"),
        max_length=LONGEST_NAME,
        help_text=_("As in the passport or on the identity card."),
    )
    function = forms.CharField(label=_("Function"), max_length=LONGEST_FUNCTION, required=False)


class MoreForm(forms.Form):
    """A request for more passes."""

    passes = forms.IntegerField(label=_("How many more"), min_value=1, max_value=MOST_MORE)
    reason = forms.CharField(label=_("What they do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class BandForm(forms.Form):
    """From how many square metres on how many passes are given; a row without a number of passes is left out."""

    kind = forms.ChoiceField(label=_("Passes for"))
    from_m2 = forms.IntegerField(label=_("From, m²"), min_value=0, max_value=100_000, required=False)
    passes = forms.IntegerField(label=_("Number of passes"), min_value=0, max_value=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", BANDS.items())


BandFormSet = forms.formset_factory(BandForm, extra=3, max_num=60, absolute_max=60)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class BuildDaysForm(forms.Form):
    """The days on which builders' passes are valid."""

    build_up_first = _day(_("Build-up from"))
    build_up_last = _day(_("Build-up to"))
    dismantling_first = _day(_("Dismantling from"))
    dismantling_last = _day(_("Dismantling to"))

    def clean(self) -> dict[str, Any]:
        """All four days or none."""
        values = self.cleaned_data
        if any(values.values()) and not all(values.get(name) for name in self.fields):
            raise forms.ValidationError(_("Give all four days of build-up and dismantling, or none."))
        return values

    def span(self, name: str) -> tuple[date, date] | None:
        """First and last day of ``build_up`` or ``dismantling``; none where they are left empty."""
        first, last = self.cleaned_data[f"{name}_first"], self.cleaned_data[f"{name}_last"]
        return (first, last) if first and last else None
