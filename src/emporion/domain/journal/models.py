"""Who did what to what, when. Rows are only ever added: the database itself refuses to change or remove one."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One deed. ``deed`` is a verb in the past with its room, as in ``application.approved``."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    deed = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, help_text="kind and name of what it was done to")
    edition = models.PositiveBigIntegerField(null=True, blank=True, help_text="key of the edition")
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "journal entries"
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["deed", "edition"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed} {self.subject}"
