"""A free stand offered down its waiting list, by the rule by which stands are drawn."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored
from emporion.domain.selling.actions.freeing import end_wishes, free
from emporion.domain.selling.actions.telling import tell_of_stand
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import abandoned, lapsed, offers_run, sale_rules, waited_for, waiting_for
from emporion.domain.selling.rules.holds import FREE, OFFERED, is_live


def offer_down(sale: StandSale, *, context: ActionContext) -> Application | None:
    """Offer a free stand to the first on its waiting list who has none, until the deadline of the edition's rules.

    The caller has locked the stand's row. Nothing where nobody waits, or stands are not yet drawn.
    """
    edition = sale.stand.edition
    if sale.state != FREE or not offers_run(edition):
        return None
    for application in waiting_for(sale.stand):
        if _offer(sale, application, edition, context):
            return application
    return None


def _offer(sale: StandSale, application: Application, edition: Edition, context: ActionContext) -> bool:
    """Keep the stand for an applicant and tell it; false where it has just taken another one."""
    try:
        with transaction.atomic():
            keep_offered(sale, application, edition, context)
    except IntegrityError:
        sale.refresh_from_db()
        return False
    return True


def keep_offered(sale: StandSale, application: Application, edition: Edition, context: ActionContext) -> None:
    """Keep a free stand for an applicant until the deadline, with the message that says so."""
    until = context.at + timedelta(hours=sale_rules(edition).offer_hours)
    sale.state, sale.application, sale.since, sale.until = OFFERED, application, context.at, until
    sale.renewed = False
    sale.save()
    data = {"application": application.pk, "until": until.isoformat()}
    record("stand.offered", sale.stand, context=context, edition=edition.pk, **data)
    tell_of_stand("stand_offered", application, sale.stand, context, until=stored(until.astimezone(edition.zone)))


def settle(edition: Edition, *, context: ActionContext) -> int:
    """Free the stands whose hold or offer is over or whose application is dead, and offer what is free to who waits.

    Done by a job every minute; done twice it does the same as once. How many stands it freed or offered.
    """
    keys = [*lapsed(edition, context.at), *abandoned(edition), *waited_for(edition)]
    return sum(_settle(key, context) for key in dict.fromkeys(keys))


@transaction.atomic
def _settle(stand: int, context: ActionContext) -> bool:
    """One stand, unless somebody is at it."""
    locked = StandSale.objects.select_for_update(of=("self",), skip_locked=True)
    sale = locked.select_related("stand__edition__venue", "application__organisation").filter(pk=stand).first()
    if sale is None:
        return False
    before = sale.application
    if before is not None and not is_live(sale.state, sale.until, context.at):
        _lapse(sale, before, context)
    elif before is not None and stand in abandoned(sale.stand.edition, stand):
        free(sale, "stand.abandoned", context)
        keep_in_place(sale)
    return offer_down(sale, context=context) is not None or sale.application != before


def _lapse(sale: StandSale, before: Application, context: ActionContext) -> None:
    offered = sale.state == OFFERED
    free(sale, "stand.lapsed", context)
    if offered:
        end_wishes(before.pk, [sale.stand_id], "lapsed", context.at)
        tell_of_stand("stand_lapsed", before, sale.stand, context)


def keep_in_place(sale: StandSale) -> None:
    """A stand on sale stays where it is when halls are allocated, whoever left it."""
    sale.stand.locked, sale.stand.free = True, False
    sale.stand.save(update_fields=["locked", "free"])
