"""An address names one account, however its letters are written; rights come from elsewhere."""

from __future__ import annotations

import pytest

from emporion.domain.accounts.actions import change_details, open_vouched_account
from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import confirmed_addresses, person_with_email

pytestmark = pytest.mark.django_db


def test_a_vouched_account_is_opened_once_with_its_address_confirmed() -> None:
    person = open_vouched_account(" Seller@Shea.Example ", name="Ada", language="zh-hans", password="butter-and-nuts")
    again = open_vouched_account("seller@shea.example", name="Other", password="other")
    assert again == person == person_with_email("SELLER@shea.example")
    assert (person.email, again.name, again.language) == ("seller@shea.example", "Ada", "zh-hans")
    assert again.check_password("butter-and-nuts")
    assert confirmed_addresses(person) == {"seller@shea.example"}
    assert not open_vouched_account("nobody@shea.example").has_usable_password()


def test_an_account_that_somebody_opens_has_no_confirmed_address_and_no_right() -> None:
    person = User.objects.create_user("seller@shea.example", "butter-and-nuts")
    assert (confirmed_addresses(person), person.is_staff) == (frozenset(), False)


def test_the_operator_made_on_the_command_line_can_sign_in_before_mail_is_set_up() -> None:
    operator = User.objects.create_superuser("root@expo.example", "lantern-over-harbour")
    assert (operator.is_staff, confirmed_addresses(operator)) == (True, {"root@expo.example"})


def test_details_are_changed() -> None:
    person = open_vouched_account("seller@shea.example")
    change_details(person, name="Ada", language="zh-hans")
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ada", "zh-hans")
