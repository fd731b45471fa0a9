"""To whom a message to a group goes, what it says to each, and how it went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.queries.lists import APPLICATIONS, UNITS, VISITORS
from emporion.domain.desk.queries.queues import Queue
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import COUNTS, Outcome, by_language, opted_out
from emporion.domain.organisations.models import Representative
from emporion.domain.reason import ProperName
from emporion.domain.visitors.models import DelegationLeader, VisitingUnit

AT_A_TIME = 1_000


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a message: the record, its address, and what the message may name of it."""

    key: str
    address: str
    name: ProperName
    number: str
    organisation: ProperName | None
    organisation_id: int | None
    country: str


def messages_of(edition: Edition) -> QuerySet[GroupMessage]:
    """The messages to groups of an edition, the latest first."""
    return GroupMessage.objects.filter(edition=edition).select_related("made_by").order_by("-id")


def audience(message: GroupMessage) -> tuple[int, int]:
    """How many addresses the message would go to now, and how many of the filter's have opted out."""
    out = opted_out(message.edition.fair)
    addresses = {
        address.lower()
        for source, people in _people(message)
        for address in people.select_related(None).values_list(source.address, flat=True).iterator(chunk_size=10_000)
    }
    return len(addresses - out), len(addresses & out)


def readers_of(message: GroupMessage) -> Iterator[Reader]:
    """Everybody to whom the message goes, one for each address, in the order of their keys."""
    out, told = opted_out(message.edition.fair), set[str]()
    for source, people in _people(message):
        for record in people.order_by("pk").iterator(chunk_size=AT_A_TIME):
            reader = source.reader(record)
            if reader.address.lower() not in out | told:
                told.add(reader.address.lower())
                yield reader


def _people(message: GroupMessage) -> Iterator[tuple[Source, QuerySet[Any]]]:
    """The people whom the message's filter finds and who have an address, from each source."""
    queue, sources = QUEUES[message.queue]
    found = queue.narrowed(message.edition, message.terms)
    for source in sources:
        yield source, source.people(found).exclude(**{source.address: ""})


def _application(one: Any) -> Reader:
    name = one.organisation.proper_name
    return Reader(str(one.pk), one.contact_email, name, "", name, one.organisation_id, one.origin_id or "")


def _visitor(one: Any) -> Reader:
    organisation = one.unit.organisation.proper_name if one.unit else None
    return Reader(str(one.pk), one.email, one.proper_name, one.number, organisation, None, one.country_id)


def _acting(units: QuerySet[VisitingUnit]) -> QuerySet[Representative]:
    """Who acts for the organisations of visiting units."""
    found = Representative.objects.filter(organisation__in=units.order_by().values("organisation"))
    return found.select_related("user", "organisation")


def _leading(units: QuerySet[VisitingUnit]) -> QuerySet[DelegationLeader]:
    """Who leads the delegations of visiting units."""
    found = DelegationLeader.objects.filter(delegation__in=units.order_by().values("delegation"))
    return found.select_related("user", "delegation")


def _representative(one: Representative) -> Reader:
    organisation = one.organisation
    name = one.user.proper_name
    country = organisation.country_id or ""
    return Reader(f"r{one.pk}", one.user.email, name, "", organisation.proper_name, organisation.pk, country)


def _leader(one: DelegationLeader) -> Reader:
    return Reader(f"l{one.pk}", one.user.email, one.user.proper_name, one.delegation.path, None, None, "CN")


@dataclass(frozen=True)
class Source:
    """Where a message's readers come from: people beside the records of a list, and the field of their address."""

    people: Callable[[QuerySet[Any]], QuerySet[Any]]
    address: str
    reader: Callable[[Any], Reader]


def _themselves(found: QuerySet[Any]) -> QuerySet[Any]:
    return found


# The lists to whose people one may write.
QUEUES: dict[str, tuple[Queue, tuple[Source, ...]]] = {
    "applications": (APPLICATIONS, (Source(_themselves, "contact_email", _application),)),
    "units": (UNITS, (Source(_acting, "user__email", _representative), Source(_leading, "user__email", _leader))),
    "visitors": (VISITORS, (Source(_themselves, "email", _visitor),)),
}


def outcome_of(message: GroupMessage) -> Outcome:
    """How the message went out so far."""
    return Outcome(**Notice.objects.filter(key__startswith=f"group:{message.pk}:").aggregate(**COUNTS))


def texts_of(pk: int) -> dict[str, tuple[str, str]]:
    """Subject and text of a message to a group, by language; a language that is missing is left out."""
    message = GroupMessage.objects.get(pk=pk)
    return by_language(vars(message))
