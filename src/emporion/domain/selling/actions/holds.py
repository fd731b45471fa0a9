"""Holding a stand: chosen on the plan or by the machine, renewed once, given back.

A hold is one statement that locks one stand's row, so that buyers of other stands never wait for each other. It
enqueues nothing: a job looks for what has lapsed. The statement asks everything that decides, as its rows are when the
lock is there; who finds the stand taken is told the reason by a second look.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.events import event_named
from emporion.domain.selling.actions.freeing import end_wishes, free
from emporion.domain.selling.actions.offers import offer_down
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import buyer_for, sale_of, sale_rules, why_not
from emporion.domain.selling.rules.holds import (
    BUYERS,
    FREE,
    OFFERED,
    Fit,
    Held,
    NoStandFits,
    NothingHeld,
    OfferFirst,
    is_live,
    require_may_give_back,
    require_no_stand,
    require_renewable,
)

# A stand that nobody has and nobody else waits for.
FREE_NOW = """
    (p.state = 'free' OR (p.state IN ('held', 'offered') AND p.until <= %(at)s))
    AND NOT EXISTS (
        SELECT FROM selling_wish w WHERE w.stand_id = p.stand_id AND w.ended IS NULL AND w.application_id <> buyer.id
    )
"""
BUYER = """
    buyer AS MATERIALIZED (
        SELECT a.id, a.area_id, %(at)s + make_interval(mins => r.hold_minutes) AS until
        FROM exhibitors_application a JOIN selling_salerules r ON r.edition_id = a.edition_id
        WHERE a.edition_id = %(edition)s AND a.organisation_id = %(organisation)s AND a.main_id IS NULL
            AND a.joint_stand = '' AND a.state = ANY(%(buyers)s) AND r.way = 'chosen'
            AND NOT EXISTS (SELECT FROM selling_standsale o WHERE o.application_id = a.id AND o.state <> 'free')
    )
"""
NAMED = f"""
    found AS MATERIALIZED (
        SELECT p.stand_id, s.number FROM buyer, selling_standsale p JOIN booths_stand s ON s.id = p.stand_id
        WHERE s.edition_id = %(edition)s AND s.number = %(number)s AND {FREE_NOW}
        FOR NO KEY UPDATE OF p {{wait}}
    )
"""
# Rows that others are taking are passed over: whoever asks gets another stand and waits for nobody.
FITTING = f"""
    found AS MATERIALIZED (
        SELECT p.stand_id, s.number FROM buyer, selling_standsale p JOIN booths_stand s ON s.id = p.stand_id
        JOIN editions_hall h ON h.id = s.hall_id
        WHERE s.edition_id = %(edition)s AND s.area_id = buyer.area_id AND s.kind = %(kind)s
            AND s.area_m2 BETWEEN %(least)s AND %(most)s AND s.open_sides >= %(open_sides)s
            AND %(hall)s IN ('', h.code) AND {FREE_NOW}
        ORDER BY s.area_m2, s.open_sides, s.number
        LIMIT 1 FOR NO KEY UPDATE OF p SKIP LOCKED
    )
"""
TAKE = """
    , taken AS (
        UPDATE selling_standsale p
        SET state = 'held', application_id = buyer.id, since = %(at)s, until = buyer.until, renewed = false
        FROM buyer, found WHERE p.stand_id = found.stand_id
        RETURNING p.stand_id, found.number, p.until, p.application_id
    ), told AS (
        INSERT INTO journal_journalentry
            (at, actor_id, event, subject_kind, subject_id, subject_label, schema, public, edition, data)
        SELECT %(at)s, %(actor)s, 'stand.held', 'stand', taken.stand_id::text, taken.number, %(schema)s, false,
            %(edition)s, jsonb_build_object('application', taken.application_id, 'until', taken.until)
        FROM taken
    )
    SELECT stand_id, number, until FROM taken
"""
HOLD = f"WITH {BUYER}, {NAMED} {TAKE}"
# Who gives one stand back to take another waits for nobody: two who exchange theirs would wait for each other.
HOLD_INSTEAD = HOLD.replace("{wait}", "SKIP LOCKED")
HOLD = HOLD.replace("{wait}", "")
CHOOSE = f"WITH {BUYER}, {FITTING} {TAKE}"
STILL_FREE = f"WITH {BUYER}, {FITTING} SELECT count(*) FROM found".replace("FOR NO KEY UPDATE OF p SKIP LOCKED", "")
# So often, and so many seconds apart, is asked again while all that is free is just being taken.
TRIES, PAUSE = 50, 0.02


def hold_stand(edition: Edition, organisation: int, number: str, *, context: ActionContext) -> Held:
    """Hold a stand for an organisation that chose it on the plan, for the minutes of the edition's rules.

    What was held for it before is given back; held twice, it is held. Raises: StandTaken, StandWaitedFor,
    StandNotOnSale, HasStand, OfferFirst, NotChosenOnPlan, NoBuyer, JointStandByOffice.
    """
    asked = _asked(edition, organisation, context) | {"number": number}
    try:
        return _take(HOLD, asked) or _hold_instead(edition, organisation, asked, context)
    except IntegrityError:
        return _first_of_two(edition, organisation, context)


def choose_stand(edition: Edition, organisation: int, fit: Fit, *, context: ActionContext) -> Held:
    """Hold the smallest free stand that fits, in the exhibition area of the organisation's application.

    Many at once get a stand each, as long as there are some: rows that others are taking are passed over. Raises:
    NoStandFits, and what ``hold_stand`` refuses of a buyer.
    """
    wanted = {"kind": fit.kind, "least": fit.least_m2, "most": fit.most_m2, "open_sides": fit.open_sides}
    asked = _asked(edition, organisation, context) | wanted | {"hall": fit.hall}
    try:
        return _take(CHOOSE, asked) or _choose_instead(edition, organisation, asked, context)
    except IntegrityError:
        return _first_of_two(edition, organisation, context)


def _asked(edition: Edition, organisation: int, context: ActionContext) -> dict[str, Any]:
    return {
        "edition": edition.pk, "organisation": organisation, "buyers": list(BUYERS), "at": context.at,
        "actor": context.actor and context.actor.pk, "schema": event_named("stand.held").schema,
    }  # fmt: skip


def _take(statement: str, asked: dict[str, Any]) -> Held | None:
    """One statement, which is one transaction where none is open."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        row = cursor.fetchone()
    return row and Held(*row)


def _first_of_two(edition: Edition, organisation: int, context: ActionContext) -> Held:
    """What a buyer holds who picked twice at the same moment: the first pick counts."""
    sale = StandSale.objects.select_related("stand").filter(application=buyer_for(edition, organisation)).first()
    if sale is None:
        raise NothingHeld()
    return Held(sale.stand_id, sale.stand.number, sale.until or context.at)


@transaction.atomic
def _hold_instead(edition: Edition, organisation: int, asked: dict[str, Any], context: ActionContext) -> Held:
    """Hold a stand in place of the one held now; where that cannot be, say why."""
    buyer = buyer_for(edition, organisation)
    own = _own(buyer)
    if own is not None and own.stand.number == asked["number"] and is_live(own.state, own.until, context.at):
        return Held(own.stand_id, own.stand.number, own.until or context.at)
    _leave(own, context)
    held = _take(HOLD_INSTEAD, asked) if own is not None else None
    if held is None:
        raise why_not(sale_of(edition, asked["number"]), asked["number"], context.at)
    return held


@transaction.atomic
def _choose_instead(edition: Edition, organisation: int, asked: dict[str, Any], context: ActionContext) -> Held:
    """The same for whoever lets a stand be chosen; asks again while what is free is just being taken by others."""
    _leave(_own(buyer_for(edition, organisation)), context)
    for _try in range(TRIES):
        if held := _take(CHOOSE, asked):
            return held
        with connection.cursor() as cursor:
            cursor.execute(STILL_FREE, asked)
            if cursor.fetchone() == (0,):
                break
        time.sleep(PAUSE)
    raise NoStandFits()


def _own(buyer: Application) -> StandSale | None:
    """The stand that a buyer has, locked."""
    locked = StandSale.objects.select_for_update(of=("self",)).select_related("stand")
    return locked.filter(application=buyer).exclude(state=FREE).first()


def _leave(own: StandSale | None, context: ActionContext) -> None:
    """Give back what is held; refuse where more than a hold is there."""
    if own is None:
        return
    require_no_stand(own.state, own.stand.number)
    if own.state == OFFERED and is_live(own.state, own.until, context.at):
        raise OfferFirst(number=own.stand.number)
    free(own, "stand.given_back", context)


@transaction.atomic
def renew_hold(edition: Edition, organisation: int, *, context: ActionContext) -> Held:
    """Let a hold begin anew, once. Raises: NothingHeld, RenewedOnce, NoBuyer."""
    own = _own(buyer_for(edition, organisation))
    if own is None:
        raise NothingHeld()
    require_renewable(state=own.state, until=own.until, renewed=own.renewed, at=context.at)
    until = context.at + timedelta(minutes=sale_rules(edition).hold_minutes)
    own.until, own.renewed = until, True
    own.save(update_fields=["until", "renewed"])
    record("stand.renewed", own.stand, context=context, edition=edition.pk, application=own.application_id)
    return Held(own.stand_id, own.stand.number, until)


@transaction.atomic
def give_back(edition: Edition, organisation: int, *, context: ActionContext) -> None:
    """Give back a stand that is held or requested, or decline one that is offered; who waits for it is offered it.

    Raises: NothingHeld, HasStand.
    """
    own = _own(buyer_for(edition, organisation))
    if own is None:
        raise NothingHeld()
    require_may_give_back(own.state, own.stand.number)
    declined = own.state == OFFERED
    if declined:
        end_wishes(own.application_id, [own.stand_id], "declined", context.at)
    free(own, "stand.declined" if declined else "stand.given_back", context)
    offer_down(own, context=context)
