"""Negative lists by date: listed, not among the items known, or unknown, and never allowed; papers by HS code."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.negative_lists import ActivityEmpty, ListKindUnknown, in_force
from emporion.domain.marketaccess.rules.papers import Paper, checklist
from emporion.domain.reason import Phrase

FAIR = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("activity", "number"),
    [("rare earth mining", "5"), ("稀土开采", "5"), ("nuclear power plant", "6"), ("tobacco wholesale", "7")],
)
def test_a_listed_activity_is_found_in_english_and_chinese_with_its_measure(activity: str, number: str) -> None:
    found = without_database.negative_list("investment", "national", activity, FAIR)
    assert found.status == "listed"
    assert [one.number for one in found.measures] == [number]
    assert str(found.citations[0]).startswith("NDRC/MOFCOM Order 23 of 2024")


def test_a_later_edition_supersedes_the_earlier_one_on_its_first_day() -> None:
    before = without_database.negative_list("investment", "national", "publication printing", date(2024, 10, 31))
    after = without_database.negative_list("investment", "national", "publication printing", date(2024, 11, 1))
    assert (before.status, before.list_code) == ("listed", "investment-national-2021")
    assert (after.status, after.list_code) == ("not_among_known", "investment-national-2024")


def test_an_activity_that_is_not_found_is_never_called_allowed() -> None:
    found = without_database.negative_list("investment", "national", "heat exchanger manufacture", FAIR)
    assert found.status == "not_among_known"
    assert str(found.reason) == (
        "not among the 14 items of 29 of investment-national-2024 that are known; the others may name it"
    )


@pytest.mark.parametrize(
    ("kind", "scope", "on"),
    [
        ("services", "national", date(2024, 4, 20)),
        ("services", "pilot_zone", FAIR),
        ("investment", "hainan", FAIR),
        ("investment", "national", date(2020, 1, 1)),
    ],
)
def test_without_a_list_or_items_of_it_the_answer_is_unknown(kind: str, scope: str, on: date) -> None:
    assert without_database.negative_list(kind, scope, "customs brokerage", on).status == "unknown"


def test_services_are_looked_up_in_their_own_list() -> None:
    assert without_database.negative_list("services", "national", "customs declaration", FAIR).status == "listed"


def test_zones_have_editions_of_their_own() -> None:
    lists = without_database.negative_lists()
    zone = in_force(lists, "investment", "pilot_zone", date(2018, 1, 1))
    assert zone and (zone.edition, zone.items) == (2017, 95)


def test_a_list_cites_who_reported_it_and_what_nobody_did_is_marked() -> None:
    cited = {one.code: str(one.citation) for one in without_database.negative_lists()}
    assert cited["investment-pilot-zone-2017"] == (
        "State Council General Office, in force from 2017-07-10 (as reported by zhxtx.com)"
    )
    assert cited["investment-pilot-zone-2021"] == (
        "NDRC/MOFCOM Order 48 of 2021, in force from 2022-01-01, not verified against the official text"
    )


def test_a_kind_or_an_activity_that_says_nothing_is_refused() -> None:
    with pytest.raises(ListKindUnknown):
        without_database.negative_list("goods", "national", "mining", FAIR)
    with pytest.raises(ActivityEmpty):
        without_database.negative_list("services", "national", "--", FAIR)


def test_papers_are_listed_by_code_in_the_order_in_which_they_are_to_be_had() -> None:
    cosmetics = [one.authority for one in without_database.papers_for("3304.99.00", "CN", FAIR)]
    assert cosmetics == ["Customs", "National Medical Products Administration"]
    assert without_database.papers_for("3304.99.00", "AU", FAIR) == []
    assert all(one.source for one in without_database.papers_for("9018", "CN", FAIR))


def test_a_paper_s_step_decides_not_its_place_in_the_list() -> None:
    law, authority = Phrase("gazette"), Phrase("A")
    papers = [
        Paper("XR", ("84",), Phrase("special"), authority, law, True, "sale"),
        Paper("XR", (), Phrase("general"), authority, law, True),
    ]
    assert [one.paper for one in checklist(papers, "XR", "84195000", FAIR)] == ["general", "special"]
    assert [one.paper for one in checklist(papers, "XR", "85", FAIR)] == ["general"]
