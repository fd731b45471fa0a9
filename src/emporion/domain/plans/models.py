"""What an edition asks of its plans, and drawings that were brought in."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.plans.rules.checks import PlanRules
from emporion.domain.plans.rules.drawings import LISTS
from emporion.domain.stored_files import StoredFile


class PlanRule(models.Model):
    """What an edition asks of its plans. ``severities``: refuse, warn or ignore, by the code of a check."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="plan_rule")
    least_aisle_m = models.FloatField(default=3.0, validators=[MinValueValidator(1.2), MaxValueValidator(30)])
    exit_depth_m = models.FloatField(default=3.0, validators=[MinValueValidator(0), MaxValueValidator(30)])
    severities = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=200, blank=True, help_text="where the rules stand, as in a fire code")

    def __str__(self) -> str:
        return f"rules of the plans of {self.edition}"

    @property
    def rules(self) -> PlanRules:
        """The rules as the checks take them."""
        return PlanRules(self.least_aisle_m, self.exit_depth_m, self.severities)


class PlanDrawing(StoredFile):
    """A drawing of a hall that was brought in, what its layers are, and what it proposes until that is applied.

    ``choices`` keep the unit and the roles of layers, so that the next drawing of the hall starts with them.
    """

    class State(models.TextChoices):
        BROUGHT = "brought", "brought"
        PROPOSED = "proposed", "waits for decisions"
        APPLIED = "applied", "applied"
        DISCARDED = "discarded", "discarded"

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="drawings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.BROUGHT)
    choices = models.JSONField(default=dict)
    proposal = models.JSONField(null=True)
    notices = models.JSONField(default=list)
    applied = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    @property
    def is_list(self) -> bool:
        """Whether it is a list of stands, which has no layers."""
        return self.content_type in {kind.content_type for kind in LISTS}
