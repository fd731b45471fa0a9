"""A rehearsal: a small invented fair that is on today, with every door open, beside the demonstration.

The demonstration was in 2023 and its doors are closed. Here people of the demonstration ask, accept, decline and move
meetings as they would on a day of the show. It goes through the same lists and actions as the demonstration.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import F

from emporion.demo import calendar, products, sessions
from emporion.demo import visitors as people
from emporion.demo.exhibitors import Applicant
from emporion.demo.published import SLUG
from emporion.demo.sizes import Size
from emporion.demo.steps.fair import Fair
from emporion.domain.booths.actions import allocate
from emporion.domain.catalogue.actions.eligibility import store_eligibility
from emporion.domain.editions.actions import NewPhase, open_edition
from emporion.domain.editions.actions.halls import HallRow, import_halls
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import edition_numbered, fair_by_slug, local_day
from emporion.domain.exhibitors import actions as exhibiting
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import run_matching
from emporion.domain.meetings.actions import (
    RequestRow,
    import_requests,
    make_timetable,
    open_slots,
    publish_timetable,
    set_presence,
)
from emporion.domain.meetings.models import MeetingSlot
from emporion.domain.organisations.models import Organisation
from emporion.domain.programme.models import Session
from emporion.domain.visitors import actions as visiting
from emporion.domain.visitors.models import Visitor

NUMBER = 99
DAYS = 3
EXHIBITORS, VISITORS = 12, 40
PRODUCTS, DEBUTS, LAUNCHES = 48, 8, 2
HALL = "1.1"
# People and goods were registered so long before the first day.
REGISTERED = timedelta(days=20)
BEFORE, AFTER = timedelta(days=30), timedelta(days=30)
# The stand that more want to meet than it has time for.
FULL_STAND_IS_AWAY_BUT = 4


def rehearse(size: Size, seed: int, folder: Path, *, at: datetime) -> Edition:
    """Make the rehearsal, or bring the one that is there to today, and show it on the site.

    Raises Edition.DoesNotExist where the demonstration was not made.
    """
    with ThreadPoolExecutor(os.cpu_count()) as executor, transaction.atomic():
        fair = Fair(size, seed, folder, executor)
        before = fair.edition
        if (edition := Edition.objects.filter(fair=before.fair, number=NUMBER).first()) is None:
            edition = _make(fair, before, at)
        else:
            _bring_to(edition, local_day(edition, at))
        _show(edition)
    return edition


def end() -> Edition:
    """Show the demonstration again; the rehearsal stays for another time."""
    edition = edition_numbered(fair_by_slug(SLUG), calendar.EDITION)
    with transaction.atomic():
        _show(edition)
    return edition


def _show(edition: Edition) -> None:
    Edition.objects.filter(fair=edition.fair, current=True).update(current=False)
    Edition.objects.filter(pk=edition.pk).update(current=True)


def _make(fair: Fair, before: Edition, at: datetime) -> Edition:
    edition, actor, today = _opened(fair, before, at), fair.organiser, local_day(before, at)
    applicants = _exhibitors(fair)
    _take(fair, "exhibitors", applicants, at - REGISTERED)
    exhibiting.approve_all(edition, context=ActionContext(at, actor))
    exhibiting.sign_contracts(edition, day=today, context=ActionContext(at, actor))
    areas = tuple(edition.areas.values_list("code", flat=True))
    import_halls(
        edition, [HallRow(2, HALL, 36, 36, areas=areas, exits=((0, 18), (35, 18)))], context=ActionContext(at, actor)
    )
    allocate(edition, context=ActionContext(at, actor), seed=fair.seed, executor=fair.executor)
    _show_products(fair, edition, applicants, at)
    _take(fair, "delegations", fair.delegations, at - REGISTERED)
    _take(fair, "visitors", _visitors(fair, local_day(edition, at - REGISTERED)), at - REGISTERED)
    visiting.approve_all(edition, context=ActionContext(at, actor))
    _seat_the_buyer(fair, edition)
    run_matching(edition, context=ActionContext(at, actor), seed=fair.seed, executor=fair.executor)
    _ask(fair, edition, at)
    make_timetable(edition, context=ActionContext(at, actor), seed=fair.seed, executor=fair.executor)
    publish_timetable(edition, context=ActionContext(at, actor))
    return edition


def _opened(fair: Fair, before: Edition, at: datetime) -> Edition:
    today = local_day(before, at)
    names = {"name_en": "Rehearsal of the expo", "name_zh": "博览会演练"}
    days = {"first_day": today, "last_day": today + timedelta(days=DAYS - 1)}
    like = {"fair": before.fair, "venue": before.venue, "currency": before.currency}
    edition = Edition.objects.create(number=NUMBER, **names, **days, **like)
    phases = [NewPhase(kind, at - BEFORE, at + AFTER) for kind in Phase.Kind.values]
    areas = [area for area in calendar.AREAS if area.scope == "enterprise"]
    open_edition(edition, areas=areas, phases=phases, free_booth_quota=0, context=ActionContext(at, fair.organiser))
    return edition


def _take(fair: Fair, kind: str, rows: Sequence[Any] | pl.DataFrame, at: datetime) -> None:
    fair.take(kind, rows, at, lambda *_told: None, edition=NUMBER)


def _exhibitors(fair: Fair) -> list[Applicant]:
    """The demonstration's exhibitor and some others, each with a plain stand."""
    own = Organisation.objects.get(representatives__user__email="exhibitor@emporion.example").name
    plain = [one for one in fair.contracted if one.kind == "enterprise" and not one.main]
    chosen = sorted(plain, key=lambda one: one.name != own)[:EXHIBITORS]
    return [
        replace(
            one, stand="standard", area_m2=18, open_sides=1, requests_free_booth=False, pavilion="", pavilion_name="",
            pavilion_name_zh="", joint_stand="", earlier_editions=(),
        )
        for one in chosen
    ]  # fmt: skip


def _show_products(fair: Fair, edition: Edition, applicants: list[Applicant], at: datetime) -> None:
    """Products of the exhibitors with what the host's tariff says of them, and a programme that launches two."""
    size = replace(fair.size, products=PRODUCTS, debuts=DEBUTS, forums=2, supporting_events=1)
    rows = products.shown(size, applicants, fair.seed)
    numbered = [replace(one, number=one.number.replace("P06", f"P{NUMBER}")) for one in rows]
    _take(fair, "products", numbered, at - REGISTERED)
    store_eligibility(edition)
    launched = [(one.number, one.name_en, one.name_zh, HALL) for one in numbered if one.debut][:LAUNCHES]
    by = edition.first_day - sessions.OPENING.date()
    held = [replace(one, starts=one.starts + by, ends=one.ends + by) for one in sessions.held(size, launched)]
    _take(fair, "sessions", held, at - REGISTERED)


def _visitors(fair: Fair, registered: date) -> pl.DataFrame:
    """The demonstration's buyer and some others of the trading groups."""
    abroad = sorted(land.code for land in fair.lands if not land.international)
    everybody = people.people(fair.size, fair.units, abroad, fair.seed).filter(pl.col("delegation") != "")
    mine = pl.col("number") == _buyers_number(fair)
    chosen = pl.concat([everybody.filter(mine), everybody.filter(~mine).head(VISITORS - 1)])
    number = pl.col("number").str.replace("V06", f"V{NUMBER}")
    return chosen.with_columns(number, pl.lit(registered.isoformat()).alias("registered"))


def _buyers_number(fair: Fair) -> str:
    return Visitor.objects.get(edition=fair.edition, user__email="buyer@emporion.example").number


def _seat_the_buyer(fair: Fair, edition: Edition) -> None:
    before = Visitor.objects.select_related("user").get(edition=fair.edition, number=_buyers_number(fair))
    number = before.number.replace("V06", f"V{NUMBER}")
    Visitor.objects.filter(edition=edition).update(email="")
    Visitor.objects.filter(edition=edition, number=number).update(user=before.user, email="buyer@emporion.example")


def _ask(fair: Fair, edition: Edition, at: datetime) -> None:
    """Everybody asks some stands and most accept; some wait; the last stand is wanted by more than it has time for."""
    open_slots(edition, context=ActionContext(at, fair.organiser))
    rows = list(_requests(edition, at))
    import_requests(edition, rows, context=ActionContext(at, fair.organiser))
    full = Exhibitor.objects.filter(edition=edition).order_by("number").last()
    slots = MeetingSlot.objects.filter(edition=edition).count()
    if full is not None:
        set_presence(
            full, away=range(slots - FULL_STAND_IS_AWAY_BUT), hosts=1, context=ActionContext(at, fair.organiser)
        )


def _requests(edition: Edition, at: datetime) -> Iterator[RequestRow]:
    stands = list(Exhibitor.objects.filter(edition=edition).order_by("number").values_list("number", flat=True))
    buyer_first = (F("user").asc(nulls_last=True), "number")
    visitors = list(Visitor.objects.filter(edition=edition).order_by(*buyer_first).values_list("number", flat=True))
    row = 1
    for place, visitor in enumerate(visitors):
        # Who signs in as the buyer has an answer to give; the demonstration's exhibitor, on the first stand, has some.
        wanted = [(place + 7) % len(stands), place % 4, *([len(stands) - 1] if place % 3 == 2 else [])]
        for turn, stand in enumerate(dict.fromkeys(wanted)):
            row += 1
            waits = turn == 1 and place % 3 != 2
            facts = {"wish": "must" if turn == 0 else "like", "state": "pending" if waits else "accepted"}
            yield RequestRow(
                row=row, visitor=visitor, exhibitor=stands[stand], by_exhibitor=place == 0, requested=at,
                answered=None if waits else at, **facts,
            )  # fmt: skip


def _bring_to(edition: Edition, today: date) -> None:
    """Let the rehearsal begin today: its days, its phases and its slots move by as many days."""
    by = today - edition.first_day
    Edition.objects.filter(pk=edition.pk).update(first_day=F("first_day") + by, last_day=F("last_day") + by)
    edition.phases.update(opens=F("opens") + by, closes=F("closes") + by)
    for timed in (MeetingSlot, Session):
        timed.objects.filter(edition=edition).update(starts=F("starts") + by, ends=F("ends") + by)
    Visitor.objects.filter(edition=edition).update(registered=F("registered") + by)
