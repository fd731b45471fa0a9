"""Papers that goods need at the border, by HS code and importing country, as far as sourced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emporion.domain.reason import Phrase


@dataclass(frozen=True)
class Paper:
    """One paper or permission for goods under ``prefixes`` entering ``importer``; no prefixes: for all goods."""

    importer: str
    prefixes: tuple[str, ...]
    paper: Phrase
    authority: Phrase
    source: Phrase
    verified: bool


def checklist(papers: Iterable[Paper], importer: str, code: str) -> list[Paper]:
    """The papers known for a code entering a country, those for all goods first.

    A list, not a licence: what is not on it may still be needed.
    """
    found = [one for one in papers if one.importer == importer and _concerns(one, code)]
    return sorted(found, key=lambda one: bool(one.prefixes))


def _concerns(paper: Paper, code: str) -> bool:
    return not paper.prefixes or any(code.startswith(prefix) for prefix in paper.prefixes)
