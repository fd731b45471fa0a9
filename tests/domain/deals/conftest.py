"""The sixth edition with Benin Shea and Glas AG as exhibitors, and two Shanghai buyers in a delegation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise
from emporion.domain.visitors.models import Delegation, VisitingUnit
from tests.make import IN_JUNE, make_area, make_countries, make_currency, make_edition, make_phases, make_rate

RATED = date(2023, 11, 6)


@dataclass
class Fair:
    edition: Edition
    shea: Exhibitor
    glass: Exhibitor
    trading: VisitingUnit
    clinic: VisitingUnit


def make_fair() -> Fair:
    make_countries()
    edition = make_edition(6)
    make_area(edition, "food")
    make_phases(edition)
    make_currency("EUR")
    # One euro bought 1.10 dollars on the day after the first, and 8.00 yuan.
    make_rate("USD", RATED, "1.10")
    make_rate("CNY", RATED, "8.00")
    exhibitors = [_exhibitor(edition, 1, "Benin Shea", "BJ", "RB1"), _exhibitor(edition, 2, "Glas AG", "DE", "")]
    shanghai = Delegation.objects.create(edition=edition, path="07", name_en="Shanghai", name_zh="上海")
    buyers = [
        _unit(edition, shanghai, "Shanghai Trading Co., Ltd.", "91310000000000001X", "上海贸易有限公司"),
        _unit(edition, shanghai, "Shanghai Clinic", "", ""),
    ]
    return Fair(edition, *exhibitors, *buyers)


def _exhibitor(edition: Edition, serial: int, name: str, country: str, number: str) -> Exhibitor:
    [organisation] = recognise([OrganisationRow(name, country=country, registered_number=number)])
    where = {"edition": edition, "organisation_id": organisation, "origin_id": country, "area": edition.areas.get()}
    application = Application.objects.create(**where, state="contracted", contact_email=f"fair{serial}@x.example")
    return Exhibitor.objects.create(
        **where, application=application, number=f"06-{serial:05d}", scope="enterprise", signed=date(2023, 7, 1)
    )


def _unit(edition: Edition, delegation: Delegation, name: str, number: str, name_zh: str) -> VisitingUnit:
    [organisation] = recognise([OrganisationRow(name, name_zh, country="CN", registered_number=number)])
    return VisitingUnit.objects.create(
        edition=edition, organisation_id=organisation, delegation=delegation, state="approved", registered=IN_JUNE
    )


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()
