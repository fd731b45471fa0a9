"""A person claims to act for an organisation that is registered already; the desk of a fair that knows it decides."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Fair
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.organisations.actions.representatives import appoint
from emporion.domain.organisations.models import Organisation, OrganisationClaim, Representative
from emporion.domain.organisations.queries import fairs_knowing
from emporion.domain.organisations.rules import representation as rules
from emporion.domain.reason import Phrase, stored

State = OrganisationClaim.State


@transaction.atomic
def claim_organisation(
    organisation: Organisation, user: User, *, fair: Fair, evidence: str, position: str = "", at: datetime
) -> OrganisationClaim:
    """Ask the desk of a fair to let a person act for an organisation.

    Raises: EvidenceNeeded, EvidenceTooLong, AlreadyActsFor, ClaimWaits.
    """
    rules.require_evidence(evidence, organisation.proper_name)
    if Representative.objects.filter(organisation=organisation, user=user).exists():
        raise rules.AlreadyActsFor(person=user.proper_name, organisation=organisation.proper_name)
    try:
        with transaction.atomic():
            claim = OrganisationClaim.objects.create(
                organisation=organisation, user=user, fair=fair, evidence=evidence, position=position, made=at
            )
    except IntegrityError as error:
        if "one_open_claim_per_person" not in str(error):
            raise
        raise rules.ClaimWaits(organisation=organisation.proper_name) from error
    _record("organisation.claimed", claim, ActionContext(at, user))
    return claim


@transaction.atomic
def accept_claim(
    claim: OrganisationClaim, *, fair: Fair, statement: str = "", context: ActionContext
) -> OrganisationClaim:
    """Let the person manage the organisation, by the desk of a fair, and tell them. Accepted twice is accepted once.

    ``statement``: how the desk checked the claim. Raises: OtherFairDecides, StatementNeeded, EvidenceTooLong,
    ClaimDecided.
    """
    locked = _locked(claim)
    knowing = _check_decides(locked, fair)
    if locked.state == State.ACCEPTED:
        return locked
    rules.check_statement(
        statement, knowing, person=locked.user.proper_name, organisation=locked.organisation.proper_name
    )
    locked.statement = statement.strip()
    _decide(locked, State.ACCEPTED, context)
    appoint(locked.organisation, locked.user, position=locked.position, context=context)
    return locked


@transaction.atomic
def decline_claim(claim: OrganisationClaim, *, fair: Fair, reason: str, context: ActionContext) -> OrganisationClaim:
    """Turn the person down with a reason, by the desk of a fair. Declined twice is declined once.

    Raises: ClaimReasonNeeded, OtherFairDecides, ClaimDecided.
    """
    if not reason.strip():
        raise rules.ClaimReasonNeeded()
    locked = _locked(claim)
    _check_decides(locked, fair)
    if locked.state != State.DECLINED:
        locked.reason = reason.strip()
        _decide(locked, State.DECLINED, context)
    return locked


def _locked(claim: OrganisationClaim) -> OrganisationClaim:
    joined = OrganisationClaim.objects.select_related("organisation", "user", "fair")
    return joined.select_for_update(of=("self",)).get(pk=claim.pk)


def _check_decides(claim: OrganisationClaim, fair: Fair) -> dict[int, str]:
    """The fairs that know the organisation. Raises: OtherFairDecides."""
    knowing = fairs_knowing(claim.organisation)
    rules.check_decides(fair.pk, knowing, claim.fair_id, name=fair.name_en, organisation=claim.organisation.proper_name)
    return knowing


def _decide(claim: OrganisationClaim, state: OrganisationClaim.State, context: ActionContext) -> None:
    if claim.state != State.OPEN:
        raise rules.ClaimDecided(
            person=claim.user.proper_name,
            organisation=claim.organisation.proper_name,
            state=Phrase(State(claim.state).label),
        )
    claim.state, claim.decided, claim.decided_by = state, context.at, context.actor
    claim.save(update_fields=["state", "reason", "statement", "decided", "decided_by"])
    _record(f"claim.{state.value}", claim, context)
    notify(
        f"claim.{state.value}:{claim.pk}", recipient=claim.user.email, template=f"claim_{state.value}",
        context={
            "name": stored(claim.user.proper_name),
            "organisation": stored(claim.organisation.proper_name), "reason": claim.reason,
            **({"organisation_id": claim.organisation_id} if state == State.ACCEPTED else {}),
        },
        language=claim.user.language, edition_id=_current(claim), at=context.at,
    )  # fmt: skip


def _current(claim: OrganisationClaim) -> int | None:
    """The key of the fair's current edition, in whose name the message goes out."""
    return claim.fair.editions.filter(current=True).values_list("pk", flat=True).first()


def _record(event: str, claim: OrganisationClaim, context: ActionContext) -> None:
    record(event, claim.organisation, context=context, claim=claim.pk, person=claim.user_id, fair=claim.fair_id)
