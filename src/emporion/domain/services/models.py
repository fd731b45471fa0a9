"""What an edition's organiser offers to exhibitors: power, water, furniture; and what they have ordered of it."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reference.models import Currency
from emporion.domain.services.rules import MOST_PIECES, MOST_SURCHARGE


class Service(models.Model):
    """A service or a piece of equipment with its price for one unit, without tax.

    Orders change freely until ``deadline``; more is ordered after it at ``surcharge_percent`` on top, until ``closes``.
    """

    class Category(models.TextChoices):
        POWER = "power", "power and light"
        WATER = "water", "water and compressed air"
        NETWORK = "network", "internet and telephone"
        FURNITURE = "furniture", "furniture and equipment"
        RIGGING = "rigging", "rigging and lifting"
        STAFF = "staff", "staff and cleaning"
        OTHER = "other", "other services"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="services")
    code = models.SlugField(max_length=30, help_text="unique in the edition, as power-3kw")
    category = models.CharField(max_length=10, choices=Category.choices)
    name_en = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True)
    about_en = models.CharField(max_length=300, blank=True)
    about_zh = models.CharField(max_length=300, blank=True)
    unit_en = models.CharField(max_length=40, help_text="what one of it is, as “socket for the whole show”")
    unit_zh = models.CharField(max_length=40, blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT)
    deadline = models.DateTimeField()
    surcharge_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_SURCHARGE)])
    closes = models.DateTimeField()
    offered = models.BooleanField(default=True, help_text="what is offered no longer stays on orders that have it")

    class Meta:
        ordering = ["edition", "category", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_service_per_code"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="service_price_is_no_less_than_nothing"),
            models.CheckConstraint(
                condition=models.Q(closes__gte=models.F("deadline")), name="service_closes_after_its_deadline"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en


class OrderLine(models.Model):
    """How much of a service an exhibitor has ordered before its deadline, or (``late``) after it, at that price."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="order_lines")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="order_lines")
    late = models.BooleanField(default=False)
    quantity = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_PIECES)])
    price = models.DecimalField(max_digits=12, decimal_places=2, help_text="of one unit when it was ordered")
    surcharge_percent = models.PositiveSmallIntegerField(default=0)
    ordered = models.DateTimeField()
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["exhibitor", "service", "late"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "service", "late"], name="one_line_per_service"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="order_line_orders_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.service}"
