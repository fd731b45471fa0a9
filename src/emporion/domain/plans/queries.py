"""What is asked of plans: what is wrong with one, which drawings were brought, what one would change."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import QuerySet

from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import HallPlan, hall_plan
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.queries import halls_of
from emporion.domain.plans.models import PlanDrawing, PlanRule
from emporion.domain.plans.rules.checks import Finding, PlanRules, check
from emporion.domain.plans.rules.differences import Proposal, proposal_from_json
from emporion.domain.plans.rules.floor import Floor, FloorStand


def floor_of(plan: HallPlan) -> Floor:
    """A hall's plan as the rules see it."""
    taken = _taken(plan.hall) | {one.key for one in plan.stands if one.occupied}
    stands = tuple(
        FloorStand(one.key, one.number, one.shape, one.kind, one.area, protected=one.key in taken)
        for one in plan.stands
    )
    return Floor(plan.outline, stands, plan.elements)


def _taken(hall: Hall) -> set[str]:
    """The keys of stands that somebody holds, has asked for or has bought; what is sold is recorded by a later room."""
    on_sale = Stand.objects.filter(hall=hall, sale__isnull=False).exclude(sale__state="free")
    return {str(key) for key in on_sale.values_list("key", flat=True)}


def rules_of(edition: Edition) -> PlanRules:
    """What the edition asks of its plans; the usual where nothing else is set."""
    rule = PlanRule.objects.filter(edition=edition).first()
    return rule.rules if rule else PlanRules()


def plan_rule(edition: Edition) -> PlanRule:
    """The record of what the edition asks of its plans; not saved yet where nothing is set."""
    return PlanRule.objects.filter(edition=edition).first() or PlanRule(edition=edition)


def findings_in(edition: Edition) -> dict[int, list[Finding]]:
    """What is wrong with the plans of an edition, by the key of the hall."""
    rules = rules_of(edition)
    return {hall.pk: check(floor_of(hall_plan(hall)), rules) for hall in halls_of(edition)}


def drawings_of(hall: Hall) -> QuerySet[PlanDrawing]:
    """The drawings of a hall that were brought in, the newest first."""
    return PlanDrawing.objects.filter(hall=hall).defer("proposal", "notices").select_related("uploaded_by")


def drawing_of(edition: Edition, pk: int) -> PlanDrawing | None:
    """One drawing of the edition."""
    found = PlanDrawing.objects.filter(hall__edition=edition, pk=pk).select_related("hall__edition__fair")
    return found.first()


def choices_before(hall: Hall) -> dict[str, Any]:
    """The unit and the roles of layers that were chosen for the hall's last drawing."""
    chosen = PlanDrawing.objects.filter(hall=hall).exclude(choices={}).order_by("-id").values_list("choices", flat=True)
    return chosen.first() or {}


def proposal_of(drawing: PlanDrawing) -> Proposal | None:
    """What a drawing proposes; none before its layers are chosen."""
    return proposal_from_json(drawing.proposal) if drawing.proposal else None


def fingerprint(floor: Floor) -> str:
    """Tells whether a floor is still the one that somebody looked at."""
    stands = [(one.key, one.number, one.shape.rings, one.protected) for one in floor.stands]
    elements = [(one.key, one.kind, one.name, one.shape.rings) for one in floor.elements]
    text = json.dumps([floor.outline.rings, stands, elements])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
