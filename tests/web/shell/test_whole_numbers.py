"""Numbers in addresses: those that a key can be, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.shell.whole_numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1_000", "²", "٣", "9" * 19, "9" * 5_000, "one"])
def test_everything_else_is_none(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.django_db
def test_a_number_longer_than_any_is_no_fault_of_a_page(office: Client, edition: Edition) -> None:
    for address in ("/admin/editions/edition/abc/change/", f"/admin/editions/edition/{'9' * 5_000}/change/"):
        assert office.get(address).status_code == 404
    assert office.get("/admin/editions/hall/add/", {"edition__id__exact": "9" * 5_000}).status_code == 200


@pytest.mark.django_db
def test_suggestions_begin_at_the_first_for_a_place_that_is_none(as_seller: Client, seller: Exhibitor) -> None:
    address = f"/expo/my/exhibitor/{seller.organisation_id}/suggestions/"
    for place in ("9" * 5_000, "²", "0"):
        assert as_seller.get(address, {"from": place}).context["first"] == 1
