"""Prices of an edition; contracts, invoices and payments by them."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from emporion.domain.billing.rules.instalments import Instalment, instalment
from emporion.domain.billing.rules.prices import PRICE_FIELDS, Prices
from emporion.domain.editions.models import Edition


def money(**options: object) -> models.DecimalField:  # type: ignore[type-arg]
    """A column of amounts: three decimals, as the finest currencies have."""
    return models.DecimalField(max_digits=15, decimal_places=3, **options)  # type: ignore[arg-type]


def percent() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=5, decimal_places=2, default=0)


class PriceList(models.Model):
    """What stands and fees of an edition cost, in its currency and without tax. A fair without one charges nothing.

    ``instalments`` as ``rules.instalments.Instalment.stored`` writes them.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="price_list")
    standard_booth = money(default=0)
    raw_m2 = money(default=0)
    raw_least_m2 = models.PositiveIntegerField(default=36, validators=[MinValueValidator(1)])
    open_side_percent = percent()
    registration = money(default=0)
    co_exhibitor = money(default=0)
    early_percent = percent()
    early_until = models.DateField(null=True, blank=True, help_text="the last day, at the venue")
    pavilion_percent = percent()
    least_developed_percent = percent()
    tax_percent = percent()
    instalments = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"prices of {self.edition}"

    @property
    def prices(self) -> Prices:
        """The prices as rules take them."""
        return Prices(currency=self.edition.currency_id, **{name: getattr(self, name) for name in PRICE_FIELDS})

    @property
    def when_due(self) -> tuple[Instalment, ...]:
        """Which share of an invoice is due when."""
        return tuple(map(instalment, self.instalments))
