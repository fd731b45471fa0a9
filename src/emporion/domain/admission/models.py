"""Badges, gates and scans."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from emporion.domain.admission.rules.staffing import (
    BUILDER,
    CO_EXHIBITOR,
    LONGEST_FUNCTION,
    LONGEST_NAME,
    STAFF,
)
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reason import ProperName
from emporion.domain.visitors.models import Visitor

# Kinds of pass for those who are there to work: the press, the organiser's staff, service firms.
WORKING = ("press", "organiser", "contractor")


class SigningKey(models.Model):
    """The edition's key with which badges are signed (Ed25519, raw bytes)."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="signing_key")
    private = models.BinaryField()
    public = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.edition}"


class PassBand(models.Model):
    """From how many square metres of net area on an edition's stands get how many passes of a kind."""

    class Kind(models.TextChoices):
        STAFF = STAFF, "an exhibitor's staff"
        CO_EXHIBITOR = CO_EXHIBITOR, "a co-exhibitor's staff"
        BUILDER = BUILDER, "those who build the stand"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pass_bands")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_m2 = models.PositiveIntegerField(default=0)
    passes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "kind", "from_m2"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "from_m2"], name="one_pass_band_per_area")]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_m2} m²: {self.passes}"


class BuildDays(models.Model):
    """The days on which an edition's stands are built and dismantled."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="build_days")
    build_up_first = models.DateField()
    build_up_last = models.DateField()
    dismantling_first = models.DateField()
    dismantling_last = models.DateField()

    def __str__(self) -> str:
        return f"build-up and dismantling of {self.edition}"

    @property
    def spans(self) -> list[tuple[date, date]]:
        """First and last day of build-up, and of dismantling."""
        return [(self.build_up_first, self.build_up_last), (self.dismantling_first, self.dismantling_last)]


class StaffMember(models.Model):
    """A person whom an exhibitor registers, to work on its stand or to build it."""

    class Kind(models.TextChoices):
        STAFF = STAFF, "staff"
        BUILDER = BUILDER, "builds the stand"

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="staff")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    function = models.CharField(max_length=LONGEST_FUNCTION, blank=True)
    registered = models.DateTimeField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["exhibitor", "id"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "kind", "name"], name="one_staff_member_per_name")]

    def __str__(self) -> str:
        return self.name


class MorePasses(models.Model):
    """That an exhibitor asks for more passes than its area gives, and how many the organiser grants."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="more_passes")
    kind = models.CharField(max_length=12, choices=StaffMember.Kind.choices)
    passes = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted = models.PositiveSmallIntegerField(default=0)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["asked", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "kind"], condition=models.Q(decided=None), name="one_open_request_for_passes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.passes} more passes for {self.exhibitor}"


class Badge(models.Model):
    """A signed pass for one person: a visitor, one of an exhibitor's staff, or one who is there to work.

    Only a visitor's badge makes a visitor; every other kind lets its holder in and is never counted as one.
    """

    class Kind(models.TextChoices):
        VISITOR = "visitor", "visitor"
        EXHIBITOR = "exhibitor", "exhibitor's staff"
        PRESS = "press", "press"
        ORGANISER = "organiser", "organiser's staff"
        CONTRACTOR = "contractor", "service firm"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="badges", db_index=False)
    number = models.CharField(max_length=24, help_text="of the registration; of a badge made anew with its count")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    visitor = models.OneToOneField(Visitor, null=True, blank=True, on_delete=models.CASCADE, related_name="badge")
    exhibitor = models.ForeignKey(
        Exhibitor, null=True, blank=True, on_delete=models.CASCADE, related_name="badges", db_index=False
    )
    holder = models.CharField(max_length=150)
    firm = models.CharField(max_length=200, blank=True, default="", db_default="", help_text="of those who work there")
    staff_member = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="badges"
    )
    first_day = models.DateField(null=True, blank=True, help_text="empty: the days of the show")
    last_day = models.DateField(null=True, blank=True)
    signature = models.BinaryField(help_text="Ed25519 signature over the badge's text")
    issued = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_badge_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind="visitor", visitor__isnull=False, exhibitor__isnull=True)
                | models.Q(kind="exhibitor", visitor__isnull=True, exhibitor__isnull=False)
                | models.Q(kind__in=WORKING, visitor__isnull=True, exhibitor__isnull=True),
                name="only_a_visitors_badge_is_a_visitor",
            ),
            models.UniqueConstraint(
                fields=["edition", "kind", "firm", "holder"],
                condition=models.Q(kind__in=WORKING, first_day=None),
                name="one_pass_per_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def proper_name(self) -> ProperName:
        """The holder's name, and a visitor's name in Latin letters where one is given."""
        return ProperName(self.visitor.name_latin if self.visitor else "", self.holder, is_person=True)


class Entry(models.Model):
    """One admitted scan of a badge at a gate. ``scan`` is the scan's own id: uploading it twice changes nothing."""

    scan = models.UUIDField(primary_key=True)
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="entries")
    gate = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.badge_id} at {self.gate}"
