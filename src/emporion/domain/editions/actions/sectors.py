"""The sectors of a fair: its own list, which every edition uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from emporion.domain.editions import rules
from emporion.domain.editions.models import Fair, Sector
from emporion.domain.reason import Phrase


@dataclass(frozen=True)
class NewSector:
    """A sector as an organiser enters it; ``parent`` is the code of the sector in which a focus sector lies.

    Without a number it takes the next one of the fair.
    """

    code: str
    name_en: str
    name_zh: str = ""
    parent: str = ""
    focus: bool = False
    number: int = 0


@transaction.atomic
def set_sectors(fair: Fair, sectors: Sequence[NewSector]) -> None:
    """Enter sectors of a fair or bring them up to date; those that are not named stay.

    Raises: CodeNotFit, NamedTwice, ChineseNameMissing, SectorUnknown, SectorInItself.
    """
    stored = {sector.code: sector for sector in fair.sectors.select_related("parent")}
    _check(fair, sectors, stored)
    number = max((sector.number for sector in stored.values()), default=0)
    for new in sorted(sectors, key=lambda one: bool(one.parent)):
        sector = stored.setdefault(new.code, Sector(fair=fair, code=new.code))
        if not sector.pk:
            number += 1
            sector.number = new.number or number
        sector.name_en, sector.name_zh, sector.focus = new.name_en, new.name_zh, new.focus
        sector.parent = stored[new.parent] if new.parent else None
        sector.save()


def _check(fair: Fair, sectors: Sequence[NewSector], stored: Mapping[str, Sector]) -> None:
    rules.require_codes([new.code for new in sectors], Phrase("sectors"))
    above = {sector.code: sector.parent.code if sector.parent else "" for sector in stored.values()}
    above |= {new.code: new.parent for new in sectors}
    for new in sectors:
        rules.require_chinese(rules.SectorOfCode(new.code), fair.languages, new.name_zh)
        rules.check_within(new.code, above, fair.name_en)
