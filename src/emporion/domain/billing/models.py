"""Prices of an edition; contracts, invoices and payments by them."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from emporion.domain.billing.rules.instalments import Due, Instalment, instalment
from emporion.domain.billing.rules.invoices import CREDIT_NOTE, INVOICE
from emporion.domain.billing.rules.locations import location
from emporion.domain.billing.rules.parties import FAPIAOS, Buyer, Seller
from emporion.domain.billing.rules.prices import PRICE_FIELDS, Prices
from emporion.domain.billing.rules.quotes import Quote, quote_of
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.reason import Reason, restored
from emporion.domain.reference.models import Country


def money(**options: object) -> models.DecimalField:  # type: ignore[type-arg]
    """A column of amounts: three decimals, as the finest currencies have."""
    return models.DecimalField(max_digits=15, decimal_places=3, **options)  # type: ignore[arg-type]


def percent() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=5, decimal_places=2, default=0)


def person() -> models.ForeignKey:  # type: ignore[type-arg]
    """Who did something; none where nobody in particular."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class PriceList(models.Model):
    """What stands and fees of an edition cost, in its currency and without tax. A fair without one charges nothing.

    ``instalments`` and ``locations`` as ``Instalment.stored`` and ``Location.stored`` of the rules write them.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="price_list")
    standard_booth = money(default=0)
    raw_m2 = money(default=0)
    raw_least_m2 = models.PositiveIntegerField(default=36, validators=[MinValueValidator(1)])
    upper_deck_m2 = money(default=0)
    open_side_percent = percent()
    registration = money(default=0)
    co_exhibitor = money(default=0)
    early_percent = percent()
    early_until = models.DateField(null=True, blank=True, help_text="the last day, at the venue")
    pavilion_percent = percent()
    least_developed_percent = percent()
    tax_percent = percent()
    instalments = models.JSONField(default=list)
    locations = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"prices of {self.edition}"

    @property
    def prices(self) -> Prices:
        """The prices as rules take them."""
        classes = tuple(map(location, self.locations))
        known = {name: getattr(self, name) for name in PRICE_FIELDS}
        return Prices(currency=self.edition.currency_id, locations=classes, **known)

    @property
    def when_due(self) -> tuple[Instalment, ...]:
        """Which share of an invoice is due when."""
        return tuple(map(instalment, self.instalments))


class BillingTerms(models.Model):
    """The organiser as it stands on contracts and invoices of an edition, its account, and the terms of its contracts.

    What is empty is the fair's: its organiser's name, the usual terms.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="billing_terms")
    name_en = models.CharField(max_length=150, blank=True)
    name_zh = models.CharField(max_length=150, blank=True)
    address = models.TextField(blank=True, max_length=500)
    country = models.CharField(max_length=2, blank=True, help_text="two letters")
    tax_number = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    bank = models.CharField(max_length=150, blank=True)
    account_holder = models.CharField(max_length=150, blank=True)
    account_number = models.CharField(max_length=40, blank=True, help_text="an IBAN, or as the bank writes it")
    bic = models.CharField(max_length=11, blank=True)
    terms_en = models.TextField(blank=True, max_length=20_000)
    terms_zh = models.TextField(blank=True, max_length=20_000)
    electronic = models.BooleanField(default=False, help_text="invoices carry their data by EN 16931")
    invoices_services = models.BooleanField(default=False, help_text="a worker invoices services once orders are fixed")

    def __str__(self) -> str:
        return f"terms of {self.edition}"


class InvoiceAddress(models.Model):
    """To whom an exhibitor's contract and invoices are made out, where it is not the organisation as registered."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="invoice_address")
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True, max_length=500)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    tax_number = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    fapiao = models.CharField(max_length=7, choices=[(kind, kind) for kind in FAPIAOS], blank=True)

    def __str__(self) -> str:
        return self.name


class StandTerms(models.Model):
    """What of an application's stand decides on its price beside kind, area and open sides; none before it has one."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="stand_terms")
    location = models.CharField(max_length=1, blank=True, help_text="the code of its place's class in the price list")
    upper_deck_m2 = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"terms of the stand of {self.application}"


class Document(models.Model):
    """A paper as it was made or brought, with its SHA-256; it is never changed."""

    name = models.CharField(max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made = models.DateTimeField()
    made_by = person()

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """What an approved applicant is offered and accepts, frozen as it was offered; ``content`` is all that it says.

    ``content_key`` is the SHA-256 of the content, ``document`` the paper that was accepted, with its own. ``number`` is
    given when it is accepted. Cancelled ones stay, and a later one may follow.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "offered"
        ACCEPTED = "accepted", "accepted"
        CANCELLED = "cancelled", "cancelled"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="contracts")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="contracts")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    number = models.CharField(max_length=20, blank=True)
    content = models.JSONField()
    content_key = models.CharField(max_length=64)
    offered = models.DateTimeField()
    document = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="contract")
    signed_paper = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = person()
    cancelled = models.DateTimeField(null=True, blank=True)
    cancelled_by = person()
    reason = models.TextField(blank=True, help_text="why it was cancelled; told to the exhibitor")

    class Meta:
        ordering = ["edition", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~models.Q(state="cancelled"), name="one_contract_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.number or f"contract {self.pk}"

    @property
    def quote(self) -> Quote:
        """The lines and sums that were agreed."""
        return quote_of(self.content["quote"])

    @property
    def seller(self) -> Seller:
        return Seller.restored(self.content["seller"])

    @property
    def buyer(self) -> Buyer:
        return Buyer.restored(self.content["buyer"])


class Invoice(models.Model):
    """An invoice or a credit note as it was issued; the database refuses to change or remove one.

    Numbered without gaps by edition and kind. Amounts of a credit note are those that it takes back, above zero.
    """

    class Kind(models.TextChoices):
        INVOICE = INVOICE, "invoice"
        CREDIT_NOTE = CREDIT_NOTE, "credit note"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="invoices")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=11, choices=Kind.choices, default=Kind.INVOICE)
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    reference = models.CharField(max_length=25, blank=True, help_text="creditor reference by ISO 11649; of invoices")
    issued = models.DateTimeField()
    day = models.DateField(help_text="at the venue")
    contract_number = models.CharField(max_length=20, blank=True)
    seller_facts = models.JSONField()
    buyer_facts = models.JSONField()
    quoted = models.JSONField(help_text="lines and sums")
    currency = models.CharField(max_length=3)
    net = money()
    tax = money()
    total = money()
    credits = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_note")
    reason = models.TextField(blank=True, help_text="why it is credited")
    issued_by = person()

    class Meta:
        ordering = ["edition", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "serial"], name="one_invoice_per_number"),
            models.UniqueConstraint(
                fields=["reference"], condition=~models.Q(reference=""), name="one_invoice_per_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def quote(self) -> Quote:
        """Its lines and sums."""
        return quote_of(self.quoted)

    @property
    def seller(self) -> Seller:
        return Seller.restored(self.seller_facts)

    @property
    def buyer(self) -> Buyer:
        return Buyer.restored(self.buyer_facts)


class Fapiao(models.Model):
    """The number under which the tax office has issued the e-fapiao of an invoice."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="fapiao")
    number = models.CharField(max_length=20, unique=True)
    entered = models.DateTimeField()
    entered_by = person()

    def __str__(self) -> str:
        return self.number


class InvoiceDue(models.Model):
    """An amount of an invoice and the day by which it is to be paid; frozen with the invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="dues")
    day = models.DateField()
    amount = money()

    class Meta:
        ordering = ["invoice", "day"]

    def __str__(self) -> str:
        return f"{self.amount} by {self.day}"

    @property
    def due(self) -> Due:
        return Due(self.day, self.amount)


class BankFile(models.Model):
    """A bank's statement that was brought: its SHA-256, so that the same one is taken once, and what it held."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="bank_files")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    brought = models.DateTimeField()
    brought_by = person()
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="entries that an earlier file had brought")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "sha256"], name="one_bank_file")]

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """Money that came in, by a bank's statement or typed in by hand; below zero what was returned.

    ``key`` names the bank's entry, so that two statements which both have it make one payment. What is allocated to no
    invoice waits for a person; ``settled`` when they have dealt with it otherwise, and how.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="payments")
    file = models.ForeignKey(BankFile, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(max_length=64)
    day = models.DateField()
    amount = money()
    currency = models.CharField(max_length=3)
    payer = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text="what the payer wrote")
    entered = models.DateTimeField()
    entered_by = person()
    settled = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    why = models.JSONField(null=True, blank=True, help_text="the reason for which it waits, as stored")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="one_payment_per_entry")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} from {self.payer}"

    @property
    def waits_because(self) -> Reason | None:
        """Why it waits for a person."""
        return cast("Reason", restored(self.why)) if self.why else None


class Allocation(models.Model):
    """So much of a payment is for an invoice. ``by`` is empty where reference and amount said so."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    amount = money()
    at = models.DateTimeField()
    by = person()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.amount} for {self.invoice}"


class Reminder(models.Model):
    """That an exhibitor was reminded of an invoice, and how much was overdue then."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    at = models.DateTimeField()
    by = person()
    overdue = money()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"reminder of {self.invoice}"
