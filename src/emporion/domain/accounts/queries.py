"""What is asked of people with an account."""

from __future__ import annotations

from django.db.models import QuerySet

from emporion.domain.accounts.models import User


def person_with_email(email: str) -> User | None:
    """The person whose account an address names, however its letters are written."""
    return User.objects.filter(email=email.strip().lower()).first()


def staff() -> QuerySet[User]:
    """The organiser's staff who may sign in."""
    return User.objects.filter(is_staff=True, is_active=True)
