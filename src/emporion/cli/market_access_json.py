"""Answers on market access as JSON: plain values, reasons as English sentences beside their codes and data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from emporion.domain.marketaccess.rules.answer import DISCLAIMER, KNOWN, TARIFF_ALONE, Answer, Range
from emporion.domain.marketaccess.rules.candidates import Candidate
from emporion.domain.marketaccess.rules.charges import Total
from emporion.domain.marketaccess.rules.negative_lists import Finding
from emporion.domain.marketaccess.rules.origin_verdicts import source_of_rule
from emporion.domain.marketaccess.rules.reasons import Source
from emporion.domain.reason import Reason, stored


def answer_json(found: Answer | Range) -> dict[str, Any]:
    """The answer about one line, or about all lines under a prefix."""
    return range_json(found) if isinstance(found, Range) else line_json(found)


def line_json(found: Answer) -> dict[str, Any]:
    """The answer as plain values for JSON; amounts are texts, rates in per cent are numbers."""
    return {
        "status": found.status, "status_of": "base_duty", "code": found.code, "description": found.description,
        "origin": found.origin, "to": found.to, "on": found.on.isoformat(),
        "applied": _rate_json(found.applied, at_most=found.at_most) if found.applied else None,
        "at_most": found.at_most,
        "candidates": [
            {
                **_rate_json(one, at_most=False), "applies": one.applies, **_reason_json(one.reason),
                "citation": _text(one.citation),
            }
            for one in found.candidates
        ],
        **_missing_json(found.missing), "citations": _texts(found.citations), "schedule": found.schedule,
        "currency": found.currency, "duty": _amount(found.duty), "saving": _amount(found.saving),
        **_payment_json(found),
        "proof": _texts(found.proof), "quota": _texts(found.quota), "notes": _texts(found.notes),
        "restrictions": _texts(found.restrictions),
        "origin_rules": [
            {
                "agreement": name, "passes": one.passes, "rule": one.rule, "steps": _texts(one.steps),
                "source": source_of_rule(name),
            }
            for name, one in found.origin_verdicts
        ],
        "last_known": line_json(found.last_known) if found.last_known else None,
        "disclaimer": f"{DISCLAIMER} {TARIFF_ALONE}",
    }  # fmt: skip


def range_json(found: Range) -> dict[str, Any]:
    """As an answer, with ``range`` and ``lines``; ``applied`` only where one rate applies to every line."""
    same = {
        (one.applied.basis, one.applied.agreement, one.applied.text, one.at_most)
        for one in found.lines if one.applied
    }  # fmt: skip
    whole = found.status == KNOWN and len(same) == 1
    return {
        "status": found.status, "status_of": "base_duty", "code": found.prefix, "origin": found.origin, "to": found.to,
        "on": found.on.isoformat(),
        "applied": line_json(found.lines[0])["applied"] if whole else None,
        "at_most": found.at_most,
        "candidates": line_json(found.lines[0])["candidates"] if whole and len(found.lines) == 1 else [],
        **_missing_json(found.missing),
        "citations": sorted({str(source) for one in found.lines for source in one.citations}),
        "schedule": found.schedule,
        **_payment_json(found),
        "proof": _texts(found.proof), "quota": _texts(found.quota), "notes": _texts(found.notes),
        "restrictions": _texts(found.restrictions),
        "range": {
            "lines": len(found.lines),
            "known": sum(one.status == KNOWN for one in found.lines),
            "min_ad_valorem_pct": _number(found.lowest_pct), "max_ad_valorem_pct": _number(found.highest_pct),
            "not_ad_valorem": sum(one.applied is not None and one.ad_valorem_pct is None for one in found.lines),
        },
        "lines": [
            {
                "code": one.code, "description": one.description, "status": one.status,
                "applied": _rate_json(one.applied, at_most=one.at_most) if one.applied else None,
                "at_most": one.at_most, "citations": _texts(one.citations),
                "duties": _total_json(one.duties), "total": _total_json(one.total),
            }
            for one in found.lines
        ],
        "disclaimer": f"{DISCLAIMER} {TARIFF_ALONE}",
    }  # fmt: skip


def finding_json(found: Finding) -> dict[str, Any]:
    """The finding as plain values for JSON; ``items_known`` of ``items`` are in the data."""
    return {
        "status": found.status, "sentence": found.reason.sentence, "reason": stored(found.reason),
        "list": found.list_code,
        "in_force_from": found.edition.effective.isoformat() if found.edition else None,
        "items": found.edition.items if found.edition else None, "items_known": found.known,
        "measures": [
            {"item": one.number, "sector": one.sector, "measure": one.measure, "gloss": one.gloss,
             "source": one.source}
            for one in found.measures
        ],
        "citations": [str(one) for one in found.citations],
    }  # fmt: skip


def _payment_json(found: Answer | Range) -> dict[str, Any]:
    """The parts on top of the base duty, the duties together, and the total."""
    return {
        "charges": [
            {
                "group": one.group, "kind": one.kind, "name": one.name, "state": one.state,
                "rate": one.text or None, "formula": _optional(one.formula), "condition": _optional(one.condition),
                "source": str(one.source), "verified": one.verified,
            }
            for one in found.charges
        ],
        "duties": _total_json(found.duties), "total": _total_json(found.total),
    }  # fmt: skip


def _total_json(total: Total) -> dict[str, Any]:
    return {
        "status": total.status, "pct": _number(total.pct), "amount": _amount(total.amount),
        "lacks": _texts(total.lacks),
    }  # fmt: skip


def _optional(statement: Source | None) -> str | None:
    return None if statement is None else _text(statement)


def _rate_json(one: Candidate, *, at_most: bool) -> dict[str, Any]:
    return {
        "basis": one.basis,
        "agreement": one.agreement,
        "ad_valorem_pct": _number(one.rate.ad_valorem_pct) if one.rate else None,
        "text": str(one.upper_bound if at_most else one.text),
    }


def _texts(statements: Iterable[Source]) -> list[str]:
    return [_text(one) for one in statements]


@lru_cache(maxsize=20_000)
def _text(statement: Source) -> str:
    """A statement in English; most stand in an answer twice, and in many answers."""
    return str(statement)


@lru_cache(maxsize=20_000)
def _reason_json(reason: Reason) -> Mapping[str, Any]:
    """A reason as a sentence, and as a code with its data; the same few stand in most answers."""
    return {"reason": reason.sentence, "why": stored(reason)}


def _missing_json(missing: Sequence[Reason]) -> dict[str, Any]:
    """What is missing as sentences, and as codes with their data."""
    return {"missing": _texts(missing), "missing_reasons": [stored(one) for one in missing]}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
