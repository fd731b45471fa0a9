"""What is asked about organisations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.organisations.models import LikelyDuplicate, Organisation
from emporion.domain.organisations.rules.duplicates import Known


def organisations_for(user: User) -> QuerySet[Organisation]:
    """The organisations a person may act for: all for the organiser's staff, else those it represents."""
    found = Organisation.objects.select_related("country", "international")
    return found if user.is_staff else found.filter(representatives__user=user)


def likely_duplicates() -> QuerySet[LikelyDuplicate]:
    """The pairs that wait for a person's decision, with both organisations and their countries."""
    joined = LikelyDuplicate.objects.select_related("first__country", "second__country")
    return joined.filter(decision=LikelyDuplicate.Decision.OPEN).order_by("id")


def compared() -> Iterator[Known]:
    """Every organisation as it is compared with others; one query, streamed."""
    rows = Organisation.objects.order_by().values_list("id", "country_id", "name_key", "registered_number")
    return (Known(id, country or "", key, number) for id, country, key, number in rows.iterator(chunk_size=10_000))
