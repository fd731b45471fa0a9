"""Intended transactions with their evidence, confirmed by both sides; investments that exhibitors made."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import Country, Currency
from emporion.domain.visitors.models import Delegation, VisitingUnit


class Deal(models.Model):
    """An intended transaction between an exhibitor and a buyer, to be fulfilled within one year.

    It counts once, and only when both sides have confirmed it and neither has withdrawn it.
    """

    class Kind(models.TextChoices):
        GOODS = "goods", "goods"
        SERVICES = "services", "services"
        TECHNOLOGY = "technology", "technology"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deals")
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GOODS)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.PROTECT, related_name="deals")
    buyer = models.ForeignKey(VisitingUnit, on_delete=models.PROTECT, related_name="deals")
    delegation = models.ForeignKey(Delegation, null=True, blank=True, on_delete=models.PROTECT)
    origin = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=20, decimal_places=2, help_text="on a one-year basis")
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT)
    signed = models.DateField(help_text="the day whose reference rate converts it")
    subject = models.CharField(max_length=300, blank=True)
    exhibitor_confirmed = models.DateTimeField(null=True, blank=True)
    buyer_confirmed = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_deal_per_number"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="deal_amount_above_zero"),
        ]

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """A paper that backs a deal: its name and the SHA-256 of its bytes, so that it can be found unchanged."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    added = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["deal", "name"], name="one_evidence_per_name")]

    def __str__(self) -> str:
        return self.name


class Investment(models.Model):
    """What an exhibiting organisation invested in the host's market over a span of years."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="investments")
    number = models.CharField(max_length=30, unique=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT)
    announced = models.DateField(help_text="the day whose reference rate converts it")
    confirmed = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-announced"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")), name="investment_years_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.amount} {self.currency_id}"
