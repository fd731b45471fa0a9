"""What every room refers to: countries and their groups by date, currencies and rates by date, the HS tree."""

from __future__ import annotations

from django.db import models

from emporion.domain.reference.rules.rates import ECB


class Region(models.Model):
    """A region of the United Nations' M49 standard."""

    code = models.CharField(max_length=3, primary_key=True, help_text="M49 code")
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en


class Country(models.Model):
    """A country or region of ISO 3166-1, or Kosovo, which has a user-assigned code and no numeric one."""

    iso2 = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3, unique=True)
    numeric = models.CharField(max_length=3, unique=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name_en


class InternationalOrganisation(models.Model):
    """An organisation of states that may take part as a country does."""

    code = models.CharField(max_length=12, primary_key=True)
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en


class GroupMembership(models.Model):
    """A country's membership in a group (``ldc``, ``rcep``, ``wto`` …) from one day to the day before another.

    ``starts`` empty: since before the data begin; ``ends`` empty: open. ``verified`` is false where the date was not
    seen in a source. ``deferred`` is a later end that was proposed (``proposal`` says by whom) and is not decided:
    from ``ends`` until then the membership is disputed.
    """

    group = models.CharField(max_length=40)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="memberships")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="first day on which it is no longer a member")
    deferred = models.DateField(null=True, blank=True, help_text="a later end, proposed and not decided")
    proposal = models.CharField(max_length=300, blank=True, default="", db_default="")
    verified = models.BooleanField(default=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["group", "country"]
        constraints = [models.UniqueConstraint(fields=["group", "country"], name="one_membership_per_group")]

    def __str__(self) -> str:
        return f"{self.country_id} in {self.group}"


class Currency(models.Model):
    """A currency of ISO 4217."""

    code = models.CharField(max_length=3, primary_key=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "currencies"

    def __str__(self) -> str:
        return self.code


class ReferenceRate(models.Model):
    """How much of a currency one euro bought on a day, and who published it."""

    day = models.DateField()
    currency = models.ForeignKey(Currency, on_delete=models.PROTECT)
    per_euro = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=200, db_default=str(ECB))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["currency", "day"], name="one_rate_per_currency_and_day")]

    def __str__(self) -> str:
        return f"{self.currency_id} {self.day}"


class CurrencyPeg(models.Model):
    """A currency of which one unit of the ``anchor`` is so much by rule, from one day to the day before another.

    ``verified`` is false where the act that fixes it was not seen.
    """

    currency = models.ForeignKey(Currency, on_delete=models.CASCADE, related_name="pegs")
    anchor = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="+")
    rate = models.DecimalField(max_digits=18, decimal_places=6)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="first day on which it is fixed no longer")
    verified = models.BooleanField(default=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["currency", "starts"]
        constraints = [models.UniqueConstraint(fields=["currency", "starts"], name="one_peg_per_currency_and_day")]

    def __str__(self) -> str:
        return f"{self.currency_id} to {self.anchor_id}"


class HSCode(models.Model):
    """A chapter (2), heading (4) or subheading (6) of the Harmonized System 2022."""

    code = models.CharField(max_length=6, primary_key=True)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    section = models.CharField(max_length=5)
    title_en = models.TextField()
    title_zh = models.TextField(blank=True, help_text="official for chapters, translated for headings and subheadings")

    class Meta:
        ordering = ["code"]
        verbose_name = "HS code"

    def __str__(self) -> str:
        return f"{self.code} {self.title_en[:60]}"


class LoadedFile(models.Model):
    """A data file as it was last loaded: its SHA-256 and how many rows it gave."""

    name = models.CharField(max_length=60, primary_key=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
