"""Whether a row of a list can be read at all: who it names, and whether its codes are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emporion.domain.exhibitors.rules.rows import ExhibitorRow, ParticipationRow
from emporion.domain.organisations.rules import number_key
from emporion.domain.organisations.rules.refusals import check_named, check_number
from emporion.domain.organisations.rules.registers import check_registered_number
from emporion.domain.refusal import Refusal, RowProblem

KINDS = frozenset({"enterprise", "country", "international", "institution"})
LONGEST_CODE = 20
LONGEST_LINK = 200
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)

Wrong = tuple[str, str, str]  # column, what is wrong, how to fix it


@dataclass(frozen=True)
class Known:
    """The codes that rows may use: all that are loaded, the edition's areas, and the editions before it."""

    countries: frozenset[str]
    internationals: frozenset[str]
    sectors: frozenset[str]
    areas: frozenset[str]
    earlier_editions: frozenset[int]


def exhibitor_problems(row: ExhibitorRow, known: Known) -> list[RowProblem]:
    """Everything that keeps a row of the list of exhibitors from being an application; empty when nothing does."""
    return [RowProblem(row.row, *wrong) for wrong in (*_identity(row, known), *_place(row, known), *_reach(row))]


def participation_problems(row: ParticipationRow, known: Known) -> list[RowProblem]:
    """Everything that keeps a row of an earlier edition's list from being a participation."""
    wrongs = [*_identity(row, known), *_code("sector", row.sector, known.sectors, needed=False)]
    if row.area_m2 is not None and row.area_m2 < 0:
        wrongs.append(
            ("area_m2", f"{row.area_m2} m² is less than none.", "Give the stand's net area, or leave it empty.")
        )
    return [RowProblem(row.row, *wrong) for wrong in wrongs]


def refused(row: int, column: str, fix: str, check: Callable[[], None]) -> list[RowProblem]:
    """The problem that a rule's refusal is for a row; empty when the rule lets it pass."""
    try:
        check()
    except Refusal as refusal:
        return [RowProblem(row, column, refusal.sentence, fix)]
    return []


def _identity(row: ExhibitorRow | ParticipationRow, known: Known) -> Iterator[Wrong]:
    yield from _refusal("name", "Give the organisation's registered name.", lambda: check_named(row.name))
    number = number_key(row.registered_number)
    yield from _refusal("registered_number", "Give the number alone, or none.", lambda: check_number(number))
    yield from _refusal(
        "registered_number",
        "Copy the number from the organisation's licence, or leave it empty.",
        lambda: check_registered_number(row.country, number),
    )
    if row.kind not in KINDS:
        yield "kind", f"“{row.kind}” is no kind of organisation.", f"Use one of {', '.join(sorted(KINDS))}."
    if not row.country and not row.international:
        yield (
            "country",
            "Neither a country nor an international organisation is given.",
            "Give the country's two letters.",
        )
    yield from _code("country", row.country, known.countries, needed=False)
    yield from _code("international", row.international, known.internationals, needed=False)


def _place(row: ExhibitorRow, known: Known) -> Iterator[Wrong]:
    # A co-exhibitor shows in its main exhibitor's area and may leave it out.
    yield from _code("area", row.area, known.areas, needed=not row.main)
    yield from _code("sector", row.sector, known.sectors, needed=False)
    for column in ("pavilion", "joint_stand"):
        if len(getattr(row, column)) > LONGEST_CODE:
            yield column, f"The code is longer than {LONGEST_CODE} characters.", "Use a shorter code in all its rows."
    for number in row.earlier_editions:
        if number not in known.earlier_editions:
            wrong = f"There is no edition {number} before this one."
            yield "earlier_editions", wrong, "Give the numbers of earlier editions, with commas between."


def _reach(row: ExhibitorRow) -> Iterator[Wrong]:
    if row.contact_email and not _EMAIL.fullmatch(row.contact_email):
        yield (
            "contact_email",
            f"“{row.contact_email}” is no e-mail address.",
            "Give one address, as in name@firm.example.",
        )
    if row.website and (len(row.website) > LONGEST_LINK or not _LINK.fullmatch(row.website)):
        yield "website", f"“{row.website[:60]}” is no web address.", "Give it whole, beginning with https://."


def _code(column: str, code: str, known: frozenset[str], *, needed: bool) -> Iterator[Wrong]:
    if not code:
        if needed:
            yield column, f"The {column} is missing.", f"Use one of {_some(known)}."
    elif code not in known:
        yield column, f"“{code}” is not known as {column}.", f"Use one of {_some(known)}."


def _some(codes: frozenset[str]) -> str:
    """The codes to choose from: all of a few, else the first ones."""
    shown = sorted(codes)[:12]
    return ", ".join(shown) + (" …" if len(codes) > len(shown) else "")


def _refusal(column: str, fix: str, check: Callable[[], None]) -> Iterator[Wrong]:
    for problem in refused(0, column, fix, check):
        yield problem.column, problem.wrong, problem.fix
