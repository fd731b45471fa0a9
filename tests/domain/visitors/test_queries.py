"""The delegation tree with its counts, and who sees whom."""

from __future__ import annotations

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Representative
from emporion.domain.visitors import actions, queries
from emporion.domain.visitors.actions.bulk import VisitorRow, import_visitors
from emporion.domain.visitors.models import VisitingUnit, Visitor
from tests.domain.visitors.conftest import AT


@pytest.fixture
def crowd(edition):
    places = {"Ann": "07.031", "Bob": "07.031", "Cem": "07.032", "Dan": "071", "Eve": ""}
    rows = [
        VisitorRow(row, f"V{row}", name, "DE", f"{name}@example.org".lower(), organisation=f"Unit {path}".strip(),
                   delegation=path)
        for row, (name, path) in enumerate(places.items(), 2)
    ]  # fmt: skip
    import_visitors(edition, rows, context=ActionContext(AT))
    actions.approve_delegation(edition.delegations.get(path="07.031"), context=ActionContext(AT))
    return edition


def test_a_branch_counts_all_that_is_below_it_in_one_query(crowd, django_assert_num_queries):
    with django_assert_num_queries(1):
        branches = queries.tree(crowd)
    assert [(one.path, one.depth, one.units, one.people, one.approved) for one in branches] == [
        ("07", 0, 2, 3, 2),
        ("07.031", 1, 1, 2, 2),
        ("07.032", 1, 1, 1, 0),
        ("071", 0, 1, 1, 0),
    ]


def test_who_is_registered_in_a_branch(crowd):
    harbour = crowd.delegations.get(path="07")
    assert queries.registered_in(harbour) == 3
    Visitor.objects.filter(name="Ann").update(state="cancelled")
    assert queries.registered_in(harbour) == 2


def test_a_unit_sees_its_own_a_person_themselves_and_a_stranger_nobody(crowd, django_user_model):
    stranger = django_user_model.objects.create_superuser("root@example.org")
    chief = django_user_model.objects.create_user("chief@example.org")
    dan = django_user_model.objects.create_user("dan@example.org")
    works = Visitor.objects.get(name="Ann").unit.organisation
    Representative.objects.create(organisation=works, user=chief)
    Visitor.objects.filter(name="Dan").update(user=dan)
    seen = {user: [one.name for one in queries.visitors_for(user, crowd)] for user in (stranger, chief, dan)}
    assert seen == {stranger: [], chief: ["Ann", "Bob"], dan: ["Dan"]}
    assert [unit.organisation for unit in queries.units_for(chief, crowd)] == [works]
    assert queries.units_for(stranger, crowd).count() == 0 and queries.units_for(dan, crowd).count() == 0


@pytest.mark.parametrize("shown", [1, 3])
def test_a_page_of_units_takes_one_query(crowd, django_assert_num_queries, shown):
    units = VisitingUnit.objects.filter(edition=crowd).select_related("organisation").order_by("organisation__name")
    with django_assert_num_queries(1):
        page = list(queries.people_of(units)[:shown])
        assert [(unit.organisation.name, unit.people) for unit in page] == [
            ("Unit", 1), ("Unit 07.031", 2), ("Unit 07.032", 1),
        ][:shown]  # fmt: skip
