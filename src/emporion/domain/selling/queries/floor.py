"""What a buyer sees of a hall: which stands are free, what each costs it, who waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q

from emporion.domain.billing.queries import basis_of
from emporion.domain.billing.rules.quotes import Quote, quote
from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.exhibitors.models import Application
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import is_free
from emporion.domain.selling.rules.holds import is_live

FREE, OWN, TAKEN, WAITED = "free", "own", "taken", "waited"


@dataclass(frozen=True)
class FloorStand:
    """A stand on sale as one buyer sees it: ``state`` is free, own, taken or waited (free, and others wait for it).

    ``net``: what it would pay without tax, fees and all, or none without prices.
    """

    stand: Stand
    location: str
    state: str
    waiting: int
    wished: bool
    net: Decimal | None


def floor_of(hall: Hall, application: Application | None, at: datetime) -> list[FloorStand]:
    """The stands of a hall that are on sale, by number; a few queries however many there are."""
    sales = StandSale.objects.filter(stand__hall=hall).select_related("stand__area").order_by("stand__number")
    open_wishes = Q(stand__wishes__ended=None, stand__wishes__isnull=False)
    own = Q(stand__wishes__application=application) if application else Q(pk__in=[])
    counted = sales.annotate(
        waiting=Count("stand__wishes", filter=open_wishes), wished=Count("stand__wishes", filter=open_wishes & own)
    )
    price = _prices(hall.edition, application, at)
    return [
        FloorStand(
            sale.stand, sale.location, _state(sale, application, at), sale.waiting, bool(sale.wished), price(sale)
        )
        for sale in counted
    ]


def _state(sale: StandSale, application: Application | None, at: datetime) -> str:
    if is_live(sale.state, sale.until, at):
        return OWN if application is not None and sale.application_id == application.pk else TAKEN
    others = sale.waiting - sale.wished  # type: ignore[attr-defined]
    return WAITED if others else FREE


class _prices:
    """What stands cost one applicant, by its price list and its day of application, read once."""

    def __init__(self, edition: Edition, application: Application | None, at: datetime) -> None:
        basis = basis_of(edition)
        self.prices = basis.prices.prices if basis.prices and application is not None else None
        self.wanted = basis.wanted(application, at) if self.prices and application is not None else None

    def __call__(self, sale: StandSale) -> Decimal | None:
        found = self.quote(sale)
        return found.net if found else None

    def quote(self, sale: StandSale) -> Quote | None:
        """The whole quote of a stand."""
        if self.prices is None or self.wanted is None:
            return None
        stand = sale.stand
        kind = Application.Stand.RAW if stand.kind == Stand.Kind.SPECIAL else Application.Stand.STANDARD
        wanted = replace(
            self.wanted, stand=kind.value, area_m2=stand.area_m2, open_sides=stand.open_sides,
            location=sale.location, upper_deck_m2=sale.upper_deck_m2,
        )  # fmt: skip
        return quote(self.prices, wanted)


def quote_of_stand(sale: StandSale, application: Application, at: datetime) -> Quote | None:
    """What an applicant pays for a stand, line by line; none without a price list."""
    return _prices(application.edition, application, at).quote(sale)


def halls_on_sale(edition: Edition, at: datetime) -> list[Hall]:
    """The halls with stands on sale, each with how many are ``free``."""
    free = Q(stands__sale__in=StandSale.objects.filter(is_free(at), stand__edition=edition))
    found = Hall.objects.filter(edition=edition, stands__sale__isnull=False)
    return list(found.annotate(free=Count("stands", filter=free, distinct=True)).order_by("code"))
