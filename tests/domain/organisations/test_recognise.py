"""Organisations are recognised by number, else by name and country, and created once."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise, recognise_list
from emporion.domain.organisations.models import Alias, Organisation
from emporion.domain.organisations.rules.refusals import NumberTooLong, OrganisationWithoutName, UnknownCountries
from emporion.domain.reference.models import InternationalOrganisation
from tests.make import make_countries

SHEA = OrganisationRow("Benin Shea SARL", country="BJ", registered_number="RB/COT/1")
SHEA_UNNUMBERED = OrganisationRow("BENIN SHEA", country="BJ")


@pytest.fixture
def _countries(db: None) -> None:
    make_countries()


pytestmark = pytest.mark.usefixtures("_countries")


def stored() -> list[tuple[str, str | None, str]]:
    return list(Organisation.objects.order_by("name").values_list("name", "country_id", "registered_number"))


def test_a_list_creates_what_is_missing_and_tells_it() -> None:
    outcome = recognise_list([SHEA, OrganisationRow("Quito Cacao", country="EC")], authoritative=False)
    assert outcome.created == frozenset(outcome.ids) and not outcome.updated
    assert stored() == [("Benin Shea SARL", "BJ", "RB/COT/1"), ("Quito Cacao", "EC", "")]


def test_the_same_list_again_changes_nothing() -> None:
    rows = [SHEA, OrganisationRow("Quito Cacao", country="EC"), OrganisationRow("WTO", kind="international")]
    first = recognise(rows)
    again = recognise_list(rows, authoritative=True)
    assert (again.ids, again.created, again.updated) == (first, frozenset(), frozenset())


def test_duplicates_inside_one_list_are_one_organisation() -> None:
    ids = recognise([SHEA, SHEA_UNNUMBERED, replace(SHEA, name="Other spelling"), SHEA_UNNUMBERED])
    assert len(set(ids)) == 1
    assert Organisation.objects.count() == 1


def test_the_number_counts_before_the_name() -> None:
    [one] = recognise([SHEA])
    assert recognise([replace(SHEA, name="Shea du Bénin")]) == [one]


def test_one_number_in_two_countries_is_two_organisations() -> None:
    assert len(set(recognise([SHEA, replace(SHEA, country="EC")]))) == 2


def test_an_organisation_known_by_name_takes_over_the_number_offered() -> None:
    [one] = recognise([SHEA_UNNUMBERED])
    outcome = recognise_list([SHEA], authoritative=False)
    assert (outcome.ids, outcome.updated) == ([one], frozenset({one}))
    assert Organisation.objects.get().registered_number == "RB/COT/1"


def test_two_numbers_for_one_name_are_not_given_to_it_silently() -> None:
    [one] = recognise([SHEA_UNNUMBERED])
    two, three = recognise([SHEA, replace(SHEA, registered_number="RB/COT/2")])
    assert len({one, two, three}) == 3
    assert Organisation.objects.get(id=one).registered_number == ""
    assert recognise([SHEA_UNNUMBERED]) == [one]


def test_a_name_that_two_numbered_organisations_share_is_a_third() -> None:
    two = recognise([SHEA, replace(SHEA, registered_number="RB/COT/2")])
    [third] = recognise([SHEA_UNNUMBERED])
    assert third not in two


def test_an_organisation_of_states_needs_no_country() -> None:
    InternationalOrganisation.objects.create(code="ITC", name_en="International Trade Centre", name_zh="国际贸易中心")
    row = OrganisationRow("International Trade Centre", kind="international", international="ITC")
    assert recognise([row, row]) == recognise([row]) * 2
    assert stored() == [("International Trade Centre", None, "")]


def test_what_was_not_stated_is_filled_and_what_was_is_kept() -> None:
    [one] = recognise([replace(SHEA, website="https://shea.bj")])
    recognise([replace(SHEA, name="Shea", name_zh="乳木果", website="https://other.bj")])
    found = Organisation.objects.get(id=one)
    assert (found.name, found.name_zh, found.website) == ("Benin Shea SARL", "乳木果", "https://shea.bj")


def test_an_authoritative_list_replaces_what_was_stated() -> None:
    [one] = recognise([replace(SHEA, website="https://shea.bj")])
    outcome = recognise_list([replace(SHEA, name="Karité", website="https://karite.bj")], authoritative=True)
    found = Organisation.objects.get(id=one)
    assert outcome.updated == frozenset({one})
    assert (found.name, found.name_key, found.website) == ("Karité", "karite", "https://karite.bj")


def test_an_alias_leads_to_the_organisation_without_renaming_it() -> None:
    [one] = recognise([SHEA])
    Alias.objects.create(organisation_id=one, country_id="BJ", registered_number="OLD-1")
    Alias.objects.create(organisation_id=one, country_id="BJ", name_key="old name")
    rows = [
        OrganisationRow("Anything", country="BJ", registered_number="OLD-1"),
        OrganisationRow("Old Name", country="BJ"),
    ]
    assert recognise_list(rows, authoritative=True).ids == [one, one]
    assert Organisation.objects.get().name == "Benin Shea SARL"


def test_a_row_that_cannot_be_stored_is_refused_in_words() -> None:
    with pytest.raises(UnknownCountries, match="No country or region has the code XX, ZZ;"):
        recognise([replace(SHEA, country="ZZ"), replace(SHEA, country="XX")])
    with pytest.raises(OrganisationWithoutName):
        recognise([replace(SHEA, name="  ")])
    with pytest.raises(NumberTooLong):
        recognise([replace(SHEA, registered_number="1" * 41)])
    assert not Organisation.objects.exists()


def test_no_rows_are_no_organisations() -> None:
    assert recognise([]) == []


def test_a_long_list_takes_as_many_statements_as_a_short_one() -> None:
    counts = []
    for length in (2, 300):
        with CaptureQueriesContext(connection) as queries:
            recognise([OrganisationRow(f"Firm {length}-{n}", country="DE") for n in range(length)])
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_create_every_organisation_once() -> None:
    rows = [
        OrganisationRow(f"Firm {n}", country="DE", registered_number=f"HRB {n}" if n % 2 else "") for n in range(400)
    ]
    found: dict[str, list[int]] = {}
    start = threading.Barrier(2)

    def read(name: str, order: list[OrganisationRow]) -> None:
        start.wait()
        with transaction.atomic():
            found[name] = recognise(order[:200]) + recognise(order[200:])
        connection.close()

    threads = [
        threading.Thread(target=read, args=("forward", rows)),
        threading.Thread(target=read, args=("backward", rows[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found["forward"] == found["backward"][::-1]
    assert Organisation.objects.count() == 400


@pytest.mark.django_db(transaction=True)
def test_two_people_register_one_organisation_at_the_same_moment() -> None:
    found: list[int] = []
    start = threading.Barrier(4)

    def register() -> None:
        start.wait()
        found.extend(recognise([SHEA]))
        connection.close()

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
