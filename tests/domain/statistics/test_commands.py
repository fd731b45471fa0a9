"""The bulletin on the command line, and the documents made from the code."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from emporion.cli.management.commands.bulletin import number
from emporion.domain.statistics.figures import FIGURES
from tests import make


def output_of(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_bulletin_as_json_has_every_figure_with_its_definition_and_records():
    sixth = make.make_edition(6)
    make.make_exhibitor(sixth, "Glas AG")
    make.make_published(6, "exhibitors", "enterprise", "3486", "exhibitors")
    listed = json.loads(output_of("bulletin", "--edition", "6", "--json"))

    assert {"figure", "scope", "unit", "value", "published", "definition", "records"} <= set(listed[0])
    assert {row["figure"] for row in listed} >= set(FIGURES) - {"sector_share", "sector_growth", "ldc_free_booths"}
    (row,) = [row for row in listed if (row["figure"], row["scope"]) == ("exhibitors", "enterprise")]
    assert (row["value"], row["published"], row["records"], row["unit"]) == (1, 3486, 1, "exhibitors")


@pytest.mark.django_db
def test_the_bulletin_as_json_has_no_value_where_no_records_are_kept():
    make.make_edition(6)
    for each in range(1, 7):
        make.make_published(each, "intended_turnover", "all", "1000", "USD, one-year basis")
    rows = {(row["figure"], row["scope"]): row for row in json.loads(output_of("bulletin", "--edition", "6", "--json"))}

    own, cumulated = rows["intended_turnover", "all"], rows["intended_turnover_cumulated", "all"]
    assert (own["value"], own["published"], own["rests_on"]) == (None, 1000, None)
    assert own["unknown_because"] == "No records of this edition are kept here, so the figure is unknown."
    assert (cumulated["value"], cumulated["unknown_because"]) == (6000, None)
    assert cumulated["rests_on"] == "No records of this edition are kept here: it is added as published (the gazette)."


@pytest.mark.django_db
def test_the_bulletin_as_a_table_is_of_the_current_edition_unless_another_is_named():
    make.make_edition(5)
    make.make_edition(6, current=True)

    assert "Edition 6" in output_of("bulletin")
    assert "Edition 5" in output_of("bulletin", "--edition", "5")


@pytest.mark.django_db
def test_an_edition_that_is_not_there_is_reported_missing():
    make.make_edition(6)
    with pytest.raises(CommandError, match="There is no edition 9 of expo"):
        output_of("bulletin", "--edition", "9")


@pytest.mark.parametrize(
    ("value", "read"), [(None, "–"), (3486, "3,486"), (0, "0"), (94.3, "94.30"), (78_410_000_000, "78.41 bn")]
)
def test_numbers_as_the_table_shows_them(value, read):
    assert number(value) == read


def test_documents_are_written_once_and_then_found_fresh(tmp_path):
    assert output_of("docs", "--folder", str(tmp_path)) == "wrote events.md\nwrote figures.md\nwrote rules.md\n"
    assert output_of("docs", "--folder", str(tmp_path)) == ""
    assert output_of("docs", "--check", "--folder", str(tmp_path)) == ""


def test_a_document_that_is_out_of_date_fails_the_check_and_is_left_alone(tmp_path):
    output_of("docs", "--folder", str(tmp_path))
    (tmp_path / "rules.md").write_text("old")

    with pytest.raises(CommandError, match=r"out of date: rules\.md\. Run `emporion docs`"):
        output_of("docs", "--check", "--folder", str(tmp_path))
    assert (tmp_path / "rules.md").read_text() == "old"


def test_the_documents_tell_figures_and_refusals_in_words(tmp_path):
    output_of("docs", "--folder", str(tmp_path))

    assert "- Unit: visits (人次)" in (tmp_path / "figures.md").read_text("utf-8")
    assert "- **`UnlikeScopes`**: “{figure}” covers {first} here" in (tmp_path / "rules.md").read_text("utf-8")
