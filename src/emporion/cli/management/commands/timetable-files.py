"""``emporion timetable-files``: the timetable of any event from two lists into a workbook; no database is needed.

The first list has a row for each request: buyer, exhibitor, and a wish (must, like or no). The second has a row for
each time somebody is there: name, day, from, to, and if known hosts and hall. Who has no day in it is there always.
"""

from __future__ import annotations

import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as clock_time
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emporion.domain.meetings.rules import DAILY_MEETINGS, HOURS, SLOT_MINUTES, slots, too_far
from emporion.domain.refusal import Refusal
from emporion.spreadsheets.files import WORKBOOK_ENDINGS, is_workbook
from emporion.spreadsheets.table import Table, is_blank
from emporion.spreadsheets.text import open_text
from emporion.spreadsheets.workbook import open_workbook

REQUESTS = {
    "buyer": {"buyer", "visitor", "from", "participant a", "a", "采购商", "观众", "买家"},
    "exhibitor": {"exhibitor", "seller", "supplier", "stand", "to", "participant b", "b", "展商", "参展商", "卖家"},
    "wish": {"wish", "priority", "意愿"},
}
AVAILABILITY = {
    "name": {"name", "who", "person", "participant", "buyer", "exhibitor", "姓名", "名称"},
    "day": {"day", "date", "日期"},
    "from": {"from", "start", "starts", "开始"},
    "to": {"to", "until", "end", "ends", "结束"},
    "hosts": {"hosts", "parallel", "接待人数"},
    "hall": {"hall", "展馆"},
}
WISHES = {
    "must": "must", "must meet": "must", "必须": "must", "": "like", "like": "like", "would like": "like",
    "meet": "like", "希望": "like", "no": "no", "不": "no",
}  # fmt: skip
MOST_PROBLEMS = 20
SHEET_NAME = 31
# Workbooks hold no control characters.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass
class Person:
    """Somebody who meets: when they are there (none told: always), hosts side by side, and the hall of the stand."""

    name: str
    times: list[tuple[datetime, datetime]] = field(default_factory=list)
    hosts: int = 1
    hall: str = ""


@dataclass
class Event:
    """What the two lists say; ``problems`` are sentences, each with its list and row."""

    people: dict[str, Person] = field(default_factory=dict)
    pairs: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    declined: int = 0
    problems: list[str] = field(default_factory=list)

    def wanted(self) -> list[tuple[str, str, bool]]:
        return [(buyer, stand, wish == "must") for (buyer, stand), (_, wish) in self.pairs.items() if wish != "no"]


class Command(BaseCommand):
    """Make a timetable from two lists and write a workbook: one sheet for the organiser, one for requests without a
    slot with the reason of each, and one for every person."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("requests", type=Path, help=".csv or .xlsx with columns buyer, exhibitor, wish")
        parser.add_argument("availability", type=Path, help=".csv or .xlsx: name, day, from, to, hosts, hall")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--minutes", type=int, default=SLOT_MINUTES, help="length of a slot (default %(default)s)")
        plain = ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in HOURS)
        parser.add_argument("--hours", default=plain, help="hours of meetings of every day (default %(default)s)")
        parser.add_argument("--daily-limit", type=int, default=DAILY_MEETINGS, help="meetings of a buyer in a day")
        parser.add_argument("--tables", type=int, help="tables shared by all; without it each stand is its own place")
        parser.add_argument("--seconds", type=float, help="search so long (default: a fixed number of rounds)")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.suffix.lower() not in WORKBOOK_ENDINGS:
            raise CommandError(f"{out.name} does not end in .xlsx: name the workbook so.")
        if out.resolve() in (options["requests"].resolve(), options["availability"].resolve()):
            raise CommandError(f"{out.name} is one of the lists itself: write the timetable to another file.")
        try:
            event = _event(options["requests"], options["availability"])
            times = _times(event, _hours(options["hours"]), options["minutes"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        try:
            plan = _plan(event, times, options)
        except ValueError as error:
            raise CommandError(f"There is no such timetable: {error}.") from error
        try:
            _write(out, plan)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        placed, asked = len(plan.held), len(plan.held) + len(plan.left)
        self.stdout.write(
            f"{out}: {placed:,} of {asked:,} meetings have a slot; no timetable has more than {plan.bound:,}. "
            f"{len(plan.left):,} without, each with its reason; {event.declined:,} refused by a wish of no. "
            f"Method: {plan.method}."
        )


@dataclass(frozen=True)
class Plan:
    """The timetable as the workbook tells it: held meetings with start and end, those left with wish and reason."""

    held: list[tuple[datetime, datetime, str, str, str]]
    left: list[tuple[str, str, str, str]]
    bound: int
    method: str


def _event(requests: Path, availability: Path) -> Event:
    event = Event()
    for row, told in _rows(requests, REQUESTS, ("buyer", "exhibitor")):
        _told(event, requests, row, lambda told=told, row=row: _request(event, row, told))
    if not event.pairs and not event.problems:
        raise CommandError(f"{requests.name} has no rows below its header.")
    for row, told in _rows(availability, AVAILABILITY, ("name", "day")):
        _told(event, availability, row, lambda told=told: _presence(event, told))
    if event.problems:
        shown, more = event.problems[:MOST_PROBLEMS], len(event.problems) - MOST_PROBLEMS
        rest = [f"… and {more} more."] if more > 0 else []
        raise CommandError("\n".join(["Nothing was written. Mend these rows:", *shown, *rest]))
    return event


def _told(event: Event, path: Path, row: int, deed: Callable[[], None]) -> None:
    try:
        deed()
    except ValueError as error:
        event.problems.append(f"{path.name}, row {row}: {error}")


def _request(event: Event, row: int, told: dict[str, str]) -> None:
    buyer, stand, wish = told["buyer"], told["exhibitor"], told.get("wish", "").casefold()
    for column, name in (("buyer", buyer), ("exhibitor", stand)):
        if not name:
            raise ValueError(f"the {column} is missing.")
    if buyer == stand:
        raise ValueError(f"{buyer} cannot meet itself.")
    if wish not in WISHES:
        raise ValueError(f"the wish “{told['wish']}” is none of must, like, no.")
    if earlier := event.pairs.get((buyer, stand)) or event.pairs.get((stand, buyer)):
        raise ValueError(f"{buyer} and {stand} are in row {earlier[0]} already; keep one of the two.")
    event.pairs[buyer, stand] = row, WISHES[wish]
    event.declined += WISHES[wish] == "no"
    for name in (buyer, stand):
        event.people.setdefault(name, Person(name))


def _presence(event: Event, told: dict[str, str]) -> None:
    person = event.people.get(told["name"])
    if person is None:
        raise ValueError(f"“{told['name']}” is in no request; write the name as in the requests, or leave the row out.")
    if hosts := told.get("hosts", ""):
        if not hosts.isdecimal() or not 1 <= int(hosts) <= 100:
            raise ValueError(f"hosts must be a whole number from 1 to 100, got “{hosts}”.")
        person.hosts = int(hosts)
    if hall := told.get("hall", ""):
        if person.hall not in ("", hall):
            raise ValueError(f"{person.name} stands in hall {person.hall} by an earlier row, here in {hall}.")
        person.hall = hall
    if told["day"] or told.get("from") or told.get("to"):
        starts, ends = _moment(told, "from", clock_time.min), _moment(told, "to", clock_time.max)
        if starts >= ends:
            raise ValueError(f"from {starts:%H:%M} is not before to {ends:%H:%M}.")
        person.times.append((starts, ends))


def _moment(told: dict[str, str], column: str, missing: clock_time) -> datetime:
    try:
        day = date.fromisoformat(told["day"])
    except ValueError:
        raise ValueError(f"the day must be written as 2026-11-05, got “{told['day']}”.") from None
    written = told.get(column, "")
    try:
        moment = clock_time.fromisoformat(written.zfill(5) if written else missing.isoformat())
    except ValueError:
        raise ValueError(f"{column} must be a time as 09:30, got “{written}”.") from None
    return datetime.combine(day, moment.replace(tzinfo=None), UTC)


def _rows(path: Path, names: dict[str, set[str]], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a list with what is needed of it, by column; a list without a needed column is refused."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    table: Table = open_workbook(path) if is_workbook(path) else open_text(path, lambda row: len(_places(row, names)))
    places = _places(table.header, names)
    for column in needed:
        if column not in places:
            raise CommandError(f"{path.name} has no column {column} (it has {', '.join(table.header)}); name it so.")
    for row, record in enumerate(table.records(), 2):
        if not is_blank(record):
            yield row, {column: record[at].strip() if at < len(record) else "" for column, at in places.items()}


def _places(header: Sequence[str], names: dict[str, set[str]]) -> dict[str, int]:
    cells = [cell.strip().casefold().replace("_", " ") for cell in header]
    found = {column: [at for at, cell in enumerate(cells) if cell in known] for column, known in names.items()}
    return {column: at[0] for column, at in found.items() if at}


def _hours(text: str) -> list[tuple[clock_time, clock_time]]:
    found = [re.fullmatch(r"\s*(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)\s*", part) for part in text.split(",")]
    if not all(found):
        raise CommandError(f"--hours must be as 09:30-12:00,13:00-17:00, got {text}.")
    try:
        times = [[clock_time.fromisoformat(one.zfill(5)) for one in part.groups()] for part in found if part]
    except ValueError as error:
        raise CommandError(f"--hours: {error}.") from error
    return [(opens, closes) for opens, closes in times]


def _times(event: Event, hours: list[tuple[clock_time, clock_time]], minutes: int) -> list[tuple[datetime, datetime]]:
    """The slots of all days on which somebody is there."""
    days = sorted({starts.date() for person in event.people.values() for starts, _ in person.times})
    if not days:
        raise CommandError("The list of availability names no day, so there is no time to meet; name one at least.")
    try:
        found = [slot for day in days for slot in slots(day, day, UTC, hours=hours, minutes=minutes)]
    except ValueError as error:
        raise CommandError(f"{error}.") from error
    if not found:
        raise CommandError(f"No slot of {minutes} minutes fits into the hours of a day.")
    return found


def _plan(event: Event, times: list[tuple[datetime, datetime]], options: dict[str, Any]) -> Plan:
    """Solve the event; the compiled search is imported here, so that wrong lists are told of at once."""
    import numpy as np

    from emporion.kernels import scheduling
    from emporion.kernels.stop import MaxSeconds

    wanted, people = event.wanted(), list(event.people.values())
    place = {person.name: number for number, person in enumerate(people)}
    buyers, stands = {buyer for buyer, _, _ in wanted}, {stand for _, stand, _ in wanted}
    halls = sorted({person.hall for person in people} - {""})
    day = np.unique([starts.toordinal() for starts, _ in times], return_inverse=True)[1]
    follows = [False, *(before[1] == after[0] for before, after in pairwise(times))]
    problem = scheduling.Problem(
        participants=len(people),
        slots=len(times),
        meetings=np.array([(place[buyer], place[stand]) for buyer, stand, _ in wanted], int).reshape(-1, 2),
        must=np.array([must for _, _, must in wanted], bool),
        slot_day=day,
        follows=np.array(follows),
        availability=np.array([[_is_there(person, slot) for slot in times] for person in people], bool),
        capacity=np.array([person.hosts for person in people]),
        hall=np.array([_hall(event.people[stand].hall, halls) for _, stand, _ in wanted], int),
        too_far=np.array(too_far(halls), bool).reshape(len(halls), len(halls)),
        daily_limit=np.array([options["daily_limit"] if one.name in buyers else 2**31 - 1 for one in people]),
        tables=options["tables"],
        counts_breaks=np.array([one.name in buyers or one.name not in stands for one in people]),
    )
    stop = MaxSeconds(options["seconds"], time.perf_counter) if options["seconds"] else None
    result = scheduling.solve(problem, stop=stop, seed=options["seed"])
    held = sorted(
        (*times[slot], buyer, stand, event.people[stand].hall)
        for (buyer, stand, _), slot in zip(wanted, result.slots.tolist(), strict=True) if slot >= 0
    )  # fmt: skip
    names = [person.name for person in people]
    left = [(*wanted[why.meeting], why.sentence(names.__getitem__)) for why in result.reasons]
    told = [(buyer, stand, "must" if must else "like", why) for buyer, stand, must, why in left]
    return Plan(held, told, result.bound, f"{result.method}, {result.chosen}")


def _is_there(person: Person, slot: tuple[datetime, datetime]) -> bool:
    return not person.times or any(starts <= slot[0] and slot[1] <= ends for starts, ends in person.times)


def _hall(code: str, halls: list[str]) -> int:
    return halls.index(code) if code else -1


def _write(out: Path, plan: Plan) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    taken = {"timetable", "no slot"}
    organiser = [[*_when(starts, ends), *who] for starts, ends, *who in plan.held]
    _sheet(workbook, "timetable", ["Day", "From", "To", "Buyer", "Exhibitor", "Hall"], organiser)
    _sheet(workbook, "no slot", ["Buyer", "Exhibitor", "Wish", "Why"], [list(row) for row in plan.left])
    mine: dict[str, list[list[str]]] = {name: [] for row in plan.left for name in row[:2]}
    for starts, ends, buyer, stand, hall in plan.held:
        for name, other in ((buyer, stand), (stand, buyer)):
            mine.setdefault(name, []).append([*_when(starts, ends), other, hall])
    for buyer, stand, _, why in plan.left:
        for name, other in ((buyer, stand), (stand, buyer)):
            mine[name].append(["", "", "", other, "", why])
    for name in sorted(mine):
        _sheet(workbook, _title(name, taken), ["Day", "From", "To", name, "Hall", "Without a slot"], mine[name])
    workbook.save(out)


def _when(starts: datetime, ends: datetime) -> list[str]:
    return [f"{starts:%Y-%m-%d}", f"{starts:%H:%M}", f"{ends:%H:%M}"]


def _title(name: str, taken: set[str]) -> str:
    """A name as a workbook takes it for a sheet: short, without its signs, no two alike."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:SHEET_NAME] or "person"
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain[: SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(title.casefold())
    return title


def _sheet(workbook: Any, title: str, header: list[str], rows: list[list[str]]) -> None:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, record in enumerate([header, *rows], 1):
        for column, text in enumerate(record, 1):
            cell = sheet.cell(at, column, UNWRITABLE.sub(" ", text))
            # What a list holds is text and never a formula.
            cell.data_type = "s"
    for column, head in enumerate(header, 1):
        widest = max([len(head), *(len(row[column - 1]) for row in rows if len(row) >= column)])
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(widest + 2, 60)
