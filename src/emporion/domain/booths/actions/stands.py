"""One stand: its number and kind, and who shows on it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Sum

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.booths.rules import (
    StandNumberTaken,
    require_free_area,
    require_no_stand,
    require_same_edition,
    require_stand_number,
)
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@transaction.atomic
def change_stand(stand: Stand, *, number: str, kind: str, context: ActionContext) -> Stand:
    """Give a stand another number or kind; nothing changed is nothing written.

    Raises: StandNumberNotFit, StandNumberTaken.
    """
    stored = Stand.objects.select_for_update(of=("self",)).select_related("hall").get(pk=stand.pk)
    require_stand_number(number, stored.hall.code)
    before = {"number": stored.number, "kind": stored.kind}
    if before == {"number": number, "kind": kind}:
        return stored
    stored.number, stored.kind = number, Stand.Kind(kind)
    try:
        with transaction.atomic():
            stored.save(update_fields=["number", "kind"])
    except IntegrityError as error:
        raise StandNumberTaken(number=number) from error
    record("stand.changed", stored, context=context, edition=stored.edition_id, before=before)
    return stored


@transaction.atomic
def put_on_stand(stand: Stand, exhibitor: Exhibitor, *, area_m2: int, context: ActionContext) -> Occupancy:
    """Let an exhibitor without a stand show on this one, with so much of its net area; 0 for a guest.

    Raises: StandOfOtherEdition, HasStandAlready, StandTooSmall.
    """
    locked = Stand.objects.select_for_update().get(pk=stand.pk)
    require_same_edition(stand=locked.edition_id, exhibitor=exhibitor.edition_id)
    held = Occupancy.objects.select_related("stand").filter(exhibitor=exhibitor).first()
    require_no_stand(exhibitor.number, held.stand.number if held else "")
    taken = locked.occupancies.aggregate(sum=Sum("area_m2"))["sum"] or 0
    require_free_area(locked.number, free=locked.area_m2 - taken, wanted=area_m2)
    occupancy = Occupancy.objects.create(stand=locked, exhibitor=exhibitor, area_m2=area_m2)
    facts = {"exhibitor": exhibitor.number, "area_m2": area_m2}
    record("stand.occupied", locked, context=context, edition=locked.edition_id, **facts)
    return occupancy
