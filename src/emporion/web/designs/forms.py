"""Forms of a stand's design: drawings, comments at places, the decision, and whom an exhibitor lets build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from emporion.domain.designs.models import StandDesign
from emporion.domain.designs.rules import LAST_PAGE, LONGEST_TEXT
from emporion.web.shell.forms import offer
from emporion.web.shell.states import State

DESIGN: Mapping[str, State] = {
    StandDesign.State.SUBMITTED.value: State(_("Handed in, being looked at"), "wait", "clock"),
    StandDesign.State.APPROVED.value: State(_("Approved"), "good", "badge-check"),
    StandDesign.State.CHANGES.value: State(_("To be changed"), "wait", "pencil"),
    StandDesign.State.REJECTED.value: State(_("Rejected"), "bad", "circle-x"),
}
DECISIONS = {
    StandDesign.State.APPROVED.value: _("Approve the design"),
    StandDesign.State.CHANGES.value: _("Ask for changes"),
    StandDesign.State.REJECTED.value: _("Reject the design"),
}
DESIGN_FIELDS = {
    "file_empty": "drawings", "file_too_large": "drawings", "file_of_other_kind": "drawings",
    "file_damaged": "drawings",
    "design_files_needed": "drawings", "too_many_design_files": "drawings", "comment_too_long": "note",
}  # fmt: skip
DECISION_FIELDS = {
    "decision_reason_needed": "reason", "comment_too_long": "reason", "decision_day_needed": "due",
    "unknown_decision": "decision", "design_breaks_rules": "reason",
}  # fmt: skip
CONSTRUCTION_FIELDS = {
    "rule_source_needed": "source", "height_outside": "height_m", "aisle_outside": "main_aisle_m",
    "lane_outside": "fire_lane_m",
}  # fmt: skip
COMMENT_FIELDS = {"comment_needed": "text", "comment_too_long": "text", "place_outside": "page"}


class SeveralFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """The files that were chosen; at least one."""
        files = data if isinstance(data, list | tuple) else [data]
        clean = super().clean
        return [clean(one, initial) for one in files] if files else [clean(None, initial)]


class DesignForm(forms.Form):
    """A version of the design."""

    drawings = FilesField(
        label=_("Drawings"), allow_empty_file=True,
        help_text=_("PDF, PNG or JPEG: ground plan, views with heights, rigging, electricity. Several at once."),
    )  # fmt: skip
    height_m = forms.DecimalField(
        label=_("Height in metres"), min_value=1, max_value=50, max_digits=4, decimal_places=1, required=False,
        help_text=_("The highest point, with all that hangs above the stand."),
    )  # fmt: skip
    decks = forms.IntegerField(
        label=_("Decks"), min_value=1, max_value=3, initial=1, required=False,
        help_text=_("2 for a stand with an upper floor."),
    )  # fmt: skip
    open_faces = forms.IntegerField(
        label=_("Unobstructed sides"), min_value=0, max_value=4, required=False,
        help_text=_("Open sides that visitors can enter and see through along at least half of their length."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What the organiser should know"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CommentForm(forms.Form):
    """A comment at a place of a drawing."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, initial=1)
    x = forms.DecimalField(
        label=_("Across, %"), required=False, min_value=0, max_value=100, decimal_places=2, max_digits=5
    )
    y = forms.DecimalField(
        label=_("Down, %"), required=False, min_value=0, max_value=100, decimal_places=2, max_digits=5
    )


class DecisionForm(forms.Form):
    """What the organiser decides about the version that it has looked at."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What has to change, or why it is rejected. The exhibitor and its contractor read it."),
    )  # fmt: skip
    due = forms.DateField(
        label=_("Changed design until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "decision", DECISIONS.items())


class ContractorForm(forms.Form):
    """Whom an exhibitor lets build."""

    address = forms.EmailField(label=_("E-mail of the contractor"))


class ConstructionForm(forms.Form):
    """The edition's rules of construction."""

    height_m = forms.DecimalField(
        label=_("Greatest height in metres"), required=False, max_digits=4, decimal_places=1,
        help_text=_("With all that hangs above the stand. Empty asks nothing."),
    )  # fmt: skip
    decks = forms.IntegerField(
        label=_("Most decks"), required=False, min_value=1, max_value=3, help_text=_("Empty asks nothing.")
    )
    single_on_main = forms.BooleanField(label=_("Stands on main aisles have one deck"), required=False)
    main_aisle_m = forms.FloatField(label=_("An aisle is a main aisle from this width on, in metres"), initial=6.0)
    open_faces = forms.IntegerField(
        label=_("Unobstructed sides"), min_value=0, max_value=4, initial=0,
        help_text=_("So many of a stand's open sides must be unobstructed; 0 asks nothing."),
    )  # fmt: skip
    fire_lane_m = forms.FloatField(
        label=_("Width of fire lanes in metres"), initial=0.0,
        help_text=_("Kept free straight from every door when halls are allocated; 0 for none."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where these rules stand"), max_length=300,
        help_text=_("As the exhibitors' manual or the fire code, with its date. Exhibitors read it."),
    )  # fmt: skip
