"""A schedule is loaded whole or not at all, as a version; answers come from the newest that covers the day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from emporion.cli.market_access_json import answer_json
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.marketaccess import actions, files, queries, without_database
from emporion.domain.marketaccess.models import LoadedSchedule
from emporion.domain.marketaccess.rules.answer import Answer
from emporion.domain.marketaccess.rules.refusals import (
    AgreementsDamaged,
    ImporterNotNamed,
    ImporterOtherwise,
    ScheduleDamaged,
    ScheduleEndsEarly,
    VersionOlder,
)
from emporion.language import translate
from tests.make import make_country

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, tzinfo=UTC)
FAIR = date(2026, 11, 5)
HEADER = "hs8,name_zh,mfn_pct,provisional_pct,general_pct,special_preferential,note,JPR\n"


def load(path: Path, text: str, as_of: date = date(2026, 7, 1), **more: object) -> actions.Difference:
    make_country("CN")
    make_country("DE")
    path.write_text(text, "utf-8")
    return actions.load_schedule(actions.ScheduleFile(path, as_of, **more), context=ActionContext(NOW))[1]  # type: ignore[arg-type]


def rate(code: str = "84195000", origin: str = "JP", to: str = "CN", on: date = FAIR) -> tuple[str, Decimal | None]:
    found = queries.answer(code, origin, to, on)
    assert isinstance(found, Answer)
    return found.status, found.ad_valorem_pct


def test_a_newer_version_answers_for_its_days_and_the_shipped_one_for_those_before(tmp_path: Path) -> None:
    load(tmp_path / "cn.csv", HEADER + "84195000,热交换装置,9,,30,LD:0,,6\n")
    assert rate() == ("known", 6)
    assert rate(on=date(2026, 6, 30)) == ("known", Decimal("6.9"))
    assert rate(on=date(2027, 1, 1)) == ("unknown", None)


def test_loading_says_what_changed_against_the_shipped_version_and_then_against_the_last(tmp_path: Path) -> None:
    first = load(tmp_path / "cn.csv", HEADER + "84195000,x,9,,30,LD:0,,6.9\n99999999,y,1,,2,LD:0,,\n")
    assert first.against == "the shipped tariff of CN"
    assert (first.added, len(first.dropped)) == (("99999999",), 343)
    assert ("84195000", "mfn", "10", "9") in first.changed
    second = load(tmp_path / "cn.csv", HEADER + "84195000,x,8,,30,LD:0,,6.9\n", date(2026, 8, 1))
    assert second == actions.Difference(
        "Tariff of China as of 2026-07-01", (), ("99999999",), (("84195000", "mfn", "9", "8"),)
    )
    entry = JournalEntry.objects.get(event="tariff.loaded", data__as_of="2026-08-01")
    assert (entry.subject_kind, entry.subject_id, entry.data["changed"]) == ("tariff", "CN", 1)


def test_a_file_with_one_bad_row_loads_nothing(tmp_path: Path) -> None:
    with pytest.raises(ScheduleDamaged, match="Row 3: the rate “nine” is not a number") as refused:
        load(tmp_path / "cn.csv", HEADER + "84195000,x,9,,30,LD:0,,6\n84196090,x,nine,,30,LD:0,,6\n")
    assert translate(refused.value, "zh-hans") == (
        "第 3 行不合格：税率“nine”不是数字。修改办法：请以百分数填写，如 6.9。未载入任何内容。"
    )
    assert not LoadedSchedule.objects.exists()
    assert not JournalEntry.objects.exists()


def test_an_older_version_or_the_same_day_again_is_refused(tmp_path: Path) -> None:
    text = HEADER + "84195000,x,9,,30,LD:0,,6\n"
    load(tmp_path / "cn.csv", text)
    for day in (date(2026, 7, 1), date(2026, 6, 1)):
        with pytest.raises(VersionOlder, match="as of 2026-07-01 is loaded already"):
            load(tmp_path / "cn.csv", text, day)


def test_the_plain_form_needs_its_importer_and_another_shape_names_its_own(tmp_path: Path) -> None:
    with pytest.raises(ImporterNotNamed):
        load(tmp_path / "de.csv", "code,mfn\n84195000,1.7\n")
    with pytest.raises(ImporterOtherwise, match="is the tariff of CN, not of DE"):
        load(tmp_path / "cn.csv", HEADER + "84195000,x,9,,30,LD:0,,6\n", importer="DE")


def test_any_country_s_tariff_is_loaded_in_the_plain_form(tmp_path: Path) -> None:
    assert rate(to="DE") == ("unknown", None)
    load(tmp_path / "de.csv", "code,description,mfn\n84195000,Heat exchangers,1.7\n", importer="DE", currency="EUR")
    assert rate(to="DE") == ("known", Decimal("1.7"))
    found = queries.answer("84195000", "JP", "DE", FAIR)
    assert isinstance(found, Answer) and (found.at_most, tuple(map(str, found.missing))) == (
        True,
        ("no agreement of DE is in the data; whether one gives goods of JP a lower rate is not known",),
    )
    assert rate(to="DE", origin="IR") == ("unknown", None)


def test_a_schedule_that_ends_before_it_starts_is_refused_as_such(tmp_path: Path) -> None:
    with pytest.raises(ScheduleEndsEarly, match="of 2026-07-01 cannot end on 2026-01-01"):
        load(tmp_path / "de.csv", "code,mfn\n84195000,1.7\n", importer="DE", ends=date(2026, 1, 1))


def test_a_schedule_brings_agreements_of_its_own(tmp_path: Path) -> None:
    agreements, parties = tmp_path / "agreements.csv", tmp_path / "parties.csv"
    agreements.write_text(
        "code,name,basis,column,starts,ends,unlisted,column_known,list_as_of,proof,origin_rule,source\n"
        "EPA,EU-Japan EPA,agreement,EPA,2019-02-01,,,true,,statement on origin,chapter 3,treaty\n"
    )
    parties.write_text("code,country,starts,ends,verified,source\nEPA,JP,2019-02-01,,true,treaty\n")
    text = "code,mfn,EPA\n84195000,1.7,Free\n"
    load(tmp_path / "de.csv", text, importer="DE", agreements=agreements, parties=parties)
    assert rate(to="DE") == ("known", 0)
    assert rate(to="DE", origin="US") == ("known", Decimal("1.7"))


def test_agreements_with_a_mistake_load_nothing(tmp_path: Path) -> None:
    agreements, parties = tmp_path / "agreements.csv", tmp_path / "parties.csv"
    agreements.write_text("code,name\nEPA,EU-Japan EPA\n")
    parties.write_text("code,country,starts,ends,verified,source\nEPA,XX,,,true,treaty\n")
    text = "code,mfn\n84195000,1.7\n"
    with pytest.raises(AgreementsDamaged, match="the header lacks basis"):
        load(tmp_path / "de.csv", text, importer="DE", agreements=agreements, parties=parties)
    with pytest.raises(AgreementsDamaged, match="come together"):
        load(tmp_path / "de.csv", text, importer="DE", agreements=agreements)
    assert not LoadedSchedule.objects.exists()


def test_an_unrelated_schedule_changes_no_answer(tmp_path: Path) -> None:
    asked = [
        queries.Query(code, origin) for code in files.shipped("CN").schedule.codes for origin in ("JP", "BJ", "US")
    ]
    before = [answer_json(one) for one in queries.answers_for(asked, "CN", FAIR)]
    load(tmp_path / "de.csv", "code,mfn\n" + "".join(f"{one.code},99\n" for one in asked[::3]), importer="DE")
    assert [answer_json(one) for one in queries.answers_for(asked, "CN", FAIR)] == before


def test_a_list_is_answered_with_one_query_for_schedules_and_one_for_measures(
    django_assert_num_queries: object,
) -> None:
    for count in (1, 3):
        with django_assert_num_queries(2):  # type: ignore[operator]
            queries.answers_for([queries.Query("84195000", "JP")] * count, "CN", FAIR)


def test_the_shipped_schedules_answer_without_a_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert without_database.answer("84195000", "JP", "CN", FAIR).status == "known"
