"""The rows of an organiser's lists of exhibitors, read but not yet checked."""

from __future__ import annotations

from dataclasses import dataclass

from emporion.domain.exhibitors.rules.facts import ApplicationFacts


@dataclass(frozen=True)
class ExhibitorRow(ApplicationFacts):
    """One row of the list of exhibitors. Empty text is not stated; ``row`` counts the header as 1.

    The organisation and its application's facts. ``country``: two letters of ISO 3166, ``international``: code of an
    international organisation (one of the two); ``kind``: enterprise, country, international or institution;
    ``area``, ``sector``, ``pavilion``: codes; ``main``: the main exhibitor's name or registered number, of a
    co-exhibitor only.
    """

    row: int
    name: str
    name_zh: str = ""
    country: str = ""
    international: str = ""
    registered_number: str = ""
    kind: str = "enterprise"
    area: str = ""
    sector: str = ""
    pavilion: str = ""
    pavilion_name: str = ""
    pavilion_name_zh: str = ""
    main: str = ""
    website: str = ""
    about_en: str = ""
    about_zh: str = ""
    earlier_editions: tuple[int, ...] = ()


@dataclass(frozen=True)
class ParticipationRow:
    """One row of the list of an edition run before its records were kept here; ``area_m2`` empty when not listed."""

    row: int
    name: str
    name_zh: str = ""
    country: str = ""
    international: str = ""
    registered_number: str = ""
    kind: str = "enterprise"
    sector: str = ""
    area_m2: int | None = None
    source: str = ""
