"""Passwords are stored by Argon2id, and those stored by PBKDF2 before are taken and stored anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password

from emporion.domain.accounts.models import User
from emporion.site import settings as shipped

WORDS = "a long walk by the river"


@pytest.fixture(autouse=True)
def _as_shipped(settings: Any) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS


def test_a_password_is_stored_by_argon2id_with_the_recommended_cost() -> None:
    stored = make_password(WORDS)
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(WORDS, stored) and not check_password(WORDS + " ", stored)


@pytest.mark.django_db
def test_a_password_stored_before_is_taken_and_stored_anew() -> None:
    user = User.objects.create_user("old@example.org", None)
    user.password = PBKDF2PasswordHasher().encode(WORDS, "salt" * 6, iterations=1000)
    user.save()
    assert user.check_password(WORDS)
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
