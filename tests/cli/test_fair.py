"""``emporion fair``: a fair is set up without a database shell, and what cannot be is told in a sentence."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from emporion.cli.fair_settings import prompt_for_missing
from emporion.domain.editions.models import Edition, Fair
from tests import make

pytestmark = pytest.mark.django_db
GIVEN = {
    "slug": "accra-trade", "name_en": "Accra Trade Fair", "host": "gh", "organiser_en": "Ghana Trade Fair Company",
    "venue": "La Pavilion", "city": "Accra", "time_zone": "Africa/Accra", "currency": "usd",
    "first_day": "2099-12-29", "last_day": "2099-12-31",
}  # fmt: skip


@pytest.fixture(autouse=True)
def reference() -> None:
    make.make_country("GH")
    make.make_currency("USD")


def create(**changed: Any) -> None:
    options = {"area": ["food=Food and drinks", "crafts=Crafts"], **GIVEN, **changed}
    call_command("fair", "create", **{name: value for name, value in options.items() if value is not None})


def test_a_fair_is_set_up_by_options(capsys: pytest.CaptureFixture[str]) -> None:
    create()
    edition = Edition.objects.get()
    assert (edition.fair.slug, edition.number, edition.current) == ("accra-trade", 1, True)
    assert list(edition.areas.values_list("code", "number", "name_en")) == [
        ("food", 1, "Food and drinks"), ("crafts", 2, "Crafts"),
    ]  # fmt: skip
    printed = capsys.readouterr().out
    assert "Accra Trade Fair is set up: edition 1 in Accra." in printed
    assert "Africa/Accra time, at /accra-trade/." in printed
    call_command("fair", "list")
    assert "accra-trade          Accra Trade Fair (en): edition 1, 2099-12-29 to 2099-12-31" in capsys.readouterr().out


def test_a_fair_is_set_up_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "fair.toml"
    lines = [f'{name} = "{value}"' for name, value in GIVEN.items() if not name.endswith("_day")]
    lines += ["first_day = 2099-12-29", "last_day = 2099-12-31", 'languages = ["en", "zh-hans"]', 'name_zh = "阿克拉"']
    lines += ['venue_zh = "会展馆"', '[[areas]]\ncode = "food"\nname_en = "Food"\nname_zh = "食品"']
    lines += ['[[phases]]\nkind = "application"\nopens = 2099-01-01T00:00:00\ncloses = 2099-10-31T23:59:00']
    file.write_text("\n".join(lines), "utf-8")
    call_command("fair", "create", file=str(file))
    assert Fair.objects.get().languages == ["en", "zh-hans"]
    assert f"{Edition.objects.get().phases.get().closes:%Y-%m-%d %H:%M}" == "2099-10-31 23:59"


def test_questions_ask_for_what_is_missing() -> None:
    answers = iter(["Accra", "wine=Wine", "", "food=Food", "crafts=Crafts", ""])
    given = {name: value for name, value in GIVEN.items() if name != "city"}
    printed = prompt_for_missing({**given, "sectors": [], "areas": []}, lambda question: next(answers))
    assert (printed["city"], [area["code"] for area in printed["areas"]]) == ("Accra", ["food", "crafts"])
    assert printed["sectors"] == [{"code": "wine", "name_en": "Wine", "name_zh": ""}]


def test_an_answer_that_cannot_be_used_is_told_and_asked_for_again() -> None:
    typed = ["Accra Trade", "accra", "", "Ghana", "gh", "29/12/2099", "2099-12-29", "2099-12-01", "2099-12-31"]
    answers = iter([*typed, "", "", "food", "food=Food", ""])
    told: list[str] = []
    asked = ("slug", "host", "first_day", "last_day")
    given = {name: value for name, value in GIVEN.items() if name not in asked}
    found = prompt_for_missing({**given, "sectors": [], "areas": []}, lambda question: next(answers), told.append)
    assert [found[name] for name in asked] == ["accra", "gh", "2099-12-29", "2099-12-31"]
    assert [area["code"] for area in found["areas"]] == ["food"]
    assert [one.strip().split(":")[0].split(";")[0] for one in told] == [
        "'Accra Trade' cannot be used in an address", "This needs an answer.", "'GHANA' is not a known country",
        "--first-day is '29/12/2099'", "The last day, 2099-12-01, is before the first, 2099-12-29.",
        "Exhibitors apply to an exhibition area", "--area 'food' has no name",
    ]  # fmt: skip


def test_answers_that_end_early_set_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("accra\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    with pytest.raises(CommandError, match=r"The answers ended before all was told\. Nothing was set up\."):
        call_command("fair", "create")
    assert not Fair.objects.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"slug": None, "city": None}, "Missing: --slug, --city. Nothing was set up."),
        ({"first_day": "29.12.2099"}, "--first-day is '29.12.2099'; write year-month-day, as in 2027-01-20."),
        ({"area": ["food"]}, "--area 'food' has no name; write CODE=NAME, as in food=Food and drinks."),
        ({"edition": "first"}, "The edition's number is 'first'; give a whole number from 1 on."),
        ({"host": "XX"}, "'XX' is not a known country; give its ISO 3166 code, as in GH for Ghana."),
        ({"time_zone": "Accra"}, "'Accra' is not a time zone; give its IANA name, as in Africa/Accra."),
        ({"last_day": "2099-12-01"}, "The last day, 2099-12-01, is before the first, 2099-12-29."),
        ({"area": []}, "Exhibitors apply to an exhibition area; name at least one."),
        ({"file": "none.toml"}, "none.toml cannot be read"),
    ],
)
def test_what_cannot_be_set_up_is_reported_and_nothing_is_written(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError) as refused:
        create(**changed)
    assert str(refused.value).startswith(message)
    assert not Fair.objects.exists()
