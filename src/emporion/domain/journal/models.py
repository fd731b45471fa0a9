"""Who did what to what, when. Rows are only ever added: the database itself refuses to change or remove one."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One event. ``event`` is a name of ``journal.events``, as in ``application.approved``.

    Editions are held by their key without a constraint: the journal outlives what it tells of.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40, help_text="kind of record, as in application")
    subject_id = models.CharField(max_length=60, blank=True, help_text="its key; empty for many records at once")
    subject_label = models.CharField(max_length=200, help_text="its number or name at the time")
    schema = models.PositiveSmallIntegerField(default=1, help_text="version of the data's shape, by event")
    public = models.BooleanField(default=False, help_text="changes what readers without an account see")
    edition = models.PositiveBigIntegerField(null=True, blank=True, help_text="key of the edition")
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "journal entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            models.Index(fields=["event", "edition"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject_kind} {self.subject_label}"
