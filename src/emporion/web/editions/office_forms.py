"""Forms of the back office in which a fair is set up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminURLInputWidget

from emporion.domain.editions import rules
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Venue
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal
from emporion.language.translation import translate

LANGUAGES = [(rules.ENGLISH, _("English")), (rules.CHINESE, _("Chinese"))]


class FairForm(forms.ModelForm):  # type: ignore[type-arg]
    """A fair: its languages are ticked, and Chinese asks for Chinese names."""

    languages = forms.MultipleChoiceField(
        choices=LANGUAGES, widget=UnfoldAdminCheckboxSelectMultipleWidget, initial=[rules.ENGLISH]
    )

    website = forms.URLField(required=False, assume_scheme="https", widget=UnfoldAdminURLInputWidget)

    class Meta:
        model = Fair
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        _ask_for_chinese(self, Phrase("the fair"), found.get("languages", []))
        return found


class VenueForm(forms.ModelForm):  # type: ignore[type-arg]
    """A venue and its time zone."""

    time_zone = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=_("The IANA name, as in Africa/Accra. Every hour of an edition is meant in it."),
    )

    class Meta:
        model = Venue
        fields = "__all__"


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An edition; which one is current is an action of the list."""

    class Meta:
        model = Edition
        exclude = ("current",)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (first := found.get("first_day")) and (last := found.get("last_day")):
            _refused(self, "last_day", lambda: rules.check_days(first, last))
        if fair := found.get("fair"):
            _ask_for_chinese(self, Phrase("the edition"), fair.languages)
        return found


class AreaForm(forms.ModelForm):  # type: ignore[type-arg]
    """An exhibition area of an edition."""

    class Meta:
        model = ExhibitionArea
        fields = ("code", "number", "name_en", "name_zh", "scope", "sector")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        edition = self.instance.edition if self.instance.edition_id else None
        if edition is not None:
            _ask_for_chinese(self, Phrase("the area"), edition.fair.languages)
        return found


def _ask_for_chinese(form: forms.ModelForm[Any], what: Phrase, languages: list[str]) -> None:
    name = form.cleaned_data.get("name_zh", "")
    _refused(form, "name_zh", lambda: rules.check_chinese(what, languages, name))


def _refused(form: forms.ModelForm[Any], field: str, check: Any) -> None:
    try:
        check()
    except Refusal as refusal:
        form.add_error(field, translate(refusal))
