"""Reading who wants to meet whom and who is there when; problems and notices are sentences with their list and row."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import cast

from django.core.management.base import CommandError

from emporion.cli.timetable_files.clocks import END, time_of_day
from emporion.cli.timetable_files.columns import AVAILABILITY, REQUESTS, WISH_WORDS, WISHES
from emporion.cli.timetable_files.days import SLASHED, written_out
from emporion.cli.timetable_files.spans import Span
from emporion.domain.refusal import Refusal
from emporion.spreadsheets.cells.basics import CellError, hints
from emporion.spreadsheets.cells.dates import day, moment
from emporion.spreadsheets.files import is_workbook
from emporion.spreadsheets.table import Table, is_blank
from emporion.spreadsheets.text import open_text

WISH_OF = {"": "like"} | {word: wish for wish, words in WISHES.items() for word in words}
MAX_PROBLEMS = 20
MAX_NAMED = 5
MAX_HOSTS = 100
WHOLE_DAY = timedelta(days=1)
# A time without a day is one of the first days a workbook can count to.
EXCELS_FIRST_YEAR = 1900


@dataclass
class Person:
    """Somebody who meets: when they are there (none told: always), hosts side by side, and the hall of the stand."""

    name: str
    times: list[Span] = field(default_factory=list)
    hosts: int | None = None
    hall: str = ""


@dataclass
class Event:
    """What the two lists say. ``problems`` stop the work; ``notices`` are told and change nothing."""

    people: dict[str, Person] = field(default_factory=dict)
    pairs: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    declined: int = 0
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def wanted(self) -> list[tuple[str, str, bool]]:
        """Buyer, exhibitor and whether they must meet, of every request that is no refusal."""
        return [(buyer, stand, wish == "must") for (buyer, stand), (_, wish) in self.pairs.items() if wish != "no"]


def read_event(requests: Path, availability: Path) -> Event:
    """Both lists. Raises CommandError with what to fix in both."""
    event, unknown = Event(), dict[str, int]()
    for row, cells in _readable(event, requests, REQUESTS, ("buyer", "exhibitor")):
        _enter(event, requests, row, partial(_request, event, row, cells))
    if not event.pairs and not event.problems:
        event.problems.append(f"{requests.name} has no rows below its header.")
    present = _readable(event, availability, AVAILABILITY, ("name", "day"))
    days = written_out(cells["day"] for _, cells in present)
    for row, cells in present:
        read = cells | {"day": days[cells["day"]].isoformat()} if cells["day"] in days else cells
        _enter(event, availability, row, partial(_presence, event, row, read, unknown))
    if event.problems:
        raise CommandError("\n".join(["Nothing was written. Fix these:", *_listed(event.problems)]))
    _notice_alike(event, requests)
    _notice(event, availability, unknown)
    return event


def _listed(problems: Sequence[str]) -> list[str]:
    """The first problems of each list; a long one does not hide the other's."""
    progress_bars = []
    for _, own in groupby(problems, key=lambda problem: problem.partition(", row ")[0]):
        found = list(own)
        more = len(found) - MAX_PROBLEMS
        progress_bars += [*found[:MAX_PROBLEMS], *([f"… and {more} more of this list."] if more > 0 else [])]
    return progress_bars


def _readable(
    event: Event, path: Path, names: dict[str, tuple[str, ...]], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list; why it cannot be read at all is one more problem, so that both lists are told of at once."""
    try:
        return list(_rows(event, path, names, needed))
    except Refusal as refusal:
        event.problems.append(refusal.sentence)
    except CommandError as error:
        event.problems.append(str(error))
    return []


def _enter(event: Event, path: Path, row: int, enter: Callable[[], None]) -> None:
    """Enter a row; what is wrong in it becomes a problem of the list."""
    try:
        enter()
    except ValueError as error:
        event.problems.append(f"{path.name}, row {row}: {error}")


def _request(event: Event, row: int, cells: dict[str, str]) -> None:
    buyer, stand, wish = cells["buyer"], cells["exhibitor"], cells.get("wish", "").casefold()
    for column, name in (("buyer", buyer), ("exhibitor", stand)):
        if not name:
            raise ValueError(f"the {column} is missing.")
    if buyer == stand:
        raise ValueError(f"{buyer} cannot meet itself.")
    if wish not in WISH_OF:
        raise ValueError(f"the wish “{cells['wish']}” is none of must, like, no. Words that are read: {WISH_WORDS}.")
    if earlier := event.pairs.get((buyer, stand)) or event.pairs.get((stand, buyer)):
        raise ValueError(f"{buyer} and {stand} are in row {earlier[0]} already; keep one of the two.")
    event.pairs[buyer, stand] = row, WISH_OF[wish]
    event.declined += WISH_OF[wish] == "no"
    for name in (buyer, stand):
        event.people.setdefault(name, Person(name))


def _presence(event: Event, row: int, cells: dict[str, str], unknown: dict[str, int]) -> None:
    if not cells["name"]:
        raise ValueError("the name is missing.")
    person = event.people.get(cells["name"])
    if person is None:
        unknown.setdefault(cells["name"], row)
        person = Person(cells["name"])
    if hosts := cells.get("hosts", ""):
        if not hosts.isdecimal() or not 1 <= int(hosts) <= MAX_HOSTS:
            raise ValueError(f"hosts must be a whole number from 1 to {MAX_HOSTS}, got “{hosts}”.")
        if person.hosts not in (None, int(hosts)):
            raise ValueError(f"{person.name} has hosts {person.hosts} by an earlier row, here {hosts}.")
        person.hosts = int(hosts)
    if hall := cells.get("hall", ""):
        if person.hall not in ("", hall):
            raise ValueError(f"{person.name} stands in hall {person.hall} by an earlier row, here in {hall}.")
        person.hall = hall
    if cells["day"] or cells.get("from") or cells.get("to"):
        person.times.append(Span(*_span(cells), row))


def _span(cells: dict[str, str]) -> tuple[datetime, datetime]:
    """From when to when somebody is there on a day; without times, the whole day."""
    try:
        date = datetime.combine(day(cells["day"]), datetime.min.time(), UTC)
    except CellError:
        twofold = ", which could be two days" if SLASHED.fullmatch(cells["day"]) else ""
        raise ValueError(f"the day must be written as 2026-11-05, got “{cells['day']}”{twofold}.") from None
    starts, ends = (_clock(cells, column, date) for column in ("from", "to"))
    starts, ends = starts or date, ends or date + WHOLE_DAY
    if starts >= ends:
        raise ValueError(
            f"from {starts:%H:%M} is not before to {ends:%H:%M}; "
            "a time past midnight is two rows, to 24:00 and from 00:00."
        )
    return starts, ends


def _clock(cells: dict[str, str], column: str, date: datetime) -> datetime | None:
    written = cells.get(column, "")
    if not written:
        return None
    plain = time_of_day(written)
    if plain == END:
        return date + WHOLE_DAY
    found = _moment(plain) or _moment(f"{date:%Y-%m-%d} {plain}")
    if found is None:
        raise ValueError(f"{column} must be a time as 09:30, got “{written}”.")
    if found.year <= EXCELS_FIRST_YEAR:
        return datetime.combine(date, found.timetz())
    if found.date() != date.date() and found != date + WHOLE_DAY:
        raise ValueError(f"{column} is of another day, “{written}”, than the row's day {date:%Y-%m-%d}.")
    return found


def _moment(written: str) -> datetime | None:
    """A cell with day and time, as a workbook may have one in a column of times."""
    try:
        return cast(datetime, moment(UTC)(written))
    except CellError:
        return None


def _notice_alike(event: Event, requests: Path) -> None:
    """Names that are one but for capitals, spaces or the width of letters: perhaps one person, taken for several."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in event.people:
        alike["".join(unicodedata.normalize("NFKC", name).casefold().split())].append(name)
    found = [" = ".join(f"“{name}”" for name in names) for names in alike.values() if len(names) > 1]
    if found:
        event.notices.append(
            f"{requests.name}: names that differ only in capitals or spaces are taken for different people; write them "
            f"alike if they are one: {_list(found[:MAX_NAMED], len(found))}."
        )


def _notice(event: Event, availability: Path, unknown: dict[str, int]) -> None:
    """Who is there but in no request, and who is asked for but tells no time: seldom wrong, never silent."""
    hint = hints(list(event.people))
    named = [f"{name} (row {row}{hint(name)})" for name, row in list(unknown.items())[:MAX_NAMED]]
    if unknown:
        event.notices.append(
            f"{availability.name}: {len(unknown):,} in no request and left out: {_list(named, len(unknown))}."
        )
    always = [person.name for person in event.people.values() if not person.times]
    if always:
        event.notices.append(
            f"{availability.name}: {len(always):,} tell no day and are taken to be there always: "
            f"{_list(always[:MAX_NAMED], len(always))}."
        )


def _list(named: Sequence[str], count: int) -> str:
    return ", ".join(named) + (f" and {count - len(named):,} more" if count > len(named) else "")


def _rows(
    event: Event, path: Path, names: dict[str, tuple[str, ...]], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a list with what is needed of it, by column; a list without a needed column is refused."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    try:
        table = _open(path, names)
        places = _places(table.header, names)
        for column in needed:
            if column not in places:
                raise CommandError(
                    f"{path.name} has no column {column} (it has {', '.join(filter(None, table.header))}); name it so, "
                    f"or {', '.join(one for one in names[column] if one != column)}."
                )
        unread = [head for at, head in enumerate(table.header) if head and at not in places.values()]
        if unread:
            event.notices.append(f"{path.name}: columns not read: {', '.join(unread)}.")
        for row, record in enumerate(table.records(), 2):
            if not is_blank(record):
                yield row, {column: record[at].strip() if at < len(record) else "" for column, at in places.items()}
    except UnicodeError as error:
        raise CommandError(f'{path.name} cannot be read as text: save it as "CSV UTF-8".') from error


def _open(path: Path, names: dict[str, tuple[str, ...]]) -> Table:
    if not is_workbook(path):
        return open_text(path, lambda row: len(_places(row, names)))
    from emporion.spreadsheets.workbook import open_workbook

    return open_workbook(path)


def _places(header: Sequence[str], names: dict[str, tuple[str, ...]]) -> dict[str, int]:
    cells = [cell.strip().casefold().replace("_", " ") for cell in header]
    found = {column: [at for at, cell in enumerate(cells) if cell in known] for column, known in names.items()}
    return {column: at[0] for column, at in found.items() if at}
