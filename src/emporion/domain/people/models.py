"""Invitations to come in: to a record that a list brought, to an organisation, to an organiser's staff."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from emporion.domain.editions.models import Fair
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.staff.models import StaffRole
from emporion.domain.visitors.models import Delegation, Visitor


class Invitation(models.Model):
    """An invitation sent to one address. Only a hash of its token is stored, and only that address can accept it.

    A contact or colleague is invited to ``organisation`` with ``roles``, a visitor to their own record ``visitor``, a
    member of staff to ``staff_role`` (and ``area``) of ``fair``, a contractor to the stand of ``exhibitor``, a leader
    to lead ``delegation`` and a member to register with it.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", "contact of an organisation"
        COLLEAGUE = "colleague", "colleague"
        VISITOR = "visitor", "visitor"
        STAFF = "staff", "organiser's staff"
        CONTRACTOR = "contractor", "contractor who builds a stand"
        LEADER = "leader", "leader of a delegation"
        MEMBER = "member", "member of a delegation"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.EmailField()
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    visitor = models.ForeignKey(Visitor, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    exhibitor = models.ForeignKey(
        Exhibitor, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    roles = ArrayField(models.CharField(max_length=10, choices=Representative.Role.choices), default=list, blank=True)
    staff_role = models.CharField(max_length=12, choices=StaffRole.Role.choices, blank=True)
    area = models.SlugField(max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"), "kind", "fair", "organisation", "visitor", "exhibitor", "staff_role", "area",
                "delegation",
                condition=models.Q(accepted=None, withdrawn=None),
                nulls_distinct=False,
                name="one_open_invitation_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["contact", "colleague"], organisation__isnull=False, visitor=None, exhibitor=None
                )
                | models.Q(kind="visitor", visitor__isnull=False, organisation=None, exhibitor=None)
                | models.Q(kind="contractor", exhibitor__isnull=False, organisation=None, visitor=None)
                | (
                    models.Q(kind="staff", organisation=None, visitor=None, exhibitor=None)
                    & ~models.Q(staff_role="")
                )
                | models.Q(kind__in=["leader", "member"], delegation__isnull=False, organisation=None, visitor=None),
                name="invitation_leads_somewhere",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
