"""The lists of what happens at an edition: sessions of the programme, meetings, deals."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from emporion.domain.deals.models import Deal, Evidence
from emporion.domain.desk.queries.queues import Order, Queue, equal, one_of
from emporion.domain.editions.models import Edition
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.name_terms import found_by
from emporion.domain.programme.models import Session
from emporion.domain.visitors.queries import visitors_found


def _sessions(edition: Edition) -> QuerySet[Session]:
    found = Session.objects.filter(edition=edition).select_related("hall", "host", "edition__fair", "edition__venue")
    cancelled = When(is_cancelled=True, then=Value("cancelled"))
    return found.prefetch_related("speakers").annotate(state=Case(cancelled, default=Value("planned")))


def _sessions_found(_edition: Edition, text: str) -> Q:
    """By number, title or a speaker's name."""
    words = text.strip()
    titled = Q(number__iexact=words) | Q(title_en__icontains=words) | Q(title_zh__icontains=words)
    speaks = Session.objects.filter(speakers__name__icontains=words).order_by()
    return titled | Q(pk__in=speaks.values("pk"))


def _meetings(edition: Edition) -> QuerySet[MeetingRequest]:
    joined = MeetingRequest.objects.select_related("visitor__unit__organisation", "exhibitor__organisation")
    joined = joined.select_related("edition__fair", "edition__venue", "meeting__slot__edition__venue")
    return joined.filter(edition=edition)


def _meetings_found(edition: Edition, text: str) -> Q:
    """By the visitor, as in the list of visitors, or by the exhibitor's number or name."""
    of_edition = MeetingRequest.objects.filter(edition=edition).order_by()
    named = of_edition.filter(found_by("exhibitor__organisation__found_by", text))
    numbered = of_edition.filter(exhibitor__number__iexact=text.strip())
    met = of_edition.filter(visitor__in=visitors_found(text))
    return Q(pk__in=named.values("pk").union(numbered.values("pk"), met.values("pk")))


def _deals(edition: Edition) -> QuerySet[Deal]:
    joined = Deal.objects.select_related("exhibitor__organisation", "buyer__organisation", "currency", "origin")
    joined = joined.select_related("edition__fair", "edition__venue")
    exhibitor, buyer = Q(exhibitor_confirmed__isnull=False), Q(buyer_confirmed__isnull=False)
    state = Case(
        When(withdrawn__isnull=False, then=Value("withdrawn")), When(exhibitor & buyer, then=Value("counted")),
        When(exhibitor, then=Value("buyer")), When(buyer, then=Value("exhibitor")), default=Value("both"),
    )  # fmt: skip
    return joined.filter(edition=edition).annotate(state=state)


def _deals_found(text: str) -> QuerySet[Deal, Any]:
    """By number, or by the name of either side."""
    number = Deal.objects.filter(number__iexact=text.strip()).order_by().values("pk")
    sides = [
        Deal.objects.filter(found_by(f"{side}__organisation__found_by", text)).order_by().values("pk")
        for side in ("exhibitor", "buyer")
    ]
    return number.union(*sides)


SESSIONS = Queue(
    "sessions",
    _sessions,
    {"q": _sessions_found, "kind": equal("kind"), "hall": equal("hall__code")},
    {"time": Order("starts"), "name": Order("title_en"), "number": Order("number")},
)
MEETINGS = Queue(
    "meetings",
    _meetings,
    {
        "q": _meetings_found,
        "wish": equal("wish"),
        "asked": one_of({"exhibitor": Q(by_exhibitor=True), "visitor": Q(by_exhibitor=False)}),
        "slot": one_of({
            "published": Q(meeting__published=True), "draft": Q(meeting__published=False),
            "none": Q(state="accepted", meeting=None), "pinned": Q(meeting__pinned=True),
        }),
        "outcome": one_of({
            "held": Q(meeting__outcome="held"), "missed": Q(meeting__outcome__in=("visitor", "exhibitor")),
        }),
    },
    {"waiting": Order("pk"), "latest": Order("pk", descending=True)},
    large=True,
)  # fmt: skip
DEALS = Queue(
    "deals",
    _deals,
    {
        "q": lambda _edition, text: Q(pk__in=_deals_found(text)),
        "kind": equal("kind"),
        "currency": equal("currency"),
        "country": equal("origin"),
        "evidence": one_of({"yes": Q(pk__in=Evidence.objects.values("deal")), "no": Q(evidence=None)}),
    },
    {"latest": Order("signed", descending=True), "number": Order("number")},
)
QUEUES = (SESSIONS, MEETINGS, DEALS)
