"""The steps in which an operator describes a new fair; each form gives what the founding actions take."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions import rules
from emporion.domain.editions.actions import NewArea, NewPhase
from emporion.domain.editions.actions.halls import HallRow
from emporion.domain.editions.models import Phase
from emporion.domain.editions.queries import fair_among
from emporion.domain.editions.rules.hours import real_moment, require_hour_exists
from emporion.domain.reason import Phrase
from emporion.domain.reference.models import Country, Currency
from emporion.domain.refusal import Refusal, refusal_of
from emporion.language import translate
from emporion.web.editions.office_forms import LANGUAGES
from emporion.web.shell.forms import NamedChoice, by_name, offer_records

LONGEST_NAME, MOST_AREAS = 100, 100
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_HALL = re.compile(
    r"(?P<code>[^\s,;:]{1,10})[\s,;:]+(?P<width>\d{1,4})\s*(?:m\s*)?[x×*,; ]\s*(?P<depth>\d{1,4})(?:\s*m)?"
)


class OperatorForm(forms.Form):
    """The account of the person who runs the installation."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; not a common password."),
    )  # fmt: skip

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password)
        return password


class StepForm(forms.Form):
    """A step of the set-up; ``draft`` holds what the steps before it gave."""

    title: ClassVar[Any]
    chinese: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, draft: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        if not self.speaks_chinese:
            for name in self.chinese:
                self.fields.pop(name, None)

    @property
    def speaks_chinese(self) -> bool:
        return rules.CHINESE in self.draft.get("fair", {}).get("languages", [])

    def require(self, field: str, check: Any) -> None:
        """Put a rule's refusal beside the field it speaks of."""
        try:
            check()
        except Refusal as refusal:
            self.add_error(field if field in self.fields else None, translate(refusal))

    def require_chinese(self, field: str, what: Phrase, languages: list[str]) -> None:
        self.require(field, lambda: rules.require_chinese(what, languages, self.cleaned_data.get(field, "")))


class FairStep(StepForm):
    """The fair: its names, organiser, languages and market."""

    title = _("The fair")
    name_en = forms.CharField(label=_("Name of the fair"), max_length=150)
    languages = forms.MultipleChoiceField(
        label=_("Languages of its pages and messages"), choices=LANGUAGES, initial=[rules.ENGLISH],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    name_zh = forms.CharField(
        label=_("Name in Chinese"),
        max_length=150,
        required=False,
        help_text=_("Where Chinese is one of its languages."),
    )
    organiser_en = forms.CharField(label=_("Who holds the fair"), max_length=150)
    organiser_zh = forms.CharField(label=_("The organiser's name in Chinese"), max_length=150, required=False)
    host = NamedChoice(
        label=_("Country whose market goods are to enter"), queryset=Country.objects.none(),
        empty_label=_("Choose one"),
        help_text=_("Its law applies: duties, papers, rules on exhibits. It is mostly the country of the venue."),
    )  # fmt: skip
    slug = forms.CharField(
        label=_("Short name in the fair's addresses"), max_length=40, required=False,
        help_text=_("Lower-case letters, digits and hyphens, as in accra-trade. Left empty, it is made from the name."),
    )  # fmt: skip
    website = forms.URLField(label=_("The organiser's website"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "host", Country.objects.order_by(by_name()))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["slug"] = slug = found.get("slug") or slugify(found.get("name_en", ""))[:40].strip("-")
        if slug or found.get("name_en"):
            self.require("slug", lambda: rules.require_slug(slug))
        if fair_among([slug]):
            self.add_error("slug", translate(rules.SlugTaken(slug=slug)))
        self.require_chinese("name_zh", Phrase("the fair"), found.get("languages", []))
        return found


class EditionStep(StepForm):
    """The edition: its days, its venue with the time zone, its currency."""

    title = _("Days and place")
    chinese = ("venue_zh", "city_zh")
    number = forms.IntegerField(
        label=_("Number of the edition"), min_value=1, max_value=999, initial=1,
        help_text=_("1 for a fair that is held for the first time."),
    )  # fmt: skip
    first_day = forms.DateField(label=_("First day of the show"), widget=DAY)
    last_day = forms.DateField(label=_("Last day of the show"), widget=DAY)
    venue = forms.CharField(label=_("Name of the venue"), max_length=150)
    venue_zh = forms.CharField(label=_("The venue's name in Chinese"), max_length=150)
    city = forms.CharField(label=_("City"), max_length=100)
    city_zh = forms.CharField(label=_("The city's name in Chinese"), max_length=100)
    time_zone = forms.CharField(
        label=_("Time zone of the venue"), required=False, widget=forms.TextInput({"list": "time-zones"}),
        help_text=_("As in Africa/Accra. Left empty, it is the one named after the city. All times are in this zone."),
    )  # fmt: skip
    currency = forms.ModelChoiceField(
        label=_("Currency of prices and figures"), queryset=Currency.objects.none(), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "currency", Currency.objects.order_by("pk"))

    @property
    def time_zones(self) -> list[str]:
        return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["time_zone"] = zone = found.get("time_zone") or zone_of_city(found.get("city", ""))
        if zone:
            self.require("time_zone", lambda: rules.require_time_zone(zone))
        else:
            self.add_error("time_zone", gettext("No time zone is named after this city; choose one from the list."))
        if (first := found.get("first_day")) and (last := found.get("last_day")):
            self.require("last_day", lambda: rules.usual_phases(first, last, timezone.localdate()))
        return found


class AreasStep(StepForm):
    """The exhibition areas to which exhibitors apply, one a line."""

    title = _("Exhibition areas")
    areas = forms.CharField(label=_("Exhibition areas, one a line"), widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].help_text = (
            _("As in: Food and drinks | 食品饮料. Exhibitors apply to one of them; sectors within them can come later.")
            if self.speaks_chinese
            else _("As in: Food and drinks. Exhibitors apply to one of them; sectors within them can come later.")
        )

    def clean_areas(self) -> list[NewArea]:
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if len(lines) > MOST_AREAS:
            raise forms.ValidationError(gettext("Name at most %(most)d exhibition areas.") % {"most": MOST_AREAS})
        areas = [_area(number, line) for number, line in enumerate(lines, start=1)]
        for area, line in zip(areas, lines, strict=True):
            if self.speaks_chinese and not area.name_zh:
                raise forms.ValidationError(
                    gettext("“%(line)s” needs a Chinese name: write Food and drinks | 食品饮料.") % {"line": line}
                )
        if twice := [area.name_en for area in areas if [one.code for one in areas].count(area.code) > 1]:
            raise forms.ValidationError(
                gettext("“%(name)s” is there twice; give each area its own name.") % {"name": twice[0]}
            )
        return areas


class PhasesStep(StepForm):
    """From when to when each thing may be done; proposed from the days of the show."""

    title = _("Dates")

    def __init__(self, *args: Any, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = self.draft["edition"]
        self.zone = ZoneInfo(edition["time_zone"])
        first, last = (dt.date.fromisoformat(edition[name]) for name in ("first_day", "last_day"))
        self.usual = rules.usual_phases(first, last, at.astimezone(self.zone).date())
        for kind, label in Phase.Kind.choices:
            for bound, moment in zip(("opens", "closes"), self.usual[kind], strict=True):
                name = f"{gettext(label)}: {BOUNDS[bound]}"
                there = real_moment(moment, self.zone)
                self.fields[f"{kind}_{bound}"] = _moment(name[0].upper() + name[1:], there)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For each phase its two fields, and its bar: begin and length in hundredths of the whole time."""
        moments = {name: _as_moment(self[name].value()) for name in self.fields}
        begin, end = min(moments.values()), max(moments.values())
        hundredth = max((end - begin).total_seconds(), 1) / 100
        rows = []
        for kind in Phase.Kind:
            opens, closes = (self[f"{kind}_{bound}"] for bound in BOUNDS)
            left = (moments[opens.name] - begin).total_seconds() / hundredth
            long = (moments[closes.name] - moments[opens.name]).total_seconds() / hundredth
            days = [f"{moments[bound.name]:%Y-%m-%d %H:%M}" for bound in (opens, closes)]
            row = {"title": gettext(kind.label), "opens": opens, "closes": closes, "days": " – ".join(days)}
            rows.append({**row, "x": f"{left:.1f}", "length": f"{max(long, 0.5):.1f}"})
        return rows

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for kind in Phase.Kind.values:
            opens, closes = found.get(f"{kind}_opens"), found.get(f"{kind}_closes")
            for bound, moment in (("opens", opens), ("closes", closes)):
                if moment:
                    self.require(f"{kind}_{bound}", partial(self._require_moment, moment))
            if opens and closes and closes <= opens:
                self.add_error(f"{kind}_closes", gettext("It ends before it begins; choose a later day or hour."))
        return found

    def _require_moment(self, moment: dt.datetime) -> None:
        rules.require_likely(moment.date())
        require_hour_exists(moment, self.zone)

    def phases(self) -> list[NewPhase]:
        """The phases, in the venue's time."""
        found = self.cleaned_data
        moments = {name: moment.replace(tzinfo=self.zone) for name, moment in found.items()}
        return [NewPhase(kind, moments[f"{kind}_opens"], moments[f"{kind}_closes"]) for kind in Phase.Kind.values]


BOUNDS = {"opens": _("from"), "closes": _("until")}


class HallsStep(StepForm):
    """The halls, one a line; they may come later, by a list with columns and exits."""

    title = _("Halls")
    halls = forms.CharField(
        label=_("Halls, one a line: code, width and depth in metres"), required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "As in: A 60 x 45. Lengths are taken in whole modules of 3 m. You can leave this empty and bring a list "
            "with columns and exits later."
        ),
    )  # fmt: skip

    @property
    def rows(self) -> list[str]:
        """The halls in words, with the floor as it will be drawn."""
        module = rules.MODULE_M
        return [
            f"{hall.code}: {hall.width_modules * module} × {hall.depth_modules * module} m"
            for hall in self.cleaned_data["halls"]
        ]

    def clean_halls(self) -> list[HallRow]:
        lines = [line.strip() for line in self.cleaned_data["halls"].splitlines() if line.strip()]
        rows = [_hall(number, line) for number, line in enumerate(lines, start=1)]
        codes = [row.code for row in rows]
        if twice := [code for code in codes if codes.count(code) > 1]:
            raise forms.ValidationError(
                gettext("Hall %(code)s is there twice; give each its own code.") % {"code": twice[0]}
            )
        return rows


def _area(number: int, line: str) -> NewArea:
    english, _bar, chinese = (part.strip() for part in line.partition("|"))
    code = slugify(english)[:40].strip("-")
    if not code or not code[0].isalpha():
        code = f"area-{number}"
    if max(len(english), len(chinese)) > LONGEST_NAME:
        told = gettext("“%(line)s” is too long; an area's name has at most %(most)d characters.")
        raise forms.ValidationError(told % {"line": line, "most": LONGEST_NAME})
    return NewArea(code=code, number=number, name_en=english, name_zh=chinese, scope="enterprise")


def _hall(number: int, line: str) -> HallRow:
    found = _HALL.fullmatch(line)
    width, depth = (int(found[name]) // rules.MODULE_M for name in ("width", "depth")) if found else (0, 0)
    if not found or not width or not depth:
        raise forms.ValidationError(
            gettext(
                "Line %(number)d, “%(line)s”, cannot be read; write code, width and depth in metres, as in A 60 x 45."
            )
            % {"number": number, "line": line}
        )
    if refusal := refusal_of(partial(_require_hall, found["code"], width, depth)):
        raise forms.ValidationError(translate(refusal))
    return HallRow(number, found["code"], width, depth)


def _require_hall(code: str, width: int, depth: int) -> None:
    rules.require_hall_code(code)
    rules.require_floor(width, depth, obstacles=[], exits=[])


def _as_moment(value: Any) -> dt.datetime:
    """A moment of a form as typed or as proposed; one that cannot be read counts as now."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    try:
        return dt.datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return timezone.now().replace(tzinfo=None)


def _moment(label: str, usual: dt.datetime) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return NaiveMoment(label=label, initial=usual, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


class NaiveMoment(forms.DateTimeField):
    """A moment on the venue's clocks; its zone is known by the form."""

    def to_python(self, value: Any) -> Any:
        with_zone = super().to_python(value)
        return with_zone.replace(tzinfo=None) if with_zone else with_zone


def zone_of_city(city: str) -> str:
    """The time zone that is named after a city; empty where there is none."""
    wanted = "_".join(slugify(city).split("-"))
    found = [zone for zone in available_timezones() if zone.rpartition("/")[2].lower() == wanted and "/" in zone]
    return found[0] if len(found) == 1 else ""
