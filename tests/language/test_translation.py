"""A reason is a code and data, and every one of them is a sentence in both languages."""

from __future__ import annotations

import datetime as dt
from string import Formatter

import pytest
from django.utils.translation import override

from emporion.domain.reason import Country, Name, Phrase, Reason, Statement
from emporion.domain.refusal import Refusal
from emporion.language import messages, translate
from emporion.spreadsheets.cells.problems import CellReads


class EntersInto(Reason):
    """{agreement} for {party} enters into force on {day} ({members}; {why})"""

    agreement: Phrase
    party: Country
    day: dt.date
    members: tuple[Name, ...]
    why: Reason


class SomethingIsWrong(Reason):
    """{count:,} things are wrong"""

    count: int


class NotWithinTheDay(Refusal):
    """It is {state}, not
    within {day}."""


REASON = EntersInto(
    Phrase("agreement"),
    Country("JP"),
    dt.date(2026, 11, 5),
    (Name("Tea", "茶"), Name("Silk", "")),
    SomethingIsWrong(1200),
)


def statements() -> list[type[Statement]]:
    found = messages.statements()
    assert len(found) > 100
    return found


def test_a_reason_has_a_code_data_and_an_english_sentence() -> None:
    assert REASON.code == "enters_into"
    assert REASON.why.data == {"count": 1200}
    assert str(REASON) == "agreement for JP enters into force on 2026-11-05 (Tea, Silk; 1,200 things are wrong)"
    assert REASON.sentence == str(REASON)


def test_only_a_phrase_is_translated_and_never_what_a_person_typed() -> None:
    assert translate(NotWithinTheDay(state=Phrase("draft"), day="draft"), "zh-hans").count("draft") == 1
    assert translate(CellReads("draft"), "zh-hans") == translate(CellReads("x"), "zh-hans").replace("x", "draft")


def test_reasons_of_the_same_kind_and_data_are_equal_and_cannot_be_changed() -> None:
    assert SomethingIsWrong(3) == SomethingIsWrong(3) != SomethingIsWrong(4)
    assert {SomethingIsWrong(3), SomethingIsWrong(3)} == {SomethingIsWrong(3)}
    with pytest.raises(AttributeError):
        SomethingIsWrong(3).count = 4  # type: ignore[misc]


def test_a_refusal_s_lines_are_one_sentence() -> None:
    refusal = NotWithinTheDay(state="draft", day=dt.date(2026, 11, 5))
    assert refusal.code == "not_within_the_day"
    assert str(refusal) == refusal.sentence == "It is draft, not within 2026-11-05."


def test_the_reader_sees_days_countries_lists_and_nested_reasons_written_out() -> None:
    assert translate(REASON) == (
        "agreement for Japan enters into force on 5 November 2026 (Tea, Silk; 1,200 things are wrong)"
    )
    with override("zh-hans"):
        assert translate(REASON) == (
            "agreement for 日本 enters into force on 2026年11月5日 (茶、Silk; 1,200 things are wrong)"
        )


def test_a_word_for_a_state_is_translated_within_a_sentence() -> None:
    with override("zh-hans"):
        assert translate(NotWithinTheDay(state=Phrase("draft"), day="x")) == "It is 草稿, not within x."


def test_every_reason_and_refusal_has_a_chinese_sentence() -> None:
    kept = messages.stored_catalogue()
    untranslated = [one.__qualname__ for one in statements() if not _chinese(kept, one)]
    assert untranslated == [], "run emporion messages and translate them"


def test_a_chinese_sentence_fills_in_what_the_english_does() -> None:
    kept = messages.stored_catalogue()
    differing = {
        one.__qualname__: sorted(_placeholders(one.template) ^ _placeholders(_chinese(kept, one)))
        for one in statements()
        if _placeholders(one.template) != _placeholders(_chinese(kept, one))
    }
    assert differing == {}


def test_a_reason_s_sentence_names_no_field_that_it_lacks() -> None:
    reasons = [one for one in statements() if issubclass(one, Reason)]
    lacking = {one.__qualname__: _placeholders(one.template) - {*one.__dataclass_fields__} for one in reasons}
    assert {name: fields for name, fields in lacking.items() if fields} == {}


def _chinese(kept: messages.Catalog, statement: type[Statement]) -> str:
    message = kept.get(statement.template)
    return str(message.string) if message else ""


def _placeholders(template: str) -> set[str]:
    return {name.partition(".")[0] for _text, name, _spec, _conversion in Formatter().parse(template) if name}
