"""Whether a row of a list can be read at all: who it names, and whether its codes are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emporion.domain.exhibitors.rules import row_problems as problems
from emporion.domain.exhibitors.rules.rows import ExhibitorRow, ParticipationRow
from emporion.domain.organisations.rules import number_key
from emporion.domain.organisations.rules.refusals import require_named, require_number
from emporion.domain.organisations.rules.registers import require_registered_number
from emporion.domain.reason import Phrase, Statement
from emporion.domain.refusal import Refusal, RowProblem, refusal_of
from emporion.domain.row_problems import NoSuchKind, UseOneOf

KINDS = frozenset({"enterprise", "country", "international", "institution"})
LONGEST_CODE = 20
LONGEST_LINK = 200
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)

Wrong = tuple[str, Statement, Statement]  # column, what is wrong, how to fix it


class OwnerOfListGone(Refusal):
    """{owner} is not in this edition any more; the list is for nobody."""


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
        wrongs.append(("area_m2", problems.AreaBelowNone(row.area_m2), problems.GiveNetArea()))
    return [RowProblem(row.row, *wrong) for wrong in wrongs]


def refused(row: int, column: str, fix: Statement, check: Callable[[], None]) -> list[RowProblem]:
    """The problem that a rule's refusal is for a row; empty when the rule lets it pass."""
    refusal = refusal_of(check)
    return [RowProblem(row, column, refusal, fix)] if refusal else []


def _identity(row: ExhibitorRow | ParticipationRow, known: Known) -> Iterator[Wrong]:
    yield from _refusal("name", problems.GiveRegisteredName(), lambda: require_named(row.name))
    number = number_key(row.registered_number)
    yield from _refusal("registered_number", problems.GiveNumberAlone(), lambda: require_number(number))
    yield from _refusal(
        "registered_number", problems.CopyNumberFromLicence(), lambda: require_registered_number(row.country, number)
    )
    if row.kind not in KINDS:
        yield "kind", NoSuchKind(row.kind, Phrase("organisation")), UseOneOf(", ".join(sorted(KINDS)))
    if not row.country and not row.international:
        yield "country", problems.NeitherCountryNorInternational(), problems.GiveCountryLetters()
    yield from _code("country", row.country, known.countries, needed=False)
    yield from _code("international", row.international, known.internationals, needed=False)


def _place(row: ExhibitorRow, known: Known) -> Iterator[Wrong]:
    # A co-exhibitor shows in its main exhibitor's area and may leave it out.
    yield from _code("area", row.area, known.areas, needed=not row.main)
    yield from _code("sector", row.sector, known.sectors, needed=False)
    for column in ("pavilion", "joint_stand"):
        if len(getattr(row, column)) > LONGEST_CODE:
            yield column, problems.CodeTooLong(LONGEST_CODE), problems.UseShorterCode()
    for number in row.earlier_editions:
        if number not in known.earlier_editions:
            yield "earlier_editions", problems.NoEarlierEdition(number), problems.GiveEarlierEditions()


def _reach(row: ExhibitorRow) -> Iterator[Wrong]:
    if row.contact_email and not _EMAIL.fullmatch(row.contact_email):
        yield "contact_email", problems.NoEmailAddress(row.contact_email), problems.GiveOneAddress()
    if row.website and (len(row.website) > LONGEST_LINK or not _LINK.fullmatch(row.website)):
        yield "website", problems.NoWebAddress(row.website[:60]), problems.GiveWholeAddress()


def _code(column: str, code: str, known: frozenset[str], *, needed: bool) -> Iterator[Wrong]:
    if not code:
        if needed:
            yield column, problems.CodeMissing(problems.COLUMNS[column]), UseOneOf(_some(known))
    elif code not in known:
        yield column, problems.CodeNotKnown(code, problems.COLUMNS[column]), UseOneOf(_some(known))


def _some(codes: frozenset[str]) -> str:
    """The codes to choose from: all of a few, else the first ones."""
    shown = sorted(codes)[:12]
    return ", ".join(shown) + (" …" if len(codes) > len(shown) else "")


def _refusal(column: str, fix: Statement, check: Callable[[], None]) -> Iterator[Wrong]:
    for problem in refused(0, column, fix, check):
        yield problem.column, problem.wrong, problem.fix
