"""The shipped nomenclature, names, vectors and weights, as the classifier of the Harmonized System takes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from emporion.domain.marketaccess import files as schedules
from emporion.domain.marketaccess import stored_index
from emporion.domain.reason import Name
from emporion.domain.reference import files
from emporion.kernels.hs import calibration as calibrations
from emporion.kernels.hs import learned, ranking, vectors
from emporion.kernels.hs.evidence import EVIDENCE
from emporion.kernels.hs.finder import Finder, Table, weights_of
from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.text.encoder import SentenceEncoder
from emporion.kernels.text.words import is_chinese, tokens

FOLDER = "hs_finder"
VECTORS, WEIGHTS = f"{FOLDER}/vectors.npz", f"{FOLDER}/weights.csv"
HEADINGS, CALIBRATION, STEPS = f"{FOLDER}/headings.npz", f"{FOLDER}/calibration.csv", f"{FOLDER}/calibration_steps.csv"
LINES, RANKER = f"{FOLDER}/calibration_kinds.csv", f"{FOLDER}/ranker.npz"
SCHEDULES = ("AU", "US", "CN")


@lru_cache(maxsize=1)
def nomenclature() -> Nomenclature:
    """The nomenclature of the data files that ship with the product, and every text that leads into it."""
    rows = list(files.rows("hs/codes.csv"))
    titles = {row["code"]: row["title_en"] for row in rows}
    national, lines = _national(titles)
    return Nomenclature(
        titles, {row["code"]: row["title_zh"] for row in rows if row["title_zh"]}, national, lines,
        tuple(dict.fromkeys((*listed_names(), *chinese_names(), *index_terms()))),
        {word: row["means"] for row in files.rows(f"{FOLDER}/words.csv") for word in _split(row["words"])},
    )  # fmt: skip


def _national(titles: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Distinct English descriptions, and the number of lines, by subheading."""
    found: dict[str, dict[str, None]] = {}
    lines: dict[str, int] = {}
    for importer in SCHEDULES:
        for code, description in _descriptions(importer):
            if code[:6] in titles:
                lines[code[:6]] = lines.get(code[:6], 0) + 1
                if not is_chinese(description) and tokens(description):
                    found.setdefault(code[:6], {})[description] = None
    return {code: list(texts) for code, texts in found.items()}, lines


def chinese_names() -> list[tuple[str, str]]:
    """The Chinese names of national lines with the subheading they lead to."""
    named = ((code[:6], text) for importer in SCHEDULES for code, text in _descriptions(importer) if is_chinese(text))
    return list(dict.fromkeys(named))


def _descriptions(importer: str) -> Iterator[tuple[str, str]]:
    for code, lines in schedules.shipped_lines(importer).items():
        yield from ((code, line.description) for line in lines)


def listed_names() -> Iterator[tuple[str, str]]:
    """Names with the code they lead to, as listed: several names in a cell stand between bars."""
    for row in files.rows(f"{FOLDER}/names.csv"):
        yield from ((row["code"], name) for name in _split(row["names"]))


def index_terms() -> Iterator[tuple[str, str]]:
    """Terms of the United Kingdom's official index of its tariff with the subheading they lead to."""
    return ((row["hs6"], row["text"]) for row in files.rows(f"{FOLDER}/index_terms.csv"))


@lru_cache(maxsize=1)
def wording() -> dict[tuple[str, str], Name]:
    """The words of a question by its key and an empty value, of a choice by key and value."""
    return {(row["key"], row["value"]): Name(row["en"], row["zh"]) for row in files.rows(f"{FOLDER}/questions.csv")}


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def weights() -> Table:
    """The shipped weights of the evidence."""
    return weights_of(files.rows(WEIGHTS))


def calibration() -> calibrations.Calibration:
    """What a text's evidence is worth as a probability, as shipped."""
    return calibrations.of_rows(files.rows(CALIBRATION), files.rows(STEPS), files.rows(LINES))


def ranker() -> ranking.Ranker:
    """The shipped networks that rank the likely subheadings anew. Raises ``RankerStale``."""
    return ranking.load(files.content(RANKER), EVIDENCE)


def learnt_headings() -> learned.Headings:
    """What was learnt of headings. Raises ``VectorsStale`` where it was learnt from other texts."""
    return learned.load(files.content(HEADINGS), nomenclature().stamp)


def encoder() -> SentenceEncoder:
    """The encoder of the shipped vectors, its model read as stored."""
    return SentenceEncoder(stored_index.encoder_model)


def text_vectors() -> vectors.TextVectors:
    """The shipped sentence vectors. Raises ``VectorsStale`` where they belong to other texts."""
    return vectors.load(files.content(VECTORS), nomenclature(), encoder())


def finder() -> Finder:
    """The finder over the shipped nomenclature, as stored by an earlier call where code and data are the same.

    Without the encoder's package it uses words and names alone. Raises ``VectorsStale`` where the shipped vectors do
    not belong to the shipped texts.
    """
    return stored_index.load_or_build(build_finder)


def build_finder() -> Finder:
    """The finder, indexed anew."""
    if not SentenceEncoder.installed():
        return Finder(nomenclature(), None, None, weights())
    book = nomenclature()
    found = Finder(book, encoder(), text_vectors(), weights(), learnt_headings(), calibration(), ranker())
    # The first text makes what every later one is compared with, which is stored too.
    found.find("tea", 1)
    return found


def rebuilt() -> Iterator[tuple[str, bytes]]:
    """The files made of the shipped texts anew: their sentence vectors and what is learnt of headings from them."""
    book, own = nomenclature(), encoder()
    made = vectors.build(book, own)
    yield VECTORS, made
    rows = vectors.load(made, book, own).unit_rows
    yield HEADINGS, learned.saved(learned.fit(book.texts, rows, book.stamp))
