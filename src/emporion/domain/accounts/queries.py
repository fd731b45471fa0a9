"""What is asked of people with an account."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.crypto import salted_hmac

from emporion.domain.accounts.models import User


def person_with_email(email: str) -> User | None:
    """The person whose account an address names, however its letters are written."""
    return User.objects.filter(email=email.strip().lower()).first()


def has_operator() -> bool:
    """Whether somebody runs the installation."""
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def first_operator_key() -> str:
    """What proves that a person runs the machine: `emporion serve` prints it there while nobody has an account."""
    return salted_hmac("emporion.first-operator", "key").hexdigest()[:24]


def confirmed_addresses(user: User) -> frozenset[str]:
    """The addresses that a person has confirmed to be theirs, in lower case. Only these give any right."""
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in found)


def count_second_factors(user: User) -> int:
    """How many second factors a person has; recovery codes are none of their own."""
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return int(factors.count())


def count_sessions(user: User) -> int:
    """In how many browsers a person is signed in."""
    return int(UserSession.objects.filter(user=user).count())


def session_in_turn(key: str) -> dict[str, Any]:
    """What a session holds as soon as no other request holds it by this; until the transaction ends, others wait."""
    stored = Session.objects.select_for_update().filter(pk=key).first()
    return stored.get_decoded() if stored else {}
