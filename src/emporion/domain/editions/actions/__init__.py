"""What happens to fairs and editions."""

from emporion.domain.editions.actions.dates import set_phases, set_rules
from emporion.domain.editions.actions.following import FollowingEdition, follow_edition
from emporion.domain.editions.actions.founding import (
    NewEdition,
    NewFair,
    NewVenue,
    create_edition,
    create_fair,
    require_currency,
    require_free_slug,
    require_host,
    usual_phases,
)
from emporion.domain.editions.actions.opening import NewArea, NewPhase, make_current, open_edition
from emporion.domain.editions.actions.rates import load_rates
from emporion.domain.editions.actions.sectors import NewSector, set_sectors

__all__ = [
    "FollowingEdition",
    "NewArea",
    "NewEdition",
    "NewFair",
    "NewPhase",
    "NewSector",
    "NewVenue",
    "create_edition",
    "create_fair",
    "follow_edition",
    "load_rates",
    "make_current",
    "open_edition",
    "require_currency",
    "require_free_slug",
    "require_host",
    "set_phases",
    "set_rules",
    "set_sectors",
    "usual_phases",
]
