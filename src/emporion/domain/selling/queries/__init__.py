"""What is asked of stands on sale: their rules, who may buy, which are free, who waits for which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Abs

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.queries import editions_of
from emporion.domain.refusal import Refusal
from emporion.domain.selling.models import Drawing, Priority, SaleRules, StandSale, Wish
from emporion.domain.selling.rules.drawing import Entrant, in_order
from emporion.domain.selling.rules.holds import (
    BUYERS,
    CHOSEN,
    DRAWN,
    FREE,
    HELD,
    OFFERED,
    JointStandByOffice,
    NoBuyer,
    NotChosenOnPlan,
    StandNotOnSale,
    StandTaken,
    StandWaitedFor,
    is_live,
)

# So many similar stands are told to whom one is refused.
SIMILAR = 5


def sale_rules(edition: Edition) -> SaleRules:
    """The edition's rules of sale; what is usual where none are set: the organiser allocates."""
    return SaleRules.objects.filter(edition=edition).first() or SaleRules(edition=edition)


def buyer_for(edition: Edition, organisation: int) -> Application:
    """The application for which an organisation may hold a stand on the plan, locked in a transaction.

    Raises: NotChosenOnPlan, NoBuyer, JointStandByOffice.
    """
    if sale_rules(edition).way not in (CHOSEN, DRAWN):
        raise NotChosenOnPlan()
    found = Application.objects.filter(edition=edition, organisation=organisation, main=None, state__in=BUYERS)
    buyer = found.select_related("organisation").select_for_update(of=("self",), no_key=True).first()
    if buyer is None:
        raise NoBuyer()
    if buyer.joint_stand:
        raise JointStandByOffice()
    buyer.edition = edition
    return buyer


def is_free(at: datetime) -> Q:
    """Stands on sale that nobody has at a moment: what lapsed is free before a job has noted it."""
    return Q(state=FREE) | Q(state__in=[HELD, OFFERED], until__lte=at)


def sale_of(edition: Edition, number: str) -> StandSale | None:
    """A stand on sale by its number."""
    found = StandSale.objects.select_related("stand__hall", "stand__area", "application__organisation")
    return found.filter(stand__edition=edition, stand__number=number).first()


def sale_for(application: Application) -> StandSale | None:
    """The stand that an application has, or had until its time was over."""
    found = StandSale.objects.select_related("stand__hall", "stand__area")
    return found.filter(application=application).exclude(state=FREE).first()


def why_not(sale: StandSale | None, number: str, at: datetime) -> Refusal:
    """Why a stand cannot be held just now."""
    if sale is None:
        return StandNotOnSale(number=number)
    if is_live(sale.state, sale.until, at):
        return StandTaken(number=number)
    return StandWaitedFor(number=number) if sale.stand.wishes.filter(ended=None).exists() else StandTaken(number=number)


def similar_free(edition: Edition, number: str, at: datetime) -> list[Stand]:
    """The free stands most similar to one: of its area of the exhibition and kind, the nearest in size first."""
    model = Stand.objects.filter(edition=edition, number=number).first()
    if model is None:
        return []
    free = StandSale.objects.filter(is_free(at), stand=OuterRef("pk"))
    waited = Wish.objects.filter(stand=OuterRef("pk"), ended=None)
    found = Stand.objects.filter(Exists(free), ~Exists(waited), edition=edition, kind=model.kind, area=model.area_id)
    distance = Abs(F("area_m2") - model.area_m2)
    return list(
        found.select_related("hall").order_by(distance, Abs(F("open_sides") - model.open_sides), "number")[:SIMILAR]
    )


def lapsed(edition: Edition, at: datetime) -> list[int]:
    """The stands whose hold or offer is over."""
    found = StandSale.objects.filter(stand__edition=edition, state__in=[HELD, OFFERED], until__lte=at)
    return list(found.values_list("pk", flat=True))


def abandoned(edition: Edition, stand: int | None = None) -> list[int]:
    """The stands whose application is withdrawn, turned down or cancelled."""
    found = StandSale.objects.filter(stand__edition=edition, application__isnull=False)
    if stand is not None:
        found = found.filter(pk=stand)
    return list(found.exclude(application__state__in=BUYERS).values_list("pk", flat=True))


def waited_for(edition: Edition) -> list[int]:
    """The free stands for which somebody waits who has none."""
    if not offers_run(edition):
        return []
    found = StandSale.objects.filter(Exists(open_wishes().filter(stand=OuterRef("pk"))), stand__edition=edition)
    return list(found.filter(state=FREE).values_list("pk", flat=True))


def offers_run(edition: Edition) -> bool:
    """Whether free stands are offered to those who wait: where stands are drawn, after the first drawing."""
    way = sale_rules(edition).way
    return way == CHOSEN or (way == DRAWN and Drawing.objects.filter(edition=edition).exists())


def open_wishes() -> QuerySet[Wish]:
    """Wishes of those who may have a stand and have none."""
    has = StandSale.objects.filter(application=OuterRef("application")).exclude(state=FREE)
    return Wish.objects.filter(~Exists(has), ended=None, application__state__in=BUYERS)


def waiting_for(stand: Stand) -> list[Application]:
    """Who waits for a stand and has none, in the order of the rule."""
    edition = stand.edition
    wishes = open_wishes().filter(stand=stand).select_related("application__organisation", "stand")
    applications = {wish.application_id: wish.application for wish in wishes}
    rules = sale_rules(edition)
    turns = in_order(entrants_of(edition, wishes), until=rules.returning_until, edition=edition.number)
    return [applications[turn.entrant.application] for turn in turns]


def entrants(edition: Edition) -> list[Entrant]:
    """All who have wishes and no stand, as the rule of drawing sees them."""
    wishes = open_wishes().filter(application__edition=edition)
    return entrants_of(edition, wishes.select_related("application__organisation", "stand").order_by("rank", "made"))


@dataclass(frozen=True)
class Merits:
    """What an edition's applicants bring to their turn: the editions in which organisations exhibited, points given."""

    edition: Edition
    came: Mapping[int, set[int]]
    points: Mapping[int, int]

    def entrant(self, wishes: Sequence[Wish]) -> Entrant:
        """An applicant by its wishes, as the rule of drawing sees it."""
        application, edition = wishes[0].application, self.edition
        earlier = {number for number in self.came[application.organisation_id] if number < edition.number}
        return Entrant(
            application=application.pk,
            name=application.organisation.name,
            returning=bool(earlier),
            points=len(earlier) + self.points.get(application.pk, 0),
            given=min(wish.made for wish in wishes).astimezone(edition.zone),
            wishes=tuple(wish.stand.number for wish in sorted(wishes, key=lambda wish: wish.rank)),
        )


def merits_of(edition: Edition, applications: Iterable[Application]) -> Merits:
    """What these applicants bring, in three queries however many they are."""
    organisations = {application.pk: application.organisation_id for application in applications}
    given = dict(Priority.objects.filter(application__in=organisations).values_list("application", "points"))
    return Merits(edition, editions_of(edition.fair_id, organisations.values()), given)


def entrants_of(edition: Edition, wishes: Iterable[Wish]) -> list[Entrant]:
    """Those whose wishes these are."""
    own: dict[int, list[Wish]] = {}
    for wish in wishes:
        own.setdefault(wish.application_id, []).append(wish)
    merits = merits_of(edition, [group[0].application for group in own.values()])
    return [merits.entrant(group) for group in own.values()]


def free_numbers(edition: Edition, at: datetime) -> Collection[str]:
    """The numbers of the stands that are free at a moment."""
    return set(StandSale.objects.filter(is_free(at), stand__edition=edition).values_list("stand__number", flat=True))
