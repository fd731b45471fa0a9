"""What ``emporion access`` answers: as text, with every rate that could apply and why, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.management.base import CommandError, OutputWrapper

from emporion.cli.arguments import amount, day
from emporion.cli.market_access_json import answer_json
from emporion.cli.schedules import market_source
from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.rules.answer import DISCLAIMER, TARIFF_ALONE, Answer, Range, digits_of
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.charges import Total
from emporion.domain.marketaccess.rules.origin import Input, Making, Verdict
from emporion.domain.marketaccess.rules.origin_verdicts import source_of_rule
from emporion.domain.refusal import Refusal
from emporion.language import translate
from emporion.language.reading import numbers
from emporion.language.reading.errors import InputError, TwofoldNumber

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 120
MAX_MISSING = 5
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
            raise CommandError(translate(refusal)) from refusal
        if options["json"]:
            whole = {**answer_json(found), "may_enter": _entry(found), "papers": _papers(found)}
            self._out.write(json.dumps(whole, ensure_ascii=False, indent=1))
        elif isinstance(found, Range):
            self._show_range(found)
        else:
            self._show(found)

    def _show(self, found: Answer) -> None:

        named = f"{found.description}{_in_english(found)}"
        self._print(f"[bold]{found.code}[/] {named}  {found.origin} → {found.to}, {found.on}")
        self._print(_verdict(found))
        self._print_restrictions(found)
        if found.candidates:
            self._print(_rates(found))
        self._print_payment(found)
        self._print_all(_sections(found))
        self._print(f"[dim]{DISCLAIMER} {TARIFF_ALONE}[/]")

    def _print_all(self, sections: Sequence[tuple[str, Sequence[object]]]) -> None:
        for title, texts in sections:
            for text in texts:
                self._print(f"[dim]{title}[/] {text}")

    def _show_range(self, found: Range) -> None:
        bounds = f"{len(found.lines)} lines, base duty {found.bounds or 'unknown'}"
        self._print(f"[bold]{found.prefix}[/]  {found.origin} → {found.to}, {found.on}: {bounds}")
        if title := _titled(found):
            self._print(title)
        self._print_restrictions(found)
        table = _table("Line", "Goods", "Rate", "Basis")
        for one in found.lines:
            rate = _rate(one) or "unknown"
            basis = (one.applied.agreement or one.applied.basis) if one.applied else ""
            table.add_row(one.code, one.description[:60], rate, basis)
        self._print(table)
        self._print_payment(found)
        self._print_all(_sections_of_range(found))
        self._print(f"[dim]{DISCLAIMER} {TARIFF_ALONE}[/]")

    def _print_payment(self, found: Answer | Range) -> None:
        """What comes on top of the base duty, part by part, and what all comes to as far as it is known."""
        table = _table("On top of the base duty", "Rate", "State", "Calculated on")
        for one in found.charges:
            doubt = "" if one.verified else ", not verified"
            why = str(one.formula or one.condition or "")
            table.add_row(str(one.name), one.text, f"{one.state.replace('_', ' ')}{doubt}", why)
        self._print(table)
        self._print(f"[bold]Duties together[/]: {sum_in_words(found.duties, found)}")
        self._print(f"[bold]All together[/]: {sum_in_words(found.total, found)}")
        if found.total.lacks:
            self._print(f"[dim]What the total lacks[/] {'; '.join(map(str, found.total.lacks))}")

    def _print_restrictions(self, found: Answer | Range) -> None:
        for text in found.restrictions:
            self._print(f"[bold]Restricted[/]: {text}")

    def _print(self, what: Any) -> None:
        from rich.console import Console

        console = Console(file=cast(IO[str], self._out), highlight=False)
        console.width = max(console.width, WIDTH)
        console.print(what)


def sum_in_words(total: Total, found: Answer | Range) -> str:
    """``at least 77.9%``, with the amount where the customs value is known; ``unknown`` where no part is."""
    currency = found.currency if isinstance(found, Answer) else ""
    money = "" if total.amount is None else f"{total.amount} {currency}".strip()
    known = " = ".join(filter(None, (total.percentage, money)))
    return f"at least {known}" if known and total.is_at_least else known or "unknown"


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
    """The papers known for the goods on the day, in their order; what is not among them may still be needed."""
    return [
        {
            "step": one.step, "paper": one.paper, "authority": one.authority, "takes": one.takes,
            "valid_from": one.span.starts and one.span.starts.isoformat(),
            "valid_before": one.span.ends and one.span.ends.isoformat(),
            "some_goods_only": one.part, "source": one.source, "verified": one.verified,
        }
        for one in without_database.papers_for(_code_of(found), found.to, found.on)
    ]  # fmt: skip


def _entry(found: Answer | Range) -> dict[str, Any]:
    """Whether goods of the origin may enter at all."""
    one = without_database.entry_of(_code_of(found), found.origin, found.to, found.on)
    return {
        "status": one.status, "reasons": [str(reason) for reason in one.reasons],
        "conditions": [str(condition) for condition in one.conditions],
        "sources": [str(source) for source in one.sources],
    }  # fmt: skip


def _code_of(found: Answer | Range) -> str:
    return found.prefix if isinstance(found, Range) else found.code


def _paper_in_words(paper: dict[str, Any]) -> str:
    doubt = "" if paper["verified"] else ", not verified against the official text"
    part = " (some goods under the code)" if paper["some_goods_only"] else ""
    days = (("from", paper["valid_from"]), ("until before", paper["valid_before"]), ("takes:", paper["takes"]))
    further = "".join(f"; {word} {value}" for word, value in days if value)
    return f"{paper['step']}: {paper['paper']}{part}: {paper['authority']}{further} ({paper['source']}{doubt})"


def _entry_in_words(found: Answer | Range) -> str:
    entry = _entry(found)
    sources = f" ({'; '.join(entry['sources'])})" if entry["sources"] else ""
    return "; ".join([*entry["reasons"], *entry["conditions"]]) + sources


def _verdict(found: Answer) -> str:
    if found.applied is None:
        return "Base duty [bold]unknown[/]: " + "; ".join(map(str, found.missing))
    money = f"; duty {found.duty} {found.currency}" if found.duty is not None else ""
    saved = f", {found.saving} less than at the MFN rate" if found.saving else ""
    return f"Base duty [bold]{_rate(found)}[/] ({found.applied.agreement or found.applied.basis}){money}{saved}"


def _verdict_steps(agreement: str, verdict: Verdict) -> str:
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
    verdicts = tuple(_verdict_steps(name, one) for name, one in found.origin_verdicts)
    return [
        ("Missing", found.missing if found.applied else ()), ("Last known", last), ("Origin", verdicts),
        ("To prove", found.proof), ("May it enter", (_entry_in_words(found),)), ("Paper", papers),
        ("Quota", found.quota), ("Note", found.notes), ("Source", found.citations),
    ]  # fmt: skip


def _sections_of_range(found: Range) -> list[tuple[str, Sequence[object]]]:
    papers = tuple(_paper_in_words(one) for one in _papers(found))
    return [
        ("Missing", found.missing[:MAX_MISSING]), ("To prove", found.proof),
        ("May it enter", (_entry_in_words(found),)), ("Paper", papers), ("Quota", found.quota), ("Note", found.notes),
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


class InvalidMaking(ValueError):
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
    except InvalidMaking as error:
        wrong = str(error)
    raise CommandError(f"{path} does not tell how the goods were made: {wrong}. Write it as {EXAMPLE}.")


def _made(given: dict[str, Any], hs: str) -> Making:
    goods = "the goods"
    inputs, wholly, rule = given.get("inputs"), given.get("wholly_obtained"), given.get("rule") or ""
    if not isinstance(inputs, list | None):
        raise InvalidMaking("inputs is no list")
    if wholly not in (None, True, False):
        raise InvalidMaking(f"wholly_obtained reads {wholly}: it is true or false")
    if not isinstance(rule, str):
        raise InvalidMaking(f"rule reads {rule}: it is a text")
    return Making(
        hs, _country(given, "country", goods), None if given.get("value") is None else _value(given, goods),
        None if inputs is None else tuple(_input(one, f"input {place}") for place, one in enumerate(inputs, 1)),
        wholly, rule,
    )  # fmt: skip


def _input(given: Any, where: str) -> Input:
    held = _object(given, where, _OF_INPUTS)
    try:
        hs = digits_of(_field(held, "hs", where))
    except Refusal as refusal:
        raise InvalidMaking(f"{where}, hs: {translate(refusal).rstrip('.')}") from refusal
    return Input(hs, _country(held, "origin", where), _value(held, where))


def _object(given: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
    """A JSON object of known fields only, so that a field written wrongly is not taken for one left out."""
    if not isinstance(given, dict):
        raise InvalidMaking(f"{where} holds no fields in braces")
    for name in given:
        if name not in known:
            raise InvalidMaking(f"{where} has a field {name}, which is not one of {', '.join(known)}")
    return given


def _field(given: dict[str, Any], name: str, where: str) -> str:
    if given.get(name) in (None, ""):
        raise InvalidMaking(f"{where}: {name} is missing")
    return str(given[name])


def _country(given: dict[str, Any], name: str, where: str) -> str:
    try:
        return files.country(_field(given, name, where))
    except Refusal as refusal:
        raise InvalidMaking(f"{where}, {name}: {translate(refusal).rstrip('.')}") from refusal


def _value(given: dict[str, Any], where: str) -> Decimal:
    text = _field(given, "value", where)
    try:
        # A number of JSON has a point before its decimals; a text is read as anywhere else.
        value = numbers.alone(text) if isinstance(given["value"], str) else Decimal(text)
    except TwofoldNumber as error:
        raise InvalidMaking(f"{where}, value {error.wrong}") from error
    except InputError:
        value = Decimal("nan")
    if not value.is_finite() or value < 0:
        raise InvalidMaking(f"{where}, value: {text} is no amount")
    return value
