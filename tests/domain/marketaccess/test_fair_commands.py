"""The commands around the fair: negative lists without a database, exhibits under customs with their ledger."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from emporion.domain.marketaccess.models import Exhibit
from emporion.domain.marketaccess.rules.exhibits import QUOTA_COLUMNS
from tests.make import make_edition, make_exhibitor


def run(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def listed(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("negative-list", *arguments, "--on", "2026-11-05", "--json"))
    return found


def test_a_listed_activity_comes_with_measure_list_and_source() -> None:
    found = listed("rare earth mining")
    assert (found["status"], found["list"], found["in_force_from"], found["items"], found["items_known"]) == (
        "listed", "investment-national-2024", "2024-11-01", 29, 14,
    )  # fmt: skip
    assert found["measures"] == [
        {
            "item": "5", "sector": "采矿业", "measure": "禁止投资稀土、放射性矿产、钨勘查、开采及选矿。",
            "gloss": "Closed: exploration, mining and dressing of rare earths, radioactive minerals and tungsten",
            "source": "NDRC/MOFCOM Order 23 of 2024, in the words of the edition of 2021, "
            "as reported by m.001doc.com, not verified against the official text",
        }
    ]  # fmt: skip
    assert found["citations"][0].startswith("NDRC/MOFCOM Order 23 of 2024")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("hotel keeping",), "not_among_known"),
        (("报关", "--kind", "services"), "listed"),
        (("customs brokerage", "--kind", "services", "--scope", "pilot-zone"), "unknown"),
        (("rare earth mining", "--sector", "制造业"), "unknown"),
    ],
)
def test_what_is_not_found_is_never_called_allowed(arguments: tuple[str, ...], status: str) -> None:
    assert listed(*arguments)["status"] == status
    printed = run("negative-list", *arguments, "--on", "2026-11-05")
    assert "allowed" not in printed and ("does not say that it is open" in printed) == (status != "listed")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("mining", "--kind", "goods"), "“goods” is not a kind of negative list"),
        (("mining", "--scope", "moon"), "“moon” is not a scope of a negative list"),
        (("!!",), "Name the activity in a few words"),
        (("mining", "--on", "someday"), "“someday” is not a date"),
    ],
)
def test_a_question_to_the_lists_that_says_nothing_is_refused(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run("negative-list", *arguments)


def test_the_papers_known_for_the_goods_come_with_the_answer() -> None:
    printed = run("access", "33049900", "--origin", "FR", "--to", "CN", "--on", "2026-11-05", "--shipped", "--json")
    assert [one["authority"] for one in json.loads(printed)["papers"]] == [
        "Customs",
        "National Medical Products Administration",
    ]


def test_the_rules_for_exhibits_tell_quota_last_day_and_source() -> None:
    printed = run("exhibits", "rules", "--hs", "8419.50", "--admitted", "2026-08-31", "--extensions", "1")
    assert "instruments, other than medical: 12 pieces" in printed
    assert "Stay: 6 months, extended once by 6 months" in printed
    assert "Admitted on 2026-08-31: last day 2027-08-31" in printed
    assert "Source: Decree 233 of the General Administration of Customs of China" in printed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--hs", "2204"), "Goods of 2204 cannot be sold duty-free at the fair"),
        (("--admitted", "2026-08-31", "--extensions", "2"), "The stay was extended 1 times, as often as allowed"),
        (("--hs", "84x"), "“84x” is not a tariff code"),
    ],
)
def test_rules_that_say_no_are_reported(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run("exhibits", "rules", *arguments)


@pytest.mark.django_db
def test_the_ledger_goes_from_admission_to_the_last_piece(tmp_path: Path) -> None:
    edition = make_edition(9, current=True)
    number = make_exhibitor(edition, "Alpha", "JP").number
    quotas = tmp_path / "quotas.csv"
    quotas.write_text(",".join(QUOTA_COLUMNS) + "\nmachinery,machines,84 85,2,,notice of 2026\n", "utf-8")
    assert "1 quotas and a stay of 3 months" in run(
        "exhibits", "set", str(quotas), "--months", "3", "--source", "notice"
    )
    goods = ("--hs", "845811", "--description", "lathe", "--pieces", "3", "--value", "9000", "--on", "2026-10-20")
    assert "3 left until 2027-01-20" in run("exhibits", "admit", number, *goods)
    exhibit = str(Exhibit.objects.get().pk)
    sale = ("--pieces", "2", "--value", "6000", "--on", "2026-11-08")
    assert "1 left until 2027-01-20; 2 sold at the fair" in run("exhibits", "settle", exhibit, "sold_free", *sale)
    with pytest.raises(CommandError, match="has 0 pieces left"):
        run("exhibits", "settle", exhibit, "sold_free", "--pieces", "1", "--value", "3000", "--on", "2026-11-08")
    assert "1 left until 2027-07-20" in run("exhibits", "extend", exhibit, "--on", "2027-01-20")
    printed = run("exhibits", "ledger", number, "--on", "2027-07-21")
    assert "1 exhibits, 1 with pieces still here after their last day." in printed
    assert "machines: 2 pieces, 0 left" in printed
    assert Exhibit.objects.get().admitted_on == date(2026, 10, 20)


@pytest.mark.django_db
def test_a_ledger_asked_for_what_it_has_not_says_so(tmp_path: Path) -> None:
    make_edition(9, current=True)
    with pytest.raises(CommandError, match="has no exhibitor 09-99999"):
        run("exhibits", "ledger", "09-99999")
    with pytest.raises(CommandError, match="The ledger has no exhibit 7"):
        run("exhibits", "extend", "7")
    with pytest.raises(CommandError, match="cannot be read"):
        run("exhibits", "set", str(tmp_path / "none.csv"), "--source", "notice")
