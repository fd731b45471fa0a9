"""The way of goods into a market: what to do in which order, what each step asks, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emporion.domain.marketaccess.rules.papers import STEPS, Entry, Paper
from emporion.domain.marketaccess.rules.reasons import Source


@dataclass(frozen=True)
class PathStep:
    """One step: ``name`` as of ``STEPS``; its papers, and statements beside them."""

    name: str
    papers: tuple[Paper, ...]
    statements: tuple[Source, ...] = ()


def path_of(papers: Sequence[Paper], entry: Entry, proof: Sequence[Source]) -> tuple[PathStep, ...]:
    """The steps that ask for something, in order: whether the goods may enter first, what is needed for sale last."""
    beside: dict[str, tuple[Source, ...]] = {
        "admission": (*entry.reasons, *entry.conditions), "certificate": tuple(proof),
    }  # fmt: skip
    steps = [PathStep(name, tuple(one for one in papers if one.step == name), beside.get(name, ())) for name in STEPS]
    return tuple(one for one in steps if one.papers or one.statements)
