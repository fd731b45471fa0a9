"""What is asked about organisations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.organisations.models import LikelyDuplicate, Organisation, OrganisationClaim, Representative
from emporion.domain.organisations.rules.duplicates import Known
from emporion.domain.organisations.rules.representation import MANAGES


def organisations_for(user: User, role: str = "") -> QuerySet[Organisation]:
    """The organisations that a person acts for, in ``role`` or as a manager; without a role, in any."""
    acting = Representative.objects.filter(user=user)
    if role:
        acting = acting.filter(roles__overlap=[role, MANAGES])
    found = Organisation.objects.select_related("country", "international")
    return found.filter(pk__in=acting.values("organisation"))


def roles_for(user: User, organisation: int) -> list[str] | None:
    """The roles in which a person acts for an organisation, by its key; none for those who do not."""
    acting = Representative.objects.filter(user=user, organisation=organisation)
    return acting.values_list("roles", flat=True).first()


def representatives_of(organisation: Organisation) -> QuerySet[Representative]:
    """The people who act for an organisation, by address."""
    return organisation.representatives.select_related("user").order_by("user__email")


def organisation_with_key(pk: int) -> Organisation | None:
    """An organisation by its key."""
    return Organisation.objects.filter(pk=pk).first()


def open_claims(fair: Fair) -> QuerySet[OrganisationClaim]:
    """The claims that wait for a decision of the fair's desk, the oldest first, each with whether a fair knows the
    organisation (``known``); which are the desk's, ``rules.representation.decides`` says.
    """
    joined = OrganisationClaim.objects.select_related("organisation__country", "user", "fair")
    waiting = joined.filter(state=OrganisationClaim.State.OPEN).annotate(
        known=Case(When(_takes_part(), then=True), default=False)
    )
    return waiting.filter(_takes_part(fair) | Q(known=False, fair=fair)).order_by("id")


def claim_of(fair: Fair, pk: int) -> OrganisationClaim | None:
    """A claim that waits for the fair's desk or was made at its pages, by its key."""
    own = Q(fair=fair) | Q(pk__in=open_claims(fair).values("pk"))
    return OrganisationClaim.objects.filter(own, pk=pk).first()


# How an edition knows an organisation: by the rooms that come after this one, and by earlier lists.
_KNOWN_BY = ("applications", "exhibitors", "visiting_units", "earlier_participations")


def fairs_knowing(organisation: Organisation) -> dict[int, str]:
    """The fairs that know an organisation, with their names: it applied, exhibited or sent visitors to an edition."""
    known = Q(pk__in=[])
    for relation in _KNOWN_BY:
        known |= Q(
            pk__in=Edition.objects.filter(**{f"{relation}__organisation": organisation}).order_by().values("fair")
        )
    return dict(Fair.objects.filter(known).values_list("pk", "name_en"))


def _takes_part(fair: Fair | None = None) -> Q:
    """Claims of organisations that a fair knows, or any fair."""
    known = Q(pk__in=[])
    for relation in _KNOWN_BY:
        where = {f"{relation}__edition__fair": fair} if fair else {f"{relation}__isnull": False}
        known |= Q(Exists(Organisation.objects.filter(pk=OuterRef("organisation"), **where)))
    return known


def likely_duplicates() -> QuerySet[LikelyDuplicate]:
    """The pairs that wait for a person's decision, with both organisations and their countries."""
    joined = LikelyDuplicate.objects.select_related("first__country", "second__country")
    return joined.filter(decision=LikelyDuplicate.Decision.OPEN).order_by("id")


def compared() -> Iterator[Known]:
    """Every organisation as it is compared with others; one query, streamed."""
    rows = Organisation.objects.order_by().values_list("id", "country_id", "name_key", "registered_number")
    return (Known(id, country or "", key, number) for id, country, key, number in rows.iterator(chunk_size=10_000))
