"""What is asked of visitors: the delegation tree with its counts, who may see whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.name_terms import found_by
from emporion.domain.organisations.models import Representative
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import (
    ConsentChange,
    DayQuota,
    Delegation,
    DelegationLeader,
    LikelyVisitorDuplicate,
    PurchaseNeed,
    RegistrationQuestion,
    VisitingUnit,
    Visitor,
)


@dataclass(frozen=True)
class Contact:
    """Who is asked about a registration: the address, and what leads the message to their own page."""

    address: str
    leads_to: dict[str, int]


@dataclass(frozen=True)
class Branch:
    """A delegation in its tree with what it and its sub-groups have: units, people, those approved.

    ``waiting``: the people whom their leader has not reviewed yet.
    """

    path: str
    name_en: str
    name_zh: str
    depth: int
    quota: int | None
    units: int
    people: int
    approved: int
    waiting: int


# More than so many are not gathered by their keys.
MOST_SOUGHT = 2_000


def visitors_for(user: User, edition: Edition) -> QuerySet[Visitor]:
    """The visitors a user may see: a unit's managers their own people, others themselves."""
    visitors = Visitor.objects.filter(edition=edition).select_related("unit__organisation", "country")
    represented = Representative.objects.filter(user=user, roles__contains=["manages"]).values("organisation")
    return visitors.filter(Q(user=user) | Q(unit__organisation__in=represented)).order_by("number")


def visitor_named(edition: Edition, who: str) -> Visitor | None:
    """The edition's visitor with this number or e-mail address."""
    found = Visitor.objects.select_related("edition__fair").filter(edition=edition)
    return found.filter(number=who).first() or found.filter(email__iexact=who).first() if who else None


def units_for(user: User, edition: Edition) -> QuerySet[VisitingUnit]:
    """The units a user may see: those that they represent."""
    units = VisitingUnit.objects.filter(edition=edition).select_related("organisation", "delegation")
    return units.filter(organisation__representatives__user=user).order_by("organisation__name")


def contacts_of(asked: Visitor | VisitingUnit) -> list[Contact]:
    """Who answers for a visitor, or for a unit: those who manage its organisation, else the first of its people."""
    if isinstance(asked, Visitor):
        return [Contact(asked.email, {})] if asked.email else []
    managing = Representative.objects.filter(organisation=asked.organisation_id, roles__contains=["manages"])
    own = {"organisation_id": asked.organisation_id}
    if managers := list(managing.exclude(user__email="").values_list("user__email", flat=True)):
        return [Contact(address, own) for address in managers]
    first = Visitor.objects.filter(unit=asked).exclude(email="").order_by("pk").first()
    return [Contact(first.email, {})] if first is not None else []


def questions_about(asked: Visitor | VisitingUnit) -> QuerySet[RegistrationQuestion]:
    """What the organiser asked a visitor, that of the visitor's unit included, or a unit; the latest first."""
    about = Q(visitor=asked) | Q(unit=asked.unit_id) if isinstance(asked, Visitor) else Q(unit=asked)
    if isinstance(asked, Visitor) and asked.unit_id is None:
        about = Q(visitor=asked)
    return RegistrationQuestion.objects.filter(about).select_related("visitor", "unit__organisation").order_by("-id")


def why_rejected(visitor: Visitor) -> str:
    """The reason for which a person was turned down, alone or with the unit; empty for everybody else."""
    if visitor.state != Visitor.State.REJECTED:
        return ""
    return visitor.reason or (visitor.unit.reason if visitor.unit else "")


def unanswered_of_registered(edition: Edition) -> QuerySet[RegistrationQuestion]:
    """Questions without an answer to those about whom nobody has decided."""
    waiting = Q(visitor__edition=edition, visitor__state=rules.REGISTERED)
    waiting |= Q(unit__edition=edition, unit__state=rules.REGISTERED)
    return RegistrationQuestion.objects.filter(waiting, answered=None)


def people_in_unit(unit: VisitingUnit) -> QuerySet[Visitor]:
    """The people of a unit by name, those who cancelled left out."""
    return Visitor.objects.filter(unit=unit).exclude(state=Visitor.State.CANCELLED).order_by("name", "pk")


def needs_of(edition: Edition) -> QuerySet[PurchaseNeed]:
    """What the edition's approved units mean to buy."""
    approved = PurchaseNeed.objects.filter(unit__edition=edition, unit__state=VisitingUnit.State.APPROVED)
    return approved.select_related("unit__organisation", "sector", "hs", "currency").order_by("id")


def needs_of_unit(unit: VisitingUnit) -> QuerySet[PurchaseNeed]:
    """What a unit means to buy, the oldest need first."""
    return PurchaseNeed.objects.filter(unit=unit).select_related("sector").order_by("id")


def tree(edition: Edition, path: str = "") -> list[Branch]:
    """The edition's delegations in the order of their paths, each with the counts of its whole branch; one query.

    ``path``: only the branch there.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TREE, {"edition": edition.pk, "path": path})
        return [Branch(*row) for row in cursor.fetchall()]


def delegation_at(edition: Edition, path: str) -> Delegation | None:
    """The edition's delegation at a place in its tree."""
    return Delegation.objects.select_related("edition").filter(edition=edition, path=path).first()


def delegations_led(user: User, edition: Edition) -> QuerySet[Delegation]:
    """The delegations that a person leads, without their sub-groups."""
    return Delegation.objects.filter(edition=edition, leaders__user=user).order_by("path")


def delegation_led(user: User, edition: Edition, path: str) -> Delegation | None:
    """The delegation at a place in the tree, for those who lead it or one above it; none for everybody else."""
    if not delegations_led(user, edition).filter(path__in=rules.branches(path)).exists():
        return None
    return delegation_at(edition, path)


def delegations_above(delegation: Delegation, user: User) -> list[Delegation]:
    """The groups above a delegation that a person leads, from the top downwards."""
    led = set(delegations_led(user, delegation.edition).values_list("path", flat=True))
    paths = [path for path in rules.branches(delegation.path)[1:] if led & set(rules.branches(path))]
    return list(Delegation.objects.filter(edition=delegation.edition_id, path__in=paths).order_by("path"))


def sub_groups(delegation: Delegation) -> QuerySet[Delegation]:
    """The sub-groups of a delegation, however far below."""
    return Delegation.objects.filter(_inside(delegation, "")).exclude(pk=delegation.pk).order_by("path")


def shared_with_exhibitors(visitor: Visitor) -> dict[str, str]:
    """What an exhibitor may have of a person by their consent, by what it is; empty where they gave none."""
    organisation = str(visitor.unit.organisation) if visitor.unit else ""
    facts = {"name": visitor.name, "organisation": organisation, "email": visitor.email, "phone": visitor.phone}
    return {what: facts[what] for what in rules.SHARED[visitor.consent]}


def consents_of(visitor: Visitor) -> QuerySet[ConsentChange]:
    """What a person has said that exhibitors may have, the newest answer first."""
    return ConsentChange.objects.filter(visitor=visitor).order_by("-at", "-pk")


def leaders_within(delegation: Delegation) -> QuerySet[DelegationLeader]:
    """Who leads a delegation or one of its sub-groups, from the top downwards."""
    inside = _inside(delegation, "delegation__")
    return DelegationLeader.objects.filter(inside).select_related("delegation", "user").order_by("delegation__path")


def leaders_of(edition: Edition) -> QuerySet[DelegationLeader]:
    """Everybody who leads a delegation of the edition."""
    led = DelegationLeader.objects.filter(delegation__edition=edition)
    return led.select_related("delegation", "user").order_by("delegation__path", "pk")


def _inside(delegation: Delegation, way: str) -> Q:
    """Of the branch of a delegation, by the way from a record to its delegation."""
    there = Q(**{f"{way}path": delegation.path}) | Q(**{f"{way}path__startswith": f"{delegation.path}."})
    return there & Q(**{f"{way}edition": delegation.edition_id})


def units_within(delegation: Delegation) -> QuerySet[VisitingUnit]:
    """The units of a delegation and its sub-groups, each with the number of its people."""
    units = VisitingUnit.objects.filter(_inside(delegation, "delegation__"))
    return people_of(units.select_related("organisation", "delegation"))


def people_within(delegation: Delegation) -> QuerySet[Visitor]:
    """The people of a delegation and its sub-groups."""
    people = Visitor.objects.filter(_inside(delegation, "unit__delegation__"), edition=delegation.edition_id)
    return people.select_related("unit__organisation", "unit__delegation", "country").order_by("number")


def named(people: QuerySet[Visitor], text: str) -> QuerySet[Visitor]:
    """Those of some people whose number, name, address or unit somebody looks for."""
    sought = text.strip()
    if not sought:
        return people
    by_name = (
        Q(name__icontains=sought) | Q(name_latin__icontains=sought) | Q(unit__organisation__name__icontains=sought)
    )
    return people.filter(by_name | Q(number__iexact=sought) | Q(email__iexact=sought))


TAKEN = (Visitor.State.REGISTERED, Visitor.State.APPROVED)


def registered_in(delegation: Delegation) -> int:
    """How many people of a delegation and its sub-groups are registered or approved."""
    return people_within(delegation).filter(state__in=TAKEN).count()


def coming_on(delegation: Delegation, day: date) -> int:
    """How many of them come on a day; who names no days may come on any."""
    return people_within(delegation).filter(Q(days=[]) | Q(days__contains=[day]), state__in=TAKEN).count()


def coming_by_day(delegation: Delegation, days: Sequence[date]) -> list[int]:
    """The same for each of some days; one query."""
    people = people_within(delegation).filter(state__in=TAKEN).order_by()
    counts = {f"day{place}": Count("pk", filter=Q(days=[]) | Q(days__contains=[day])) for place, day in enumerate(days)}
    return list(people.aggregate(**counts).values()) if days else []


def day_quotas(delegation: Delegation) -> dict[date, int]:
    """How many of a delegation may come on which day, where the organiser has said so."""
    return dict(DayQuota.objects.filter(delegation=delegation).values_list("day", "quota"))


def exhibitors_staff(edition: Edition) -> frozenset[str]:
    """The addresses, in lower case, of those who act for the edition's exhibitors."""
    applications = Application.objects.filter(edition=edition).exclude(
        state__in=[Application.State.REJECTED, Application.State.WITHDRAWN]
    )
    contacts = applications.exclude(contact_email="").values_list("contact_email", flat=True)
    acting = Representative.objects.filter(organisation__in=applications.values("organisation"))
    return frozenset(one.lower() for one in (*contacts, *acting.values_list("user__email", flat=True)))


def waiting_units(edition: Edition) -> QuerySet[VisitingUnit]:
    """The units that wait for a decision; their people are decided after them."""
    return VisitingUnit.objects.filter(edition=edition, state=VisitingUnit.State.REGISTERED)


def waiting_visitors(edition: Edition) -> QuerySet[Visitor]:
    """The people whose registration waits for a decision."""
    return Visitor.objects.filter(edition=edition, state=Visitor.State.REGISTERED)


def people_of(units: QuerySet[VisitingUnit]) -> QuerySet[VisitingUnit]:
    """The same units, each with the number of its people as ``people``; no query for each."""
    counted = Visitor.objects.filter(unit=OuterRef("pk")).order_by().values("unit").annotate(count=Count("pk"))
    return units.annotate(people=Subquery(counted.values("count")))


def likely_visitors(edition: Edition) -> QuerySet[LikelyVisitorDuplicate]:
    """The pairs of registrations that wait for a decision, with both people, their units and countries."""
    pairs = LikelyVisitorDuplicate.objects.filter(edition=edition, decision=LikelyVisitorDuplicate.Decision.OPEN)
    people = [f"{one}__{what}" for one in ("first", "second") for what in ("unit__organisation", "country")]
    return pairs.select_related(*people).order_by("id")


# Each unit's people are counted once; a branch adds up what stands on its own path and below it.
_TREE = """
WITH of_unit AS (
    SELECT unit_id, count(*) AS people, count(*) FILTER (WHERE state = 'approved') AS approved,
        count(*) FILTER (WHERE state = 'registered' AND review = '') AS waiting
    FROM visitors_visitor WHERE edition_id = %(edition)s AND (%(path)s = '' OR unit_id IN (
        SELECT u.id FROM visitors_visitingunit u JOIN visitors_delegation d ON d.id = u.delegation_id
        WHERE d.edition_id = %(edition)s AND (d.path = %(path)s OR starts_with(d.path, %(path)s || '.'))))
    GROUP BY unit_id
), own AS (
    SELECT d.path, count(*) AS units, sum(p.people) AS people, sum(p.approved) AS approved, sum(p.waiting) AS waiting
    FROM visitors_delegation d
    JOIN visitors_visitingunit u ON u.delegation_id = d.id
    LEFT JOIN of_unit p ON p.unit_id = u.id
    WHERE d.edition_id = %(edition)s GROUP BY d.path
)
SELECT d.path, d.name_en, d.name_zh, length(d.path) - length(replace(d.path, '.', '')), d.quota,
    coalesce(sum(own.units), 0)::bigint, coalesce(sum(own.people), 0)::bigint, coalesce(sum(own.approved), 0)::bigint,
    coalesce(sum(own.waiting), 0)::bigint
FROM visitors_delegation d
LEFT JOIN own ON own.path = d.path OR starts_with(own.path, d.path || '.')
WHERE d.edition_id = %(edition)s AND (%(path)s = '' OR d.path = %(path)s OR starts_with(d.path, %(path)s || '.'))
GROUP BY d.id ORDER BY d.path
"""


def visitors_found(text: str) -> QuerySet[Visitor, Any]:
    """The keys of the visitors whom the desk looks for, by number, name, e-mail address or organisation."""
    first, *others = (way.order_by().values("pk") for way in _ways_to(text))
    return first.union(*others)


def visitors_sought(edition: Edition, text: str) -> Q:
    """The condition that a visitor of the edition is one whom the desk looks for.

    Few are found by the index of each way, and named by their keys. Where a word stands in very many names, as
    “foods”, gathering them all would take seconds: then each visitor is asked, in the order in which a page lists them.
    """
    keys = set[int]()
    for way in _ways_to(text):
        keys |= set(way.filter(edition=edition).order_by().values_list("pk", flat=True)[: MOST_SOUGHT + 1])
        if len(keys) > MOST_SOUGHT:
            return _is_sought(text)
    return Q(pk__in=keys)


def _ways_to(text: str) -> tuple[QuerySet[Visitor], ...]:
    """The ways to whom the desk looks for, each by its own index."""
    sought = text.strip()
    return (
        Visitor.objects.filter(number__in={sought, sought.upper()}),
        Visitor.objects.alias(address=Lower("email")).filter(address=sought.lower()).exclude(email=""),
        Visitor.objects.filter(found_by("found_by", sought)),
        Visitor.objects.filter(found_by("unit__organisation__found_by", sought)),
    )


def _is_sought(text: str) -> Q:
    """The same asked of one visitor."""
    sought = text.strip()
    stated = Q(number__in={sought, sought.upper()}) | Q(email__iexact=sought) & ~Q(email="")
    return stated | found_by("found_by", sought) | found_by("unit__organisation__found_by", sought)
