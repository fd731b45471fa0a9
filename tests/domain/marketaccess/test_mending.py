"""A tariff that was loaded wrongly is replaced or taken out, whole or not at all, and answers are right afterwards."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.marketaccess import actions, queries
from emporion.domain.marketaccess.models import LoadedSchedule
from emporion.domain.marketaccess.rules.answer import Answer
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged, VersionNotLoaded
from tests.make import make_country

NOW = datetime(2026, 10, 1, tzinfo=UTC)
MARCH, FAIR = date(2026, 3, 1), date(2026, 11, 5)
HEADER = "hs8,name_zh,mfn_pct,provisional_pct,general_pct,special_preferential,note,JPR\n"
WRONG, RIGHT = (HEADER + f"84195000,热交换装置,9,,30,LD:0,,{rate}\n" for rate in ("1", "6"))

pytestmark = pytest.mark.django_db


def load(path: Path, text: str | bytes, as_of: date = MARCH, *, replace: bool = False, **more: object) -> None:
    make_country("CN")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    actions.load_schedule(actions.ScheduleFile(path, as_of, **more), context=ActionContext(NOW), replace=replace)  # type: ignore[arg-type]


def rate() -> Decimal | None:
    found = queries.answer("84195000", "JP", "CN", FAIR)
    assert isinstance(found, Answer)
    return found.ad_valorem_pct


def test_a_wrong_tariff_is_replaced_by_the_file_of_the_same_day_and_answers_with_it(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv", WRONG)
    assert rate() == 1
    before = queries.version_of("CN", FAIR)
    load(tmp_path / "cn.csv", RIGHT, replace=True)
    assert (rate(), LoadedSchedule.objects.count()) == (6, 1)
    assert queries.version_of("CN", FAIR) != before
    entry = JournalEntry.objects.get(event="tariff.replaced")
    assert (entry.subject_kind, entry.subject_id, entry.data["changed"]) == ("tariff", "CN", 1)
    assert entry.data["before"] == JournalEntry.objects.get(event="tariff.loaded").data["sha256"]


def test_an_earlier_one_is_replaced_too_and_the_latest_goes_on_answering(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv", WRONG)
    load(tmp_path / "cn.csv", HEADER + "84195000,x,9,,30,LD:0,,5\n", date(2026, 8, 1))
    load(tmp_path / "cn.csv", RIGHT, replace=True)
    assert (rate(), LoadedSchedule.objects.count()) == (5, 2)


def test_a_bad_file_or_a_failure_half_way_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path / "cn.csv", WRONG)
    with pytest.raises(ScheduleDamaged):
        load(tmp_path / "cn.csv", HEADER + "84195000,x,nine,,30,LD:0,,6\n", replace=True)

    def fails(*args: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(actions, "_store", fails)
    with pytest.raises(DatabaseError):
        load(tmp_path / "cn.csv", RIGHT, replace=True)
    assert (rate(), LoadedSchedule.objects.count()) == (1, 1)
    assert not JournalEntry.objects.filter(event="tariff.replaced").exists()


def test_there_must_be_one_of_the_day_to_replace(tmp_path: Path) -> None:
    with pytest.raises(VersionNotLoaded, match=r"as of 2026-03-01 is loaded \(loaded: no day"):
        load(tmp_path / "cn.csv", RIGHT, replace=True)
    load(tmp_path / "cn.csv", RIGHT)
    with pytest.raises(VersionNotLoaded, match=r"as of 2026-04-01 is loaded \(loaded: 2026-03-01"):
        load(tmp_path / "cn.csv", RIGHT, date(2026, 4, 1), replace=True)
    assert rate() == 6


def test_what_is_taken_out_answers_no_more_and_the_one_before_it_does_again(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv", RIGHT)
    load(tmp_path / "cn.csv", WRONG, date(2026, 8, 1))
    assert rate() == 1
    out = io.StringIO()
    call_command("tariff", "unload", "China", "--as-of", "2026-08-01", stdout=out)
    assert rate() == 6
    assert "Of loaded ones Tariff of China as of 2026-03-01 is now the latest." in out.getvalue()
    call_command("tariff", "unload", "CN", "--as-of", "2026-03-01", stdout=out)
    assert (rate(), LoadedSchedule.objects.count()) == (Decimal("6.9"), 0)
    assert "Republic of China 2026 (excerpt) answers again." in out.getvalue()
    days = JournalEntry.objects.filter(event="tariff.unloaded").order_by("pk").values_list("data__as_of", flat=True)
    assert list(days) == ["2026-08-01", "2026-03-01"]
    with pytest.raises(CommandError, match="No tariff of CN as of 2026-03-01 is loaded"):
        call_command("tariff", "unload", "CN", "--as-of", "2026-03-01")


def test_the_command_replaces_and_says_against_what(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv", WRONG)
    (tmp_path / "cn.csv").write_text(RIGHT, "utf-8")
    with pytest.raises(CommandError, match="--replace or unload that one"):
        call_command("tariff", "load", str(tmp_path / "cn.csv"), "--as-of", "2026-03-01")
    out = io.StringIO()
    call_command("tariff", "load", str(tmp_path / "cn.csv"), "--as-of", "2026-03-01", "--replace", stdout=out)
    assert "84195000 JPR: 1 → 6" in out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_tariff_is_read_in_every_encoding_that_lists_come_in(tmp_path: Path, encoding: str) -> None:
    load(tmp_path / "cn.csv", RIGHT.encode(encoding))
    found = queries.answer("84195000", "JP", "CN", FAIR)
    assert isinstance(found, Answer) and (found.description, found.ad_valorem_pct) == ("热交换装置", 6)


def test_a_compressed_one_in_gb18030_is_read_and_one_of_other_bytes_is_reported_by_its_row(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv.gz", gzip.compress(RIGHT.encode("gb18030")))
    assert rate() == 6
    western = (HEADER + "84195000,x,9,,30,LD:0,,6\n84196090,Société,9,,30,LD:0,,6\n").encode("cp1252")
    with pytest.raises(ScheduleDamaged, match=r"Row 3: the bytes of cn\.csv are neither UTF-8 nor GB18030"):
        load(tmp_path / "cn.csv", western, replace=True)


def test_agreements_are_read_in_gb18030_too(tmp_path: Path) -> None:
    make_country("DE")
    agreements, parties = tmp_path / "agreements.csv", tmp_path / "parties.csv"
    agreements.write_bytes(
        "code,name,basis,column,starts,ends,unlisted,column_known,list_as_of,proof,origin_rule,source\n"
        "EPA,欧盟日本经济伙伴关系协定,agreement,EPA,2019-02-01,,,true,,原产地声明,第三章,条约\n".encode("gb18030")
    )
    parties.write_text("code,country,starts,ends,verified,source\nEPA,JP,2019-02-01,,true,treaty\n")
    text = "code,mfn,EPA\n84195000,1.7,Free\n"
    load(tmp_path / "de.csv", text, importer="DE", agreements=agreements, parties=parties)
    found = queries.answer("84195000", "JP", "DE", FAIR)
    assert isinstance(found, Answer) and found.applied and found.applied.agreement == "欧盟日本经济伙伴关系协定"
