"""The commands answer on a machine without a database, for one product and for a list."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from emporion.domain.marketaccess.importers import plain

JAPAN = ("84195000", "--origin", "JP", "--to", "CN", "--on", "2026-11-05", "--shipped")


def run(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def asked(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("access", *arguments, "--json"))
    return found


def test_access_answers_on_a_new_machine_and_makes_no_database(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"EMPORION_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "emporion.site.settings"}
    call = "from emporion.site.commandline import main; main()"
    arguments = [*JAPAN[:-1], "--json"]
    done = subprocess.run(
        [sys.executable, "-c", call, "access", *arguments], env=environment, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert (found["status"], found["applied"]) == (
        "known", {"basis": "agreement", "agreement": "RCEP (Japan)", "ad_valorem_pct": 6.9, "text": "6.9%"},
    )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_the_answer_as_json_has_every_candidate_with_whether_it_applies_and_why() -> None:
    found = asked(*JAPAN, "--value", "1,000")
    assert [(one["basis"], one["ad_valorem_pct"], one["applies"]) for one in found["candidates"]] == [
        ("mfn", 10, True), ("agreement", 6.9, True), ("general", 30, False),
    ]  # fmt: skip
    assert (found["duty"], found["saving"], found["missing"]) == ("69.00", "31.00", [])
    assert any("line 84195000, column JPR" in text for text in found["citations"])
    assert found["disclaimer"].count(".") == 2


def test_an_unknown_line_says_what_is_missing_and_applies_nothing() -> None:
    found = asked("62034200", "--origin", "JP", "--to", "CN", "--on", "2026-11-05", "--shipped")
    assert (found["status"], found["applied"], found["candidates"]) == ("unknown", None, [])
    assert "it is an excerpt, so the line may exist" in found["missing"][0]


def test_the_answer_for_people_names_rate_proof_and_source() -> None:
    printed = run("access", *JAPAN)
    assert "6.9% (RCEP (Japan))" in printed
    assert "Proof of origin: certificate of origin" in " ".join(printed.split())


def test_a_duty_by_quantity_says_which_it_needs_and_takes_it_in_any_letters() -> None:
    cheese = ("04061000", "--origin", "DE", "--to", "AU", "--on", "2026-11-05", "--value", "1000", "--shipped")
    assert asked(*cheese)["notes"] == ["the duty is calculated on more than the customs value: give kg"]
    found = asked(*cheese, "--quantity", "KG=100")
    assert (found["duty"], found["notes"]) == ("122.00", [])


def test_a_heading_whose_own_lines_were_lost_is_unknown() -> None:
    found = asked("6109", "--origin", "CN", "--to", "AU", "--on", "2026-11-05", "--shipped")
    assert (found["status"], found["applied"]) == ("unknown", None)
    assert (
        "Australian Working Tariff 2026 lost 1 lines or more under 6109: only an agreement names them"
        in found["missing"]
    )


def test_a_line_that_a_tariff_does_not_have_is_named_by_its_subheading() -> None:
    printed = run("access", "84195000", "--origin", "KR", "--to", "US", "--on", "2026-11-05", "--shipped")
    assert "84195000  (Heat exchange units; not used for domestic purposes)" in printed


def test_a_range_for_people_lists_its_lines() -> None:
    printed = run("access", "8419.50", "--origin", "JP", "--to", "AU", "--on", "2026-11-05", "--shipped")
    assert "3 lines, base duty 0%" in printed
    assert "Heat exchange units; not used for domestic purposes" in printed
    in_china = run("access", "8419.50", "--origin", "JP", "--to", "CN", "--on", "2026-11-05", "--shipped")
    assert "热交换装置 (Heat exchange units; not used for domestic purposes)" in in_china


def test_how_goods_were_made_is_read_from_a_file(tmp_path: Path) -> None:
    making = tmp_path / "making.json"
    inputs = [{"hs": "841990", "origin": "us", "value": 700}]
    making.write_text(json.dumps({"country": "JP", "value": 1000, "rule": "CTH or RVC40", "inputs": inputs}))
    found = asked(*JAPAN, "--making", str(making))
    assert found["applied"]["basis"] == "mfn"
    assert found["origin_rules"][0]["steps"][-1] == "RVC40: (1000 − 700) / 1000 = 30.00% < 40%"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"value": 1000}', "the goods: country is missing"),
        ('{"country": "JP", "inputs": [{"hs": "8419", "origin": "US", "value": 1}, {"origin": "US", "value": 7}]}',
         "input 2: hs is missing"),
        ('{"country": "JP", "inputs": [{"hs": "8419", "origin": "Atlantis", "value": 1}]}',
         "input 1, origin: “Atlantis” is not a country or area of ISO 3166: "
         "write its two letters, as in JP, or its name"),
        ('{"country": "JP", "inputs": [{"hs": "84x", "origin": "US", "value": 1}]}',
         "input 1, hs: “84x” is not a tariff code: "
         "write 2, 4, 6 or 8 to 13 digits, with or without dots, as in 8419.50.00"),
        ('{"country": "JP", "value": "much"}', "the goods, value: much is no amount"),
        ('{"country": "JP", "value": -1}', "the goods, value: -1 is no amount"),
        ('{"country": "JP", "input": []}',
         "the file has a field input, which is not one of country, value, inputs, wholly_obtained, rule"),
        ('{"country": "JP", "inputs": {}}', "inputs is no list"),
        ('{"country": "JP", "inputs": ["steel"]}', "input 1 holds no fields in braces"),
        ('{"country": "JP", "wholly_obtained": "no"}', "wholly_obtained reads no: it is true or false"),
        ('{"country": "JP", "rule": 40}', "rule reads 40: it is a text"),
        ("[]", "the file holds no fields in braces"),
        ('{"country": "JP",\n "value": much}', "line 2, column 11 is no JSON: Expecting value"),
        ("", "line 1, column 1 is no JSON: Expecting value"),
    ],
)  # fmt: skip
def test_what_a_file_of_making_leaves_out_or_says_wrongly_is_reported_in_words(
    tmp_path: Path, text: str, wrong: str
) -> None:
    making = tmp_path / "making.json"
    making.write_text(text, "utf-8")
    with pytest.raises(CommandError) as refused:
        asked(*JAPAN, "--making", str(making))
    sentence = str(refused.value)
    assert sentence.startswith(f"{making} does not tell how the goods were made: {wrong}")
    assert sentence.endswith('Write it as {"country": "JP", "value": 1000, "inputs": [{"hs": "841990", "origin": "US", '
                             '"value": 700}]}.')  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "letters"),
    [("jp", "JP"), ("JPN", "JP"), ("日本", "JP"), ("USA", "US"), ("Viet Nam", "VN"), ("the Netherlands", "NL")],
)
def test_an_origin_is_named_as_people_name_it(origin: str, letters: str) -> None:
    assert asked("84195000", "--origin", origin, "--to", "中国", "--on", "2026-11-05", "--shipped")["origin"] == letters


@pytest.mark.parametrize(
    ("to", "letters", "message"),
    [
        ("KR", "KR", "the tariff of South Korea, which is not available (available: "),
        (
            "France",
            "FR",
            "the tariff of France, which applies the tariff of the European Union and is not available (available: ",
        ),
        ("EU", "EU", "the tariff of the European Union, which is not available (available: AU, CN, US)"),
    ],
)
def test_a_country_whose_tariff_is_not_at_hand_is_unknown(to: str, letters: str, message: str) -> None:
    for code in ("84195000", "8419"):
        found = asked(code, "--origin", "JP", "--to", to, "--on", "2026-11-05", "--shipped")
        assert (found["status"], found["applied"], found["candidates"], found["to"]) == ("unknown", None, [], letters)
        assert [text.startswith(message) for text in found["missing"]] == [True]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("84x", "--origin", "JP", "--to", "CN"), "“84x” is not a tariff code"),
        (("84195000123456", "--origin", "JP", "--to", "CN"), "is not a tariff code: write 2, 4, 6 or 8 to 13 digits,"),
        (
            ("84195", "--origin", "JP", "--to", "CN"),
            "“84195” has an odd number of digits: where a leading zero was lost write 084195",
        ),
        (("8419", "--origin", "Atlantis", "--to", "CN"), "“Atlantis” is not a country"),
        (("8419", "--origin", "JP", "--to", "CN", "--on", "5.11.2026"), "“5.11.2026” is not a date"),
        (("8419", "--origin", "JP", "--to", "CN", "--value", "-3"), "“-3” is not an amount"),
        (("8419", "--origin", "JP", "--to", "CN", "--value", "NaN"), "“NaN” is not an amount"),
        (("8419", "--origin", "JP", "--to", "CN", "--value", "1e400"), "“1e400” is not an amount"),
        (("8419", "--origin", "EU", "--to", "CN"), "“EU” is more than one country: write the member state, as DE"),
        (("8419", "--origin", "Congo", "--to", "CN"), "“Congo” is more than one country: write Congo Brazzaville or"),
        (("84x", "--origin", "JP", "--to", "FR"), "“84x” is not a tariff code"),
        (("8419", "--origin", "JP", "--to", "CN", "--making", "nowhere.json"), "does not tell how the goods were made"),
    ],
)
def test_bad_input_gets_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("access", *(f"{one}" for one in arguments), "--shipped")


def products(folder: Path, text: str) -> Path:
    path = folder / "products.csv"
    path.write_text(text, "utf-8")
    return path


LIST = (
    "name,HS code,Origin,Value\nExchanger,8419.50.90,Japan,12000\n=1+1,84195090,巴西,100\n"
    "Wrong,84x,JP,\nShirt,61091000,CN,\nNowhere,84195090,,\nZero,4061000,JP,\n"
)


def test_a_list_becomes_a_workbook_with_an_answer_in_every_row(tmp_path: Path) -> None:
    out = tmp_path / "access.xlsx"
    path = products(tmp_path, LIST)
    asking = ("access-files", str(path), "--to", "AU", "--on", "2026-11-05", "--out", str(out), "--shipped")
    with pytest.raises(CommandError, match=r"3 rows have problems, told in the column Problem of access\.xlsx"):
        run(*asking)
    out.unlink()
    printed = run(*asking, "--partial")
    assert printed.splitlines()[-1].endswith("base duty of 2 known, of 1 unknown, 3 rows with problems.")
    sheet = openpyxl.load_workbook(out).worksheets[0]
    header, *rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(one["name"], one["Rate"], one["Saving"]) for one in found] == [
        ("Exchanger", "0%", "600.00"), ("=1+1", "4%", "1.00"), ("Wrong", "", ""), ("Shirt", "", ""),
        ("Nowhere", "", ""), ("Zero", "", ""),
    ]  # fmt: skip
    assert sheet["A3"].data_type == "s"
    assert found[2]["Problem"].startswith("“84x” is not a tariff code")
    assert "the line 61091000" in found[3]["Missing"]
    assert found[4]["Problem"] == "The origin is missing: fill it in."
    assert "where a leading zero was lost write 04061000" in found[5]["Problem"]


def test_a_list_without_origins_takes_the_one_given(tmp_path: Path) -> None:
    path, out = products(tmp_path, "hs;name\n84195090;x\n8419;y\n84195010;z\n841950;w\n0101;v\n"), tmp_path / "out.csv"
    with pytest.raises(CommandError, match="needs the columns code and origin"):
        run("access-files", str(path), "--to", "AU", "--out", str(out), "--shipped")
    run("access-files", str(path), "--to", "AU", "--origin", "DE", "--on", "2026-11-05", "--out", str(out), "--shipped")
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("84195090,x,84195090,Other,known,5%,mfn,5")
    assert lines[2].startswith("8419,y,8419,range of 19 lines,known,0% to 5%")


@pytest.mark.parametrize(
    ("text", "out", "sentence"),
    [
        (LIST, "out.pdf", "ends in neither .xlsx nor .csv"),
        (LIST, "products.csv", "is the list itself"),
        (LIST, "nowhere/out.csv", "cannot be read or written"),
        ("code,origin\n", "out.csv", "no rows below its header"),
    ],
)
def test_a_list_that_cannot_be_answered_is_refused(tmp_path: Path, text: str, out: str, sentence: str) -> None:
    path = products(tmp_path, text)
    with pytest.raises(CommandError, match=sentence):
        run("access-files", str(path), "--to", "AU", "--out", str(tmp_path / out), "--shipped")


def test_a_schedule_is_converted_to_the_plain_form_and_read_again(tmp_path: Path) -> None:
    source, out = tmp_path / "cn.csv", tmp_path / "cn.plain.csv.xz"
    source.write_text(
        "hs8,name_zh,mfn_pct,provisional_pct,general_pct,special_preferential,note,JPR\n84195000,x,10,,30,LD:0,,6.9\n"
    )
    printed = run("tariff", "convert", str(source), "--as-of", "2026-01-01", "--out", str(out))
    assert "1 lines of shape China" in printed
    again = tmp_path / "again.csv"
    run("tariff", "convert", str(out), "--as-of", "2026-01-01", "--out", str(again))
    assert again.read_text() == (
        "code,description,unit,starts,ends,note,mfn,general,LD,JPR\n84195000,x,,,,,10,30,0,6.9\n"
    )


def test_the_template_of_the_plain_form_is_read_whole(tmp_path: Path) -> None:
    out, again = tmp_path / "template.csv", tmp_path / "again.csv"
    assert "docs/marketaccess.md" in run("tariff", "template", "--out", str(out))
    assert "8 lines of shape plain" in run("tariff", "convert", str(out), "--as-of", "2026-01-01", "--out", str(again))
    rows = tuple(plain.read(out.read_text("utf-8")))
    plain.require_rates(rows)
    assert len(plain.lines_of(rows)["04061000"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tar.csv", "--as-of", "2026-13-01", "--importer", "CN"), "“2026-13-01” is not a date"),
        (("tar.csv", "--as-of", "2026-01-01", "--until", "soon"), "“soon” is not a date"),
        (("nowhere.csv", "--as-of", "2026-01-01"), "There is no file nowhere.csv: check its name and folder."),
        (("tar.csv", "--as-of", "2026-01-01"), "tar.csv is in none of the known formats"),
    ],
)
def test_what_cannot_be_loaded_is_reported_before_a_database_is_made(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "tar.csv").write_text("nothing,known\n")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"EMPORION_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "emporion.site.settings"}
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", "tariff", "load"]
    done = subprocess.run(
        [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.django_db
def test_loading_by_command_tells_the_version_and_what_changed(tmp_path: Path) -> None:
    from tests.make import make_country

    make_country("DE")
    source = tmp_path / "de.csv"
    source.write_text("code,mfn\n84195000,1.7\n")
    printed = run("tariff", "load", str(source), "--as-of", "2026-01-01", "--importer", "DE", "--title", "TARIC")
    assert "TARIC as of 2026-01-01: 1 lines loaded" in printed
    assert "1 lines added, 0 dropped, 0 rates changed" in printed
    assert "DE  TARIC as of 2026-01-01: 1 lines" in run("tariff", "list")
    assert asked("84195000", "--origin", "JP", "--to", "DE", "--on", "2026-11-05")["applied"]["ad_valorem_pct"] == 1.7
