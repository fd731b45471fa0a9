"""Whether anything of an edition is recorded here: what is counted where nothing is would be nought, and wrong."""

from __future__ import annotations

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.programme.models import Session
from emporion.domain.visitors.models import Delegation, VisitingUnit, Visitor

# Everything else that figures count hangs on one of these; halls and areas are plans, not records of what happened.
RECORDS = (Application, Exhibitor, VisitingUnit, Visitor, Delegation, Session)


def has_records(edition: Edition) -> bool:
    """Whether one application, exhibitor, unit, visitor, delegation or session of the edition is recorded; one query.

    Lists of who took part in an earlier edition are no records of it: they say nothing of what is not on them.
    """
    first, *others = (
        model._default_manager.filter(edition=edition).order_by().values("edition_id")[:1] for model in RECORDS
    )
    return first.union(*others, all=True).exists()
