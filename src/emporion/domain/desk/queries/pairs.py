"""The lists of what may be one record twice: pairs of organisations, pairs of registrations."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from emporion.domain.desk import rules
from emporion.domain.desk.queries.effects import Effect
from emporion.domain.desk.queries.queues import Order, Queue, equal
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.name_terms import found_by
from emporion.domain.organisations.models import LikelyDuplicate
from emporion.domain.visitors.models import LikelyVisitorDuplicate, VisitingUnit

OPEN, DIFFERENT = "open", "different"


def _organisations(_edition: Edition) -> QuerySet[LikelyDuplicate]:
    pairs = LikelyDuplicate.objects.select_related("first__country", "second__country", "decided_by")
    return pairs.annotate(state=F("decision"))


def _visitors(edition: Edition) -> QuerySet[LikelyVisitorDuplicate]:
    people = [f"{one}__{what}" for one in ("first", "second") for what in ("unit__organisation", "country")]
    pairs = LikelyVisitorDuplicate.objects.select_related(*people, "decided_by", "edition__fair")
    return pairs.filter(edition=edition).annotate(state=F("decision"))


def _organisations_found(_edition: Edition, text: str) -> Q:
    return found_by("first__found_by", text) | found_by("second__found_by", text)


def _visitors_found(_edition: Edition, text: str) -> Q:
    number = text.strip().upper()
    named = found_by("first__found_by", text) | found_by("second__found_by", text)
    return named | Q(first__number=number) | Q(second__number=number)


ORDERS = {"waiting": Order("pk"), "latest": Order("pk", descending=True)}
ORGANISATIONS = Queue(
    "organisation_pairs", _organisations,
    {"q": _organisations_found, "country": lambda _edition, code: Q(first__country=code) | Q(second__country=code)},
    ORDERS,
)  # fmt: skip
VISITORS = Queue(
    "visitor_pairs", _visitors,
    {"q": _visitors_found, "alike": equal("reason"), "country": lambda _edition, code: Q(first__country=code)}, ORDERS,
)  # fmt: skip
QUEUES = (ORGANISATIONS, VISITORS)


def merging_of_organisations(chosen: QuerySet[LikelyDuplicate]) -> Effect:
    """Pairs that wait are merged, but not two that take part in one edition each on their own."""
    applied = Application.objects.filter(organisation=OuterRef("first"))
    both_apply = applied.filter(edition__applications__organisation=OuterRef("second"))
    visiting = VisitingUnit.objects.filter(organisation=OuterRef("first"))
    both_visit = visiting.filter(edition__visiting_units__organisation=OuterRef("second"))
    stuck = chosen.order_by().filter(Exists(both_apply) | Exists(both_visit), decision=OPEN).count()
    counted = _counted(chosen)
    effect = Effect(done=counted.get(OPEN, 0) - stuck)
    if stuck:
        effect.refuse(rules.BothTakePartApart(), stuck)
    if apart := counted.get(DIFFERENT, 0):
        effect.refuse(rules.FoundToBeTwo(), apart)
    return effect


def merging_of_visitors(chosen: QuerySet[LikelyVisitorDuplicate]) -> Effect:
    """Pairs are merged, but not two that each have an account."""
    accounts = chosen.order_by().filter(first__user__isnull=False, second__user__isnull=False).count()
    effect = Effect(done=sum(_counted(chosen).values()) - accounts)
    if accounts:
        effect.refuse(rules.BothHaveAccounts(), accounts)
    return effect


def keeping_apart(chosen: QuerySet[LikelyDuplicate] | QuerySet[LikelyVisitorDuplicate]) -> Effect:
    """Pairs that wait are found to be two."""
    counted = _counted(chosen)
    return Effect(done=counted.get(OPEN, 0), already=counted.get(DIFFERENT, 0))


def _counted(chosen: QuerySet[LikelyDuplicate] | QuerySet[LikelyVisitorDuplicate]) -> dict[str, int]:
    rows = chosen.order_by().values("decision").annotate(count=Count("pk"))
    return {row["decision"]: row["count"] for row in rows}
