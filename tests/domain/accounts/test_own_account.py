"""A person opens an account for themselves: with a password, and only where there is none."""

from __future__ import annotations

import pytest

from emporion.domain.accounts.actions import open_own_account
from emporion.domain.accounts.models import User
from emporion.domain.accounts.rules import AddressTaken, PasswordNeeded

pytestmark = pytest.mark.django_db


def test_it_is_theirs_and_never_staff() -> None:
    person = open_own_account(" Ada@Shea.Example ", name="Ada", password="butter-and-nuts", language="zh-hans")
    assert (person.email, person.name, person.language, person.is_staff) == (
        "ada@shea.example",
        "Ada",
        "zh-hans",
        False,
    )
    assert person.check_password("butter-and-nuts")


def test_an_address_that_has_one_is_refused_and_the_account_left_alone() -> None:
    first = open_own_account("ada@shea.example", name="Ada", password="butter-and-nuts")
    with pytest.raises(AddressTaken, match=r"ada@shea\.example"):
        open_own_account("ADA@shea.example", name="Eve", password="another-password")
    first.refresh_from_db()
    assert first.check_password("butter-and-nuts")
    assert User.objects.count() == 1


def test_without_a_password_there_is_no_own_account() -> None:
    with pytest.raises(PasswordNeeded):
        open_own_account("ada@shea.example", name="Ada", password="")
