"""Lists of deals and of investments, thousands of rows at a time.

A row that breaks a rule becomes a problem with its column and its fix; the other rows go in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from emporion.domain.deals.actions.import_checks import DealChecker, InvestmentChecker, RowChecker, Terms
from emporion.domain.deals.models import Deal, Evidence, Investment
from emporion.domain.deals.rules.deals import SIDES, require_not_withdrawn
from emporion.domain.deals.rules.row_problems import GiveNewDealNumber
from emporion.domain.deals.rules.rows import DealRow, InvestmentRow
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome

__all__ = ["DealRow", "InvestmentRow", "import_deals", "import_investments"]

_BATCH = 1000
_DEAL_FIELDS = [
    "kind", "exhibitor", "buyer", "delegation", "origin", "amount", "currency", "signed", "subject",
    "exhibitor_confirmed", "buyer_confirmed",
]  # fmt: skip
_INVESTMENT_FIELDS = [
    "organisation", "first_year", "last_year", "amount", "currency", "announced", "source", "confirmed",
]  # fmt: skip


@transaction.atomic
def import_deals(edition: Edition, rows: Iterable[DealRow], *, context: ActionContext) -> BulkOutcome:
    """Record the deal of every row, or bring the one with its number up to date; tell what became of each.

    A confirmation that the list states is noted at ``at``; one given before stays, unless the row changes the terms
    of the deal: then only what the row states is confirmed. One entry in the journal for the list.
    """
    _one_list_at_a_time(edition)
    listed = list(rows)
    checker = DealChecker(edition, listed)
    stored = {deal.number: deal for deal in edition.deals.filter(number__in=[row.number for row in listed])}
    new, changed, good = [], [], []
    for row in listed:
        terms, deal = checker.terms(row), stored.get(row.number)
        if terms is None or (deal and not _may_change(checker, deal, row, terms)):
            continue
        if deal is None:
            deal = stored[row.number] = _apply(Deal(edition=edition, number=row.number), row, terms, context.at)
            new.append(deal)
        elif _differs(deal, row, terms):
            changed.append(_apply(deal, row, terms, context.at))
        good.append((row, deal))
    Deal.objects.bulk_create(new, batch_size=_BATCH)
    Deal.objects.bulk_update(changed, _DEAL_FIELDS, _BATCH)
    backed = _back(good, context)
    return _close("deals.imported", edition, checker, len(good), _numbers(new), _numbers(changed) | backed, context)


def _one_list_at_a_time(edition: Edition) -> None:
    """Wait for whoever records deals of this edition; rows that refer to the edition stay free."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)


def _may_change(checker: RowChecker, deal: Deal, row: DealRow, terms: Terms) -> bool:
    """Whether the row leaves its stored deal as it is or may change it; a withdrawn one may not be changed."""
    if deal.withdrawn is None or not _differs(deal, row, terms):
        return True
    fix = GiveNewDealNumber()
    checker.check(row, "number", fix, lambda: require_not_withdrawn(withdrawn=True, number=deal.number))
    return False


def _differs(deal: Deal, row: DealRow, terms: Terms) -> bool:
    return _terms_differ(deal, terms) or any(
        getattr(row, f"{side}_confirmed") and getattr(deal, f"{side}_confirmed") is None for side in SIDES
    )


def _terms_differ(deal: Deal, terms: Terms) -> bool:
    return any(getattr(deal, name) != value for name, value in terms.items())


def _apply(deal: Deal, row: DealRow, terms: Terms, at: datetime) -> Deal:
    """Write the row into the deal. A confirmation was given for the terms it was given for."""
    new_terms = _terms_differ(deal, terms)
    for name, value in terms.items():
        setattr(deal, name, value)
    for side in SIDES:
        before = None if new_terms else getattr(deal, f"{side}_confirmed")
        setattr(deal, f"{side}_confirmed", before or (at if getattr(row, f"{side}_confirmed") else None))
    return deal


def _back(good: Sequence[tuple[DealRow, Deal]], context: ActionContext) -> set[str]:
    """Add the papers that rows name and that their deals lack; the numbers of those deals."""
    backed = [(row, deal) for row, deal in good if row.evidence]
    papers = Evidence.objects.filter(deal__in=[deal for _, deal in backed]).values_list("deal", "name")
    known = set(papers)
    missing = [(row, deal) for row, deal in backed if (deal.pk, row.evidence) not in known]
    new = [Evidence(deal=deal, name=row.evidence, added=context.at, added_by=context.actor) for row, deal in missing]
    Evidence.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return {deal.number for _, deal in missing}


@transaction.atomic
def import_investments(edition: Edition, rows: Iterable[InvestmentRow], *, context: ActionContext) -> BulkOutcome:
    """Record what exhibiting organisations invested, or bring the one with its number up to date.

    One entry in the journal for the list, under the edition it was brought to.
    """
    _one_list_at_a_time(edition)
    listed = list(rows)
    checker = InvestmentChecker(edition, listed)
    found = Investment.objects.filter(number__in=[row.number for row in listed]).select_for_update()
    stored = {investment.number: investment for investment in found}
    new: list[Investment] = []
    changed: list[Investment] = []
    good = 0
    for row in listed:
        if terms := checker.terms(row):
            good += 1
            investment = stored.get(row.number) or Investment(number=row.number)
            if _state(investment, row, terms, context.at):
                (changed if investment.pk else new).append(investment)
    Investment.objects.bulk_create(new, batch_size=_BATCH)
    Investment.objects.bulk_update(changed, _INVESTMENT_FIELDS, _BATCH)
    return _close("investments.imported", edition, checker, good, _numbers(new), _numbers(changed), context)


def _state(investment: Investment, row: InvestmentRow, terms: Terms, at: datetime) -> bool:
    """Write the row into the investment; whether that made a difference. What was confirmed stays confirmed."""
    terms = terms | {"confirmed": investment.confirmed or (at if row.confirmed else None)}
    differs = investment.pk is None or any(getattr(investment, name) != value for name, value in terms.items())
    for name, value in terms.items():
        setattr(investment, name, value)
    return differs


def _numbers(records: Iterable[Deal | Investment]) -> set[str]:
    return {record.number for record in records}


def _close(
    event: str,
    edition: Edition,
    checker: RowChecker,
    good: int,
    new: Collection[str],
    touched: set[str],
    context: ActionContext,
) -> BulkOutcome:
    """Count what became of the rows, and note the list in the journal."""
    created, updated = len(new), len(touched.difference(new))
    problems = sorted(checker.problems, key=lambda problem: problem.row)
    outcome = BulkOutcome(created, updated, good - created - updated, problems)
    counts = {"created": created, "updated": updated, "unchanged": outcome.unchanged, "problems": len(problems)}
    record(event, edition, context=context, edition=edition.pk, **counts)
    return outcome
