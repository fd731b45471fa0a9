"""What is asked of the ledger of deals and of investments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Protocol, TypeVar

from django.db.models import Q, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.deals.models import Deal, Investment
from emporion.domain.deals.rules.deals import BuyerAmbiguous, BuyerUnknown, Side
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import current_editions, local_day, window_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.organisations.rules import name_key, number_key
from emporion.domain.organisations.rules.finding import Register
from emporion.domain.organisations.rules.representation import DEALS
from emporion.domain.reference.queries import convert, latest_rate, rates_for
from emporion.domain.reference.rules.rates import Conversion, Rates, is_usable
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import VisitingUnit, Visitor

_Thing = TypeVar("_Thing", Exhibitor, VisitingUnit, Organisation)
ONE = Decimal(1)


def counted_deals(edition: Edition) -> QuerySet[Deal]:
    """The deals that count: both sides confirmed them and neither withdrew them; in SQL what ``rules.counts`` says."""
    confirmed = Deal.objects.filter(edition=edition, exhibitor_confirmed__isnull=False, buyer_confirmed__isnull=False)
    return confirmed.filter(withdrawn=None)


def deals_for(user: User, edition: Edition) -> QuerySet[Deal]:
    """The deals that a person may see and confirm: those of organisations for which they look after deals."""
    joined = Deal.objects.select_related(
        "edition", "exhibitor__organisation", "buyer__organisation", "currency", "origin"
    )
    found = joined.filter(edition=edition)
    represented = organisations_for(user, DEALS).values("pk")
    return found.filter(Q(exhibitor__organisation__in=represented) | Q(buyer__organisation__in=represented))


def deals_of_unit(user: User, visitor: Visitor) -> list[Deal]:
    """The deals of a visitor's unit that the person may speak for; none for those who only visit with it."""
    if visitor.unit is None:
        return []
    found = deals_for(user, visitor.edition).filter(buyer=visitor.unit, buyer__organisation__representatives__user=user)
    return list(found.prefetch_related("evidence").order_by("-signed", "-number"))


def parties_of(deal: Deal, user: User) -> list[Side]:
    """The sides of a deal for which a person may speak; staff speaks for neither."""
    organisations = set(organisations_for(user, DEALS).values_list("pk", flat=True))
    parties: dict[Side, int] = {"exhibitor": deal.exhibitor.organisation_id, "buyer": deal.buyer.organisation_id}
    return [side for side, organisation in parties.items() if organisation in organisations]


def days_of_deals(edition: Edition) -> tuple[date, date]:
    """The first and the last day on which a deal of the edition may be signed."""
    window = window_of(edition, Phase.Kind.DEAL)
    # A phase that closes at midnight does not hold the day that begins then.
    last = (window.closes - timedelta(microseconds=1)).date() if window else edition.last_day
    return edition.first_day, max(edition.last_day, last)


def editions_with_old_rates(at: datetime) -> list[tuple[Edition, date | None]]:
    """The current editions that take deals of today, though the newest rate is too old for them; with its day."""
    latest = latest_rate()
    newest = latest.day if latest else None
    found = []
    for edition in current_editions():
        (first, last), today = days_of_deals(edition), local_day(edition, at)
        if first <= today <= last and not (newest and is_usable(newest, today, edition.rate_days)):
            found.append((edition, newest))
    return found


class Convertible(Protocol):
    def __call__(self, currency: str, day: date) -> Refusal | None: ...


def convertible(edition: Edition) -> Convertible:
    """A question, answered once for each pair: what keeps a currency of a day from being added up in the bulletin."""

    @lru_cache
    def refusal_for(currency: str, day: date) -> Refusal | None:
        try:
            convert(ONE, currency, edition.currency_id, day, edition.rate_days)
        except Refusal as refusal:
            return refusal
        return None

    return refusal_for


def in_edition_currency(deals: Iterable[Deal]) -> dict[int, Conversion | Refusal]:
    """What each of some deals of one edition is in its currency and by which rates, by the deals' keys, or what keeps
    it from being converted; in a constant number of queries.
    """
    listed = list(deals)
    if not listed:
        return {}
    edition = listed[0].edition
    target, foreign = edition.currency_id, [deal for deal in listed if deal.currency_id != edition.currency_id]
    wanted = {(currency, deal.signed) for deal in foreign for currency in (deal.currency_id, target)}
    rates = rates_for(wanted, edition.rate_days)
    return {deal.pk: _conversion(rates, deal, target) for deal in foreign}


def _conversion(rates: Rates, deal: Deal, target: str) -> Conversion | Refusal:
    try:
        return rates.convert(deal.amount, deal.currency_id, target, deal.signed)
    except Refusal as refusal:
        return refusal.with_traceback(None)


def exhibitors_named(edition: Edition, wanted: Iterable[str]) -> Register[Exhibitor]:
    """The edition's exhibitors that rows may mean by a contract number, a registered number or a name."""
    words, register = list(wanted), Register[Exhibitor]()
    numbered = Q(number__in={number_key(word) for word in words})
    for exhibitor in Exhibitor.objects.filter(numbered | _meant(words), edition=edition).select_related("organisation"):
        _enter(register, exhibitor, exhibitor.organisation, exhibitor.number)
    return register


def buyers_named(edition: Edition, wanted: Iterable[str]) -> Register[VisitingUnit]:
    """The edition's visiting units that rows may mean by a registered number or a name."""
    register = Register[VisitingUnit]()
    for unit in VisitingUnit.objects.filter(_meant(list(wanted)), edition=edition).select_related("organisation"):
        _enter(register, unit, unit.organisation)
    return register


def buyer_named(edition: Edition, wanted: str) -> VisitingUnit:
    """The edition's one visiting unit with that registered number or name.

    Raises: BuyerUnknown, BuyerAmbiguous.
    """
    found = buyers_named(edition, [wanted]).find(wanted, country="", strict=False)
    if not found:
        raise BuyerUnknown(buyer=wanted)
    if len(found) > 1:
        raise BuyerAmbiguous(buyer=wanted)
    return found[0]


def exhibiting_named(wanted: Iterable[str]) -> Register[Organisation]:
    """The organisations that exhibited in any edition and that rows may mean by a registered number or a name."""
    register = Register[Organisation]()
    came = Q(exhibitors__isnull=False) | Q(earlier_participations__isnull=False)
    for organisation in Organisation.objects.filter(came, _meant(list(wanted), "")).distinct():
        _enter(register, organisation, organisation)
    return register


def _meant(words: list[str], path: str = "organisation__") -> Q:
    """Organisations whose number or name is among the words."""
    return (
        Q(**{f"{path}registered_number__in": {number_key(word) for word in words} - {""}})
        | Q(**{f"{path}name_key__in": {name_key(word) for word in words} - {""}})
        | Q(**{f"{path}name_zh__in": set(words) - {""}})
    )


def _enter(register: Register[_Thing], thing: _Thing, organisation: Organisation, number: str = "") -> None:
    register.add(
        thing,
        numbers=[organisation.registered_number, number],
        names=[organisation.name, organisation.name_zh],
        country=organisation.country_id or "",
    )


def investments_of(organisation: Organisation) -> QuerySet[Investment]:
    """What an organisation stated that it invested, the latest first."""
    return Investment.objects.filter(organisation=organisation).select_related("currency")
