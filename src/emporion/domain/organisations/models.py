"""Enterprises, countries and international organisations that take part, with one identity across editions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from emporion.domain.editions.models import Edition, Fair, Sector
from emporion.domain.name_terms import NameTerms
from emporion.domain.reason import ProperName
from emporion.domain.reference.models import Country, InternationalOrganisation


class Organisation(models.Model):
    """One organisation, the same in every edition and on either side of the fair.

    Recognised by registered number and country, else by normalised name and country.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", "enterprise"
        COUNTRY = "country", "country or region"
        INTERNATIONAL = "international", "international organisation"
        INSTITUTION = "institution", "institution"

    class Ownership(models.TextChoices):
        STATE = "state", "state-owned"
        PRIVATE = "private", "private"
        FOREIGN = "foreign", "foreign-invested"
        INSTITUTION = "institution", "public institution"
        UNKNOWN = "", "not stated"

    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.ENTERPRISE)
    name = models.CharField(max_length=200, help_text="as registered, in its own script")
    name_zh = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, help_text="the name normalised, by which it is recognised")
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, help_text="empty for international organisations"
    )
    international = models.ForeignKey(InternationalOrganisation, null=True, blank=True, on_delete=models.PROTECT)
    registered_number = models.CharField(
        max_length=40, blank=True, help_text="number in its country's register, e.g. unified social credit code"
    )
    ownership = models.CharField(max_length=12, choices=Ownership.choices, blank=True)
    website = models.URLField(blank=True)
    about_en = models.TextField(blank=True)
    about_zh = models.TextField(blank=True)
    found_by = NameTerms("name", "name_zh")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "registered_number"],
                condition=~models.Q(registered_number=""),
                nulls_distinct=False,
                name="one_organisation_per_registered_number",
            ),
            models.UniqueConstraint(
                fields=["country", "name_key"],
                condition=models.Q(registered_number=""),
                nulls_distinct=False,
                name="one_unnumbered_organisation_per_name",
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"]),
            models.Index(fields=["registered_number"]),
            GinIndex(fields=["found_by"], name="organisation_found_by"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def proper_name(self) -> ProperName:
        """The name as registered, and the Chinese one."""
        return ProperName(self.name, self.name_zh)


class Alias(models.Model):
    """A number or a name under which an organisation was once recorded twice; lists that still use it mean this one.

    One of ``registered_number`` and ``name_key`` is filled.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    registered_number = models.CharField(max_length=40, blank=True)
    name_key = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["country", "registered_number", "name_key"], nulls_distinct=False, name="one_alias_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.registered_number or self.name_key


def managing() -> list[str]:
    """The roles of a representative for whom nothing else is said."""
    return [Representative.Role.MANAGES.value]


class Representative(models.Model):
    """A person who acts for an organisation, in the roles given to them."""

    class Role(models.TextChoices):
        MANAGES = "manages", "manages the organisation, its applications and its people"
        CATALOGUE = "catalogue", "looks after the catalogue"
        MEETINGS = "meetings", "arranges meetings"
        DEALS = "deals", "records and confirms deals"
        LEADS = "leads", "collects leads"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representatives")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="represents")
    position = models.CharField(max_length=100, blank=True)
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices), default=managing)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_representation_per_person"),
            models.CheckConstraint(
                condition=models.Q(roles__len__gt=0)
                & models.Q(roles__contained_by=["manages", "catalogue", "meetings", "deals", "leads"]),
                name="representative_has_known_roles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"


class OrganisationClaim(models.Model):
    """That a person says they act for an organisation that is registered already; the organiser's desk decides.

    ``fair`` is the fair at whose pages the claim was made; which desk decides it, ``rules.representation`` says.
    """

    class State(models.TextChoices):
        OPEN = "open", "waits for a decision"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="claims")
    position = models.CharField(max_length=100, blank=True)
    evidence = models.TextField(max_length=2000, help_text="how the person shows that they act for it")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(blank=True, help_text="sent to the person when the claim is declined")
    statement = models.TextField(max_length=2000, blank=True, help_text="how the desk checked the claim")
    made = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(state="open"),
                name="one_open_claim_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} claims {self.organisation}"


class LikelyDuplicate(models.Model):
    """Two organisations that may be one; a person decides, nothing is merged by itself."""

    class Decision(models.TextChoices):
        OPEN = "open", "to be decided"
        SAME = "same", "the same organisation"
        DIFFERENT = "different", "two organisations"

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_likely_duplicate_per_pair")]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class EarlierParticipation(models.Model):
    """That an organisation exhibited in an edition run before its records were kept here, as its list states.

    ``area_m2`` is the net area of its stand, where the list has it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="earlier_participations")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="earlier_participations")
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "edition"], name="one_participation_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.edition}"
