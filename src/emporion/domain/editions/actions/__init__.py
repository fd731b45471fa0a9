"""What happens to fairs and editions."""

from emporion.domain.editions.actions.opening import NewArea, NewPhase, open_edition

__all__ = ["NewArea", "NewPhase", "open_edition"]
