"""``emporion hs``: the likely subheadings of a product text, in English or Chinese; the person decides."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from emporion.kernels.text.words import is_chinese
from emporion.spreadsheets.files import encoding_of

if TYPE_CHECKING:
    from emporion.kernels.hs.finder import Finder, Found
    from emporion.kernels.hs.nomenclature import Nomenclature

DECIDES = "Proposals only: who declares the goods decides, and customs rules."
NOTHING = "no goods are known by these words, and no description means nearly the same"
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
        parser.add_argument("--json", action="store_true", help="rows as JSON")
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
        from emporion.kernels.hs import vectors
        from emporion.kernels.text.encoder import SentenceEncoder

        built = vectors.build(classification.nomenclature(), SentenceEncoder())
        (Path(classification.__file__).parents[2] / "data" / classification.VECTORS).write_bytes(built)
        self.stdout.write(f"{len(built):,} bytes written to {classification.VECTORS}")

    def _one(self, text: str, options: dict[str, Any]) -> None:
        finder = _finder()
        found = finder.find(text, options["top"])
        if options["json"]:
            self.stdout.write(json.dumps([as_json(one) for one in found], ensure_ascii=False, indent=1))
            return
        for one in found:
            title = _title(finder.nomenclature, one.hs6, in_chinese=is_chinese(options["text"]))
            self.stdout.write(f"{one.hs6}  {_share(one.score):>4}  {title}  [{', '.join(one.because)}]")
        self.stdout.write(DECIDES if found else f"Nothing found: {NOTHING}. Write what the goods are and of what.")

    def _many(self, texts: Sequence[str], options: dict[str, Any]) -> None:
        found = list(zip(texts, _finder().find_all(texts, options["top"]), strict=True))
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


def as_json(found: Found) -> dict[str, object]:
    """The row of ``--json``."""
    return {"hs6": found.hs6, "score": round(found.score, 4), "because": list(found.because)}


def _finder() -> Finder:
    from emporion.domain.marketaccess import classification
    from emporion.kernels.hs import vectors

    try:
        return classification.finder()
    except vectors.VectorsStale as error:
        raise CommandError(str(error)) from error


def _as_json(found: Sequence[tuple[str, list[Found]]]) -> str:
    rows = [{"text": text, "found": [as_json(one) for one in some]} for text, some in found]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _rows(found: Sequence[tuple[str, list[Found]]]) -> list[list[str]]:
    rows = [["text", "place", "hs6", "score", "because"]]
    for text, some in found:
        rows += [
            [text, str(place), one.hs6, f"{one.score:.4f}", " · ".join(one.because)]
            for place, one in enumerate(some, 1)
        ]
        if not some:
            rows.append([text, "", "", "", NOTHING])
    return rows


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
