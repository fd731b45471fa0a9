"""How each member of the staff looks at the long lists, and what is written to those in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Edition, Fair


class SavedView(models.Model):
    """A filter of a list that somebody comes back to. ``query``: the filter as it stands in the list's address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="+")
    queue = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "fair", "queue", "name"], name="one_saved_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class GroupMessage(models.Model):
    """A message to all whom a list's filter finds. ``terms``: the filter; ``sent``: when it was put into the outbox.

    Its texts hold fields in braces, as in ``{name}``, filled for each reader when the message leaves.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="group_messages")
    queue = models.CharField(max_length=20)
    terms = models.JSONField(default=dict)
    subject_en = models.CharField(max_length=150, blank=True)
    body_en = models.TextField(max_length=5000, blank=True)
    subject_zh = models.CharField(max_length=150, blank=True)
    body_zh = models.TextField(max_length=5000, blank=True)
    made = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent = models.DateTimeField(null=True, blank=True)
    left_out = models.PositiveIntegerField(default=0, help_text="who had opted out when it was sent")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject_en or self.subject_zh
