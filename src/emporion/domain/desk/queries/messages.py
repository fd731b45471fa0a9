"""To whom a message to a group goes, what it says to each, and how it went out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.queries.lists import APPLICATIONS, VISITORS
from emporion.domain.desk.queries.queues import Queue
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import COUNTS, Outcome, by_language, opted_out
from emporion.domain.reason import ProperName

# The lists to whose people one may write, each with the field that holds the address.
QUEUES: dict[str, tuple[Queue, str]] = {
    "applications": (APPLICATIONS, "contact_email"),
    "visitors": (VISITORS, "email"),
}
AT_A_TIME = 1_000


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a message: the record, its address, and what the message may name of it."""

    key: int
    address: str
    name: ProperName
    number: str
    organisation: ProperName | None
    organisation_id: int | None
    country: str


def messages_of(edition: Edition) -> QuerySet[GroupMessage]:
    """The messages to groups of an edition, the latest first."""
    return GroupMessage.objects.filter(edition=edition).select_related("made_by").order_by("-id")


def found_by_message(message: GroupMessage) -> QuerySet[Any]:
    """The records that the message's filter finds and that have an address."""
    queue, field = QUEUES[message.queue]
    return queue.narrowed(message.edition, message.terms).exclude(**{field: ""})


def audience(message: GroupMessage) -> tuple[int, int]:
    """How many addresses the message would go to now, and how many of the filter's have opted out."""
    _queue, field = QUEUES[message.queue]
    out = opted_out(message.edition.fair)
    found = found_by_message(message).select_related(None).values_list(field, flat=True)
    addresses = {address.lower() for address in found.iterator(chunk_size=10_000)}
    return len(addresses - out), len(addresses & out)


def readers_of(message: GroupMessage) -> Iterator[Reader]:
    """Everybody to whom the message goes, one for each address, in the order of their keys."""
    out, told = opted_out(message.edition.fair), set[str]()
    for record in found_by_message(message).order_by("pk").iterator(chunk_size=AT_A_TIME):
        reader = _application(record) if message.queue == "applications" else _visitor(record)
        if reader.address.lower() not in out | told:
            told.add(reader.address.lower())
            yield reader


def _application(one: Any) -> Reader:
    name = one.organisation.proper_name
    return Reader(one.pk, one.contact_email, name, "", name, one.organisation_id, one.origin_id or "")


def _visitor(one: Any) -> Reader:
    organisation = one.unit.organisation.proper_name if one.unit else None
    return Reader(one.pk, one.email, one.proper_name, one.number, organisation, None, one.country_id)


def outcome_of(message: GroupMessage) -> Outcome:
    """How the message went out so far."""
    return Outcome(**Notice.objects.filter(key__startswith=f"group:{message.pk}:").aggregate(**COUNTS))


def texts_of(pk: int) -> dict[str, tuple[str, str]]:
    """Subject and text of a message to a group, by language; a language that is missing is left out."""
    message = GroupMessage.objects.get(pk=pk)
    return by_language(vars(message))
