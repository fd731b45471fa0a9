"""Finding the main exhibitor that a co-exhibitor's row names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emporion.domain.exhibitors.rules.applications import MainExhibitorNeeded, require_main
from emporion.domain.organisations.rules.finding import Register
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
    sector: int | None


class MainIndex:
    """The applications of an edition, found by registered number and by name in either language."""

    def __init__(self, mains: Iterable[Main]) -> None:
        self._register: Register[Main] = Register()
        for main in mains:
            self._register.add(main, numbers=[main.number], names=[main.name, main.name_zh], country=main.country)

    def find(self, wanted: str, country: str) -> Main:
        """The main exhibitor with that number, else with that name; among several the one of the same ``country``.

        Raises: MainExhibitorNeeded, MainExhibitorAmbiguous, MainIsCoExhibitor.
        """
        found = self._register.find(wanted, country=country, strict=False)
        if not found:
            raise MainExhibitorNeeded(main=wanted)
        if len(found) > 1:
            raise MainExhibitorAmbiguous(main=wanted)
        require_main(name=wanted, state=found[0].state, is_co_exhibitor=found[0].is_co_exhibitor)
        return found[0]
