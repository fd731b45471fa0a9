"""What happens to accounts; allauth opens them and changes addresses, passwords and second factors."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from emporion.domain.accounts.models import User, confirm_address
from emporion.domain.accounts.queries import has_operator, person_with_email
from emporion.domain.accounts.rules import OperatorKnown, require_latin_name


@transaction.atomic
def open_vouched_account(email: str, *, name: str = "", language: str = "en", password: str | None = None) -> User:
    """The account of an address for which the caller vouches: it counts as confirmed.

    For the command line and the demonstration; people open their own accounts and confirm their addresses. An account
    that there is already keeps its name, language and password.
    """
    user = person_with_email(email)
    if user is None:
        fields = {"name": name, "language": language, "password": make_password(password)}
        user = User.objects.get_or_create(email=email.strip().lower(), defaults=fields)[0]
    confirm_address(user)
    return user


@transaction.atomic
def open_first_operator(email: str, *, name: str, language: str, password: str) -> User:
    """The account of the person who runs the installation, where nobody does yet; its address counts as confirmed.

    Somebody who has an account already keeps it, with the new name and password. Raises: OperatorKnown.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.first_operator'))")
    if has_operator():
        raise OperatorKnown()
    user = open_vouched_account(email, name=name, language=language)
    user.name, user.language, user.is_superuser = name, language, True
    user.set_password(password)
    user.save()
    return user


def change_details(user: User, *, name: str, name_latin: str = "", language: str) -> None:
    """Change how a person is named and in which language they receive messages. Raises: NameNotInLatinLetters."""
    require_latin_name(name_latin)
    user.name, user.name_latin, user.language = name, name_latin, language
    user.save(update_fields=["name", "name_latin", "language"])
