"""What is stored of market access: schedules that an organiser loaded, and what became of exhibits under customs."""

from __future__ import annotations

from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.organisations.models import Organisation
from emporion.domain.reference.models import Country


class LoadedSchedule(models.Model):
    """One version of a country's tariff as it was loaded, whole: its lines in the plain form, compressed.

    A version is never changed; a later one takes its place, or it is taken out whole. ``agreements`` and ``parties``
    are those that came with it, empty where the shipped ones of the importer serve.
    """

    importer = models.ForeignKey(Country, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    as_of = models.DateField(help_text="the day whose law the schedule states")
    starts = models.DateField()
    ends = models.DateField(help_text="the first day for which it no longer answers")
    currency = models.CharField(max_length=3)
    complete = models.BooleanField(help_text="not an excerpt")
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200, blank=True)
    shape = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64, help_text="of the plain form")
    lines = models.PositiveIntegerField()
    content = models.BinaryField(help_text="the plain form, xz")
    agreements = models.TextField(blank=True)
    parties = models.TextField(blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["importer", "-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["importer", "as_of"], name="one_schedule_per_importer_and_day"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="schedule_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} as of {self.as_of}"


class LoadedMeasure(models.Model):
    """An additional duty on goods under a code (empty: all) of some origins (empty: any), as it was loaded."""

    importer = models.ForeignKey(Country, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30)
    goods = models.CharField(max_length=13, blank=True, help_text="the digits with which their codes begin")
    origins = models.TextField(blank=True, help_text="two letters each, with blanks between them")
    rate = models.CharField(max_length=200, help_text="Free where no duty of the kind is levied")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True, help_text="the first day on which it is no longer levied")
    title = models.CharField(max_length=300)
    citation = models.CharField(max_length=500)
    exporter = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["importer", "kind", "goods", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["importer", "kind", "goods", "origins", "exporter", "title", "starts"],
                name="one_measure_of_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} on {self.goods or 'all goods'}: {self.rate}"


class ExhibitStay(models.Model):
    """How long exhibits of an edition may stay under temporary import, where the organiser set it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="exhibit_stay")
    months = models.PositiveSmallIntegerField()
    extension_months = models.PositiveSmallIntegerField()
    extensions = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["edition"]
        constraints = [models.CheckConstraint(condition=models.Q(months__gt=0), name="exhibit_stay_has_months")]

    def __str__(self) -> str:
        return f"{self.months} months"


class ExhibitQuota(models.Model):
    """What an exhibitor may sell free of duty at an edition in a category, where the organiser set it.

    ``prefixes`` are HS codes between blanks; pieces or a value, no pieces: never free of duty.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exhibit_quotas")
    category = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    prefixes = models.CharField(max_length=300, blank=True)
    pieces = models.PositiveIntegerField(null=True)
    value_usd = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "category"], name="one_exhibit_quota_per_category"),
            models.CheckConstraint(
                condition=models.Q(pieces__isnull=False) | models.Q(value_usd__isnull=False),
                name="exhibit_quota_has_a_bound",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Exhibit(models.Model):
    """Goods of one exhibitor that came in for an edition under temporary import."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    hs = models.CharField(max_length=12)
    description = models.CharField(max_length=200)
    pieces = models.PositiveIntegerField()
    value_usd = models.DecimalField(max_digits=14, decimal_places=2, help_text="customs value of all pieces")
    admitted_on = models.DateField()
    extensions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["edition", "organisation", "admitted_on", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(pieces__gt=0), name="exhibit_has_pieces")]

    def __str__(self) -> str:
        return f"{self.description} ({self.pieces})"


class ExhibitOutcome(models.Model):
    """An entry of the ledger: what became of some pieces of an exhibit. Entries are added, never changed."""

    class Kind(models.TextChoices):
        SOLD_FREE = "sold_free", "sold at the fair, free of duty within the quota"
        SOLD_TAXED = "sold_taxed", "sold, duty paid"
        RETURNED = "returned", "re-exported"
        USED_UP = "used_up", "used up at the fair"

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pieces = models.PositiveIntegerField()
    value_usd = models.DecimalField(max_digits=14, decimal_places=2)
    category = models.CharField(max_length=30, blank=True, help_text="of the quota, where sold free of duty")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(pieces__gt=0), name="outcome_has_pieces")]

    def __str__(self) -> str:
        return f"{self.pieces} {self.kind}"
