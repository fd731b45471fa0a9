"""One organisation, and the people who act for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.journal.actions import record
from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise_list
from emporion.domain.organisations.models import Organisation, Representative


@transaction.atomic
def register_organisation(row: OrganisationRow, *, at: datetime, actor: User | None = None) -> Organisation:
    """The organisation that the row names, recognised as in a list; created when it is not known.

    Raises: UnknownCountries, OrganisationWithoutName, NameTooLong, NumberTooLong.
    """
    recognised = recognise_list([row], authoritative=False)
    organisation = Organisation.objects.select_related("country").get(pk=recognised.ids[0])
    if recognised.created:
        record("organisation.registered", _named(organisation), at=at, actor=actor)
    return organisation


@transaction.atomic
def appoint(
    organisation: Organisation, user: User, *, at: datetime, actor: User | None = None, position: str = ""
) -> Representative:
    """Let a person act for an organisation. Appointed twice, the person is one representative."""
    representative, is_new = Representative.objects.get_or_create(
        organisation=organisation, user=user, defaults={"position": position}
    )
    if is_new:
        record("representative.appointed", _named(organisation), at=at, actor=actor, person=user.email)
    return representative


def _named(organisation: Organisation) -> str:
    return f"organisation {organisation.pk}: {organisation.name}"[:120]
