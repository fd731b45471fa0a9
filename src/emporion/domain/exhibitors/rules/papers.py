"""The papers of an application: which, how large, how many and until when."""

from __future__ import annotations

from emporion.domain.exhibitors.rules.applications import IN_WORDS, StateForbids
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal
from emporion.domain.uploads import MEGABYTE

LICENCE = "licence"
KINDS = (LICENCE, "brochure", "other")
MOST_PAPERS = 10
MOST_BYTES = 10 * MEGABYTE
# While the review has not ended, papers are added and taken away; afterwards they are part of the decision.
CHANGEABLE = frozenset({"", "draft", "submitted"})
# What was missing then may come later.
ADDABLE = CHANGEABLE | {"approved", "contracted"}


class TooManyPapers(Refusal):
    """An application has at most {most} papers; remove one before you add another."""


class UnknownPaper(Refusal):
    """A paper is one of {kinds}, not “{kind}”."""


def require_paper(kind: str, *, there: int, state: str) -> None:
    """``state`` of the application, empty before there is one. Raises: UnknownPaper, StateForbids, TooManyPapers."""
    if kind not in KINDS:
        raise UnknownPaper(kind=kind, kinds=", ".join(KINDS))
    if state not in ADDABLE:
        require_changeable(state)
    if there >= MOST_PAPERS:
        raise TooManyPapers(most=MOST_PAPERS)


def require_changeable(state: str) -> None:
    """Raises: StateForbids."""
    if state not in CHANGEABLE:
        raise StateForbids(state=IN_WORDS.get(state, Phrase(state)), action=IN_WORDS["changed"])
