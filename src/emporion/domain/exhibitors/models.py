"""From application over review to contract; co-exhibitors and pavilions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from emporion.domain.editions.models import EXHIBITION_CHOICES, Edition, ExhibitionArea, Sector
from emporion.domain.exhibitors.rules.papers import LICENCE
from emporion.domain.exhibitors.rules.questions import LONGEST_TEXT
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import ProperName
from emporion.domain.reference.models import Country, Currency, InternationalOrganisation
from emporion.domain.stored_files import StoredFile


class Pavilion(models.Model):
    """A joint stand area of a country, region or international organisation; its exhibitors stand together."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pavilions")
    code = models.CharField(max_length=20)
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    international = models.ForeignKey(InternationalOrganisation, null=True, blank=True, on_delete=models.PROTECT)
    area = models.ForeignKey(ExhibitionArea, on_delete=models.PROTECT)
    manager = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="pavilions",
        help_text="whose people see and help the exhibitors of this pavilion",
    )  # fmt: skip

    class Meta:
        ordering = ["edition", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="one_pavilion_per_code")]

    def __str__(self) -> str:
        return self.name_en


class Application(models.Model):
    """An organisation's wish to exhibit in an edition.

    A co-exhibitor applies on its main exhibitor's form: ``main`` names that application, and it asks no space. Those
    that share a joint stand each ask their share of its area.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "submitted"
        APPROVED = "approved", "approved"
        REJECTED = "rejected", "rejected"
        WITHDRAWN = "withdrawn", "withdrawn"
        CONTRACTED = "contracted", "contract signed"
        CANCELLED = "cancelled", "contract cancelled"

    class Stand(models.TextChoices):
        STANDARD = "standard", "standard booth"
        RAW = "raw", "raw space for a special-built booth"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    origin = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    area = models.ForeignKey(ExhibitionArea, on_delete=models.PROTECT)
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    pavilion = models.ForeignKey(Pavilion, null=True, blank=True, on_delete=models.PROTECT)
    main = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="co_applications")
    joint_stand = models.CharField(
        max_length=20, blank=True, help_text="applications with the same code share one stand, each with its contract"
    )
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.STANDARD)
    area_m2 = models.PositiveIntegerField(default=0)
    open_sides = models.PositiveSmallIntegerField(default=1, help_text="1 row, 2 corner, 3 peninsula, 4 island")
    requests_free_booth = models.BooleanField(default=False)
    contact_email = models.EmailField(blank=True)
    buyers_wanted = models.TextField(blank=True, max_length=500, help_text="whom it wants to meet, in its own words")
    least_purchases = models.PositiveSmallIntegerField(
        default=0, help_text="the smallest purchasing size it wants to meet, as of visiting units; 0: any"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    submitted = models.DateTimeField(null=True, blank=True)
    reviewed = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True, help_text="told to the applicant when rejected, or its contract cancelled")
    released_number = models.CharField(
        max_length=20, blank=True, help_text="of a contract that was cancelled; given to no other"
    )

    class Meta:
        ordering = ["edition", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="already_applied"),
        ]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return f"{self.organisation} applies to {self.edition}"


class ApplicationDraft(models.Model):
    """What an organisation has filled in of its application so far, as it was typed, until it is sent.

    ``values`` holds the words by step and field; ``revisions`` counts, by step, how often it was saved.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="application_drafts")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="application_drafts")
    values = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="one_draft_per_organisation"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.organisation} for {self.edition}"

    @property
    def revision(self) -> int:
        """How often any of its steps was saved."""
        return sum(self.revisions.values())


class ApplicationPaper(StoredFile):
    """A paper that an organisation adds to its application, from its first draft to the end of the review."""

    class Kind(models.TextChoices):
        LICENCE = LICENCE, "business licence or register entry"
        BROCHURE = "brochure", "brochure"
        OTHER = "other", "other paper"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="application_papers")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="application_papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["edition", "organisation", "id"]


class ApplicationQuestion(models.Model):
    """A question of the organiser's to the applicant during the review, and the answer once it is there."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=LONGEST_TEXT)
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(blank=True, max_length=LONGEST_TEXT)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["application", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered=None, answer="")
                | (models.Q(answered__isnull=False) & ~models.Q(answer="")),
                name="answered_question_has_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["application"], condition=models.Q(answered=None), name="questions_waiting")]

    def __str__(self) -> str:
        return self.text


class Exhibitor(models.Model):
    """An organisation with a contract for an edition, or a co-exhibitor on a main exhibitor's form.

    Exhibitors are counted by contract (``main`` empty); co-exhibitors apart.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="exhibitors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="exhibitors")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="exhibitor")
    number = models.CharField(max_length=20, help_text="contract number, as 06-00123")
    main = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="co_exhibitors")
    pavilion = models.ForeignKey(Pavilion, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibitors")
    origin = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    area = models.ForeignKey(ExhibitionArea, on_delete=models.PROTECT, related_name="exhibitors")
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    scope = models.CharField(max_length=12, choices=EXHIBITION_CHOICES)
    signed = models.DateField()
    fee = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    fee_currency = models.ForeignKey(Currency, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation"], name="one_exhibitor_per_organisation"),
            models.UniqueConstraint(fields=["edition", "number"], name="one_exhibitor_per_number"),
        ]
        indexes = [models.Index(fields=["edition", "area"]), models.Index(fields=["edition", "origin"])]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def proper_name(self) -> ProperName:
        """The organisation's."""
        return self.organisation.proper_name
