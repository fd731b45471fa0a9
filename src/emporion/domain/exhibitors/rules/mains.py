"""Finding the main exhibitor that a co-exhibitor's row names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from emporion.domain.exhibitors.rules.applications import MainExhibitorNeeded, check_main
from emporion.domain.organisations.rules import name_key, number_key
from emporion.domain.refusal import Refusal


class MainExhibitorAmbiguous(Refusal):
    """Several exhibitors are called “{main}”; name the main exhibitor by its registered number."""


@dataclass(frozen=True)
class Main:
    """An application that may be a co-exhibitor's main one, with what its organisation is found by."""

    application: int
    name: str
    name_zh: str
    number: str
    country: str
    state: str
    is_co_exhibitor: bool
    area: int
    sector: str | None


class MainIndex:
    """The applications of an edition by registered number and by normalised name in either language."""

    def __init__(self, mains: Iterable[Main]) -> None:
        self._by_number: defaultdict[str, list[Main]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Main]] = defaultdict(list)
        for main in mains:
            if main.number:
                self._by_number[main.number].append(main)
            for key in {name_key(name) for name in (main.name, main.name_zh) if name}:
                self._by_name[key].append(main)

    def find(self, wanted: str, country: str) -> Main:
        """The main exhibitor with that number, else with that name; among several the one of the same ``country``.

        Raises: MainExhibitorNeeded, MainExhibitorAmbiguous, MainIsCoExhibitor.
        """
        found = self._by_number.get(number_key(wanted)) or self._by_name.get(name_key(wanted)) or []
        if not found:
            raise MainExhibitorNeeded(main=wanted)
        near = [main for main in found if main.country == country] if len(found) > 1 else found
        if len(near) != 1:
            raise MainExhibitorAmbiguous(main=wanted)
        check_main(name=wanted, state=near[0].state, is_co_exhibitor=near[0].is_co_exhibitor)
        return near[0]
