"""Setting an edition's rules of construction."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.booths.construction import ConstructionRules, require_construction_rules
from emporion.domain.booths.models import ConstructionRule
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext


@transaction.atomic
def set_construction_rules(
    edition: Edition, rules: ConstructionRules, *, source: str, context: ActionContext
) -> ConstructionRule:
    """Set what the edition asks of stands that exhibitors build; set twice alike, it is one event.

    Raises: RuleSourceNeeded, HeightOutside, AisleOutside, LaneOutside.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    source = source.strip()
    require_construction_rules(rules, source=source)
    rule = ConstructionRule.objects.filter(edition=edition).first() or ConstructionRule(edition=edition)
    if rule.pk and (rule.rules, rule.source) == (rules, source):
        return rule
    rule.height_m, rule.decks, rule.single_on_main = rules.height_m, rules.decks, rules.single_on_main
    rule.open_faces, rule.main_aisle_m, rule.fire_lane_m = rules.open_faces, rules.main_aisle_m, rules.fire_lane_m
    rule.source = source
    rule.save()
    record("construction_rules.set", edition, context=context, edition=edition.pk)
    return rule
