"""What happens to an edition: the published ones are loaded, one is opened."""

from emporion.domain.editions.actions.opening import NewArea, NewPhase, open_edition
from emporion.domain.editions.actions.published import load_editions

__all__ = ["NewArea", "NewPhase", "load_editions", "open_edition"]
