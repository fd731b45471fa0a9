"""Drafts of halls' plans, every command on them, and the versions that were published."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Hall


class PlanDraft(models.Model):
    """Changes of a hall's plan that are not published yet; a hall has one open draft at most.

    ``sequence``: the number of its last command.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        PUBLISHED = "published", "published"
        DISCARDED = "discarded", "discarded"

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="drafts")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    sequence = models.PositiveIntegerField(default=0)
    begun = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["hall"], condition=models.Q(state="open"), name="one_open_draft")
        ]

    def __str__(self) -> str:
        return f"draft of {self.hall}"


class DraftObject(models.Model):
    """A stand or an element that a draft has changed. ``version``: the number of the last command that changed it.

    ``base`` is how the published plan had it when the draft first changed it, ``present`` how the draft has it now;
    null where it is not there. ``decided``: somebody said that it changes though it is taken or locked.
    """

    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="objects_changed")
    key = models.UUIDField()
    version = models.PositiveIntegerField()
    base = models.JSONField(null=True)
    present = models.JSONField(null=True)
    decided = models.BooleanField(default=False)

    class Meta:
        ordering = ["draft", "id"]
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="one_draft_object_per_key")]

    def __str__(self) -> str:
        return str(self.key)


class DraftCommand(models.Model):
    """One command on a draft. ``steps``: a list of ``{key, before, after}``, from which it is taken back.

    ``token`` is chosen by the page that sends it, so that a command sent twice is done once. An undo or redo is a
    command too; it names the one that it takes back or does again. What was undone is dropped, and redone no more, when
    its author does something else.
    """

    class State(models.TextChoices):
        STANDING = "standing", "standing"
        UNDONE = "undone", "undone"
        DROPPED = "dropped", "dropped"

    draft = models.ForeignKey(PlanDraft, on_delete=models.CASCADE, related_name="commands")
    number = models.PositiveIntegerField()
    token = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=20)
    steps = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.STANDING)
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_command_per_number"),
            models.UniqueConstraint(fields=["draft", "token"], name="one_command_per_token"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class PlanVersion(models.Model):
    """A hall's plan as it was published. ``plan``: as ``HallPlan.geojson`` writes it; ``counts``: of what changed."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    plan = models.JSONField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["hall", "-number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="one_plan_version_per_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.hall}"
