"""Professional visitors: the delegation tree, registration and approval, purchase needs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Cast, Lower

from emporion.domain.editions.models import Edition, Sector
from emporion.domain.exhibitors.rules.questions import LONGEST_TEXT
from emporion.domain.name_terms import NameTerms
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import ProperName
from emporion.domain.reference.models import Country, Currency, HSCode

# The count in a registration number of the usual form, as 123 in ``V06-0000123``; null in any other.
NUMBER_AS_COUNTED = Cast(Func(F("number"), Value(r"^V\d+-(\d{1,9})$"), function="substring"), models.IntegerField())


class Delegation(models.Model):
    """A trading group (no parent) or a sub-group of one. ``path`` is its codes from the root, as ``07.031``."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="delegations")
    path = models.CharField(max_length=60)
    name_en = models.CharField(max_length=150)
    name_zh = models.CharField(max_length=150)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_groups")
    remit = ArrayField(models.SlugField(max_length=40), default=list, blank=True, help_text="sectors it buys in")
    quota = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many people may register, its sub-groups included; empty: any number"
    )

    class Meta:
        ordering = ["edition", "path"]
        constraints = [models.UniqueConstraint(fields=["edition", "path"], name="one_delegation_per_path")]

    def __str__(self) -> str:
        return self.name_en


class DelegationLeader(models.Model):
    """A person who leads a delegation and with it all its sub-groups: sees, brings and reviews its people."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="leaders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leads")
    appointed = models.DateTimeField()
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegation", "user"], name="one_leader_per_person")]

    def __str__(self) -> str:
        return f"{self.user} leads {self.delegation}"


class DayQuota(models.Model):
    """How many people of a delegation, its sub-groups included, may come on a day of the show."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="day_quotas")
    day = models.DateField()
    quota = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["delegation", "day"], name="one_quota_per_day")]

    def __str__(self) -> str:
        return f"{self.delegation} on {self.day:%Y-%m-%d}: {self.quota}"


class VisitingUnit(models.Model):
    """The organisation whose people visit. It registers and is approved first, within a delegation or alone."""

    class State(models.TextChoices):
        REGISTERED = "registered", "registered"
        APPROVED = "approved", "approved"
        REJECTED = "rejected", "rejected"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="visiting_units", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="visiting_units")
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="visiting_units"
    )
    purchasing_size = models.PositiveSmallIntegerField(
        default=0, help_text="yearly imports, 0 not stated, 1 under USD 1 million … 5 over USD 1 billion"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    registered = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="", db_default="", help_text="why it was rejected")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="one_unit_per_organisation")]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def proper_name(self) -> ProperName:
        """The organisation's."""
        return self.organisation.proper_name


class Visitor(models.Model):
    """A registered person. Real name, one registration per person and edition; never an exhibitor's staff."""

    class State(models.TextChoices):
        REGISTERED = "registered", "registered"
        APPROVED = "approved", "approved"
        REJECTED = "rejected", "rejected"
        CANCELLED = "cancelled", "cancelled"

    class Review(models.TextChoices):
        """What the delegation's leader said before the organiser decides."""

        NONE = "", "not reviewed"
        CONFIRMED = "confirmed", "confirmed"
        DECLINED = "declined", "declined"

    class Consent(models.TextChoices):
        """What exhibitors may have of a person who lets their badge be scanned; each holds what stands above it."""

        NONE = "none", "nothing"
        NAME = "name", "name and organisation"
        EMAIL = "email", "and e-mail address"
        PHONE = "phone", "and telephone number"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="visitors", db_index=False)
    number = models.CharField(max_length=20, help_text="registration number, as V06-0000123")
    unit = models.ForeignKey(
        VisitingUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="visitors", db_index=False
    )
    name = models.CharField(max_length=150)
    name_latin = models.CharField(max_length=150, blank=True, help_text="a name in Chinese, as the passport has it")
    found_by = NameTerms("name", "name_latin")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, db_index=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    document = models.CharField(
        max_length=30, blank=True, help_text="number of the identity document, in capitals and without spaces"
    )
    position = models.CharField(max_length=100, blank=True)
    sectors = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="numbers of sectors of interest"
    )
    hs_headings = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    registered = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, default="", db_default="", help_text="why the person was rejected")
    days = ArrayField(
        models.DateField(), default=list, blank=True, db_default=[], help_text="on which days they come; empty: any day"
    )
    consent = models.CharField(
        max_length=10, choices=Consent.choices, default=Consent.NONE, db_default=Consent.NONE,
        help_text="what exhibitors may have; none until the person says so",
    )  # fmt: skip
    review = models.CharField(max_length=10, choices=Review.choices, blank=True, default="", db_default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="visits",
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_visitor_per_number"),
            # Most visitors have no account, and lists of them are not to fill an index with nothing.
            models.UniqueConstraint(
                fields=["user", "edition"], condition=models.Q(user__isnull=False), name="one_visitor_per_person"
            ),
            models.UniqueConstraint(
                Lower("email"), "edition", condition=~models.Q(email=""), name="one_visitor_per_address"
            ),
            models.UniqueConstraint(
                fields=["document", "country", "edition"],
                condition=~models.Q(document=""),
                name="one_visitor_per_document",
            ),
        ]
        indexes = [
            models.Index(fields=["unit"]),
            # The desk's list: those in a state, in the order of their numbers, and how many there are.
            models.Index(fields=["edition", "state", "number"], name="visitor_in_state"),
            models.Index(fields=["edition", "name", "id"], name="visitor_by_name"),
            GinIndex(fields=["found_by"], name="visitor_found_by"),
            # The highest number, after which the next registration is numbered.
            models.Index(F("edition"), NUMBER_AS_COUNTED, name="visitor_number_counted"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def proper_name(self) -> ProperName:
        """The name, and the name in Latin letters where one is given."""
        return ProperName(self.name_latin, self.name, is_person=True)


class RegistrationQuestion(models.Model):
    """A question of the organiser's to a visitor or to a unit before it decides, and the answer once it is there."""

    visitor = models.ForeignKey(Visitor, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    unit = models.ForeignKey(VisitingUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=LONGEST_TEXT)
    asked = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(blank=True, max_length=LONGEST_TEXT)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visitor=None, unit__isnull=False) | models.Q(visitor__isnull=False, unit=None),
                name="question_to_a_visitor_or_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(answered=None, answer="")
                | (models.Q(answered__isnull=False) & ~models.Q(answer="")),
                name="answered_registration_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def to(self) -> Visitor | VisitingUnit:
        """Who is asked."""
        asked = self.visitor or self.unit
        assert asked is not None
        return asked


class ConsentChange(models.Model):
    """What a person said at some moment that exhibitors may have of them."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="consents")
    consent = models.CharField(max_length=10, choices=Visitor.Consent.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.visitor}: {self.consent} since {self.at:%Y-%m-%d %H:%M}"


class LikelyVisitorDuplicate(models.Model):
    """Two registrations of one edition that may be one person's; the desk merges them or keeps them apart."""

    class Decision(models.TextChoices):
        OPEN = "open", "to be decided"
        DIFFERENT = "different", "two people"

    class Reason(models.TextChoices):
        NAME_AND_UNIT = "name_and_unit", "the same name, from the same unit"
        NAME_AND_PHONE = "name_and_phone", "the same name and telephone number"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_likely_duplicate_per_visitors")]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class PurchaseNeed(models.Model):
    """What a visiting unit means to buy."""

    unit = models.ForeignKey(VisitingUnit, on_delete=models.CASCADE, related_name="needs")
    number = models.CharField(max_length=30, help_text="number of the need, unique in its unit")
    text = models.TextField()
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    hs = models.ForeignKey(HSCode, null=True, blank=True, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.ForeignKey(Currency, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_need_per_number")]

    def __str__(self) -> str:
        return self.text[:60]
