"""The last place of a delegation, asked for by two at the same moment: one of them has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors import actions
from emporion.domain.visitors.actions import import_members
from emporion.domain.visitors.actions.bulk import VisitorRow
from emporion.domain.visitors.actions.registration import Person
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.visitors.queries import registered_in
from emporion.domain.visitors.rules import DelegationDayFull, DelegationFull
from tests import make
from tests.domain.people.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
CONTEXT = ActionContext(AT)


@pytest.fixture
def edition() -> Edition:
    opened = make.make_edition(6)
    opened.phases.create(kind="registration", opens=AT - timedelta(days=1), closes=AT + timedelta(days=60))
    make.make_country("CN"), make.make_country("DE")
    return opened


@pytest.fixture
def unit(edition: Edition) -> VisitingUnit:
    return make.make_unit(edition, "Port Foods", delegation="07.031")


def register(edition: Edition, unit: VisitingUnit, name: str) -> None:
    person = Person(name, "CN", email=f"{name.lower()}@port.example")
    actions.register_visitor(edition, person, unit=unit, context=CONTEXT)


def test_of_many_who_register_at_once_as_many_are_in_as_may(edition: Edition, unit: VisitingUnit) -> None:
    actions.set_quotas(edition.delegations.get(path="07"), 2, {}, context=CONTEXT)
    asked = [lambda name=name: register(edition, unit, name) for name in ("Ann", "Bob", "Cem", "Dan")]
    assert [type(error) for error in at_once(*asked)] == [DelegationFull, DelegationFull]
    assert Visitor.objects.count() == 2


def test_a_quota_of_a_day_holds_at_once_as_well(edition: Edition, unit: VisitingUnit) -> None:
    actions.set_quotas(edition.delegations.get(path="07.031"), None, {edition.first_day: 1}, context=CONTEXT)
    asked = [lambda name=name: register(edition, unit, name) for name in ("Ann", "Bob", "Cem")]
    assert [type(error) for error in at_once(*asked)] == [DelegationDayFull, DelegationDayFull]


def test_a_list_and_people_who_register_at_once_keep_within_the_quota(edition: Edition, unit: VisitingUnit) -> None:
    group = edition.delegations.get(path="07")
    actions.set_quotas(group, 5, {}, context=CONTEXT)
    rows = [VisitorRow(row, "", f"Row {row}", "DE", organisation="Port Foods", organisation_country="CN")
            for row in range(2, 8)]  # fmt: skip
    bring = lambda: import_members(edition, rows, delegation=group, context=CONTEXT)  # noqa: E731
    asked = [lambda name=name: register(edition, unit, name) for name in ("Ann", "Bob", "Cem", "Dan")]
    refused = at_once(bring, *asked)
    assert {type(error) for error in refused} <= {DelegationFull}
    assert registered_in(group) == 5
    assert len(set(Visitor.objects.values_list("number", flat=True))) == 5
