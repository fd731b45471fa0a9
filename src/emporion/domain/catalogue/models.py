"""Products, technologies and services with their HS codes; debuts; search."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reference.models import Country, HSCode
from emporion.domain.stored_files import StoredFile


class Product(models.Model):
    """What an exhibitor shows. ``words`` holds both languages cut into pieces (Chinese into pairs of characters)."""

    class Kind(models.TextChoices):
        PRODUCT = "product", "product"
        TECHNOLOGY = "technology", "technology"
        SERVICE = "service", "service"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="products")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="products")
    number = models.CharField(max_length=30, help_text="number of the product, unique for its exhibitor")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRODUCT)
    name_en = models.CharField(max_length=200, blank=True)
    name_zh = models.CharField(max_length=200, blank=True)
    about_en = models.TextField(blank=True)
    about_zh = models.TextField(blank=True)
    hs = models.ForeignKey(HSCode, null=True, blank=True, on_delete=models.PROTECT)
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    origin = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    words = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "number"], name="one_product_per_number"),
            models.CheckConstraint(condition=~models.Q(name_en="", name_zh=""), name="product_has_a_name"),
        ]
        indexes = [GinIndex(fields=["words"])]

    def __str__(self) -> str:
        return self.name_en or self.name_zh


class ProductPicture(StoredFile):
    """A picture of a product as pages show it, with words for those who do not see it; sizes in pixels."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_en = models.CharField(max_length=200, blank=True)
    alt_zh = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]


class Debut(models.Model):
    """That a product is shown for the first time in the world, in Asia, or in the host's market."""

    class Kind(models.TextChoices):
        WORLD = "world", "world debut"
        ASIA = "asia", "Asian debut"
        HOST = "host", "debut in the host's market"

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="debut")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    def __str__(self) -> str:
        return f"{self.kind} debut of {self.product}"


class MarketEligibility(models.Model):
    """What an edition's host asks of goods of one code and origin, as its tariff of one version says.

    Kept so that a list can be narrowed by it; reckoned again when ``version`` (with its day) is no longer the one at
    hand. ``None`` where the tariff cannot tell; ``answered`` is whether every line at hand under the code has a rate.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="market_eligibilities")
    hs = models.ForeignKey(HSCode, on_delete=models.CASCADE)
    origin = models.ForeignKey(Country, on_delete=models.CASCADE)
    version = models.CharField(max_length=60)
    answered = models.BooleanField()
    free_under_rcep = models.BooleanField(null=True)
    free_from_least_developed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "hs", "origin"], name="one_eligibility_per_code_and_origin")
        ]

    def __str__(self) -> str:
        return f"{self.hs_id} of {self.origin_id}"
