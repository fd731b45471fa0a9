"""What happens to accounts."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import person_with_email
from emporion.domain.accounts.rules import AddressTaken, PasswordNeeded


def open_account(email: str, *, name: str = "", language: str = "en", password: str | None = None) -> User:
    """The account of an address; opened when it has none, and otherwise left as it is. It is never staff by this."""
    if person := person_with_email(email):
        return person
    fields = {"name": name, "language": language, "password": make_password(password)}
    return User.objects.get_or_create(email=email.strip().lower(), defaults=fields)[0]


def open_own_account(email: str, *, name: str, language: str = "en", password: str) -> User:
    """The new account of a person who opens it; of two who open one at once for the same address, the first has it.

    Raises: PasswordNeeded, AddressTaken.
    """
    if not password:
        raise PasswordNeeded()
    address = email.strip().lower()
    try:
        with transaction.atomic():
            return User.objects.create_user(address, password, name=name, language=language)
    except IntegrityError as error:
        raise AddressTaken(email=address) from error
