"""Who works for the organiser of a fair, and as what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Fair


class StaffRole(models.Model):
    """One role of one person at one fair. Without a role nobody is staff.

    ``area`` is the code of the exhibition area to which a reviewer is limited, in every edition; empty: all areas.
    """

    class Role(models.TextChoices):
        OWNER = "owner", "owner: everything, and who works here"
        REVIEWER = "reviewer", "reviewer: applications and contracts"
        HALLS = "halls", "halls: stands, plans, allocation"
        REGISTRATION = "registration", "registration: visitors, claims, invitations"
        GATE = "gate", "gate: badges and entries"
        MEETINGS = "meetings", "meetings: slots, timetable, suggestions"
        FINANCE = "finance", "finance: fees, deals, investments"
        STATISTICS = "statistics", "statistics: figures and the bulletin"
        AUDITOR = "auditor", "auditor: reads everything, changes nothing"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_roles")
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=12, choices=Role.choices)
    area = models.SlugField(max_length=40, blank=True, help_text="code of the area a reviewer is limited to")
    granted = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["fair", "user", "role", "area"]
        constraints = [
            models.UniqueConstraint(fields=["user", "fair", "role", "area"], name="one_staff_role_per_person"),
            models.CheckConstraint(
                condition=models.Q(area="") | models.Q(role="reviewer"), name="only_reviewers_have_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.fair}"
