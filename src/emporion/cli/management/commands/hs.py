"""``emporion hs``: the likely subheadings of a product text, in English or Chinese; the person decides."""

from __future__ import annotations

import csv
import json
import shlex
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from emporion.kernels.hs.answer import CODE, AnswerUnknown
from emporion.kernels.hs.reading import LANGUAGES_READ, Reading
from emporion.kernels.text.words import is_chinese
from emporion.spreadsheets.files import encoding_of

if TYPE_CHECKING:
    from emporion.kernels.hs.answer import Answer, Choice, Found, Question
    from emporion.kernels.hs.finder import Finder
    from emporion.kernels.hs.nomenclature import Nomenclature

DECIDES = "Proposals only: who declares the goods decides, and customs rules."
NOTHING = "no goods are known by these words, and no description means nearly the same"
SERVICE = "a service, right, program or event, which has no tariff code"
UNREAD = "not read: texts are read in English and in Chinese"
WHY = {Reading.NOTHING: NOTHING, Reading.SERVICE: SERVICE, Reading.SCRIPT: UNREAD, Reading.LANGUAGE: UNREAD}
LONGEST_TITLE = 90
COLUMNS = {"text", "product", "description", "name", "品名", "商品名称", "产品", "名称", "描述"}


class Command(BaseCommand):
    """The likely subheadings of a product text in English or Chinese, with the words that led there."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help="what the goods are")
        parser.add_argument("--file", type=Path, metavar="TEXTS.csv", help="many texts: column text, else the first")
        parser.add_argument("--out", type=Path, metavar="FILE", help="where to write what a file gives (.csv or .json)")
        parser.add_argument("--top", type=int, default=5, help="how many proposals for a text")
        parser.add_argument("--json", action="store_true", help="answers as JSON, with the question that would decide")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="QUESTION=CHOICE",
            help="an answer to a question: state=frozen",
        )
        parser.add_argument("--rebuild", action="store_true", help="build the stored sentence vectors again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self._rebuild()
        elif bool((options["text"] or "").strip()) == bool(options["file"]):
            raise CommandError("Give one text, or --file with many.")
        elif options["top"] < 1:
            raise CommandError(f"--top {options['top']} leaves nothing: give 1 or more.")
        elif options["file"]:
            self._many(_texts(options["file"]), options)
        else:
            self._one(options["text"], options)

    def _rebuild(self) -> None:
        from emporion.domain.marketaccess import classification

        for name, content in classification.rebuilt():
            (Path(classification.__file__).parents[2] / "data" / name).write_bytes(content)
            self.stdout.write(f"{len(content):,} bytes written to {name}")

    def _one(self, text: str, options: dict[str, Any]) -> None:
        finder = _finder()
        try:
            answer = finder.find(text, options["top"], _parse_answers(options["answer"]))
        except AnswerUnknown as error:
            raise CommandError(f"--answer {error}: no question has this choice; --json lists the questions.") from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False, indent=1))
            return
        for one in answer.found:
            title = _title(finder.nomenclature, one.hs6, in_chinese=is_chinese(text))
            self.stdout.write(f"{one.hs6}  {_share(one.score):>4}  {title}  [{', '.join(one.because)}]")
        for question in answer.questions:
            self._write_question(question, finder.nomenclature, in_chinese=is_chinese(text))
        self.stdout.write(DECIDES if answer.found else _none(answer))

    def _write_question(self, question: Question, known: Nomenclature, *, in_chinese: bool) -> None:
        wording_of_question = wording(question, None, known)
        self.stdout.write(f"Not sure. {wording_of_question['zh' if in_chinese else 'en']}")
        for choice in question.choices:
            words = wording(question, choice, known)
            option = f"--answer {question.key}={choice.value}"
            self.stdout.write(f"  {option:<26}  {words['zh' if in_chinese else 'en']}")

    def _many(self, texts: Sequence[str], options: dict[str, Any]) -> None:
        found = _finder().find_all(texts, options["top"])
        out: Path | None = options["out"]
        as_json = options["json"] or (out is not None and out.suffix.lower() == ".json")
        text = _as_json(found) if as_json else None
        if out is None:
            for line in [text] if text is not None else map(",".join, _rows(found)):
                self.stdout.write(line)
        elif text is not None:
            out.write_text(text, "utf-8")
        else:
            with out.open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows(_rows(found))
        if out is not None:
            self.stdout.write(f"{len(texts):,} texts answered in {out}. {DECIDES}")


def _title(known: Nomenclature, hs6: str, *, in_chinese: bool) -> str:
    """The title in the language of the text, cut where it is long; Chinese takes two columns a character."""
    if in_chinese and (chinese := known.chinese.get(hs6)):
        return chinese if len(chinese) <= LONGEST_TITLE // 2 else f"{chinese[: LONGEST_TITLE // 2 - 1]}…"
    return shorten(known.titles[hs6], LONGEST_TITLE, placeholder=" …")


def _share(score: float) -> str:
    return f"{score:.0%}" if score >= 0.01 else "<1%"


def as_json(answer: Answer) -> dict[str, object]:
    """The answer of ``--json``: proposals, each with its probability, and the question that would decide."""
    return {
        "text": answer.text,
        "reading": answer.reading.value,
        "found": [_found(one) for one in answer.found],
        "among": round(answer.among, 4),
        "sure": answer.sure,
        "questions": [_question(one) for one in answer.questions],
        **({"why": WHY[answer.reading], "read": list(LANGUAGES_READ)} if answer.reading in WHY else {}),
        **({"next": _negative_list(answer.text)} if answer.reading is Reading.SERVICE else {}),
    }


def _found(one: Found) -> dict[str, object]:
    return {"hs6": one.hs6, "score": round(one.score, 4), "because": list(one.because)}


def _question(question: Question) -> dict[str, object]:
    from emporion.domain.marketaccess import classification

    known = classification.nomenclature()
    choices = [
        {"value": choice.value, "share": round(choice.share, 4), **wording(question, choice, known)}
        for choice in question.choices
    ]
    return {"key": question.key, **wording(question, None, known), "choices": choices}


def wording(question: Question, choice: Choice | None, known: Nomenclature) -> dict[str, str]:
    """A question or one of its choices in both languages."""
    from emporion.domain.marketaccess import classification

    if choice is not None and question.key == CODE:
        return {"en": known.titles[choice.value], "zh": known.chinese.get(choice.value, "")}
    words = classification.wording()[question.key, choice.value if choice else ""]
    return {"en": words.en, "zh": words.zh}


def _none(answer: Answer) -> str:
    """Why a text gets no proposal, and what to do."""
    if answer.reading is Reading.SERVICE:
        return f"No code: {SERVICE}. Next: {_negative_list(answer.text)}"
    if answer.reading is Reading.NOTHING:
        return f"Nothing found: {NOTHING}. Write what the goods are and of what."
    return f"No code: {UNREAD}. Write it in one of them."


def _negative_list(text: str) -> str:
    """The command that says what the negative list of services holds of an activity."""
    return f"emporion negative-list {shlex.quote(text)} --kind services"


def _parse_answers(answers: Sequence[str]) -> dict[str, str]:
    """Answers by question. Raises ``AnswerUnknown``."""
    pairs = [answer.partition("=") for answer in answers]
    return {key.strip(): value.strip() for key, _, value in pairs}


def _finder() -> Finder:
    from emporion.domain.marketaccess import classification
    from emporion.kernels.hs import vectors

    try:
        return classification.finder()
    except vectors.VectorsStale as error:
        raise CommandError(str(error)) from error


def _as_json(found: Sequence[Answer]) -> str:
    return json.dumps([as_json(one) for one in found], ensure_ascii=False, indent=1)


def _rows(found: Sequence[Answer]) -> list[list[str]]:
    rows = [["text", "place", "hs6", "score", "because", "question"]]
    for answer in found:
        wording_of_question = _questions_in_words(answer)
        rows += [
            [
                answer.text,
                str(place),
                one.hs6,
                f"{one.score:.4f}",
                " · ".join(one.because),
                wording_of_question if place == 1 else "",
            ]
            for place, one in enumerate(answer.found, 1)
        ]
        if not answer.found:
            rows.append([answer.text, "", "", "", WHY[answer.reading], ""])
    return rows


def _questions_in_words(answer: Answer) -> str:
    """The question in the language of the text; empty where the answer is sure."""
    from emporion.domain.marketaccess import classification

    in_chinese = "zh" if is_chinese(answer.text) else "en"
    return " ".join(wording(one, None, classification.nomenclature())[in_chinese] for one in answer.questions)


def _texts(path: Path) -> list[str]:
    try:
        with path.open(encoding=encoding_of(path), newline="") as stream:
            rows = [row for row in csv.reader(stream) if any(cell.strip() for cell in row)]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not rows:
        raise CommandError(f"{path} holds no text: write one in each row.")
    header = [cell.strip().casefold() for cell in rows[0]]
    column = next((place for place, name in enumerate(header) if name in COLUMNS), None)
    body = rows if column is None else rows[1:]
    return [row[column or 0].strip() if len(row) > (column or 0) else "" for row in body]
