"""Additional duties are loaded from a list, all of it or nothing, and answers then name them line by line."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.marketaccess import actions, queries
from emporion.domain.marketaccess.importers.measures import EXAMPLE, read
from emporion.domain.marketaccess.models import LoadedMeasure
from emporion.domain.marketaccess.rules.answer import Answer
from emporion.domain.marketaccess.rules.charges import ADDITIONAL, ADDITIONAL_KINDS, EVERY_ADDITIONAL, NOT_IN_DATA
from emporion.domain.refusal import BulkOutcome
from tests.make import make_country

pytestmark = pytest.mark.django_db
HEADER = "importer,kind,code,origins,rate,starts,ends,title,citation,exporter\n"
STEEL = (
    "US,section_301,73269086,CN,25%,2019-05-10,,List 3,9903.88.03,\n"
    "US,section_232,7326,,50%,2025-06-04,,Steel derivatives,9903.81.91,\n"
)
DAY = date(2025, 11, 5)


def load(tmp_path: Path, rows: str, *, replace: bool = False) -> BulkOutcome:
    for country in ("US", "CN"):
        make_country(country)
    path = tmp_path / "measures.csv"
    path.write_text(HEADER + rows, "utf-8")
    return actions.load_measures(path, context=ActionContext(datetime(2026, 10, 1, tzinfo=UTC)), replace=replace)


def duties(code: str = "7326.90.86", origin: str = "CN", on: date = DAY) -> tuple[str, Decimal | None]:
    found = queries.answer(code, origin, "US", on)
    return found.duties.status, found.duties.pct


def problems(done: BulkOutcome) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.wrong.sentence) for one in done.problems]


def test_loaded_measures_show_line_by_line_and_enter_the_total(tmp_path: Path) -> None:
    assert duties() == ("at_least", Decimal("2.90"))
    assert load(tmp_path, STEEL).created == 2
    assert duties() == ("at_least", Decimal("77.90"))
    found = queries.answer("73269086", "CN", "US", DAY)
    named = [(one.kind, str(one.name), one.text, str(one.source)) for one in found.charges if one.rate and one.source][
        :2
    ]
    assert named == [
        ("section_232", "Steel derivatives", "50%", "9903.81.91"), ("section_301", "List 3", "25%", "9903.88.03"),
    ]  # fmt: skip
    assert (duties(origin="DE")[1], duties(on=date(2025, 6, 3))[1]) == (Decimal("52.90"), Decimal("27.90"))
    entry = JournalEntry.objects.get(event="measures.loaded")
    assert (entry.subject_id, entry.data["measures"]) == ("US", 2)


def lacking(importer: str, code: str, origin: str, on: date) -> list[str]:
    """The kinds of additional duty that an answer says are not in the data; no remark says so beside them."""
    found = queries.answer(code, origin, importer, on)
    assert isinstance(found, Answer)
    assert not any("not in the data" in str(note) for note in found.notes)
    return [one.kind for one in found.charges if (one.group, one.state) == (ADDITIONAL, NOT_IN_DATA)]


def test_what_is_not_in_the_data_leaves_out_what_is_loaded_line_by_line(tmp_path: Path) -> None:
    every = ["anti_dumping", "countervailing", "safeguard", "section_232", "section_301", "section_122", "ieepa"]
    assert lacking("US", "73269086", "CN", DAY) == every
    load(tmp_path, STEEL)
    assert lacking("US", "73269086", "CN", DAY) == [
        kind for kind in every if kind not in ("section_232", "section_301")
    ]
    # The list names section 301 for goods of China alone, and 232 for all of heading 7326.
    assert lacking("US", "73269086", "DE", DAY) == [kind for kind in every if kind != "section_232"]
    assert lacking("US", "84195050", "CN", DAY) == every


@pytest.mark.parametrize("importer", ["US", "CN"])
def test_nothing_is_said_to_lack_where_every_kind_of_a_line_is_loaded(tmp_path: Path, importer: str) -> None:
    code, day = ("84195050", DAY) if importer == "US" else ("84195000", date(2026, 11, 5))
    kinds = ADDITIONAL_KINDS.get(importer, EVERY_ADDITIONAL)
    assert lacking(importer, code, "JP", day) == list(kinds)
    load(tmp_path, "".join(f"{importer},{kind},8419,,Free,2020-01-01,,None,own reading,\n" for kind in kinds))
    assert lacking(importer, code, "JP", day) == []


def test_where_every_kind_is_settled_the_duties_are_known(tmp_path: Path) -> None:
    none = "".join(
        f"US,{kind},,,none,2025-01-01,,Checked,list of 2025-11-01,\n"
        for kind in ("anti_dumping", "countervailing", "safeguard", "section_122", "ieepa")
    )
    load(tmp_path, STEEL + none)
    assert duties() == ("known", Decimal("77.90"))
    assert queries.answer("73269086", "CN", "US", DAY).total.status == "at_least"


def test_a_list_with_a_bad_row_loads_nothing_and_names_every_problem(tmp_path: Path) -> None:
    bad = (
        "Atlantis,section_301,7326,CN,25%,2019-05-10,,T,C,\n"
        "US,retaliation,732,XX,abc,10.5.2019,,T,C,\n"
        "US,ieepa,,CN,20%,2025-03-04,2025-03-04,,C,\n"
        "US,ieepa,,CN,20%,2025-03-04,,T,C,,and,more\n"
    )
    done = load(tmp_path, STEEL + bad)
    assert [(row, column) for row, column, _ in problems(done)] == [
        (4, "importer"), (5, "kind"), (5, "code"), (5, "origins"), (5, "starts"), (5, "rate"), (6, "title"),
        (6, "ends"), (7, "exporter"),
    ]  # fmt: skip
    assert "“abc” cannot be read" in problems(done)[5][2]
    assert not LoadedMeasure.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_header_that_lacks_a_column_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "measures.csv"
    path.write_text("importer,kind\nUS,ieepa\n", "utf-8")
    done = actions.load_measures(path, context=ActionContext(datetime(2026, 10, 1, tzinfo=UTC)))
    assert problems(done) == [(1, "rate", "the header lacks rate, starts, title, citation")]


def test_a_row_that_repeats_another_is_refused_and_so_is_the_list_loaded_twice(tmp_path: Path) -> None:
    again = "US,section_301,7326.90.86,CN,30%,2024-01-01,,list 3,other,\n"
    assert problems(load(tmp_path, STEEL + again)) == [(4, "title", "repeats list 3 of row 2")]
    assert load(tmp_path, STEEL).created == 2
    assert problems(load(tmp_path, STEEL)) == [
        (2, "title", "the measure List 3 is loaded for these days already"),
        (3, "title", "the measure Steel derivatives is loaded for these days already"),
    ]
    assert LoadedMeasure.objects.count() == 2


def test_one_measure_may_have_a_rate_for_each_span_of_days(tmp_path: Path) -> None:
    steps = "US,ieepa,,CN,10%,2025-02-04,2025-03-04,F,C,\nUS,ieepa,,CN,20%,2025-03-04,,F,C,\n"
    assert load(tmp_path, steps).created == 2
    assert (duties(on=date(2025, 3, 3))[1], duties(on=date(2025, 3, 4))[1]) == (Decimal("12.90"), Decimal("22.90"))


def test_a_list_replaces_all_of_its_importer_and_they_are_taken_out_again(tmp_path: Path) -> None:
    load(tmp_path, STEEL + "CN,safeguard,8419,,none,2026-01-01,,S,C,\n")
    done = load(tmp_path, "US,ieepa,,CN,20%,2025-03-04,,F,C,\n", replace=True)
    assert (done.created, done.updated, LoadedMeasure.objects.count()) == (1, 2, 2)
    assert duties() == ("at_least", Decimal("22.90"))
    assert actions.unload_measures("us", context=ActionContext(datetime(2026, 10, 1, tzinfo=UTC))) == 1
    assert duties() == ("at_least", Decimal("2.90"))


def test_the_command_loads_lists_and_tells_problems(tmp_path: Path) -> None:
    for country in ("US", "CN"):
        make_country(country)
    form, bad, out, errors = tmp_path / "form.csv", tmp_path / "bad.csv", io.StringIO(), io.StringIO()
    call_command("measures", "template", "--out", str(form), stdout=out)
    call_command("measures", "load", str(form), stdout=out)
    call_command("measures", "list", stdout=out)
    assert "form.csv: 4 additional duties loaded." in out.getvalue()
    assert "US section_301 73269086 CN: 25% from 2019-05-10 (Section 301, list 3; heading 9903.88.03)" in out.getvalue()
    bad.write_text(HEADER + "US,ieepa,,CN,20 percent,2025-03-04,,F,C,\n", "utf-8")
    with pytest.raises(CommandError, match="1 problems: nothing was loaded"):
        call_command("measures", "load", str(bad), stdout=out, stderr=errors)
    assert "Row 2, rate: " in errors.getvalue()
    with pytest.raises(CommandError, match="check its name"):
        call_command("measures", "load", str(tmp_path / "nowhere.csv"), stdout=out)
    call_command("measures", "unload", "US", stdout=out)
    assert "1 additional duties taken out" in out.getvalue()


def test_the_example_is_a_list_without_problems() -> None:
    assert read(EXAMPLE).problems == []
