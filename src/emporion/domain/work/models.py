"""Work that takes longer than a page: who asked for what, how far it is, how it ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Edition, Fair


class BackgroundTask(models.Model):
    """One piece of work in the background, done by a worker.

    ``kind`` names what is done and ``arguments`` to what. ``key`` is the same for the same work, which nobody can ask
    for twice while it is under way. ``cause`` says in each language why it failed, ``result`` what came of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for a worker"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="tasks")
    arguments = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    requested = models.DateTimeField()
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    steps_done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0, help_text="0 while nobody knows how many there are")
    cause = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=["waiting", "running"]), name="one_task_under_way"
            )
        ]
        indexes = [models.Index(fields=["edition", "-id"]), models.Index(fields=["key", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class TaskDocument(models.Model):
    """A file that a task has made."""

    task = models.OneToOneField(BackgroundTask, on_delete=models.CASCADE, related_name="document")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class UploadedList(models.Model):
    """A list that somebody brings in the browser: first it is checked, then imported, each by a task of its own.

    ``columns`` says which column of the file fills which field, by the column's place, where that was corrected (empty:
    it is left out; none before the first check); ``cells`` what stands in a cell instead, by ``row:place``.

    ``path``: whose it is, empty for lists of the office. A leader's has the place of the delegation in its tree, others
    begin as ``rules.OF_EXHIBITOR`` says.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="uploaded_lists")
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=60, blank=True, default="")
    name = models.CharField(max_length=150)
    content = models.BinaryField()
    uploaded = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    columns = models.JSONField(null=True, blank=True)
    cells = models.JSONField(default=dict, blank=True, db_default={})

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """Which column of a fair's lists with these headers fills which field, as somebody corrected it last.

    ``headers``: a digest of the headers in their order.
    """

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    headers = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fair", "kind", "headers"], name="one_column_mapping_per_headers")
        ]

    def __str__(self) -> str:
        return f"columns of {self.kind}"
