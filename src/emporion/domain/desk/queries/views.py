"""What is asked of saved views, and of the journal of one record."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.desk.models import SavedView
from emporion.domain.editions.models import Fair
from emporion.domain.journal.actions import Subject
from emporion.domain.journal.models import JournalEntry


def views_of(user: User, fair: Fair, queue: str) -> QuerySet[SavedView]:
    """The views that a person has saved of a list, by name."""
    return SavedView.objects.filter(user=user, fair=fair, queue=queue).order_by("name")


def history_of(*subjects: Subject) -> QuerySet[JournalEntry]:
    """What the journal tells of these records, the latest first."""
    about = Q(pk__in=())
    for one in subjects:
        about |= Q(subject_kind=one.kind, subject_id=one.id)
    return JournalEntry.objects.select_related("actor").filter(about).order_by("-id")
