"""The outbox: what is to be told to whom, about which edition of a fair."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Edition, Fair


class Notice(models.Model):
    """A message to send: recipient, template and what fills it. ``key`` names its cause, so that it is told once.

    A message waits until the mail server accepts it (``sent``) or refuses it for good (``failed``). ``started`` is set
    before the server gets it and cleared when the outcome is known, so that no message is handed over twice.
    """

    key = models.CharField(max_length=120, unique=True)
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
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
    bounced = models.BooleanField(default=False, db_default=False, help_text="given up, for its address was refused")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["-urgent", "id"], condition=models.Q(sent=None, failed=None), name="notices_waiting"),
            models.Index(fields=["failed"], condition=models.Q(failed__isnull=False), name="notices_failed"),
            # How the messages of each kind went out.
            models.Index(fields=["edition", "template"], name="notices_by_kind"),
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


class MessageText(models.Model):
    """What an edition says instead of the product's text of an automatic message; a language left empty stays as it is.

    The texts hold fields in braces, as in ``{name}``, filled for each reader when the message leaves.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="message_texts")
    template = models.CharField(max_length=60)
    subject_en = models.CharField(max_length=150, blank=True)
    body_en = models.TextField(max_length=5000, blank=True)
    subject_zh = models.CharField(max_length=150, blank=True)
    body_zh = models.TextField(max_length=5000, blank=True)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "template"], name="one_text_per_message")]

    def __str__(self) -> str:
        return self.template
