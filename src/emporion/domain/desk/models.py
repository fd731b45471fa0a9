"""How each member of the staff looks at the long lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Fair


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
