"""One organisation, and the people who act for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise_list
from emporion.domain.organisations.actions.representatives import appoint
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.organisations.rules import number_key
from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.organisations.rules.registers import require_registered_number


@transaction.atomic
def register_organisation(row: OrganisationRow, *, context: ActionContext) -> Organisation:
    """The organisation that the row names, recognised as in a list; created when it is not known.

    Raises: UnknownCountries, OrganisationWithoutName, NameTooLong, NumberTooLong, CreditCodeWrong, CreditCodeMisspelt.
    """
    require_registered_number(row.country, number_key(row.registered_number))
    recognised = recognise_list([row], authoritative=False)
    organisation = Organisation.objects.select_related("country").get(pk=recognised.ids[0])
    if recognised.created:
        record("organisation.registered", organisation, context=context)
    return organisation


@transaction.atomic
def register_own_organisation(row: OrganisationRow, user: User, *, position: str = "", at: datetime) -> Organisation:
    """A new organisation, registered by the person who acts for it from then on; registered twice, it is one.

    Nobody comes to act for an organisation that is known already by naming it.

    Raises: OrganisationKnown, and what ``register_organisation`` does.
    """
    organisation, is_new = register_by_outsider(row, context=ActionContext(at, user))
    if is_new:
        appoint(organisation, user, context=ActionContext(at, user), position=position)
    elif not Representative.objects.filter(organisation=organisation, user=user).exists():
        raise OrganisationKnown(organisation=organisation)
    return organisation


@transaction.atomic
def register_by_outsider(row: OrganisationRow, *, context: ActionContext) -> tuple[Organisation, bool]:
    """The organisation that a person names who need not speak for it, and whether it is new.

    What such a person states of an organisation that is known changes nothing there. Raises what
    ``register_organisation`` does.
    """
    require_registered_number(row.country, number_key(row.registered_number))
    before = transaction.savepoint()
    recognised = recognise_list([row], authoritative=False)
    if recognised.created:
        transaction.savepoint_commit(before)
    else:
        transaction.savepoint_rollback(before)
    organisation = Organisation.objects.select_related("country").get(pk=recognised.ids[0])
    if recognised.created:
        record("organisation.registered", organisation, context=context)
    return organisation, bool(recognised.created)
