"""What is asked of prices, contracts and invoices: what an application costs, who stands on its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from emporion.domain.billing.models import Allocation, BillingTerms, Contract, Invoice, InvoiceAddress, PriceList
from emporion.domain.billing.rules.instalments import Due, open_dues
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.billing.rules.money import plain
from emporion.domain.billing.rules.parties import Buyer, Seller
from emporion.domain.billing.rules.quotes import Quote, Wanted, quote
from emporion.domain.billing.rules.terms import USUAL_TERMS
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.queries import may_request_free_booth
from emporion.domain.exhibitors.rules.applications import ALIVE
from emporion.domain.marketaccess.queries import free_booth_rule
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import Country, Name
from emporion.domain.reference.queries import least_developed_countries

State = Application.State


def price_list_of(edition: Edition) -> PriceList | None:
    """The edition's price list; none where stands cost nothing here."""
    found = PriceList.objects.filter(edition=edition).first()
    if found is not None:
        found.edition = edition
    return found


@dataclass(frozen=True)
class Basis:
    """What prices and papers of an edition rest on, read once for many applications."""

    edition: Edition
    prices: PriceList | None
    terms: BillingTerms

    def quote(self, application: Application, at: datetime) -> Quote | None:
        """What an application costs; none without a price list and for a co-exhibitor."""
        if self.prices is None or application.main_id is not None:
            return None
        return quote(self.prices.prices, self.wanted(application, at))

    def wanted(self, application: Application, at: datetime) -> Wanted:
        """What of an application decides on its price.

        The day is the one on which it was handed in; of a draft, the day of ``at``.
        """
        day = local_day(self.edition, application.submitted or at)
        grant = getattr(getattr(application, "exhibitor", None), "free_booth", None)
        pavilion, origin = application.pavilion, application.origin_id or ""
        terms = getattr(application, "stand_terms", None)
        return Wanted(
            stand=application.stand,
            area_m2=application.area_m2,
            open_sides=application.open_sides,
            day=day,
            co_exhibitors=len(co_exhibitors_of(application)),
            shares_stand=bool(application.joint_stand),
            pavilion=Name(pavilion.name_en, pavilion.name_zh) if pavilion and pavilion.country_id else None,
            least_developed=Country(origin) if origin in self._least_developed(day) else None,
            free=(grant.granted, grant.area_m2) if grant else None,
            free_undecided=application.requests_free_booth and grant is None,
            location=terms.location if terms else "",
            upper_deck_m2=terms.upper_deck_m2 if terms else 0,
        )

    def content(self, application: Application, at: datetime) -> dict[str, Any] | None:
        """All that an application's contract says, as JSON keeps it; none where there are no prices."""
        offer = self.quote(application, at)
        if offer is None:
            return None
        area, terms = application.area, self.terms
        return {
            "seller": seller_of(terms).stored(),
            "buyer": buyer_of(application).stored(),
            "area": {"en": area.name_en, "zh": area.name_zh},
            "stand": application.stand,
            "area_m2": application.area_m2,
            "open_sides": application.open_sides,
            **_terms_of_stand(application),
            "co_exhibitors": [one.organisation.name for one in co_exhibitors_of(application)],
            "quote": offer.stored(),
            "terms": {"en": terms.terms_en, "zh": terms.terms_zh},
        }

    @cached_property
    def _known_days(self) -> dict[date, set[str]]:
        return {}

    def _least_developed(self, day: date) -> set[str]:
        """The least developed countries of a day, asked once."""
        if day not in self._known_days:
            self._known_days[day] = least_developed_countries(day)
        return self._known_days[day]


def _terms_of_stand(application: Application) -> dict[str, Any]:
    """What of a stand decides on its price beside its size; nothing of what has neither class nor upper floor."""
    terms = getattr(application, "stand_terms", None)
    known = {"location": terms.location, "upper_deck_m2": terms.upper_deck_m2} if terms else {}
    return {name: value for name, value in known.items() if value}


def is_of_same_stand(content: Mapping[str, Any], application: Application) -> bool:
    """Whether a contract that says this is of the stand which its application has now."""
    same = all(content[name] == getattr(application, name) for name in ("stand", "area_m2", "open_sides"))
    agreed = {name: content[name] for name in ("location", "upper_deck_m2") if name in content}
    return same and agreed == _terms_of_stand(application)


def basis_of(edition: Edition) -> Basis:
    """What prices and papers of an edition rest on now."""
    return Basis(edition, price_list_of(edition), terms_of(edition))


def quote_for(application: Application, edition: Edition, at: datetime) -> Quote | None:
    """What an application costs by the edition's prices; none without a price list and for a co-exhibitor."""
    return Basis(edition, price_list_of(edition), BillingTerms()).quote(application, at)


@dataclass(frozen=True)
class LeastDevelopedHelp:
    """What an edition offers whoever comes from a least developed country.

    ``booth_m2``: of a free booth, of which there are ``quota``; 0 where none is given. ``percent``: off the space.
    """

    country: Country
    booth_m2: int
    quota: int
    percent: Decimal


def help_for(organisation: Organisation, edition: Edition, day: date) -> LeastDevelopedHelp | None:
    """The help that an applicant of a day gets for its country; none where its country gets none."""
    country, prices = organisation.country_id or "", price_list_of(edition)
    free = may_request_free_booth(organisation, edition, day)
    percent = prices.least_developed_percent if prices and country in least_developed_countries(day) else Decimal(0)
    if not free and not percent:
        return None
    area_m2, quota = (free_booth_rule(edition).area_m2, edition.free_booth_quota) if free else (0, 0)
    return LeastDevelopedHelp(Country(country), area_m2, quota, plain(percent))


def co_exhibitors_of(application: Application) -> list[Application]:
    """The applications of an application's co-exhibitors that are handed in and on the way, or there."""
    if application.pk is None:
        return []
    alive = ALIVE - {State.DRAFT}
    return [one for one in application.co_applications.all() if one.state in alive]


def terms_of(edition: Edition) -> BillingTerms:
    """What stands on the edition's papers; what the organiser has left empty is the fair's or what is usual."""
    found = BillingTerms.objects.filter(edition=edition).first() or BillingTerms(edition=edition)
    fair = edition.fair
    found.name_en = found.name_en or fair.organiser_en or fair.name_en
    found.name_zh = found.name_zh or fair.organiser_zh or fair.name_zh
    found.terms_en = found.terms_en or USUAL_TERMS.en
    found.terms_zh = found.terms_zh or USUAL_TERMS.zh
    return found


def seller_of(terms: BillingTerms) -> Seller:
    """The organiser as it stands on paper."""
    return Seller.restored(vars(terms))


def buyer_of(application: Application) -> Buyer:
    """To whom papers of an application are made out: as its applicant says, else as the organisation is registered."""
    own: InvoiceAddress | None = getattr(application, "invoice_address", None)
    organisation = application.organisation
    if own is not None:
        name_zh = organisation.name_zh if own.name == organisation.name else ""
        return Buyer(own.name, name_zh, own.address, own.country_id or "", own.tax_number, own.email, own.fapiao)
    return Buyer(
        organisation.name, organisation.name_zh, "", organisation.country_id or "",
        organisation.registered_number, application.contact_email,
    )  # fmt: skip


def contract_of(application: Application) -> Contract | None:
    """The contract of an application that is offered or accepted, else the last that was cancelled."""
    found = Contract.objects.filter(application=application).select_related("document", "signed_paper", "accepted_by")
    return found.exclude(state=Contract.State.CANCELLED).first() or found.order_by("-pk").first()


@dataclass(frozen=True)
class Account:
    """An invoice with what was paid of it, and what is still due by which day."""

    invoice: Invoice
    paid: Decimal
    credit_note: Invoice | None
    dues: tuple[Due, ...]

    @property
    def open(self) -> Decimal:
        """What is still to be paid, below zero what is to be returned."""
        return (Decimal(0) if self.credit_note else self.invoice.total) - self.paid

    @property
    def too_much(self) -> Decimal:
        """What is to be returned; 0 where nothing is."""
        return max(-self.open, Decimal(0))

    @property
    def next_due(self) -> Due | None:
        """The amount that is to be paid next."""
        return self.dues[0] if self.dues else None

    def overdue(self, today: date) -> Decimal:
        """What was to be paid before today and is not."""
        return sum((one.amount for one in self.dues if one.day < today), Decimal(0))


def accounts_of(invoices: QuerySet[Invoice]) -> list[Account]:
    """Invoices with what was paid of each, in a few queries however many there are."""
    rows = invoices.select_related("credit_note", "fapiao", "application__organisation")
    paid = Coalesce(Subquery(paid_of("pk")), Decimal(0), output_field=DecimalField())
    return [_account(row, row.paid) for row in rows.annotate(paid=paid).prefetch_related("dues")]


def paid_of(invoice: str) -> QuerySet[Any]:
    """What was paid of the invoice that a column names, for a subquery."""
    own = Allocation.objects.filter(invoice=OuterRef(invoice)).order_by().values("invoice")
    return own.annotate(sum=Sum("amount")).values("sum")


def _account(invoice: Invoice, paid: Decimal) -> Account:
    note = getattr(invoice, "credit_note", None)
    dues = () if note else tuple(open_dues([one.due for one in invoice.dues.all()], paid))
    return Account(invoice, paid, note, dues)


def accounts_among(invoices: Iterable[Invoice]) -> list[Account]:
    """These invoices with what was paid of each."""
    return accounts_of(Invoice.objects.filter(pk__in=[one.pk for one in invoices]))


def account_of(invoice: Invoice) -> Account:
    """One invoice with what was paid of it."""
    return accounts_of(Invoice.objects.filter(pk=invoice.pk))[0]


def invoices_of(edition: Edition) -> QuerySet[Invoice]:
    """The invoices of an edition, the latest first, without credit notes."""
    return Invoice.objects.filter(edition=edition, kind=INVOICE).order_by("-pk")


def invoices_for(application: Application) -> list[Account]:
    """The invoices of one application, the first one first."""
    return accounts_of(Invoice.objects.filter(application=application, kind=INVOICE).order_by("pk"))
