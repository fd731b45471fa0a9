"""Pairs of records that may be one, decided many at once after a look at what that does."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.organisations.models import LikelyDuplicate, Organisation
from emporion.domain.visitors.models import LikelyVisitorDuplicate, Visitor
from tests import fair, make
from tests.web.desk.test_queues import apply, confirm, look, register, shown
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
ORGANISATIONS, VISITORS = "organisation_pairs", "visitor_pairs"


def pair(name: str, country: str = "BJ") -> LikelyDuplicate:
    first, second = (make.make_organisation(f"{name} {word}", country) for word in ("Butter", "Buter"))
    return LikelyDuplicate.objects.create(first=first, second=second, why="alike")


def visitor_pair(edition: Edition, name: str) -> LikelyVisitorDuplicate:
    first, second = (register(edition, name) for _ in range(2))
    return LikelyVisitorDuplicate.objects.create(edition=edition, first=first, second=second, reason="name_and_unit")


def test_many_organisations_are_merged_but_those_that_both_take_part(edition: Edition, office: Client) -> None:
    for name in ("Benin", "Shea"):
        pair(name)
    both = pair("Cacao", "DE")
    apply(edition, both.first.name, country="DE")
    apply(edition, both.second.name, country="DE")
    assert shown(office, ORGANISATIONS, "?country=DE") == ["Cacao Butter"]
    assert shown(office, ORGANISATIONS, "?q=shea") == ["Shea Butter"]
    page = look(office, ORGANISATIONS, "same", scope="all", query="state=open")
    assert "Merge 2 pairs" in page and "This cannot be taken back." in page
    assert "Both take part in one edition, each on its own." in page
    assert Organisation.objects.filter(name__endswith="Buter").count() == 3
    confirm(office, ORGANISATIONS, "same", page)
    [task] = do_what_waits()
    assert (task.result["done"], task.result["refused"]) == (2, 1)
    assert list(Organisation.objects.filter(name__endswith="Buter").values_list("name", flat=True)) == ["Cacao Buter"]


def test_many_organisations_are_kept_apart(edition: Edition, office: Client) -> None:
    chosen = [pair(name).pk for name in ("Benin", "Shea")]
    left = pair("Cacao")
    confirm(office, ORGANISATIONS, "different", look(office, ORGANISATIONS, "different", chosen=chosen))
    [task] = do_what_waits()
    assert task.result["done"] == 2
    assert list(LikelyDuplicate.objects.filter(decision="open")) == [left]
    again = look(office, ORGANISATIONS, "different", chosen=[*chosen, left.pk])
    assert "Keep 1 pair apart" in again and 'Are so already</dt><dd class="figure">2' in again
    assert "They were found to be two organisations." in look(office, ORGANISATIONS, "same", chosen=chosen)


def test_many_registrations_are_merged_but_those_of_two_accounts(edition: Edition, office: Client) -> None:
    for name in ("Wang Lan", "Li Wei"):
        visitor_pair(edition, name)
    accounts = visitor_pair(edition, "Zhao Min")
    for number, one in enumerate((accounts.first, accounts.second)):
        Visitor.objects.filter(pk=one.pk).update(user=fair.make_person(f"{number}@foods.example"))
    assert shown(office, VISITORS, "?alike=name_and_phone") == []
    page = look(office, VISITORS, "merge", scope="all", query="state=open")
    assert "Merge 2 pairs" in page and "Both registrations have an account." in page
    confirm(office, VISITORS, "merge", page)
    [task] = do_what_waits()
    assert (task.result["done"], task.result["refused"]) == (2, 1)
    assert Visitor.objects.count() == 4
    confirm(office, VISITORS, "apart", look(office, VISITORS, "apart", scope="all", query="state=open"))
    do_what_waits()
    assert LikelyVisitorDuplicate.objects.get().decision == "different"


def test_a_pair_is_looked_at_side_by_side_and_decided(edition: Edition, office: Client) -> None:
    one, two = pair("Benin"), visitor_pair(edition, "Wang Lan")
    here = f"/expo/office/{ORGANISATIONS}/{one.pk}/"
    page = fair.page_text(office.get(here))
    assert "Benin Butter" in page and "Benin Buter" in page
    assert "Kept apart" in fair.page_text(office.post(here, {"action": "different"}, follow=True))
    there = f"/expo/office/{VISITORS}/{two.pk}/"
    assert two.first.number in fair.page_text(office.get(there))
    office.post(there, {"action": "merge"})
    assert Visitor.objects.count() == 1
    for page_of_pairs in ("organisations/doubles", "doubles"):
        assert office.get(f"/expo/office/{page_of_pairs}/").status_code == 200
