"""``emporion hs``: one text, a file of texts, and what the command refuses."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def test_the_command_answers_in_rows() -> None:
    out = StringIO()
    call_command("hs", "太阳镜", "--top", "2", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert [set(row) for row in answer["found"]] == [{"hs6", "score", "because"}] * 2
    assert answer["found"][0]["hs6"] == "900410"
    assert (answer["sure"], answer["questions"]) == (True, [])


def test_where_it_is_not_sure_json_holds_the_question_and_an_answer_narrows_the_list() -> None:
    asked = answered("women's jacket", "--json")
    [question] = asked["questions"]
    assert not asked["sure"]
    assert question["en"].endswith("?")
    assert question["zh"].endswith("？")
    choice = question["choices"][-1]["value"]
    narrowed = answered("women's jacket", "--json", "--answer", f"{question['key']}={choice}")
    assert [one["hs6"] for one in narrowed["found"]] != [one["hs6"] for one in asked["found"]]


def answered(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("hs", *arguments, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize(
    ("text", "reading", "message"),
    [
        ("patent licensing", "service", "Next: emporion negative-list 'patent licensing' --kind services"),
        ("кофемашина", "script", "texts are read in English and in Chinese"),
        ("máquina de café para restaurantes", "language", "texts are read in English and in Chinese"),
    ],
)
def test_services_and_what_cannot_be_read_get_no_code(text: str, reading: str, message: str) -> None:
    answer, out = answered(text, "--json"), StringIO()
    assert (answer["found"], answer["reading"], answer["read"]) == ([], reading, ["English", "Chinese"])
    call_command("hs", text, stdout=out)
    assert message in out.getvalue()


def test_the_command_answers_a_file_and_tells_a_text_without_words(tmp_path: Path) -> None:
    source, target = tmp_path / "texts.csv", tmp_path / "out.csv"
    source.write_text("id,品名\n1,太阳镜\n2,!!\n", "utf-8")
    call_command("hs", "--file", str(source), "--out", str(target), "--top", "1", stdout=StringIO())
    rows = list(csv.DictReader(target.open(encoding="utf-8-sig")))
    assert [(row["text"], row["hs6"]) for row in rows] == [("太阳镜", "900410"), ("!!", "")]
    assert rows[1]["because"] == "no goods are known by these words, and no description means nearly the same"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "vacuum flask",
            "961700  Vacuum flasks and other vacuum vessels, complete with cases; parts thereof other than …"
            "  [vacuum flask]",
        ),
        ("保温杯", "961700  带壳的保温瓶及其他真空容器；其零件（玻璃瓶胆除外）  [保温杯, 保温]"),
        (
            "阿芬太尼",
            "293333  阿芬太尼、阿尼利定、氰苯双哌酰胺、溴西泮、卡芬太尼、地芬诺新、地芬诺酯、地匹哌酮等指定药…"
            "  [阿芬太尼]",
        ),
    ],
)
def test_a_title_is_reported_in_the_language_of_the_text_and_cut_where_it_is_long(text: str, line: str) -> None:
    out = StringIO()
    call_command("hs", text, "--top", "1", stdout=out)
    assert re.sub(r" +<?\d+%", "", out.getvalue().splitlines()[0]) == line


def test_a_share_below_a_hundredth_is_reported_as_such() -> None:
    out = StringIO()
    call_command("hs", "不锈钢水槽", "--top", "4", stdout=out)
    first, *rest, _decides = out.getvalue().splitlines()
    assert re.match(r"732410   9\d%  ", first)
    assert rest[-1][6:14] == "   <1%  "


def test_the_command_says_that_nothing_was_found() -> None:
    out = StringIO()
    call_command("hs", "hello world", stdout=out)
    assert out.getvalue().startswith("Nothing found: no goods are known by these words")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("   ",),
        ("",),
        ("wine", "--file", "x.csv"),
        ("wine", "--top", "0"),
        ("--file", "none.csv"),
        ("wine", "--answer", "state=blue"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("hs", *arguments, stdout=StringIO())
