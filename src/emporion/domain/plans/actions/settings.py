"""What an edition asks of its plans."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.plans.models import PlanRule


@transaction.atomic
def set_plan_rules(
    edition: Edition,
    *,
    least_aisle_m: float,
    exit_depth_m: float,
    severities: Mapping[str, str],
    source: str = "",
    context: ActionContext,
) -> PlanRule:
    """Set what an edition asks of its plans: widths in metres, severities by the code of a check."""
    said = {"least_aisle_m": least_aisle_m, "exit_depth_m": exit_depth_m, "source": source}
    rule, _created = PlanRule.objects.update_or_create(
        edition=edition, defaults={**said, "severities": dict(severities)}
    )
    record("plan.rules_set", edition, context=context, edition=edition.pk, **said, severities=dict(severities))
    return rule
