"""The outbox: what is to be told to whom. It knows no other room."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """A message to send: recipient, template and what fills it. ``key`` names its cause, so that it is told once."""

    key = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sent"])]

    def __str__(self) -> str:
        return f"{self.template} to {self.recipient}"
