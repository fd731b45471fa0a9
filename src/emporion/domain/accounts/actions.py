"""What happens to accounts."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import person_with_email


def open_account(email: str, *, name: str = "", language: str = "en", password: str | None = None) -> User:
    """The account of an address; opened when it has none, and otherwise left as it is. It is never staff by this."""
    if person := person_with_email(email):
        return person
    fields = {"name": name, "language": language, "password": make_password(password)}
    return User.objects.get_or_create(email=email.strip().lower(), defaults=fields)[0]
