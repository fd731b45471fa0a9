"""Reading who wants to meet whom and who is there when; problems and notices are sentences with their list and row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from django.core.management.base import CommandError

from emporion.cli.timetable_files import problems
from emporion.cli.timetable_files.columns import AVAILABILITY, REQUESTS, WISH_WORDS, WISHES
from emporion.cli.timetable_files.notices import (
    AlwaysThere,
    ColumnsNotRead,
    InNoRequest,
    MeetOnce,
    PairOnRows,
    Unknown,
    WrittenAlike,
)
from emporion.cli.timetable_files.problems import WrongRow
from emporion.cli.timetable_files.spans import Span
from emporion.domain.reason import Reason, Statement
from emporion.domain.refusal import Refusal
from emporion.language import translate
from emporion.language.reading.clocks import time_of_day
from emporion.language.reading.columns import ColumnReader
from emporion.language.reading.days import day, read
from emporion.language.reading.errors import InputError, Twofold
from emporion.language.reading.names import look_of
from emporion.spreadsheets.cells.basics import hints
from emporion.spreadsheets.files import is_workbook
from emporion.spreadsheets.notices import MAX_NAMED, InList, some_of
from emporion.spreadsheets.table import Table, is_blank
from emporion.spreadsheets.text import open_text

WISH_OF = {"": "like"} | {word: wish for wish, words in WISHES.items() for word in words}
MAX_PROBLEMS = 20
MAX_HOSTS = 100
WHOLE_DAY = timedelta(days=1)
STRENGTH = ("no", "must", "like")
OFFSET = re.compile(r"\d(?:Z|[+-]\d{2}:?\d{2})$")
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
    problems: list[Statement] = field(default_factory=list)
    notices: list[Reason] = field(default_factory=list)
    spellings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    repeated: dict[tuple[str, str], int] = field(default_factory=dict)

    def name(self, written: str) -> str:
        """A name as it was first written: capitals, blanks, widths and invisible signs make nobody else."""
        spellings = self.spellings[look_of(written)]
        if written not in spellings:
            spellings.append(written)
        return spellings[0]

    def wanted(self) -> list[tuple[str, str, bool]]:
        """Buyer, exhibitor and whether they must meet, of every request that is no refusal."""
        return [(buyer, stand, wish == "must") for (buyer, stand), (_, wish) in self.pairs.items() if wish != "no"]


def read_event(requests: Path, availability: Path) -> Event:
    """Both lists. Raises CommandError with what to fix in both."""
    event, unknown = Event(), dict[str, int]()
    for row, cells in _readable(event, requests, REQUESTS, ("buyer", "exhibitor")):
        _enter(event, requests, row, partial(_request, event, row, cells))
    if not event.pairs and not event.problems:
        event.problems.append(problems.NoRows(requests.name))
    present = _readable(event, availability, AVAILABILITY, ("name", "day"))
    read_day = ColumnReader(day, lambda: [cells["day"] for _, cells in present])
    for row, cells in present:
        _enter(event, availability, row, partial(_presence, event, row, cells, read_day, unknown))
    if event.problems:
        raise CommandError("\n".join(map(translate, [problems.FixThese(), *_listed(event.problems)])))
    _notice_requests(event, requests)
    _notice_presence(event, availability, unknown)
    return event


def _listed(found: Sequence[Statement]) -> list[Statement]:
    """The first problems of each list; a long one does not hide the other's."""
    listed: list[Statement] = []
    for _, own in groupby(found, key=lambda one: one.file if isinstance(one, problems.InRow) else one.sentence):
        of_list = list(own)
        more = len(of_list) - MAX_PROBLEMS
        listed += [*of_list[:MAX_PROBLEMS], *([problems.MoreOfList(more)] if more > 0 else [])]
    return listed


def _readable(
    event: Event, path: Path, names: dict[str, tuple[str, ...]], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list; why it cannot be read at all is one more problem, so that both lists are told of at once."""
    try:
        return list(_rows(event, path, names, needed))
    except Refusal as refusal:
        event.problems.append(refusal)
    except problems.WrongRow as error:
        event.problems.append(error.reason)
    return []


def _enter(event: Event, path: Path, row: int, enter: Callable[[], None]) -> None:
    """Enter a row; what is wrong in it becomes a problem of the list."""
    try:
        enter()
    except problems.WrongRow as error:
        event.problems.append(problems.InRow(path.name, row, error.reason))


def _request(event: Event, row: int, cells: dict[str, str]) -> None:
    wish = cells.get("wish", "").casefold()
    for column in ("buyer", "exhibitor"):
        if not cells[column]:
            raise WrongRow(problems.CellMissing(column))
    buyer, stand = event.name(cells["buyer"]), event.name(cells["exhibitor"])
    if buyer == stand:
        raise WrongRow(problems.MeetsItself(buyer))
    if wish not in WISH_OF:
        raise WrongRow(problems.WishUnknown(cells["wish"], WISH_WORDS))
    pair = (stand, buyer) if (stand, buyer) in event.pairs else (buyer, stand)
    if pair in event.pairs:
        _join(event, pair, row, WISH_OF[wish], mutual=pair != (buyer, stand))
        return
    event.pairs[pair] = row, WISH_OF[wish]
    event.declined += WISH_OF[wish] == "no"
    for name in pair:
        event.people.setdefault(name, Person(name))


def _join(event: Event, pair: tuple[str, str], row: int, wish: str, *, mutual: bool) -> None:
    """A second row of two people is no second meeting. Who ask each other meet by the stronger wish, and not at all
    where one of them refuses; one who asks twice must wish the same."""
    first, own = event.pairs[pair]
    if wish != own and not mutual:
        raise WrongRow(problems.OtherWish(*pair, first))
    event.repeated.setdefault(pair, row)
    event.pairs[pair] = first, min(own, wish, key=STRENGTH.index)
    event.declined += wish == "no" and own != "no"


def _presence(
    event: Event, row: int, cells: dict[str, str], read_day: Callable[[str], date], unknown: dict[str, int]
) -> None:
    if not cells["name"]:
        raise WrongRow(problems.CellMissing("name"))
    name = event.name(cells["name"])
    person = event.people.get(name)
    if person is None:
        unknown.setdefault(name, row)
        person = Person(name)
    if hosts := cells.get("hosts", ""):
        if not hosts.isdecimal() or not 1 <= int(hosts) <= MAX_HOSTS:
            raise WrongRow(problems.HostsWrong(MAX_HOSTS, hosts))
        if person.hosts not in (None, int(hosts)):
            raise WrongRow(problems.OtherHosts(person.name, person.hosts, hosts))
        person.hosts = int(hosts)
    if hall := cells.get("hall", ""):
        if person.hall not in ("", hall):
            raise WrongRow(problems.OtherHall(person.name, person.hall, hall))
        person.hall = hall
    if cells["day"] or cells.get("from") or cells.get("to"):
        person.times.append(Span(*_span(cells, read_day), row))


def _span(cells: dict[str, str], read_day: Callable[[str], date]) -> tuple[datetime, datetime]:
    """From when to when somebody is there on a day; without times, the whole day."""
    try:
        there = datetime.combine(read_day(cells["day"]), datetime.min.time(), UTC)
    except Twofold:
        raise WrongRow(problems.DayTwofold(cells["day"])) from None
    except InputError:
        raise WrongRow(problems.DayWrong(cells["day"])) from None
    starts, ends = (_clock(cells, column, there) for column in ("from", "to"))
    starts, ends = starts or there, ends or there + WHOLE_DAY
    if starts >= ends:
        raise WrongRow(problems.EndsBeforeStart(f"{starts:%H:%M}", f"{ends:%H:%M}"))
    return starts, ends


def _clock(cells: dict[str, str], column: str, there: datetime) -> datetime | None:
    written = cells.get(column, "")
    if not written:
        return None
    if (time := time_of_day(written)) is not None:
        return there + time
    try:
        found = read(written)
    except InputError:
        if OFFSET.search(written):
            raise WrongRow(problems.NamesOffset(column, written)) from None
        raise WrongRow(problems.TimeWrong(column, written)) from None
    if found.offset is not None:
        raise WrongRow(problems.NamesOffset(column, written))
    moment = found.moment.replace(tzinfo=UTC)
    if moment.year <= EXCELS_FIRST_YEAR:
        return datetime.combine(there, moment.timetz())
    if moment.date() != there.date() and moment != there + WHOLE_DAY:
        raise WrongRow(problems.OtherDay(column, written, f"{there:%Y-%m-%d}"))
    return moment


def _notice_requests(event: Event, requests: Path) -> None:
    """Names written in several ways and pairs that ask each other, which are taken for one."""
    alike = [spellings for spellings in event.spellings.values() if len(spellings) > 1]
    if alike:
        ways = [" = ".join(f"“{name}”" for name in spellings) for spellings in alike]
        event.notices.append(InList(requests.name, WrittenAlike(some_of(ways))))
    if event.repeated:
        pairs = [PairOnRows(*pair, event.pairs[pair][0], row) for pair, row in event.repeated.items()]
        event.notices.append(InList(requests.name, MeetOnce(some_of(pairs))))


def _notice_presence(event: Event, availability: Path, unknown: dict[str, int]) -> None:
    """Who is there but in no request, and who is asked for but tells no time: seldom wrong, never silent."""
    hint = hints(list(event.people))
    if unknown:
        named = tuple(Unknown(name, row, hint(name)) for name, row in list(unknown.items())[:MAX_NAMED])
        left_out = InNoRequest(len(unknown), some_of(named, len(unknown)))
        event.notices.append(InList(availability.name, left_out))
    always = [person.name for person in event.people.values() if not person.times]
    if always:
        event.notices.append(InList(availability.name, AlwaysThere(len(always), some_of(always))))


def _rows(
    event: Event, path: Path, names: dict[str, tuple[str, ...]], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a list with what is needed of it, by column; a list without a needed column is refused."""
    if not path.is_file():
        raise WrongRow(problems.NoFile(str(path)))
    try:
        table = _open(path, names)
        places = _places(table.header, names)
        for column in needed:
            if column not in places:
                others = ", ".join(one for one in names[column] if one != column)
                found = ", ".join(filter(None, table.header))
                raise WrongRow(problems.NoColumn(path.name, column, found, others))
        unread = [head for at, head in enumerate(table.header) if head and at not in places.values()]
        if unread:
            event.notices.append(InList(path.name, ColumnsNotRead(tuple(unread))))
        event.notices += [InList(path.name, one) for one in table.notices]
        for row, record in enumerate(table.records(), 2):
            if not is_blank(record):
                yield row, {column: record[at].strip() if at < len(record) else "" for column, at in places.items()}
    except UnicodeError as error:
        raise WrongRow(problems.NotText(path.name)) from error


def _open(path: Path, names: dict[str, tuple[str, ...]]) -> Table:
    if not is_workbook(path):
        return open_text(path, lambda row: len(_places(row, names)))
    from emporion.spreadsheets.workbook import open_workbook

    return open_workbook(path)


def _places(header: Sequence[str], names: dict[str, tuple[str, ...]]) -> dict[str, int]:
    cells = [cell.strip().casefold().replace("_", " ") for cell in header]
    found = {column: [at for at, cell in enumerate(cells) if cell in known] for column, known in names.items()}
    return {column: at[0] for column, at in found.items() if at}
