"""Views of a list that somebody saves."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.desk import rules
from emporion.domain.desk.models import SavedView
from emporion.domain.desk.queries.views import views_of
from emporion.domain.editions.models import Fair


@transaction.atomic
def save_view(user: User, fair: Fair, queue: str, name: str, query: str) -> SavedView:
    """Keep a filter under a name; one of the same name is replaced. Raises: ViewNeedsName, TooManyViews."""
    name = name.strip()
    rules.require_view(name, views_of(user, fair, queue).exclude(name=name).count())
    saved, _new = SavedView.objects.update_or_create(
        user=user, fair=fair, queue=queue, name=name, defaults={"query": query[:500]}
    )
    return saved


def remove_view(user: User, fair: Fair, queue: str, pk: int) -> None:
    """Forget a view; one that is gone already changes nothing."""
    views_of(user, fair, queue).filter(pk=pk).delete()
