"""One application: made, submitted, decided, withdrawn.

Every action locks its application, asks the rules, and writes row, journal and outbox in one transaction. An action
that was done already changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from emporion.domain.editions.models import Edition, ExhibitionArea, Phase, Sector
from emporion.domain.editions.queries import local_day, phase_words, window_of
from emporion.domain.exhibitors.models import Application, Pavilion
from emporion.domain.exhibitors.rules.applications import (
    AlreadyApplied,
    AreaOfOtherEdition,
    ReasonNeeded,
    require_applications_open,
    require_main,
    require_may,
    require_reviewable,
)
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.space import require_free_booth, require_space
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.notices.actions import notify
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules.registers import require_registered_number
from emporion.domain.reason import stored
from emporion.domain.reference.queries import may_be_members

State = Application.State


@transaction.atomic
def apply(
    edition: Edition,
    organisation: Organisation,
    facts: ApplicationFacts,
    *,
    area: ExhibitionArea,
    context: ActionContext,
    sector: Sector | None = None,
    pavilion: Pavilion | None = None,
    main: Application | None = None,
) -> Application:
    """Draft an organisation's application to an edition; ``main`` makes it a co-exhibitor on that one's stand.

    Raises: PhaseNotPlanned, ApplicationsNotOpenYet, ApplicationsClosed, AlreadyApplied, AreaOfOtherEdition,
    MainExhibitorNeeded, MainIsCoExhibitor, and what ``require_registered_number``, ``require_space`` and
    ``require_free_booth`` refuse.
    """
    _require_open(edition, context.at)
    require_registered_number(organisation.country_id or "", organisation.registered_number)
    application = Application(
        edition=edition,
        organisation=organisation,
        origin=organisation.country,
        area=area,
        sector=sector,
        pavilion=pavilion,
        main=main,
        **facts.values(),
    )
    _require_content(application, context.at)
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        # The constraint speaks for the rule when two apply at the same moment.
        if "already_applied" in str(error):
            raise AlreadyApplied(organisation=organisation) from error
        raise
    _record("application.made", application, context)
    return application


@transaction.atomic
def submit(application: Application, *, context: ActionContext) -> Application:
    """Hand a draft in for review.

    Raises: PhaseNotPlanned, ApplicationsNotOpenYet, ApplicationsClosed, StateForbids, and what ``apply`` refuses.
    """
    locked = _locked(application)
    if locked.state != State.SUBMITTED:
        require_may(locked.state, "submitted")
        _require_open(locked.edition, context.at)
        _require_content(locked, context.at)
        locked.submitted = context.at
        _move(locked, State.SUBMITTED, context)
    return locked


@transaction.atomic
def approve(application: Application, *, context: ActionContext) -> Application:
    """Accept a submitted application, so that a contract may be signed; the applicant is told.

    Raises: StateForbids, ContactNeeded, MainNotApproved.
    """
    locked = _locked(application)
    if locked.state != State.APPROVED:
        require_may(locked.state, "approved")
        require_reviewable(contact_email=locked.contact_email, main_state=locked.main.state if locked.main else None)
        _decide(locked, State.APPROVED, context)
    return locked


@transaction.atomic
def reject(application: Application, *, reason: str, context: ActionContext) -> Application:
    """Turn a submitted application down; the applicant is told the reason.

    Raises: ReasonNeeded, StateForbids.
    """
    if not reason.strip():
        raise ReasonNeeded()
    locked = _locked(application)
    if locked.state != State.REJECTED:
        require_may(locked.state, "rejected")
        locked.reason = reason.strip()
        _decide(locked, State.REJECTED, context)
    return locked


@transaction.atomic
def reopen(application: Application, *, context: ActionContext) -> Application:
    """Take a decision back before the contract, or take up what was withdrawn: the application is reviewed again.

    The applicant is told. Raises: StateForbids.
    """
    locked = _locked(application)
    if locked.state != State.SUBMITTED:
        require_may(locked.state, "reopened")
        locked.reason = ""
        locked.state = State.SUBMITTED
        locked.save()
        _record("application.reopened", locked, context)
        key = message_key("application_reopened", locked, context.at)
        _tell("application_reopened", key, locked, context)
    return locked


@transaction.atomic
def withdraw(application: Application, *, context: ActionContext) -> Application:
    """Take an application back before its contract; its co-exhibitors' applications go with it.

    Raises: StateForbids.
    """
    locked = _locked(application)
    if locked.state != State.WITHDRAWN:
        require_may(locked.state, "withdrawn")
        _move(locked, State.WITHDRAWN, context)
        for co_application in locked.co_applications.exclude(state__in=[State.WITHDRAWN, State.REJECTED]):
            withdraw(co_application, context=context)
    return locked


@transaction.atomic
def want_buyers(application: Application, words: str, *, least_purchases: int, context: ActionContext) -> Application:
    """Say whom the exhibitor wants to meet, at any time: in its own words, and the least purchasing size (0: any)."""
    locked = _locked(application)
    wanted = (words.strip(), least_purchases)
    if (locked.buyers_wanted, locked.least_purchases) != wanted:
        locked.buyers_wanted, locked.least_purchases = wanted
        locked.save(update_fields=["buyers_wanted", "least_purchases"])
        _record("application.buyers_wanted", locked, context)
    return locked


def _locked(application: Application) -> Application:
    """The application as it is now, locked until the transaction ends."""
    joined = Application.objects.select_related("edition", "organisation", "area", "main")
    return joined.select_for_update(of=("self",)).get(pk=application.pk)


def _require_open(edition: Edition, at: datetime) -> None:
    kind = Phase.Kind.APPLICATION
    require_applications_open(window_of(edition, kind), at, phase=phase_words(kind))


def _require_content(application: Application, at: datetime) -> None:
    """What an application asks, checked on the day it is made and again on the day it is handed in."""
    main = application.main
    if application.area.edition_id != application.edition_id:
        raise AreaOfOtherEdition(area=application.area)
    if main:
        state = main.state if main.edition_id == application.edition_id else "elsewhere"
        require_main(name=str(main.organisation), state=state, is_co_exhibitor=main.main_id is not None)
    require_stand(
        application.edition,
        country=application.origin_id or "",
        stand=application.stand,
        area_m2=application.area_m2,
        open_sides=application.open_sides,
        requests_free_booth=application.requests_free_booth,
        is_co_exhibitor=main is not None,
        at=at,
    )


def require_stand(
    edition: Edition,
    *,
    country: str,
    stand: str,
    area_m2: int,
    open_sides: int,
    requests_free_booth: bool,
    at: datetime,
    is_co_exhibitor: bool = False,
) -> None:
    """Refuse space that the edition does not let, and a free booth to those it is not for; ``country`` by its code.

    Raises what ``require_space`` and ``require_free_booth`` refuse.
    """
    require_space(stand=stand, area_m2=area_m2, open_sides=open_sides, is_co_exhibitor=is_co_exhibitor)
    if requests_free_booth:
        rule = free_booth_rule(edition)
        require_free_booth(
            country=country,
            least_developed=may_be_members(rule.group, local_day(edition, at)),
            stand=stand,
            area_m2=area_m2,
            free_booth_m2=rule.area_m2,
            is_co_exhibitor=is_co_exhibitor,
        )


def _decide(application: Application, state: State, context: ActionContext) -> None:
    """Note the decision with its reviewer, and tell the applicant."""
    key = message_key(f"application_{state}", application, context.at)
    application.reviewed, application.reviewer = context.at, context.actor
    _move(application, state, context)
    _tell(f"application_{state}", key, application, context)


def message_key(template: str, application: Application, at: datetime) -> str:
    """The key of a message about an application; once something was decided, each message is one of its own."""
    key = f"{template.replace('_', '.', 1)}:{application.pk}"
    return key if application.reviewed is None else f"{key}:{at.isoformat()}"


def _tell(template: str, key: str, application: Application, context: ActionContext) -> None:
    notify(
        key,
        recipient=application.contact_email,
        template=template,
        context=decision_context(application),
        edition_id=application.edition_id,
        at=context.at,
    )


def decision_context(application: Application) -> dict[str, Any]:
    """What fills the message about a decision."""
    organisation = application.organisation
    return {
        "organisation": stored(organisation.proper_name),
        "organisation_id": organisation.pk,
        "reason": application.reason,
    }


def _move(application: Application, state: State, context: ActionContext) -> None:
    application.state = state
    application.save()
    _record(f"application.{state}", application, context)


def _record(event: str, application: Application, context: ActionContext) -> None:
    reason = {"reason": application.reason} if application.reason else {}
    subject = subject_of(application, str(application.organisation))
    record(event, subject, context=context, edition=application.edition_id, **reason)
