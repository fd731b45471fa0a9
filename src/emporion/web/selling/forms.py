"""Forms of choosing a stand and of the office's sale."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.booths.models import Stand
from emporion.domain.selling.actions.sale import Terms
from emporion.domain.selling.models import SaleRules
from emporion.domain.selling.rules.holds import Fit
from emporion.web.shell.forms import offer

KINDS = [(Stand.Kind.STANDARD.value, _("Standard booth")), (Stand.Kind.SPECIAL.value, _("Raw space"))]
WAYS = [
    (SaleRules.Way.ALLOCATED.value, _("The organiser allocates")),
    (SaleRules.Way.CHOSEN.value, _("Exhibitors choose on the plan, first come first served")),
    (SaleRules.Way.DRAWN.value, _("Exhibitors rank their wishes, which are drawn by rule")),
]
SURVIVORS = [
    (SaleRules.Survivor.LOWEST.value, _("The lowest number")),
    (SaleRules.Survivor.HIGHEST.value, _("The highest number")),
    (SaleRules.Survivor.LARGEST.value, _("The number of the largest stand")),
]
# The widest that somebody may look for.
LARGEST_M2 = 10_000


class FitForm(forms.Form):
    """What stand is looked for when one is to be chosen."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    least_m2 = forms.IntegerField(label=_("From, m²"), min_value=1, max_value=LARGEST_M2)
    most_m2 = forms.IntegerField(label=_("To, m²"), min_value=1, max_value=LARGEST_M2)
    open_sides = forms.IntegerField(label=_("Open sides at least"), min_value=1, max_value=4, initial=1)
    hall = forms.ChoiceField(label=_("Hall"), required=False)

    def __init__(self, *args: Any, halls: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "hall", [("", _("Any hall")), *((code, code) for code in halls)])

    def fit(self) -> Fit:
        """What was typed; the wrong way round is taken the right way round."""
        typed = self.cleaned_data
        least, most = sorted((typed["least_m2"], typed["most_m2"]))
        return Fit(typed["kind"], least, most, typed["open_sides"], typed["hall"])


class RequestForm(forms.Form):
    """What is asked beside the stand itself when it is requested."""

    upper_deck_m2 = forms.IntegerField(
        label=_("Upper floor, m²"), required=False, min_value=0, max_value=LARGEST_M2,
        help_text=_("For a double deck on raw space; empty for none."),
    )  # fmt: skip


class RulesForm(forms.Form):
    """How the stands of an edition come to exhibitors."""

    way = forms.ChoiceField(label=_("How stands come to exhibitors"), choices=WAYS)
    hold_minutes = forms.IntegerField(
        label=_("A pick is held for, minutes"), min_value=1, max_value=24 * 60,
        help_text=_("From the first pick; it can be renewed once, and ends by itself."),
    )  # fmt: skip
    offer_hours = forms.IntegerField(
        label=_("An offer stands for, hours"), min_value=1, max_value=24 * 60,
        help_text=_("What is drawn, or offered down a waiting list; then the next one has its turn."),
    )  # fmt: skip
    returning_until = forms.DateField(
        label=_("Returning exhibitors come first with wishes until"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("To the day's last minute, in the venue's time; empty for no precedence."),
    )  # fmt: skip
    survivor = forms.ChoiceField(label=_("When stands are joined, the new one keeps"), choices=SURVIVORS)

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(**self.cleaned_data)


ON_SALE, OFF_SALE, LOCATION = "on_sale", "off_sale", "location"


class StandsForm(forms.Form):
    """Which stands are put on sale, taken off it, or given a class of places."""

    action = forms.ChoiceField(
        label=_("What to do"),
        choices=[(ON_SALE, _("Put on sale")), (OFF_SALE, _("Take off sale")), (LOCATION, _("Set the class of places"))],
    )
    hall = forms.ChoiceField(label=_("Hall"), required=False)
    numbers = forms.CharField(
        label=_("Only these numbers"), required=False, max_length=5000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Separated by blanks or commas; empty for all stands of the hall."),
    )  # fmt: skip
    location = forms.ChoiceField(label=_("Class of places"), required=False)

    def __init__(self, *args: Any, halls: list[str], locations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "hall", [("", _("All halls")), *((code, code) for code in halls)])
        offer(self, "location", [("", _("No class")), *locations])

    def chosen(self) -> list[str]:
        """The numbers that were typed."""
        return str(self.cleaned_data["numbers"]).replace(",", " ").split()


class SplitForm(forms.Form):
    """Where a stand is cut."""

    metres = forms.FloatField(label=_("The first part measures, m"), min_value=0.5, max_value=500)
    across = forms.ChoiceField(
        label=_("The cut runs"),
        choices=[("1", _("north to south; the first part is the western one")),
                 ("", _("west to east; the first part is the northern one"))],
        required=False,
    )  # fmt: skip


class NumbersForm(forms.Form):
    """The numbers of other stands."""

    numbers = forms.CharField(label=_("Numbers of stands"), max_length=500)

    def chosen(self) -> list[str]:
        """The numbers that were typed."""
        return str(self.cleaned_data["numbers"]).replace(",", " ").split()


class BackForm(forms.Form):
    """Why a stand is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("The exhibitor is told these words."),
    )  # fmt: skip
