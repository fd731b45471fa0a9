"""``emporion hs``: one text, a file of texts, and what the command refuses."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_the_command_answers_in_rows() -> None:
    out = StringIO()
    call_command("hs", "太阳镜", "--top", "2", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert [set(row) for row in rows] == [{"hs6", "score", "because"}] * 2
    assert rows[0]["hs6"] == "900410"


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
            "961700  100%  Vacuum flasks and other vacuum vessels, complete with cases; parts thereof other than …"
            "  [vacuum flask]",
        ),
        ("保温杯", "961700  100%  带壳的保温瓶及其他真空容器；其零件（玻璃瓶胆除外）  [保温杯, 保温]"),
        (
            "阿芬太尼",
            "293333    2%  阿芬太尼、阿尼利定、氰苯双哌酰胺、溴西泮、卡芬太尼、地芬诺新、地芬诺酯、地匹哌酮等指定药…"
            "  [阿芬太尼]",
        ),
    ],
)
def test_a_title_is_told_in_the_language_of_the_text_and_cut_where_it_is_long(text: str, line: str) -> None:
    out = StringIO()
    call_command("hs", text, "--top", "1", stdout=out)
    assert out.getvalue().splitlines()[0] == line


def test_a_share_below_a_hundredth_is_told_as_such() -> None:
    out = StringIO()
    call_command("hs", "不锈钢水槽", "--top", "4", stdout=out)
    first, *rest, _decides = out.getvalue().splitlines()
    assert first.startswith("732410  100%  ")
    assert {line[6:14] for line in rest} == {"   <1%  "}


def test_the_command_says_that_nothing_was_found() -> None:
    out = StringIO()
    call_command("hs", "hello world", stdout=out)
    assert out.getvalue().startswith("Nothing found: no goods are known by these words")


@pytest.mark.parametrize(
    "arguments", [(), ("   ",), ("",), ("wine", "--file", "x.csv"), ("wine", "--top", "0"), ("--file", "none.csv")]
)
def test_the_command_refuses_what_it_cannot_do(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("hs", *arguments, stdout=StringIO())
