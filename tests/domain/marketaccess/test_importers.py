"""Shapes of schedules are read whole or refused by row; every rate of the shipped ones parses or is listed."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.importers import australia, china, plain, shapes, united_states
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged, ScheduleEmpty, ScheduleShapeUnknown
from emporion.domain.marketaccess.rules.schedule import unread_rates

NEW_YEAR = date(2026, 1, 1)
CHINESE = "hs8,name_zh,mfn_pct,provisional_pct,general_pct,special_preferential,note,AS,JPR,MU\n"
AMERICAN = (
    "hts8,brief_description,quantity_1_code,mfn_text_rate,mfn_rate_type_code,col2_text_rate,gsp_indicator,"
    "agoa_indicator,cbi_indicator,begin_effect_date,end_effective_date,programs\n"
)


def test_china_s_row_becomes_cells_by_column() -> None:
    (row,) = china.read(CHINESE + "84195000,热交换装置,10,8,30,LD:0 LA:0,,0,6.9,\n")
    assert (row.code, row.description) == ("84195000", "热交换装置")
    assert row.cells == {
        "mfn": "10", "provisional": "8", "general": "30", "LD": "0", "sLA": "0", "AS": "0", "JPR": "6.9",
    }  # fmt: skip


def test_specific_rates_in_the_tariff_s_own_words_are_read_or_kept_as_words() -> None:
    beer, wine, odd = china.read(
        CHINESE + "22030000,啤酒,3.5元/升,,7.5元/升,,,,,\n22060010,黄酒,10%+1.5元/升,,180,,,,,\n"
        "37013021,胶片,10∆8,,70,,see footnote,,,\n"
    )
    assert beer.cells == {"mfn": "$3.5/L", "general": "$7.5/L"}
    assert wine.cells["mfn"] == "10%+$1.5/L"
    assert (odd.cells["mfn"], odd.note) == ("?10∆8", "see footnote")


def test_china_s_quota_notes_become_quota_cells() -> None:
    wheat, sugar = china.read(
        CHINESE + "10019900,小麦,65,,180,LD:0(in-quota only),TRQ in-quota 1,65,,\n"
        "17019100,糖,50,,125,LD:0(in-quota only),"
        '"TRQ; in-quota rate and MU quota rate only footnote marks upstream",,,\n'
    )
    assert wheat.cells["in_quota"] == "1" and wheat.cells["LD"] == "0; in quota"
    assert sugar.cells["in_quota"] == sugar.cells["MU"] == "?printed as a footnote mark only"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("8419500,x,10,,30,,,0,6.9,\n", "not a line of eight digits"),
        ("84195000,x,ten,,30,,,0,6.9,\n", "is not a number"),
        ("84195000,x,10,,30,LD0,,0,6.9,\n", "special rates"),
        ("84195000,x,10,,30\n", "too many or too few"),
    ],
)
def test_a_row_of_china_that_cannot_be_read_is_refused_by_its_number(row: str, wrong: str) -> None:
    with pytest.raises(ScheduleDamaged, match=f"Row 2: .*{wrong}"):
        list(china.read(CHINESE + row))


def test_the_united_states_row_regains_its_zero_and_its_programmes() -> None:
    (row,) = united_states.read(
        AMERICAN + "4061038,Cheese,KG,$1.055/kg,1,$1.241/kg,,,,2024-01-01,2050-12-31,chile=0; korea=0; usmca=0\n"
    )
    assert (row.code, row.unit, row.starts, row.ends) == ("04061038", "KG", date(2024, 1, 1), date(2050, 12, 31))
    assert row.cells["chile"] == row.cells["usmca"] == "Free"
    assert row.cells["korea"] == "?0% is its ad valorem part; the specific part is not in the data"


IN_PART = "is its ad valorem part; the specific part is not in the data"


@pytest.mark.parametrize(
    ("general", "programmes", "cells"),
    [
        ("$1.035/kg + 14.9%", "korea=0", {"korea": "Free"}),
        ("$1.035/kg + 14.9%", "korea=0.02", {"korea": "?2% " + IN_PART}),
        ("2.5% on the value of the lead content", "korea=0", {"korea": "?0% " + IN_PART}),
        ("31 cents/kg + 6.9%", "cbi=0.054", {"cbi": "?5.4% " + IN_PART}),
        ("4.4 cents/kg", "cbi=0", {"cbi": "Free"}),
        ("8%", "cbi=0.064", {"cbi": "6.4%"}),
    ],
)
def test_a_nought_is_free_where_it_speaks_of_the_whole_rate(
    general: str, programmes: str, cells: dict[str, str]
) -> None:
    (row,) = united_states.read(AMERICAN + f"12023080,x,KG,{general},7,155%,,,,2024-01-01,2050-12-31,{programmes}\n")
    assert {name: row.cells[name] for name in cells} == cells


def test_the_mark_of_the_caribbean_basin_act_is_free_where_no_rate_stands_beside_it() -> None:
    (row,) = united_states.read(AMERICAN + "29359048,x,KG,6.5%,7,25%,,,E,2024-01-01,2050-12-31,\n")
    assert row.cells["cbi"] == "Free"


def test_marks_of_programmes_narrow_who_gets_them_and_stages_carry_their_year() -> None:
    (row,) = united_states.read(
        AMERICAN + "12023080,Peanuts,KG,131.8%,7,155%,A+,D,E*,2024-01-01,2050-12-31,cbi=0; colombia=0.087\n"
    )
    assert row.cells["gsp"] == "Free; only least developed"
    assert row.cells["agoa"] == "Free"
    assert row.cells["cbi"] == "Free; some excluded"
    assert row.cells["colombia"] == "8.7%; since 2025-01-01"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("x,Peanuts,KG,5%,7,6%,,,,2024-01-01,2050-12-31,\n", "not a line of eight digits"),
        ("12023080,Peanuts,KG,5%,7,6%,Z,,,2024-01-01,2050-12-31,\n", "the mark “Z”"),
        ("12023080,Peanuts,KG,5%,7,6%,,,,2024-01-01,2050-12-31,usmca\n", "has no rate"),
        ("12023080,Peanuts,KG,5%,7,6%,,,,01/01/2024,2050-12-31,\n", "is not a date"),
    ],
)
def test_a_row_of_the_united_states_that_cannot_be_read_is_refused(row: str, wrong: str) -> None:
    with pytest.raises(ScheduleDamaged, match=wrong):
        list(united_states.read(AMERICAN + row))


def australian(
    *lines: tuple[str, str], exceptions: dict[str, list[dict[str, str]]] | None = None
) -> dict[str, dict[str, str]]:
    classifications = [
        {"referenceNumber": code, "unit": "kg", "description": "- goods", "dutyRate": rate} for code, rate in lines
    ]
    sections = [{"chapters": [{"headings": [{"classifications": classifications}]}]}]
    rows = australia.read(json.dumps(sections), json.dumps(exceptions or {}), NEW_YEAR)
    return {row.code: dict(row.cells) for row in rows}


def test_australia_s_classes_are_read_whole() -> None:
    found = australian(
        ("0709.52.00", "5% DCS4% DCT5%"),
        ("0405.20.00", "5% DCSFree"),
        ("2707.10.00*", "$0.526/L NZ/PG/FI/DC/LDC/SG $0.526/L"),
        ("0406.10.00", "$1.220/kg DC$1.220/kg, less 5%"),
        ("4414.10.00", "5% DCS4% DTC5%"),
        ("84.19", "5%"),
        ("8419.50", ""),
    )
    assert found == {
        "07095200": {"mfn": "5%", "DCS": "4%", "DCT": "5%"},
        "04052000": {"mfn": "5%", "DCS": "Free"},
        "27071000": dict.fromkeys(["mfn", "NZ", "PG", "FI", "DC", "LDC", "SG"], "$0.526/L"),
        "04061000": {"mfn": "$1.220/kg", "DC": "$1.220/kg, less 5%"},
        "44141000": {"mfn": "?5% DCS4% DTC5%"},
    }


def test_the_stage_in_force_on_new_year_is_kept() -> None:
    found = australian(
        ("8419.50.20", "5% DCS4% DCT5% From1July20182.5% From1July2019Free"),
        ("8517.69.10", "5% CAFree From1July2018 3.75% CA Free From 1 July 2026 Free"),
    )
    assert found == {"84195020": {"mfn": "Free"}, "85176910": {"mfn": "3.75%", "CA": "Free"}}


def listed(agreement: str, code: str, rate: str, description: str = "") -> dict[str, list[dict[str, str]]]:
    row = {
        "schedule": "S",
        "ftaName": agreement,
        "hsCode": code,
        "description": f"{code}{description}",
        "dutyRate": rate,
    }
    return {"S": [row]}


@pytest.mark.parametrize(
    ("exceptions", "cells"),
    [
        (listed("RCEP", "0405.20.00", "3%", " From 1 January 2022&#58;"), {"RCEP": "3%; since 2022-01-01"}),
        (listed("Peru", "2005.91.00", "From 11 Feburary 2020&#58; 3.7%"), {"Peru": "3.7%; since 2020-02-11"}),
        (listed("SAFTA", "2203.00.91", "$107.99\t/L of alcohol"), {"SAFTA": "$107.99 /L of alcohol"}),
        (
            listed("CPTPP", "7208.10.00", "From 24 December 2024&#58; 5%", " (Rate No. 002) United Kingdom&#58;"),
            {
                "CPTPP-GB": "5%; since 2024-12-24",
                "CPTPP": "?the rate of the parties other than the United Kingdom was lost at the source",
            },
        ),
        (
            listed("RCEP", "2710.12.62", "$0.526\t/L of gasoline plus", " (Rate No. 001)"),
            {"RCEP": "?$0.526 /L of gasoline plus for some of the goods of the line"},
        ),
        (
            listed("RCEP", "3808.59.90*", "4%", "(*prescribed goods only) From 1 January 2022&#58;"),
            {"RCEP": "?4% for some of the goods of the line"},
        ),
        (listed("RCEP", "2206.00.22", "5%, and \t107.99\t/L of alcohol"), {"RCEP": "?5%, and 107.99 /L of alcohol"}),
        (listed("CONCESSIONAL", "9999.32.04", "Free"), None),
    ],
)  # fmt: skip
def test_an_agreement_s_exception_becomes_a_cell(
    exceptions: dict[str, list[dict[str, str]]], cells: dict[str, str] | None
) -> None:
    found = australian(exceptions=exceptions)
    assert list(found.values()) == ([cells] if cells else [])


def test_the_shipped_schedules_list_exactly_these_refused_rates() -> None:
    refused = {
        importer: Counter(
            column for _, column, _ in unread_rates(
                line for lines in files.shipped(importer).schedule.lines.values() for line in lines
            )
        )
        for importer in ("CN", "AU", "US")
    }  # fmt: skip
    assert refused["CN"] == {"in_quota": 6, "MU": 6, "NI": 5, "provisional": 4}
    assert refused["US"] == {
        "mfn": 57, "column_2": 59, "korea": 900, "panama": 862, "colombia": 840, "cbi": 4,
    }  # fmt: skip
    assert refused["AU"]["mfn"] == 1


def test_the_shipped_schedules_have_all_their_lines() -> None:
    assert {importer: len(files.shipped(importer).schedule.codes) for importer in files.importers()} == {
        "AU": 5328, "CN": 344, "US": 11414,
    }  # fmt: skip


def test_what_the_plain_form_writes_it_reads_again() -> None:
    text = (
        "code,description,unit,starts,ends,note,mfn,A\n84195000,heat,No,2026-01-01,,new,10,?lost\n"
        "84195000,heat,No,,2026-01-01,,12,\n"
    )
    rows = tuple(plain.read(text))
    assert plain.write(plain.read(plain.write(rows))) == plain.write(rows)
    assert [line.cells["mfn"] for line in plain.lines_of(rows)["84195000"]] == ["10", "12"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("hs,mfn\n84195000,10\n", "the header names no code"),
        ("code,mfn,mfn\n84195000,10,5\n", "one column twice"),
        ("code,mfn\n84195000,10,5\n", "Row 2: 3 cells under a header of 2"),
        ("code,mfn\n8419500,10\n84x,5\n", "Row 3: “84x” is not a tariff code"),
        ("code,starts,mfn\n84195000,1.1.2026,10\n", "is not a date"),
        ("code,mfn\n84195000,10\n84195000,5\n", "Row 3: 84195000 appears twice"),
    ],
)
def test_a_plain_file_with_a_mistake_is_refused_by_row(text: str, wrong: str) -> None:
    with pytest.raises(ScheduleDamaged, match=wrong):
        plain.lines_of(plain.read(text))


def test_a_plain_file_without_lines_is_refused() -> None:
    with pytest.raises(ScheduleEmpty, match="contains no tariff line"):
        plain.lines_of(plain.read("code,mfn\n"))


def test_a_plain_rate_that_cannot_be_read_or_placed_is_refused() -> None:
    with pytest.raises(ScheduleDamaged, match="the rate “five” of 84195000 under mfn cannot be read in full"):
        plain.require_rates(plain.read("code,mfn\n84195000,five\n"))
    with pytest.raises(ScheduleDamaged, match="no agreement of this market has the column “FTA”"):
        plain.require_columns(plain.read("code,FTA\n84195000,5\n"), {"mfn": None})


def test_shapes_are_distinguished_by_their_contents(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CHINESE + "84195000,x,10,,30,LD:0,,0,6.9,\n", "utf-8")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(AMERICAN.encode()))
    (tmp_path / "c.csv").write_text("code,mfn\n84195000,10\n", "utf-8")
    found = [shapes.open_schedule(tmp_path / name, NEW_YEAR) for name in ("a.csv", "b.csv.gz", "c.csv")]
    assert [(one.shape, one.importer, len(one.rows)) for one in found] == [
        ("China", "CN", 1), ("United States", "US", 0), ("plain", "", 1),
    ]  # fmt: skip


def test_australia_needs_both_files(tmp_path: Path) -> None:
    (tmp_path / "tariff-schedule3.json").write_text("[]")
    with pytest.raises(ScheduleShapeUnknown):
        shapes.open_schedule(tmp_path, NEW_YEAR)
    (tmp_path / "tariff-schedules-fta.json").write_text("{}")
    assert shapes.open_schedule(tmp_path, NEW_YEAR).rows == ()


@pytest.mark.parametrize(("name", "content"), [("x.csv", b"a,b\n1,2\n"), ("missing.csv", None)])
def test_an_unknown_shape_or_a_missing_file_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ScheduleShapeUnknown, match=name):
        shapes.open_schedule(tmp_path / name, NEW_YEAR)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\x1f\x8bbroken")
    with pytest.raises(ScheduleDamaged, match="the compressed file is incomplete or damaged"):
        shapes.open_schedule(tmp_path / "x.csv", NEW_YEAR)
