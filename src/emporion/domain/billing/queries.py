"""What is asked of prices: what an application costs."""

from __future__ import annotations

from datetime import datetime

from emporion.domain.billing.models import PriceList
from emporion.domain.billing.rules.quotes import Quote, Wanted, quote
from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.rules.applications import ALIVE
from emporion.domain.reason import Country, Name
from emporion.domain.reference.queries import least_developed_countries

State = Application.State


def price_list_of(edition: Edition) -> PriceList | None:
    """The edition's price list; none where stands cost nothing here."""
    found = PriceList.objects.filter(edition=edition).first()
    if found is not None:
        found.edition = edition
    return found


def quote_for(application: Application, edition: Edition, at: datetime) -> Quote | None:
    """What an application costs by the edition's prices; none without a price list and for a co-exhibitor.

    The day of application is the one on which it was handed in; of a draft, the day of ``at``.
    """
    prices = price_list_of(edition)
    if prices is None or application.main_id is not None:
        return None
    return quote(prices.prices, wanted_by(application, edition, at))


def wanted_by(application: Application, edition: Edition, at: datetime) -> Wanted:
    """What of an application decides on its price."""
    day = local_day(edition, application.submitted or at)
    grant = FreeBoothGrant.objects.filter(exhibitor__application=application.pk).first() if application.pk else None
    pavilion, origin = application.pavilion, application.origin_id or ""
    co_exhibitors = application.co_applications.filter(state__in=ALIVE - {State.DRAFT}) if application.pk else ()
    return Wanted(
        stand=application.stand,
        area_m2=application.area_m2,
        open_sides=application.open_sides,
        day=day,
        co_exhibitors=len(co_exhibitors),
        shares_stand=bool(application.joint_stand),
        pavilion=Name(pavilion.name_en, pavilion.name_zh) if pavilion and pavilion.country_id else None,
        least_developed=Country(origin) if origin in least_developed_countries(day) else None,
        free=(grant.granted, grant.area_m2) if grant else None,
        free_undecided=application.requests_free_booth and grant is None,
    )
