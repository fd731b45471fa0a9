"""An approved applicant with prices, a paper that stands for its contract, and moments in the summer of the fair."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from emporion.domain.accounts.models import User
from emporion.domain.billing.actions import accept_contract, keep_document, offer_contract
from emporion.domain.billing.models import Contract
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from tests import make

JULY, AUGUST = datetime(2023, 7, 1, 9, tzinfo=UTC), datetime(2023, 8, 1, 9, tzinfo=UTC)
PAPER = b"%PDF-1.7 a contract"


def make_applicant(edition: Edition, name: str = "Aurora Valves", country: str = "DE", **facts: Any) -> Application:
    """An approved application for a corner booth of 18 m², handed in on the first of June."""
    area = edition.areas.first() or make.make_area(edition)
    organisation = make.make_organisation(name, country)
    asked = {"stand": "standard", "area_m2": 18, "open_sides": 2, "contact_email": "a@aurora.example"}
    moments = {"submitted": make.IN_JUNE, "reviewed": make.IN_JUNE, "state": "approved"}
    records = {"edition": edition, "organisation": organisation, "origin": organisation.country, "area": area}
    return Application.objects.create(**{**records, **asked, **moments, **facts})


def offered(application: Application, at: datetime = JULY) -> Contract:
    """The contract as it is offered, with its paper."""
    contract = offer_contract(application, at=at)
    keep_document(contract, "contract.pdf", PAPER, context=ActionContext(at))
    contract.refresh_from_db()
    return contract


def accepted(application: Application, at: datetime = JULY, actor: User | None = None) -> Contract:
    """The contract, accepted at that moment."""
    contract = offered(application, at)
    assert contract.document is not None
    return accept_contract(application, contract.document.sha256, context=ActionContext(at, actor))
