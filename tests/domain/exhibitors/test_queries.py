"""Who exhibits, who waits, and who came to which editions."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import approve_all, sign_contracts
from emporion.domain.exhibitors.actions.bulk import ExhibitorRow, import_exhibitors
from emporion.domain.exhibitors.queries import (
    applications_for,
    editions_of,
    exhibitors_for,
    exhibitors_of,
    waiting,
)
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation, Representative
from tests.make import IN_JULY, IN_JUNE


def exhibit(edition: Edition, count: int) -> None:
    rows = [
        ExhibitorRow(n + 2, f"Firm {n}", country="DE", area="food", area_m2=9, contact_email="a@b.example",
                     earlier_editions=(5,) if n == 0 else ())
        for n in range(count)
    ]  # fmt: skip
    rows += [ExhibitorRow(n + 50, f"Guest {n}", country="EC", main=f"Firm {n}") for n in range(count)]
    import_exhibitors(edition, rows, context=ActionContext(IN_JUNE))


def sign(edition: Edition) -> None:
    approve_all(edition, context=ActionContext(IN_JULY))
    sign_contracts(edition, day=date(2023, 7, 1), context=ActionContext(IN_JULY))


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_each(edition: Edition, count: int, django_assert_num_queries) -> None:
    exhibit(edition, count)
    with django_assert_num_queries(1):
        wait = [
            (str(one.organisation), one.main and str(one.main.organisation), str(one.area)) for one in waiting(edition)
        ]
    assert wait[0] == ("Firm 0", None, "food") and wait[-1] == (f"Guest {count - 1}", f"Firm {count - 1}", "food")
    sign(edition)
    with django_assert_num_queries(1):
        shown = [(one.number, str(one.organisation), str(one.origin), str(one.area)) for one in exhibitors_of(edition)]
    assert shown[:2] == [("06-00001", "Firm 0", "Germany", "food"), ("06-00001-C1", "Guest 0", "Ecuador", "food")]


@pytest.mark.parametrize("count", [1, 3])
def test_editions_of_organisations_take_two_queries(edition: Edition, count: int, django_assert_num_queries) -> None:
    exhibit(edition, count)
    sign(edition)
    firms = list(Organisation.objects.filter(name__startswith="Firm").order_by("name").values_list("pk", flat=True))
    with django_assert_num_queries(2):
        came = editions_of(edition.fair_id, firms)
    assert [came[firm] for firm in firms] == [{5, 6}, {6}, {6}][:count]


def test_people_see_what_their_organisations_applied_for(edition: Edition) -> None:
    exhibit(edition, 2)
    sign(edition)
    seller, stranger = (User.objects.create_user(f"{name}@fair.example") for name in ("seller", "stranger"))
    Representative.objects.create(organisation=Organisation.objects.get(name="Firm 1"), user=seller)
    assert [str(one.organisation) for one in applications_for(seller)] == ["Firm 1"]
    assert [one.number for one in exhibitors_for(seller)] == ["06-00002"]
    assert (applications_for(stranger).count(), exhibitors_for(stranger).count()) == (0, 0)
