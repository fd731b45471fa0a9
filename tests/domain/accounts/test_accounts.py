"""An address names one account, however its letters are written."""

from __future__ import annotations

import pytest

from emporion.domain.accounts.actions import open_account
from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import person_with_email, staff

pytestmark = pytest.mark.django_db


def test_an_account_is_opened_once_and_left_as_it_is() -> None:
    person = open_account(" Seller@Shea.Example ", name="Ada", language="zh-hans", password="butter-and-nuts")
    again = open_account("seller@shea.example", name="Other", password="other")
    assert again == person == person_with_email("SELLER@shea.example")
    assert (person.email, again.name, again.language, again.is_staff) == (
        "seller@shea.example",
        "Ada",
        "zh-hans",
        False,
    )
    assert again.check_password("butter-and-nuts")


def test_without_a_password_nobody_signs_in_by_one() -> None:
    assert not open_account("seller@shea.example").has_usable_password()


def test_staff_is_who_may_sign_in_to_the_office() -> None:
    office = User.objects.create_superuser("office@fair.example")
    User.objects.create_superuser("gone@fair.example", is_active=False)
    open_account("seller@shea.example")
    assert list(staff()) == [office]
    assert person_with_email("nobody@fair.example") is None
