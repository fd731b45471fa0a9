"""Forums, supporting events and launches."""

from __future__ import annotations

from django.db import models

from emporion.domain.catalogue.models import Debut
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import ProperName
from emporion.domain.visitors.models import Visitor


class Session(models.Model):
    """One item of the programme."""

    class Kind(models.TextChoices):
        FORUM = "forum", "forum"
        SUPPORTING = "supporting", "supporting event"
        LAUNCH = "launch", "product launch"
        SIGNING = "signing", "signing ceremony"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title_en = models.CharField(max_length=200)
    title_zh = models.CharField(max_length=200)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place_en = models.CharField(max_length=100, blank=True)
    place_zh = models.CharField(max_length=100, blank=True)
    hall = models.ForeignKey(Hall, null=True, blank=True, on_delete=models.SET_NULL)
    host = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    debut = models.ForeignKey(Debut, null=True, blank=True, on_delete=models.SET_NULL)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="session_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class Speaker(models.Model):
    """A person who speaks in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=150)
    position = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def proper_name(self) -> ProperName:
        """The name as the programme has it."""
        return ProperName("", self.name, is_person=True)


class ChosenSession(models.Model):
    """A session that a visitor means to attend: it stands in their plan of the days."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="chosen_sessions", db_index=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="choices")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visitor", "session"], name="one_choice_per_session")]

    def __str__(self) -> str:
        return f"{self.visitor}: {self.session}"
