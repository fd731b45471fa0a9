"""Every statement of law in an answer carries its source, or says that none was seen."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from emporion.cli.market_access_json import answer_json
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules.answer import Answer, answer, answer_line, answer_under
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.origin import Making
from emporion.domain.marketaccess.rules.schedule import Party
from emporion.domain.reference.rules import Span
from tests.domain.marketaccess.world import FAIR, agreement, market

ORIGINS = (
    "JP", "KR", "AU", "NZ", "VN", "KH", "BD", "CL", "DE", "US", "MX", "CN", "KP", "CU", "RU", "BJ", "KE", "HK", "PG",
    "FJ", "IN", "TD", "GB", "SG",
)  # fmt: skip
DAYS = (date(2026, 2, 1), FAIR)
UNSEEN = "the article was not seen in a source"
SOURCED = re.compile(r".+ \((?P<source>.+)\)", re.DOTALL)
# Which chapter or law an origin follows is itself the reference; the others are about the question or the file.
NAMES_ITS_LAW = re.compile(r"Origin: .*(chapter|rules? of origin|origin rules|CFR|Act \d{4}).*")
OF_THE_FILE = re.compile(
    r".* prints its lines as open-ended; .*|the duty is reckoned on more than the customs value: .*"
)


def unsourced(answer: dict[str, Any]) -> list[str]:
    """The statements of law in an answer's JSON that neither name a source nor say that none was seen."""
    found = [one["reason"] for one in answer["candidates"] if not one["citation"].strip()]
    found += [answer["code"]] if answer["applied"] and not answer["citations"] else []
    stated = [*answer["proof"], *answer["quota"], *answer["notes"], *answer["restrictions"]]
    found += [
        text for text in stated
        if not SOURCED.fullmatch(text) and not NAMES_ITS_LAW.fullmatch(text) and not OF_THE_FILE.fullmatch(text)
    ]  # fmt: skip
    found += [one["agreement"] for one in answer["origin_rules"] if not one["source"]]
    return found + [one["code"] for one in answer.get("lines", ()) if one["applied"] and not one["citations"]]


@pytest.mark.parametrize("to", ["CN", "AU", "US"])
def test_no_statement_of_an_answer_is_without_its_source(to: str) -> None:
    own = files.shipped(to)
    codes = own.schedule.codes[:: max(1, len(own.schedule.codes) // 350)]
    proved = 0
    for origin in ORIGINS:
        for code in codes:
            for on in DAYS:
                facts = Facts(making=Making(code, origin, rule="CTH")) if on is FAIR else Facts()
                found = answer_line(own, code, origin, on, facts)
                proved += bool(found.proof)
                assert unsourced(answer_json(found)) == [], (code, origin, on)
    assert proved > 100


def test_no_line_of_a_range_is_without_its_source() -> None:
    for origin in ORIGINS:
        assert unsourced({"proof": [], "quota": [], "notes": [], "origin_rules": [],
                          **answer_json(answer_under(files.shipped("CN"), "84", origin, FAIR))}) == []  # fmt: skip


def test_a_statement_without_a_source_is_found_by_the_walk() -> None:
    rendered = answer_json(answer_line(files.shipped("CN"), "84195000", "JP", FAIR))
    assert unsourced({**rendered, "proof": ["Direct consignment: the goods travel straight."]}) != []
    assert unsourced({**rendered, "candidates": [{**rendered["candidates"][0], "citation": ""}]}) != []


def test_rcep_names_its_articles_on_proof_and_direct_consignment() -> None:
    found = answer_line(files.shipped("CN"), "84195000", "JP", FAIR)
    assert [str(text).rpartition(" (")[2] for text in found.proof[1:]] == ["RCEP article 3.16)", "RCEP article 3.15)"]


def test_an_agreement_whose_articles_are_not_at_hand_says_so() -> None:
    found = answer_line(files.shipped("CN"), "90041000", "KR", FAIR)
    assert found.applied and found.applied.agreement == "China-Korea FTA"
    assert [str(text).endswith(f" ({UNSEEN})") for text in found.proof] == [False, True, True]


def test_agreements_that_somebody_brings_may_name_their_articles() -> None:
    lines = {"84195000": {"mfn": "10", "A": "0"}}
    own = market(lines, agreement("A", "JP", proof_source="treaty, article 9", transit_source="treaty, article 8"))
    assert [str(text).rpartition(" (")[2] for text in answer_line(own, "84195000", "JP", FAIR).proof[1:]] == [
        "treaty, article 9)", "treaty, article 8)",
    ]  # fmt: skip


def test_a_party_whose_day_was_not_seen_says_so_before_that_day_too() -> None:
    later = agreement("A", "JP", parties={"JP": Party(Span(date(2027, 1, 1), None), False, "hearsay")})
    own = market({"84195000": {"mfn": "10", "A": "0"}}, later)
    _general, early = answer_line(own, "84195000", "JP", FAIR).candidates
    assert str(early.reason) == "A for JP enters into force on 2027-01-01 (days not seen in a source)"
    assert str(early.citation).endswith("treaty; parties: hearsay")


@pytest.mark.parametrize(("origin", "part"), [("CU", "515"), ("KP", "510"), ("IR", "560"), ("RU", "587")])
def test_goods_whose_import_is_forbidden_have_a_rate_and_say_so_with_the_law(origin: str, part: str) -> None:
    for code in ("22083030", "2208", "99999999"):
        [rendered] = map(str, answer(files.shipped("US"), code, origin, FAIR).restrictions)
        assert "prohibited without a licence" in rendered and f"(31 CFR part {part}" in rendered


def test_other_origins_and_importers_are_told_of_no_restriction() -> None:
    assert answer(files.shipped("US"), "22083030", "DE", FAIR).restrictions == ()
    assert answer(files.shipped("CN"), "84195000", "CU", FAIR).restrictions == ()
    found = answer(files.shipped("CN"), "84195000", "CU", FAIR)
    assert isinstance(found, Answer)
    assert answer_json(found)["disclaimer"].endswith(
        "prohibitions, sanctions and licences are no part of a tariff answer."
    )
