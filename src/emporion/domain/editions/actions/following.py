"""The next edition of a fair, laid out as one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction

from emporion.domain.editions import rules
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall, HallElement, Phase
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Phrase


@dataclass(frozen=True)
class FollowingEdition:
    """What differs in the next edition: its number, names and days."""

    number: int
    name_en: str
    first_day: date
    last_day: date
    name_zh: str = ""


@transaction.atomic
def follow_edition(before: Edition, new: FollowingEdition, *, context: ActionContext) -> Edition:
    """Prepare the next edition with the venue, currency, areas, halls, quotas and phases of one before it.

    Phases keep their hours and their distance from the show. The new edition is not shown before it is made the current
    one. One entry in the journal. Raises: NumberTaken, ChineseNameMissing and what :func:`rules.require_days` does.
    """
    rules.require_days(new.first_day, new.last_day)
    rules.require_chinese(Phrase("the edition"), before.fair.languages, new.name_zh)
    edition = Edition(
        fair=before.fair, venue=before.venue, currency_id=before.currency_id, rate_days=before.rate_days,
        free_booth_quota=before.free_booth_quota, opens_daily=before.opens_daily, closes_daily=before.closes_daily,
        review_new_unit=before.review_new_unit, visitors_reapply=before.visitors_reapply,
        **vars(new),
    )  # fmt: skip
    try:
        # Of two who prepare it at the same moment the constraint lets one in.
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        raise rules.NumberTaken(fair=before.fair.slug, number=new.number) from None
    _copy_areas(before, edition)
    _copy_halls(before, edition)
    _shift_phases(before, edition)
    record("edition.prepared", edition, context=context, edition=edition.pk, following=before.number)
    return edition


def _copy_areas(before: Edition, edition: Edition) -> None:
    copies = []
    for area in before.areas.all():
        area.pk, area._state.adding, area.edition = None, True, edition
        copies.append(area)
    ExhibitionArea.objects.bulk_create(copies)


def _copy_halls(before: Edition, edition: Edition) -> None:
    areas = {area.code: area for area in edition.areas.all()}
    for hall in before.halls.prefetch_related("areas"):
        codes = [area.code for area in hall.areas.all()]
        copy = Hall.objects.create(
            edition=edition, code=hall.code, width_modules=hall.width_modules, depth_modules=hall.depth_modules,
            gross_area_m2=hall.gross_area_m2, indoor=hall.indoor, obstacles=hall.obstacles, exits=hall.exits,
            outline=hall.outline, ceiling_m=hall.ceiling_m, floor_load_kg_m2=hall.floor_load_kg_m2, level=hall.level,
            site_x=hall.site_x, site_y=hall.site_y, site_turn=hall.site_turn,
        )  # fmt: skip
        copy.areas.set([areas[code] for code in codes])
        _copy_elements(hall, copy, areas)


def _copy_elements(hall: Hall, copy: Hall, areas: Mapping[str, ExhibitionArea]) -> None:
    """What is on the floor; in the next edition it has keys of its own."""
    copies = []
    for element in hall.elements.select_related("area"):
        element.pk, element._state.adding, element.key, element.hall = None, True, uuid4(), copy
        element.area = areas[element.area.code] if element.area else None
        copies.append(element)
    HallElement.objects.bulk_create(copies)


def _shift_phases(before: Edition, edition: Edition) -> None:
    """What ended with the show or after it is measured from the last day, all else from the first."""
    from_first, from_last = edition.first_day - before.first_day, edition.last_day - before.last_day
    zone, copies = edition.zone, []
    for phase in before.phases.all():
        opens, closes = (moment.astimezone(zone).replace(tzinfo=None) for moment in (phase.opens, phase.closes))
        shift: timedelta = from_last if closes.date() >= before.last_day else from_first
        opens, closes = (moment.replace(tzinfo=zone) for moment in (opens + from_first, closes + shift))
        copies.append(Phase(edition=edition, kind=phase.kind, opens=opens, closes=closes))
    Phase.objects.bulk_create(copies)
