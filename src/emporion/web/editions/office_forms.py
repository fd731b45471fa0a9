"""Forms of the back office in which a fair is set up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminURLInputWidget

from emporion.domain.editions import rules
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Hall, Phase, Sector, Venue
from emporion.domain.editions.queries import sectors_of
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.marketaccess.rules.free_booths import NoFreeBoothRule
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal
from emporion.language.translation import translate
from emporion.web.editions.pictures import check_logo
from emporion.web.shell.forms import offer_records

LANGUAGES = [(rules.ENGLISH, _("English")), (rules.CHINESE, _("Chinese"))]


class FairForm(forms.ModelForm):  # type: ignore[type-arg]
    """A fair: its languages are ticked, and Chinese asks for Chinese names."""

    languages = forms.MultipleChoiceField(
        choices=LANGUAGES,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        initial=[rules.ENGLISH],
        help_text=_("With Chinese ticked, the form asks for Chinese names when it is saved."),
    )

    website = forms.URLField(required=False, assume_scheme="https", widget=UnfoldAdminURLInputWidget)

    class Meta:
        model = Fair
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        # Not a file of before, and not the word that takes it away.
        if isinstance(logo := found.get("logo"), UploadedFile):
            _refused(self, "logo", partial(check_logo, logo))
        _require_chinese(self, Phrase("the fair"), found.get("languages", []))
        return found


class VenueForm(forms.ModelForm):  # type: ignore[type-arg]
    """A venue and its time zone."""

    time_zone = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=_("The IANA name, as in Africa/Accra. All times of an edition are in this zone."),
    )

    class Meta:
        model = Venue
        fields = "__all__"


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An edition; which one is current is an action of the list."""

    class Meta:
        model = Edition
        exclude = ("current",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self._tell_of_free_booths()

    def _tell_of_free_booths(self) -> None:
        """Say that the market has no rule on free booths, where it has none."""
        try:
            free_booth_rule(self.instance)
        except NoFreeBoothRule as refusal:
            self.fields["free_booth_quota"].help_text = translate(refusal)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (first := found.get("first_day")) and (last := found.get("last_day")):
            _refused(self, "last_day", lambda: rules.require_days(first, last))
        hours = found.get("opens_daily"), found.get("closes_daily")
        _refused(self, "closes_daily", lambda: rules.require_hours(*hours))
        if fair := found.get("fair"):
            _require_chinese(self, Phrase("the edition"), fair.languages)
        if fair and first and found.get("free_booth_quota"):
            _refused(self, "free_booth_quota", lambda: free_booth_rule(Edition(fair=fair, first_day=first)))
        return found


class PhaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """When something may be done in an edition."""

    class Meta:
        model = Phase
        fields = ("kind", "opens", "closes")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("opens", "closes"):
            if moment := found.get(name):
                _refused(self, name, partial(rules.require_likely, moment.date()))
        return found


class HallForm(forms.ModelForm):  # type: ignore[type-arg]
    """A hall whose plan can be drawn, with areas of its own edition."""

    class Meta:
        model = Hall
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        code, edition = found.get("code"), found.get("edition")
        width, depth = found.get("width_modules"), found.get("depth_modules")
        if code:
            _refused(self, "code", lambda: rules.require_hall_code(code))
        if width is not None and depth is not None:
            places = {name: found.get(name) or [] for name in ("obstacles", "exits")}
            _refused(self, "width_modules", lambda: rules.require_floor(width, depth, **places), FIELDS_OF_FLOORS)
        if edition:
            _refused(self, "areas", lambda: _require_own_areas(edition, found.get("areas") or ()))
        return found


FIELDS_OF_FLOORS = {"obstacles_not_fit": "obstacles", "exits_not_fit": "exits"}


def _require_own_areas(edition: Edition, areas: Iterable[ExhibitionArea]) -> None:
    for area in areas:
        if area.edition_id != edition.pk:
            raise rules.AreaOfOtherEdition(area=area.name_en, edition=edition.name_en)


class OfFairFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows within a fair or within one of its editions."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "whole": self.instance}


class OfFairForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row within a fair or an edition, which names sectors of that fair."""

    sector_field = ""
    offered: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, whole: Fair | Edition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        self._offer_sectors()

    @property
    def fair(self) -> Fair | None:
        """The fair; none on the page of a new edition before its fair is chosen."""
        return self.whole if isinstance(self.whole, Fair) else getattr(self.whole, "fair", None)

    def full_clean(self) -> None:
        """What is typed of the whole is known by now."""
        self._offer_sectors()
        super().full_clean()

    def _offer_sectors(self) -> None:
        offer_records(self, self.sector_field, sectors_of(self.fair).filter(**self.offered))


class AreaForm(OfFairForm):
    """An exhibition area of an edition."""

    sector_field = "sector"

    class Meta:
        model = ExhibitionArea
        fields = ("code", "number", "name_en", "name_zh", "scope", "sector")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.fair is not None:
            _require_chinese(self, Phrase("the area"), self.fair.languages)
        return found


class SectorForm(OfFairForm):
    """A sector of a fair. Records name it by code and number, so both stay once it is entered."""

    sector_field = "parent"
    offered: ClassVar = {"parent": None}

    class Meta:
        model = Sector
        fields = ("number", "code", "name_en", "name_zh", "parent", "focus")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.fields["number"].disabled = bool(self.instance.pk)

    def clean(self) -> dict[str, Any]:
        found, fair = super().clean() or {}, self.fair
        assert fair is not None
        code, parent = found.get("code", ""), found.get("parent")
        stored = fair.sectors.values_list("code", "parent__code") if fair.pk else ()
        above = {**{sector: within or "" for sector, within in stored}, code: parent.code if parent else ""}
        _refused(self, "parent", lambda: rules.check_within(code, above, fair.name_en))
        _require_chinese(self, Phrase("the sector"), fair.languages)
        return found


def _require_chinese(form: forms.ModelForm[Any], what: Phrase, languages: list[str]) -> None:
    name = form.cleaned_data.get("name_zh", "")
    _refused(form, "name_zh", lambda: rules.require_chinese(what, languages, name))


def _refused(
    form: forms.ModelForm[Any], field: str, check: Any, fields: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Put a refusal beside the field; ``fields`` names others by the refusal's code."""
    try:
        check()
    except Refusal as refusal:
        field = fields.get(refusal.code, field)
        form.add_error(field if field in form.fields else None, translate(refusal))
