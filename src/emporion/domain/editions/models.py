"""Fairs, their sectors and editions: venue, halls, exhibition areas, phases, and figures published of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from emporion.domain.editions import rules
from emporion.domain.editions.rules import floors
from emporion.domain.reference.models import Country, Currency
from emporion.domain.reference.rules.rates import LONGEST_LIMIT, USUAL_LIMIT
from emporion.domain.refusal import Refusal


class Scope(models.TextChoices):
    """What a figure covers. Figures of unlike scope are never compared."""

    ALL = "all", "all exhibitions"
    COUNTRY = "country", "country exhibition"
    ENTERPRISE = "enterprise", "enterprise exhibition"


# An exhibitor or an area belongs to one exhibition; only figures cover all.
EXHIBITION_CHOICES = [(Scope.COUNTRY.value, Scope.COUNTRY.label), (Scope.ENTERPRISE.value, Scope.ENTERPRISE.label)]


def _validate(check: Callable[[Any], None], value: object) -> None:
    """Ask a rule; Django's forms want its refusal as a ``ValidationError``."""
    try:
        check(value)
    except Refusal as refusal:
        raise ValidationError(refusal.sentence, code=refusal.code) from refusal


def validate_slug(value: str) -> None:
    _validate(rules.require_slug, value)


def validate_languages(value: object) -> None:
    _validate(rules.require_languages, value)


def validate_colour(value: str) -> None:
    _validate(rules.require_colour, value)


def validate_time_zone(value: str) -> None:
    _validate(rules.require_time_zone, value)


def default_languages() -> list[str]:
    return [rules.ENGLISH]


class Fair(models.Model):
    """A series of editions under one name and one organiser: ``slug`` stands in its addresses.

    ``languages`` are the languages of its content, ``en`` and ``zh-hans``; the first is the default. ``host`` is the
    market that goods are to enter, whose law applies. Organisations and accounts belong to no fair.
    """

    slug = models.SlugField(max_length=40, unique=True, validators=[validate_slug])
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150, blank=True)
    organiser_en = models.CharField(max_length=150, blank=True)
    organiser_zh = models.CharField(max_length=150, blank=True)
    languages = models.JSONField(default=default_languages, validators=[validate_languages])
    host = models.ForeignKey(Country, on_delete=models.PROTECT, help_text="the market that goods are to enter")
    website = models.URLField(blank=True)
    sender_name = models.CharField(max_length=150, blank=True, help_text="whose name stands on messages")
    sender_email = models.EmailField(blank=True)
    reply_to = models.EmailField(blank=True)
    colour = models.CharField(max_length=7, blank=True, validators=[validate_colour], help_text="as in #0b6e6e")
    logo = models.FileField(upload_to="fairs", blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_en

    @property
    def speaks_chinese(self) -> bool:
        """Whether Chinese is among the languages of its content."""
        return rules.CHINESE in self.languages


class Sector(models.Model):
    """A sector of a fair: an exhibition area's main sector, or a focus sector within it; every edition uses them.

    A focus sector's development is reported edition over edition.
    """

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="sectors")
    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(help_text="order in lists")
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    focus = models.BooleanField(default=False, help_text="reported edition over edition")

    class Meta:
        ordering = ["fair", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "code"], name="one_sector_per_code"),
            models.UniqueConstraint(fields=["fair", "number"], name="one_sector_per_number"),
        ]

    def __str__(self) -> str:
        return self.name_en


class Venue(models.Model):
    """Where editions are held. Every hour of an edition is in the venue's time zone, an IANA name."""

    code = models.SlugField(max_length=20, primary_key=True)
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150, blank=True)
    city_en = models.CharField(max_length=100)
    city_zh = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=50, validators=[validate_time_zone], help_text="as in Africa/Accra")

    def __str__(self) -> str:
        return self.name_en

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Edition(models.Model):
    """One edition of a fair, by its number in it. ``last_day`` is the last day of the show."""

    fair = models.ForeignKey(Fair, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT)
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT, help_text="in which the bulletin adds up")
    current = models.BooleanField(default=False, help_text="the edition that the public site shows")
    free_booth_quota = models.PositiveSmallIntegerField(
        default=0, help_text="how many are granted; who gets one, and its size, is a rule of the host market"
    )
    rate_days = models.PositiveSmallIntegerField(
        default=USUAL_LIMIT, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LIMIT)],
        help_text="for how many days a reference rate still counts after its own",
    )  # fmt: skip

    review_new_unit = models.BooleanField(
        default=True, db_default=True, help_text="an approved visitor who changes the organisation is reviewed again"
    )
    visitors_reapply = models.BooleanField(
        default=True, db_default=True, help_text="a visitor who was rejected may apply again"
    )
    opens_daily = models.TimeField(
        null=True, blank=True, help_text="when the show opens to visitors each day, in the venue's time"
    )
    closes_daily = models.TimeField(
        null=True, blank=True, help_text="when it closes; scans outside these hours are kept and not counted"
    )

    class Meta:
        ordering = ["fair", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "number"], name="one_edition_per_number"),
            models.UniqueConstraint(fields=["fair"], condition=models.Q(current=True), name="one_current_edition"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="edition_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(opens_daily__isnull=True, closes_daily__isnull=True)
                | models.Q(opens_daily__isnull=False, closes_daily__gt=models.F("opens_daily")),
                name="edition_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    @property
    def host_id(self) -> str:
        """The country whose market goods are to enter: the fair's."""
        return self.fair.host_id

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the venue, in which every hour of the edition is meant."""
        return self.venue.zone


class ExhibitionArea(models.Model):
    """A named part of an edition's exhibition; exhibitors apply to one."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="areas")
    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(help_text="order and tint on the plans, 1 to 8")
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    scope = models.CharField(max_length=12, choices=EXHIBITION_CHOICES)
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_area_per_code")]

    def __str__(self) -> str:
        return self.name_en


class Hall(models.Model):
    """A hall's floor. It is measured in modules of 3 m, for which stands are allocated, until its plan is drawn.

    ``obstacles``: list of ``[x, y, width, depth]`` in modules; ``exits``: list of ``[x, y]`` modules at a wall. Of a
    hall whose plan is drawn, ``outline`` has the rings of its floor in metres, its elements are records of their own,
    and modules, obstacles and exits follow from these. ``site_x`` and ``site_y`` say where on the site its north-west
    corner lies, in metres to the east and to the south, ``site_turn`` how far it is turned clockwise, in degrees.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="halls")
    code = models.CharField(max_length=10)
    width_modules = models.PositiveSmallIntegerField()
    depth_modules = models.PositiveSmallIntegerField()
    gross_area_m2 = models.PositiveIntegerField(help_text="contracted gross area, aisles included")
    indoor = models.BooleanField(default=True)
    areas = models.ManyToManyField(ExhibitionArea, blank=True, related_name="halls")
    obstacles = models.JSONField(default=list, blank=True)
    exits = models.JSONField(default=list, blank=True)
    outline = models.JSONField(default=list, blank=True, editable=False)
    ceiling_m = models.FloatField(null=True, blank=True, help_text="clear height in metres")
    floor_load_kg_m2 = models.PositiveIntegerField(null=True, blank=True, help_text="what a square metre bears, in kg")
    level = models.SmallIntegerField(default=0, help_text="0 is the ground floor")
    site_x = models.FloatField(null=True, blank=True, help_text="on the site, metres to the east")
    site_y = models.FloatField(null=True, blank=True, help_text="on the site, metres to the south")
    site_turn = models.FloatField(default=0, help_text="degrees clockwise")

    class Meta:
        ordering = ["edition", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_hall_per_code")]

    def __str__(self) -> str:
        return f"Hall {self.code}"

    @property
    def is_drawn(self) -> bool:
        """Whether its plan is drawn, and no longer measured in modules."""
        return bool(self.outline)

    @property
    def floor(self) -> floors.Shape:
        """The outline of its floor."""
        if self.is_drawn:
            return floors.polygon(*self.outline)
        return floors.outline_in_modules(self.width_modules, self.depth_modules)


class HallElement(models.Model):
    """Something on the floor of a hall whose plan is drawn: column, wall, door, aisle, lounge … (``rules.floors``).

    ``shape`` is a geometry as in GeoJSON, in metres of the plan. ``key`` stays when everything else changes.
    """

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="elements")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80, blank=True)
    shape = models.JSONField()
    width_m = models.FloatField(null=True, blank=True, help_text="of an aisle drawn as a line")
    depth_m = models.FloatField(null=True, blank=True, help_text="kept free before a door")
    services = models.JSONField(default=list, blank=True, help_text="power, water, air, network")
    area = models.ForeignKey(ExhibitionArea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    main = models.BooleanField(default=False)
    step_free = models.BooleanField(default=True)

    class Meta:
        ordering = ["hall", "kind", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class Phase(models.Model):
    """When something may be done in an edition, from one moment to another."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "exhibitors apply"
        REVIEW = "review", "applications are reviewed"
        CONTRACT = "contract", "contracts are signed"
        ALLOCATION = "allocation", "booths are allocated"
        REGISTRATION = "registration", "visitors register"
        MATCHING = "matching", "suggestions are made"
        MEETING = "meeting", "meetings are requested and answered"
        SHOW = "show", "the show is open"
        DEAL = "deal", "deals are recorded and confirmed"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    opens = models.DateTimeField()
    closes = models.DateTimeField()

    class Meta:
        ordering = ["edition", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="one_phase_per_kind"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="phase_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.kind}"

    @property
    def window(self) -> rules.Window:
        """From when to when it is open."""
        return rules.Window(self.opens, self.closes)


class PublishedFigure(models.Model):
    """A figure published of an edition, with its scope and source.

    ``qualifier`` keeps how it was told: ``about``, ``over``, ``under`` or empty when exact.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="published_figures")
    figure = models.CharField(max_length=60)
    scope = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=30)
    qualifier = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["figure", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "figure", "scope"], name="one_published_figure_per_scope")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.figure}"
