"""What is asked about the organiser's staff."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import ExhibitionArea, Fair
from emporion.domain.reason import Name
from emporion.domain.staff import rules
from emporion.domain.staff.models import StaffRole
from emporion.domain.staff.rules import Held


def roles_of(user: User) -> dict[int, list[Held]]:
    """The roles that a person holds, by fair."""
    held: defaultdict[int, list[Held]] = defaultdict(list)
    for fair, role, area in StaffRole.objects.filter(user=user).values_list("fair_id", "role", "area"):
        held[fair].append(Held(role, area))
    return dict(held)


def held_at(user: User, fair: Fair) -> list[Held]:
    """The roles that a person holds at a fair; who operates the installation is an owner everywhere."""
    return [Held(rules.OWNER)] if user.is_superuser else roles_of(user).get(fair.pk, [])


def fairs_for(user: User | AnonymousUser, *roles: str, reading: bool = False) -> QuerySet[Fair]:
    """The fairs at which a person may do what takes one of these roles; without roles, where they hold any."""
    if not isinstance(user, User):
        return Fair.objects.none()
    if user.is_superuser:
        return Fair.objects.all()
    allowed = [fair for fair, held in roles_of(user).items() if not roles or rules.may(held, roles, reading=reading)]
    return Fair.objects.filter(pk__in=allowed)


def staff_of(fair: Fair) -> QuerySet[StaffRole]:
    """Who works for the fair, by address."""
    return StaffRole.objects.filter(fair=fair).select_related("user", "granted_by").order_by("user__email", "role")


def areas_by_code(fair: Fair) -> dict[str, Name]:
    """The exhibition areas of all the fair's editions, each as its last edition calls it, in that one's order."""
    found = ExhibitionArea.objects.filter(edition__fair=fair).order_by("-edition__number", "number")
    areas: dict[str, Name] = {}
    for code, name_en, name_zh in found.values_list("code", "name_en", "name_zh"):
        areas.setdefault(code, Name(name_en, name_zh))
    return areas
