"""The actions of a demonstration fair in their order, each done through the importers and actions an organiser uses."""

from __future__ import annotations

from emporion.demo.steps import exhibition, meetings, second_day, show, stands, visitors
from emporion.demo.steps.fair import Fair, Progress, Step

__all__ = ["STEPS", "Fair", "Progress", "Step"]

STEPS: tuple[Step, ...] = (
    *exhibition.STEPS, *visitors.STEPS, *meetings.STEPS, *second_day.STEPS, *show.STEPS, *stands.STEPS,
)  # fmt: skip
