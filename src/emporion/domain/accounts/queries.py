"""What is asked of people with an account."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from emporion.domain.accounts.models import User


def person_with_email(email: str) -> User | None:
    """The person whose account an address names, however its letters are written."""
    return User.objects.filter(email=email.strip().lower()).first()


def confirmed_addresses(user: User) -> frozenset[str]:
    """The addresses that a person has confirmed to be theirs, in lower case. Only these give any right."""
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in found)
