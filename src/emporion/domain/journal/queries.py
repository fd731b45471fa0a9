"""Reading the journal."""

from __future__ import annotations

from django.db.models import Max, Q

from emporion.domain.journal.models import JournalEntry


def public_version(edition: int) -> int:
    """The highest number among the public entries of an edition and of none, 0 without any.

    What readers without an account see of the edition is the same as long as this number is.
    """
    own = Q(edition=edition) | Q(edition=None)
    return JournalEntry.objects.filter(own, public=True).aggregate(last=Max("pk"))["last"] or 0
