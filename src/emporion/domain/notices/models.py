"""The outbox: what is to be told to whom, about which edition of a fair."""

from __future__ import annotations

from django.db import models

from emporion.domain.editions.models import Edition, Fair


class Notice(models.Model):
    """A message to send: recipient, template and what fills it. ``key`` names its cause, so that it is told once.

    A message waits until the mail server accepts it (``sent``) or refuses it for good (``failed``). ``started`` is set
    before the server gets it and cleared when the outcome is known, so that no message is handed over twice.
    """

    key = models.CharField(max_length=120, unique=True)
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    recipient = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False, help_text="somebody waits for it, as for a code: goes before others")
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(null=True, blank=True, help_text="not tried before this moment")
    started = models.DateTimeField(null=True, blank=True, help_text="when the current attempt began")
    failed = models.DateTimeField(null=True, blank=True, help_text="when it was given up")
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-urgent", "id"], condition=models.Q(sent=None, failed=None), name="notices_waiting"),
            models.Index(fields=["failed"], condition=models.Q(failed__isnull=False), name="notices_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.recipient}"


class OptOut(models.Model):
    """An address, in lower case, that wants no messages of a fair but those that must be sent."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fair", "address"], name="one_opt_out_per_address")]

    def __str__(self) -> str:
        return self.address
