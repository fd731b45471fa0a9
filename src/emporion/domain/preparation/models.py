"""The days by which an edition's exhibitors do what they have to."""

from __future__ import annotations

from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.preparation.rules import (
    BUYERS,
    CONTRACT,
    DESIGN,
    PAPERS,
    PRODUCTS,
    PROFILE,
    SERVICES,
    STAFF,
)


class TaskDay(models.Model):
    """The day by which a task is due in an edition, where the organiser has set its own."""

    class Kind(models.TextChoices):
        CONTRACT = CONTRACT, "sign the contract"
        PAPERS = PAPERS, "bring the business licence"
        PROFILE = PROFILE, "describe the organisation"
        BUYERS = BUYERS, "say whom one wants to meet"
        PRODUCTS = PRODUCTS, "enter products"
        DESIGN = DESIGN, "have the stand design approved"
        SERVICES = SERVICES, "order services"
        STAFF = STAFF, "register staff"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="task_days")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due = models.DateField()

    class Meta:
        ordering = ["edition", "due"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="one_day_per_task")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due}"
