"""Lists of deals and investments say truly what became of each row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emporion.domain.deals.actions import withdraw_deal
from emporion.domain.deals.actions.bulk import DealRow, InvestmentRow, import_deals, import_investments
from emporion.domain.deals.models import Deal, Investment
from emporion.domain.deals.queries import counted_deals
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.refusal import BulkOutcome, RowProblem
from tests.domain.deals.conftest import Fair
from tests.make import IN_NOVEMBER, make_edition

LATER = datetime(2023, 11, 20, tzinfo=UTC)
BUTTER = DealRow(
    2, "D1", "06-00001", "91310000000000001X", Decimal("250000.00"), "USD", date(2023, 11, 7),
    subject="Shea butter", evidence="contract.pdf", exhibitor_confirmed=True, buyer_confirmed=True,
)  # fmt: skip
GLASS = DealRow(
    3, "D2", "Glas", "上海贸易有限公司", Decimal("80000000"), "CNY", date(2023, 11, 8), exhibitor_confirmed=True
)


def counted(outcome: BulkOutcome) -> tuple[int, int, int, list[RowProblem]]:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.problems


def test_rows_become_deals_that_count_when_both_sides_confirmed(fair: Fair) -> None:
    assert counted(import_deals(fair.edition, [BUTTER, GLASS], context=ActionContext(IN_NOVEMBER))) == (2, 0, 0, [])
    butter, glass = Deal.objects.order_by("number")
    assert (butter.exhibitor, butter.buyer, butter.origin_id, butter.delegation) == (
        fair.shea, fair.trading, "BJ", fair.trading.delegation,
    )  # fmt: skip
    assert (glass.exhibitor, glass.buyer, glass.buyer_confirmed) == (fair.glass, fair.trading, None)
    assert [paper.name for paper in butter.evidence.all()] == ["contract.pdf"]
    assert list(counted_deals(fair.edition)) == [butter]
    assert JournalEntry.objects.get().data == {"created": 2, "updated": 0, "unchanged": 0, "problems": 0}


def test_the_same_list_again_changes_nothing(fair: Fair) -> None:
    import_deals(fair.edition, [BUTTER, GLASS], context=ActionContext(IN_NOVEMBER))
    before = list(Deal.objects.values())
    assert counted(import_deals(fair.edition, [BUTTER, GLASS], context=ActionContext(LATER))) == (0, 0, 2, [])
    assert list(Deal.objects.values()) == before


def test_a_later_list_adds_confirmations_and_papers_and_takes_none_away(fair: Fair) -> None:
    import_deals(fair.edition, [BUTTER, GLASS], context=ActionContext(IN_NOVEMBER))
    later = [replace(BUTTER, buyer_confirmed=False, evidence="invoice.pdf"), replace(GLASS, buyer_confirmed=True)]
    assert counted(import_deals(fair.edition, later, context=ActionContext(LATER))) == (0, 2, 0, [])
    butter, glass = Deal.objects.order_by("number")
    assert (butter.buyer_confirmed, glass.exhibitor_confirmed, glass.buyer_confirmed) == (
        IN_NOVEMBER,
        IN_NOVEMBER,
        LATER,
    )
    assert butter.evidence.count() == 2


def test_new_terms_need_new_confirmations(fair: Fair) -> None:
    import_deals(fair.edition, [BUTTER], context=ActionContext(IN_NOVEMBER))
    row = replace(BUTTER, amount=Decimal("260000.00"), buyer_confirmed=False)
    assert counted(import_deals(fair.edition, [row], context=ActionContext(LATER))) == (0, 1, 0, [])
    deal = Deal.objects.get()
    assert (deal.amount, deal.exhibitor_confirmed, deal.buyer_confirmed) == (Decimal("260000.00"), LATER, None)


def test_a_withdrawn_deal_is_not_changed_by_a_list(fair: Fair) -> None:
    import_deals(fair.edition, [BUTTER], context=ActionContext(IN_NOVEMBER))
    withdraw_deal(Deal.objects.get(), context=ActionContext(LATER))
    assert counted(import_deals(fair.edition, [BUTTER], context=ActionContext(LATER))) == (0, 0, 1, [])
    [problem] = import_deals(fair.edition, [replace(BUTTER, amount=Decimal(1))], context=ActionContext(LATER)).problems
    assert (problem.column, str(problem.wrong)) == ("number", "Deal D1 was withdrawn; record a new one instead.")


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"number": ""}, "number"),
        ({"exhibitor": "06-00099"}, "exhibitor"),
        ({"exhibitor_country": "DE"}, "exhibitor"),
        ({"buyer": "Nobody"}, "buyer"),
        ({"buyer": ""}, "buyer"),
        ({"amount": Decimal(0)}, "amount"),
        ({"kind": "barter"}, "kind"),
        ({"currency": "XXX"}, "currency"),
        ({"signed": date(2024, 1, 1)}, "signed"),
        ({"signed": date(2023, 12, 20), "currency": "CNY"}, "currency"),
        ({"origin": "ZZ"}, "origin"),
        ({"subject": "x" * 301}, "subject"),
    ],
)
def test_a_bad_row_is_reported_and_the_good_one_goes_in(fair: Fair, fields: dict[str, object], column: str) -> None:
    outcome = import_deals(fair.edition, [replace(BUTTER, **fields), GLASS], context=ActionContext(IN_NOVEMBER))
    assert (outcome.created, [(problem.row, problem.column) for problem in outcome.problems]) == (1, [(2, column)])
    assert [deal.number for deal in Deal.objects.all()] == ["D2"]


def test_a_number_stands_once_in_a_list(fair: Fair) -> None:
    outcome = import_deals(fair.edition, [BUTTER, replace(GLASS, number="D1")], context=ActionContext(IN_NOVEMBER))
    assert (outcome.created, [str(problem.wrong) for problem in outcome.problems]) == (
        1,
        ["Row 2 has the number D1 already."],
    )


def test_nobody_buys_from_itself(fair: Fair) -> None:
    fair.trading.organisation = fair.shea.organisation
    fair.trading.save()
    [problem] = import_deals(fair.edition, [replace(BUTTER, buyer="RB1")], context=ActionContext(IN_NOVEMBER)).problems
    assert problem.column == "buyer"


def test_a_long_list_takes_as_many_statements_as_a_short_one(fair: Fair) -> None:
    counts = []
    for length in (2, 60):
        rows = [replace(BUTTER, row=n + 2, number=f"L{length}-{n}") for n in range(length)]
        with CaptureQueriesContext(connection) as queries:
            assert import_deals(fair.edition, rows, context=ActionContext(IN_NOVEMBER)).created == length
        counts.append(len(queries))
    assert counts[0] == counts[1]


INVESTED = InvestmentRow(
    2, "I-1", "Glas AG", 2018, 2023, Decimal("170000000"), "EUR", date(2023, 11, 6), confirmed=True
)


def test_investments_are_recorded_and_updated(fair: Fair) -> None:
    assert counted(import_investments(fair.edition, [INVESTED], context=ActionContext(IN_NOVEMBER))) == (1, 0, 0, [])
    assert counted(import_investments(fair.edition, [INVESTED], context=ActionContext(LATER))) == (0, 0, 1, [])
    again = replace(INVESTED, last_year=2024, confirmed=False)
    assert counted(import_investments(fair.edition, [again], context=ActionContext(LATER))) == (0, 1, 0, [])
    stored = Investment.objects.get()
    assert (stored.organisation, stored.last_year, stored.confirmed) == (fair.glass.organisation, 2024, IN_NOVEMBER)


def test_only_those_who_exhibited_in_some_edition_invest_as_exhibitors(fair: Fair) -> None:
    rows = [replace(INVESTED, organisation="Shanghai Clinic"), replace(INVESTED, row=3, number="I-2", first_year=2025)]
    outcome = import_investments(fair.edition, rows, context=ActionContext(IN_NOVEMBER))
    assert [(problem.row, problem.column) for problem in outcome.problems] == [(2, "organisation"), (3, "amount")]
    clinic = Organisation.objects.get(name="Shanghai Clinic")
    EarlierParticipation.objects.create(organisation=clinic, edition=make_edition(5))
    assert import_investments(fair.edition, rows[:1], context=ActionContext(IN_NOVEMBER)).created == 1
