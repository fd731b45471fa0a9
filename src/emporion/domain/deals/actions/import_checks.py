"""Whether a row of a list can be recorded: whom it means, and what the rules say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import buyers_named, convertible, days_of_deals, exhibiting_named, exhibitors_named
from emporion.domain.deals.rules import row_problems as problems
from emporion.domain.deals.rules.deals import (
    require_amount,
    require_buyer,
    require_investment,
    require_parties,
    require_signed,
)
from emporion.domain.deals.rules.rows import DealRow, InvestmentRow
from emporion.domain.editions.models import Edition
from emporion.domain.organisations.rules.finding import Register
from emporion.domain.reason import Country as CountryCode
from emporion.domain.reason import Phrase, Statement
from emporion.domain.reference.models import Country, Currency
from emporion.domain.refusal import RowProblem, refusal_of
from emporion.domain.row_problems import KeepOneOfTwoRows, NoSuchKind, UseOneOf

Terms = dict[str, Any]
_Thing = TypeVar("_Thing")
_LONGEST = {"number": 30, "subject": 300, "evidence": 200, "source": 300}


class RowChecker:
    """What the rows of one list are checked against, read once; its problems gather as rows are read."""

    def __init__(self) -> None:
        self.problems: list[RowProblem] = []
        self._currencies = frozenset(Currency.objects.values_list("pk", flat=True))
        self._first: dict[str, int] = {}

    def problem(self, row: DealRow | InvestmentRow, column: str, wrong: Statement, fix: Statement) -> None:
        self.problems.append(RowProblem(row.row, column, wrong, fix))

    def check(self, row: DealRow | InvestmentRow, column: str, fix: Statement, check: Callable[[], None]) -> None:
        """Let a rule look at the row; its refusal becomes a problem."""
        if refusal := refusal_of(check):
            self.problem(row, column, refusal, fix)

    def common(self, row: DealRow | InvestmentRow) -> None:
        """What every list asks: a number of its own, texts that fit, a known currency."""
        first = self._first.setdefault(row.number, row.row)
        if not row.number:
            self.problem(row, "number", problems.DealNumberMissing(), problems.NumberOfEachRow())
        elif first != row.row:
            self.problem(row, "number", problems.RowHasNumber(first, row.number), KeepOneOfTwoRows())
        for column, longest in _LONGEST.items():
            if len(getattr(row, column, "")) > longest:
                self.problem(row, column, problems.DealTextTooLong(longest), problems.ShortenText())
        if row.currency not in self._currencies:
            self.problem(row, "currency", problems.NoKnownCurrency(row.currency), problems.UseThreeLetters())

    def one(
        self, row: DealRow | InvestmentRow, column: str, register: Register[_Thing], wanted: str, country: str
    ) -> _Thing | None:
        """The one that a row means by a number or a name; none or several are a problem."""
        found = register.find(wanted, country=country, strict=True)
        if len(found) == 1:
            return found[0]
        if found:
            self.problem(row, column, problems.SeveralCalled(wanted), problems.GiveNumberOrCountry())
        else:
            in_country = problems.NotAmongThoseIn(wanted, CountryCode(country))
            wrong = in_country if country else problems.NotAmongThem(wanted)
            self.problem(row, column, wrong, problems.GiveNumberOrName())
        return None


class DealChecker(RowChecker):
    """Reads rows of the list of deals."""

    def __init__(self, edition: Edition, rows: Sequence[DealRow]) -> None:
        super().__init__()
        self._exhibitors = exhibitors_named(edition, {row.exhibitor for row in rows})
        self._buyers = buyers_named(edition, {row.buyer for row in rows})
        self._countries = frozenset(Country.objects.values_list("pk", flat=True))
        self._first_day, self._last_day = days_of_deals(edition)
        self._convertible = convertible(edition)

    def terms(self, row: DealRow) -> Terms | None:
        """The terms of the row's deal; none, and its problems noted, when it cannot be recorded."""
        before = len(self.problems)
        self.common(row)
        self._amount(row)
        if row.kind not in Deal.Kind.values:
            self.problem(row, "kind", NoSuchKind(row.kind, Phrase("deal")), UseOneOf(", ".join(Deal.Kind.values)))
        if row.origin and row.origin not in self._countries:
            self.problem(row, "origin", problems.NoKnownCountry(row.origin), problems.UseTwoLetters())
        terms = self._parties(row)
        return terms if len(self.problems) == before else None

    def _amount(self, row: DealRow) -> None:
        self.check(row, "amount", problems.GiveAmountAboveZero(), lambda: require_amount(row.amount))
        fix = problems.CorrectDayOrEdition()
        days = {"first": self._first_day, "last": self._last_day}
        self.check(row, "signed", fix, lambda: require_signed(row.signed, **days))
        if row.currency in self._currencies and (refusal := self._convertible(row.currency, row.signed)):
            self.problem(row, "currency", refusal, problems.LoadRates())

    def _parties(self, row: DealRow) -> Terms | None:
        exhibitor = self.one(row, "exhibitor", self._exhibitors, row.exhibitor, row.exhibitor_country)
        buyer = self.one(row, "buyer", self._buyers, row.buyer, row.buyer_country)
        if exhibitor is None or buyer is None:
            return None
        ids = {"exhibitor": exhibitor.organisation_id, "buyer": buyer.organisation_id}
        self.check(row, "buyer", problems.NameOtherSide(), lambda: require_parties(**ids, organisation=row.exhibitor))
        fix = problems.ApproveUnitFirst()
        self.check(row, "buyer", fix, lambda: require_buyer(state=buyer.state, buyer=row.buyer))
        return {
            "kind": row.kind,
            "exhibitor_id": exhibitor.pk,
            "buyer_id": buyer.pk,
            "delegation_id": buyer.delegation_id,
            "origin_id": row.origin or exhibitor.origin_id,
            "amount": row.amount,
            "currency_id": row.currency,
            "signed": row.signed,
            "subject": row.subject,
        }


class InvestmentChecker(RowChecker):
    """Reads rows of the list of investments."""

    def __init__(self, edition: Edition, rows: Sequence[InvestmentRow]) -> None:
        super().__init__()
        self._organisations = exhibiting_named({row.organisation for row in rows})
        self._convertible = convertible(edition)

    def terms(self, row: InvestmentRow) -> Terms | None:
        """What the row's investment is; none, and its problems noted, when it cannot be recorded."""
        before = len(self.problems)
        self.common(row)
        fix = problems.CorrectYearsAndAmount()
        invested = {"first_year": row.first_year, "last_year": row.last_year}
        self.check(row, "amount", fix, lambda: require_investment(**invested, amount=row.amount))
        if row.currency in self._currencies and (refusal := self._convertible(row.currency, row.announced)):
            self.problem(row, "currency", refusal, problems.LoadRates())
        organisation = self.one(row, "organisation", self._organisations, row.organisation, row.country)
        if organisation is None or len(self.problems) > before:
            return None
        stated = {"amount": row.amount, "currency_id": row.currency, "announced": row.announced, "source": row.source}
        return {"organisation_id": organisation.pk, **invested, **stated}
