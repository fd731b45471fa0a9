"""What came of a fair for one exhibitor: counted from its own records, beside those of its own edition before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import Left

from emporion.domain.catalogue.models import Product
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import in_edition_currency
from emporion.domain.deals.rules.deals import Side, deal_state
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import ExhibitorSuggestions, Mark
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.reference.models import HSCode
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import PurchaseNeed

HEADING = 4
STATES = ("counted", "ours", "theirs", "withdrawn")
State, Outcome = MeetingRequest.State, Meeting.Outcome


@dataclass(frozen=True)
class DealsInState:
    """Deals in one state as their exhibitor sees it: how many, their sum, and how many no rate converts."""

    state: str
    count: int
    sum: Decimal
    unconverted: int


@dataclass(frozen=True)
class LookedFor:
    """A heading under which the exhibitor shows something, and how many purchase needs name it."""

    heading: HSCode
    products: int
    needs: int


@dataclass(frozen=True)
class Closing:
    """What came of one exhibitor's fair: counts by their names, its deals, and what buyers looked for."""

    exhibitor: Exhibitor
    counts: Mapping[str, int]
    deals: tuple[DealsInState, ...]
    looked_for: tuple[LookedFor, ...]


def closing_of(exhibitor: Exhibitor) -> Closing:
    """What came of the fair for an exhibitor until now; nothing of others is read but what they asked of it."""
    counts = {**_requests(exhibitor), **_meetings(exhibitor), **_interest(exhibitor)}
    return Closing(exhibitor, counts, tuple(_deals(exhibitor)), tuple(_looked_for(exhibitor)))


def edition_before(exhibitor: Exhibitor) -> Exhibitor | None:
    """The same organisation at the last edition of the fair before, where it showed in the same exhibition."""
    edition = exhibitor.edition
    own = Exhibitor.objects.filter(organisation=exhibitor.organisation_id, scope=exhibitor.scope)
    earlier = own.filter(edition__fair=edition.fair_id, edition__number__lt=edition.number)
    return earlier.select_related("edition__fair", "edition__venue").order_by("-edition__number").first()


def _requests(exhibitor: Exhibitor) -> dict[str, int]:
    mine = MeetingRequest.objects.filter(exhibitor=exhibitor)
    return dict(
        mine.aggregate(
            visitors_who_asked=Count("visitor", filter=Q(by_exhibitor=False), distinct=True),
            visitors_asked=Count("visitor", filter=Q(by_exhibitor=True), distinct=True),
            requests_accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        )
    )


def _meetings(exhibitor: Exhibitor) -> dict[str, int]:
    published = Meeting.objects.filter(request__exhibitor=exhibitor, published=True)
    return dict(
        published.aggregate(
            meetings=Count("pk"),
            meetings_held=Count("pk", filter=Q(outcome=Outcome.HELD)),
            meetings_visitor_missed=Count("pk", filter=Q(outcome=Outcome.VISITOR_MISSED)),
            meetings_we_missed=Count("pk", filter=Q(outcome=Outcome.EXHIBITOR_MISSED)),
        )
    )


def _interest(exhibitor: Exhibitor) -> dict[str, int]:
    favourites = Mark.objects.filter(exhibitor=exhibitor, by_exhibitor=False, kind=Mark.Kind.FAVOURITE)
    current = ExhibitorSuggestions.objects.filter(exhibitor=exhibitor, run__current=True).first()
    suggested = current.visitors if current else []
    asked = MeetingRequest.objects.filter(exhibitor=exhibitor, visitor__in=suggested).exclude(state=State.CANCELLED)
    accepted = asked.filter(state=State.ACCEPTED)
    return {
        "favourites": favourites.count(),
        "suggestions": len(suggested),
        "suggestions_asked": asked.values("visitor").distinct().count(),
        "suggestions_accepted": accepted.values("visitor").distinct().count(),
    }


def _deals(exhibitor: Exhibitor) -> list[DealsInState]:
    """The exhibitor's deals by state, summed in the edition's currency."""
    found = list(Deal.objects.filter(exhibitor=exhibitor).select_related("edition"))
    converted = in_edition_currency(found)
    sums, counts, unconverted = ({state: number for state in STATES} for number in (Decimal(0), 0, 0))
    for deal in found:
        state, stated = _state(deal), converted.get(deal.pk)
        counts[state] += 1
        if isinstance(stated, Refusal):
            unconverted[state] += 1
        else:
            sums[state] += stated.amount if stated else deal.amount
    return [DealsInState(state, int(counts[state]), Decimal(sums[state]), int(unconverted[state])) for state in STATES]


def _state(deal: Deal) -> str:
    moments: dict[Side, object] = {"exhibitor": deal.exhibitor_confirmed, "buyer": deal.buyer_confirmed}
    confirmed = [side for side, moment in moments.items() if moment]
    return deal_state("exhibitor", confirmed, withdrawn=deal.withdrawn is not None)


def _looked_for(exhibitor: Exhibitor) -> list[LookedFor]:
    """The headings of what is shown, those that most needs name first."""
    heading = Left("hs_id", HEADING)
    shown = Product.objects.filter(exhibitor=exhibitor).exclude(hs=None).annotate(heading=heading)
    products = dict(shown.order_by().values_list("heading").annotate(Count("pk")))
    needs = PurchaseNeed.objects.filter(unit__edition=exhibitor.edition_id).annotate(heading=heading)
    wanted = needs.filter(heading__in=[*products]).order_by().values_list("heading").annotate(Count("pk"))
    counts, codes = dict(wanted), HSCode.objects.in_bulk([*products])
    found = [LookedFor(codes[one], products[one], counts.get(one, 0)) for one in products if one in codes]
    return sorted(found, key=lambda one: (-one.needs, one.heading.code))
