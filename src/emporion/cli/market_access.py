"""What ``emporion access`` answers: as text, with every rate that could apply and why, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.management.base import CommandError, OutputWrapper

from emporion.cli.arguments import amount, day
from emporion.cli.market_access_json import answer_json
from emporion.cli.schedules import market_source
from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.rules.answer import DISCLAIMER, TARIFF_ALONE, Answer, Range, digits_of
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.origin import Input, Making, Verdict
from emporion.domain.marketaccess.rules.origin_verdicts import source_of_rule
from emporion.domain.refusal import Refusal

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 120
EXAMPLE = '{"country": "JP", "value": 1000, "inputs": [{"hs": "841990", "origin": "US", "value": 700}]}'
_OF_GOODS = ("country", "value", "inputs", "wholly_obtained", "rule")
_OF_INPUTS = ("hs", "origin", "value")


class Report:
    """Writes the answer to a question."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out

    def write(self, options: dict[str, Any]) -> None:
        """Answer what the options ask. Raises ``CommandError`` for what is asked wrongly."""
        try:
            facts = Facts(
                amount(options["value"]), dict(map(_quantity, options["quantity"])), options["in_quota"],
                _making(options["making"], options["code"]),
            )  # fmt: skip
            found = without_database.answer(
                options["code"], options["origin"], options["to"], day(options["on"]), facts=facts,
                market_of=market_source(shipped_only=options["shipped"]),
            )  # fmt: skip
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        if options["json"]:
            self._out.write(json.dumps({**answer_json(found), "papers": _papers(found)}, ensure_ascii=False, indent=1))
        elif isinstance(found, Range):
            self._show_range(found)
        else:
            self._show(found)

    def _show(self, found: Answer) -> None:

        named = f"{found.description}{_in_english(found)}"
        self._say(f"[bold]{found.code}[/] {named}  {found.origin} → {found.to}, {found.on}")
        self._say(_verdict(found))
        self._tell_restrictions(found)
        if found.candidates:
            self._say(_rates(found))
        for title, texts in _sections(found):
            for text in texts:
                self._say(f"[dim]{title}[/] {text}")
        self._say(f"[dim]{DISCLAIMER} {TARIFF_ALONE}[/]")

    def _show_range(self, found: Range) -> None:
        bounds = found.bounds or "unknown"
        self._say(
            f"[bold]{found.prefix}[/]  {found.origin} → {found.to}, {found.on}: {len(found.lines)} lines, {bounds}"
        )
        if title := _titled(found):
            self._say(title)
        self._tell_restrictions(found)
        table = _table("Line", "Goods", "Rate", "Basis")
        for one in found.lines:
            rate = _rate(one) or "unknown"
            basis = (one.applied.agreement or one.applied.basis) if one.applied else ""
            table.add_row(one.code, one.description[:60], rate, basis)
        self._say(table)
        for text in found.missing[:5]:
            self._say(f"[dim]Missing[/] {text}")
        self._say(f"[dim]{DISCLAIMER} {TARIFF_ALONE}[/]")

    def _tell_restrictions(self, found: Answer | Range) -> None:
        for text in found.restrictions:
            self._say(f"[bold]Restricted[/]: {text}")

    def _say(self, what: Any) -> None:
        from rich.console import Console

        console = Console(file=cast(IO[str], self._out), highlight=False)
        console.width = max(console.width, WIDTH)
        console.print(what)


def _rates(found: Answer) -> Table:
    """Every rate that could apply, in the order of the law, with whether it does and why."""
    table = _table("", "Rate", "Basis", "Why")
    for one in found.candidates:
        mark = "→" if one is found.applied else {True: "yes", False: "no", None: "?"}[one.applies]
        table.add_row(mark, str(one.text), one.agreement or one.basis, str(one.reason))
    return table


def _table(*headings: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading)
    return table


def _papers(found: Answer | Range) -> list[dict[str, Any]]:
    """The papers known for the goods; what is not among them may still be needed."""
    code = found.prefix if isinstance(found, Range) else found.code
    return [
        {"paper": one.paper, "authority": one.authority, "source": one.source, "verified": one.verified}
        for one in without_database.papers_for(code, found.to)
    ]


def _paper_in_words(paper: dict[str, Any]) -> str:
    doubt = "" if paper["verified"] else ", not verified against the official text"
    return f"{paper['paper']}: {paper['authority']} ({paper['source']}{doubt})"


def _verdict(found: Answer) -> str:
    if found.applied is None:
        return "[bold]Unknown[/]: " + "; ".join(map(str, found.missing))
    money = f"; duty {found.duty} {found.currency}" if found.duty is not None else ""
    saved = f", {found.saving} less than at the MFN rate" if found.saving else ""
    return f"[bold]{_rate(found)}[/] ({found.applied.agreement or found.applied.basis}){money}{saved}"


def _judged(agreement: str, verdict: Verdict) -> str:
    return f"{agreement}: {' · '.join(map(str, verdict.steps))} ({source_of_rule(agreement)})"


def _rate(found: Answer) -> str:
    """The rate applied, an upper bound as such; empty where none is known."""
    if found.applied is None:
        return ""
    return str(found.applied.upper_bound if found.at_most else found.applied.text)


def _sections(found: Answer) -> list[tuple[str, Sequence[object]]]:
    known = found.last_known
    last = (f"on {known.on}: {_verdict(known)}",) if known else ()
    papers = tuple(_paper_in_words(one) for one in _papers(found))
    verdicts = tuple(_judged(name, one) for name, one in found.origin_verdicts)
    return [
        ("Missing", found.missing if found.applied else ()), ("Last known", last), ("Origin", verdicts),
        ("To prove", found.proof), ("Paper", papers), ("Quota", found.quota), ("Note", found.notes),
        ("Source", found.citations),
    ]  # fmt: skip


def _in_english(found: Answer) -> str:
    """The subheading's English title, where the tariff names its line in another script or has no such line."""
    title, _chinese = without_database.hs_titles(found.code)
    return f" ({title})" if title and not (found.description and found.description.isascii()) else ""


def _titled(found: Range) -> str:
    """The English title of a shorter code, with the Chinese one where the tariff is in Chinese."""
    english, chinese = without_database.hs_titles(found.prefix)
    return f"{chinese} ({english})" if chinese and found.to == "CN" else english


def _quantity(text: str) -> tuple[str, Decimal]:
    unit, _, number = text.rpartition("=")
    return unit.strip().casefold(), amount(number) or Decimal(0)


class NotTold(ValueError):
    """What a file of how goods were made leaves out or says wrongly, and where."""


def _making(path: Path | None, code: str) -> Making | None:
    """What the file tells of how the goods were made, as ``EXAMPLE``; ``inputs`` may be left out where not known."""
    if path is None:
        return None
    try:
        return _made(_object(json.loads(path.read_text("utf-8-sig")), "the file", _OF_GOODS), digits_of(code))
    except OSError as error:
        wrong = error.strerror or str(error)
    except UnicodeDecodeError:
        wrong = "it is not saved as UTF-8"
    except json.JSONDecodeError as error:
        wrong = f"line {error.lineno}, column {error.colno} is no JSON: {error.msg}"
    except NotTold as error:
        wrong = str(error)
    raise CommandError(f"{path} does not tell how the goods were made: {wrong}. Write it as {EXAMPLE}.")


def _made(told: dict[str, Any], hs: str) -> Making:
    goods = "the goods"
    inputs, wholly, rule = told.get("inputs"), told.get("wholly_obtained"), told.get("rule") or ""
    if not isinstance(inputs, list | None):
        raise NotTold("inputs is no list")
    if wholly not in (None, True, False):
        raise NotTold(f"wholly_obtained reads {wholly}: it is true or false")
    if not isinstance(rule, str):
        raise NotTold(f"rule reads {rule}: it is a text")
    return Making(
        hs, _country(told, "country", goods), None if told.get("value") is None else _value(told, goods),
        None if inputs is None else tuple(_input(one, f"input {place}") for place, one in enumerate(inputs, 1)),
        wholly, rule,
    )  # fmt: skip


def _input(told: Any, where: str) -> Input:
    held = _object(told, where, _OF_INPUTS)
    try:
        hs = digits_of(_field(held, "hs", where))
    except Refusal as refusal:
        raise NotTold(f"{where}, hs: {refusal.sentence.rstrip('.')}") from refusal
    return Input(hs, _country(held, "origin", where), _value(held, where))


def _object(told: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
    """A JSON object of known fields only, so that a field written wrongly is not taken for one left out."""
    if not isinstance(told, dict):
        raise NotTold(f"{where} holds no fields in braces")
    for name in told:
        if name not in known:
            raise NotTold(f"{where} has a field {name}, which is not one of {', '.join(known)}")
    return told


def _field(told: dict[str, Any], name: str, where: str) -> str:
    if told.get(name) in (None, ""):
        raise NotTold(f"{where}: {name} is missing")
    return str(told[name])


def _country(told: dict[str, Any], name: str, where: str) -> str:
    try:
        return files.country(_field(told, name, where))
    except Refusal as refusal:
        raise NotTold(f"{where}, {name}: {refusal.sentence.rstrip('.')}") from refusal


def _value(told: dict[str, Any], where: str) -> Decimal:
    text = _field(told, "value", where)
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite() or value < 0:
        raise NotTold(f"{where}, value: {text} is no amount")
    return value
