"""Lists of visitors by their rows: units, delegations, quotas, repetitions, staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.visitors import actions
from emporion.domain.visitors.actions.bulk import VisitorRow, import_visitors
from emporion.domain.visitors.models import VisitingUnit, Visitor
from tests.domain.visitors.conftest import AT
from tests.make import make_edition, make_exhibitor

LATER = AT + timedelta(days=1)
CODE = "91330100799655058B"


def row(number, name, **more):
    return VisitorRow(number, f"V{number}", name, more.pop("country", "CN"), **more)


def problems_of(outcome):
    return [(one.row, one.column, str(one.wrong), str(one.fix)) for one in outcome.problems]


def counts(outcome):
    return outcome.created, outcome.updated, outcome.unchanged


def test_people_of_one_organisation_share_their_unit(edition):
    rows = [
        row(2, "Ann", organisation="示例有限公司", organisation_number=CODE, delegation="07.031", purchasing_size=2),
        row(3, "Bob", organisation="示例公司", organisation_number=CODE, registered=AT - timedelta(days=9)),
        row(4, "Cem", organisation="Works GmbH", country="DE", purchasing_size=1),
        row(5, "Dan", organisation="WORKS", country="DE", purchasing_size=3),
        row(6, "Eve"),
    ]
    assert counts(import_visitors(edition, rows, context=ActionContext(AT))) == (5, 0, 0)
    first, second = VisitingUnit.objects.select_related("delegation", "organisation").order_by("purchasing_size")
    assert (first.delegation.path, first.purchasing_size, first.registered) == ("07.031", 2, AT - timedelta(days=9))
    assert (second.purchasing_size, second.organisation.name, second.delegation) == (3, "Works GmbH", None)
    assert list(first.visitors.order_by("number").values_list("name", flat=True)) == ["Ann", "Bob"]
    assert list(second.visitors.order_by("number").values_list("name", flat=True)) == ["Cem", "Dan"]
    assert Visitor.objects.get(name="Eve").unit is None
    assert Organisation.objects.count() == 2


def test_an_organisation_may_be_at_home_elsewhere_than_its_visitor(edition):
    import_visitors(
        edition,
        [row(2, "Ann", country="DE", organisation="示例", organisation_country="CN")],
        context=ActionContext(AT),
    )
    assert Organisation.objects.get().country_id == "CN"


def test_a_repeated_number_is_a_problem_and_the_first_row_keeps_it(edition):
    outcome = import_visitors(edition, [row(2, "Ann"), VisitorRow(3, "V2", "Bob", "CN")], context=ActionContext(AT))
    assert problems_of(outcome) == [(3, "number", "repeats V2 of row 2", "Give each person a number of their own")]
    assert (outcome.created, Visitor.objects.get().name) == (1, "Ann")


def test_a_wrong_credit_code_is_a_problem_of_every_row_that_has_it(edition):
    wrong = {"organisation": "示例", "organisation_number": CODE[:-1] + "X"}
    outcome = import_visitors(
        edition, [row(2, "Ann", **wrong), row(3, "Bob", **wrong), row(4, "Cem")], context=ActionContext(AT)
    )
    sentence = f"{CODE[:-1]}X is not a unified social credit code: its last character should be B"
    fix = "Copy it from the licence"
    assert problems_of(outcome) == [
        (2, "organisation_number", sentence, fix),
        (3, "organisation_number", sentence, fix),
    ]
    assert Organisation.objects.count() == 0 and Visitor.objects.get().name == "Cem"


def test_what_a_row_says_of_its_unit_must_agree(edition):
    works = {"organisation": "Works", "country": "DE"}
    rows = [
        row(2, "Ann", delegation="07.031", **works),
        row(3, "Bob", delegation="07.032", **works),
        row(4, "Cem", delegation="99"),
        row(5, "Dan", delegation="07"),
        row(6, "Eve", organisation_number=CODE),
    ]
    assert problems_of(import_visitors(edition, rows, context=ActionContext(AT))) == [
        (3, "delegation", "puts Works into 07.032, row 2 into 07.031",
         "A unit visits with one delegation: use the same path"),
        (4, "delegation", "names no delegation of this edition: 99",
         "Import the delegations first, or fix the path (as 07.031)"),
        (5, "organisation", "is empty, though the row names a delegation", "Name the visitor's unit"),
        (6, "organisation", "is empty, though the row gives its number", "Name the organisation"),
    ]  # fmt: skip


def test_an_exhibitor_s_staff_stays_out(edition):
    exhibitor = make_exhibitor(edition, "Works", "DE")
    exhibitor.application.contact_email = "Ann@example.org"
    exhibitor.application.save()
    outcome = import_visitors(
        edition, [row(2, "Ann", email="ann@Example.org"), row(3, "Bob")], context=ActionContext(AT)
    )
    assert [one[:2] for one in problems_of(outcome)] == [(2, "email")]
    assert Visitor.objects.get().name == "Bob"


def test_a_quota_lets_in_the_first_of_the_list(edition):
    edition.delegations.filter(path="07").update(quota=3)
    edition.delegations.filter(path="07.032").update(quota=1)
    food, machines = ({"organisation": path, "delegation": path} for path in ("07.031", "07.032"))
    rows = [row(2, "Ann", **machines), row(3, "Bob", **machines), row(4, "Cem", **food), row(5, "Dan", **food),
            row(6, "Eve", **food), row(7, "Fay", organisation="071", delegation="071")]  # fmt: skip
    outcome = import_visitors(edition, rows, context=ActionContext(AT))
    assert problems_of(outcome) == [
        (3, "delegation", "Machines may register 1 people and has 0", "Raise its quota or register with another"),
        (6, "delegation", "Harbour may register 3 people and has 0", "Raise its quota or register with another"),
    ]
    assert set(Visitor.objects.values_list("name", flat=True)) == {"Ann", "Cem", "Dan", "Fay"}
    again = import_visitors(edition, rows, context=ActionContext(LATER))
    assert (counts(again), [one.row for one in again.problems]) == ((0, 0, 4), [3, 6])


def test_states_survive_an_update_and_a_unit_may_move(edition):
    works = {"organisation": "Works", "country": "DE"}
    import_visitors(edition, [row(2, "Ann", delegation="07.031", **works)], context=ActionContext(AT))
    actions.approve_all(edition, context=ActionContext(AT))
    outcome = import_visitors(
        edition, [row(2, "Ann", position="Buyer", delegation="07.032", **works)], context=ActionContext(LATER)
    )
    visitor = Visitor.objects.select_related("unit__delegation").get()
    assert counts(outcome) == (0, 1, 0)
    assert (visitor.state, visitor.position, visitor.registered) == ("approved", "Buyer", AT)
    assert (visitor.unit.state, visitor.unit.delegation.path) == ("approved", "07.032")


def test_editions_do_not_mix(edition):
    import_visitors(edition, [row(2, "Ann", organisation="Works")], context=ActionContext(AT))
    assert counts(
        import_visitors(make_edition(7), [row(2, "Ann", organisation="Works")], context=ActionContext(AT))
    ) == (1, 0, 0)
    assert (Visitor.objects.count(), VisitingUnit.objects.count(), Organisation.objects.count()) == (2, 2, 1)


def test_the_number_of_queries_does_not_grow_with_the_list(edition):
    seen = []
    for size in (2, 6):
        rows = [row(100 * size + n, f"P{n}", organisation=f"W{size}{n}") for n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            import_visitors(edition, rows, context=ActionContext(AT))
        seen.append(len(queries))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", ["O'Neil; DROP TABLE", 'a "quoted" one', "back\\slash", "tab\tand\nline", "{1,2}"])
def test_names_arrive_as_they_are(edition, name):
    import_visitors(edition, [row(2, name, organisation=name)], context=ActionContext(AT))
    assert (Visitor.objects.get().name, Organisation.objects.get().name) == (name, name)
