"""A hall's plan on paper, at a scale, with a legend."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from emporion.domain.booths.queries import HallPlan
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import areas_by_code
from emporion.drawings.svg_plan import DOOR_COLOURS, MARGIN_M, TINTS, as_svg
from emporion.paper import laid_out, written
from emporion.web.shell.labels import FLOOR_PLACES

# The longer side first, in millimetres; so much of it is left for the plan beside margins, title and legend.
PAPERS = {"a3": (420, 297), "a0": (1189, 841)}
ACROSS, DOWN = 24, 62
SCALES = (50, 100, 125, 150, 200, 250, 300, 400, 500, 600, 750, 1000, 1500, 2000, 5000)


def scale_for(width_m: float, depth_m: float, paper: str) -> tuple[int, bool]:
    """The largest usual scale at which a floor fits on a paper, and whether the paper lies on its long side."""
    long, short = PAPERS[paper]
    for scale in SCALES:
        across, down = width_m * 1000 / scale, depth_m * 1000 / scale
        for landscape, (wide, high) in ((True, (long, short)), (False, (short, long))):
            if across <= wide - ACROSS and down <= high - DOWN:
                return scale, landscape
    return SCALES[-1], True


def as_pdf(plan: HallPlan, edition: Edition, paper: str) -> bytes:
    """A hall's plan on a sheet of ``a3`` or ``a0``. Raises: PDFLibraryMissing."""
    width, depth = plan.width + 2 * MARGIN_M, plan.depth + 2 * MARGIN_M
    scale, landscape = scale_for(width, depth, paper)
    words = {kind: str(label) for kind, label in FLOOR_PLACES.items()}
    areas = areas_by_code(edition)
    used = sorted({stand.area for stand in plan.stands}, key=lambda code: areas[code].number)
    context = {
        "edition": edition, "hall": plan.hall, "plan": plan, "scale": scale, "today": timezone.localdate(),
        # The writer of the SVG escapes every text of the plan.
        "drawing": mark_safe(as_svg(plan, words, scale=scale)),
        "size": f"{paper.upper()} {'landscape' if landscape else 'portrait'}",
        "areas": [(TINTS[(areas[code].number - 1) % len(TINTS)], areas[code]) for code in used],
        "doors": DOOR_COLOURS, "bar_mm": 10_000 / scale,
    }  # fmt: skip
    return written(laid_out(render_to_string("plans/paper.html", context), "emporion/plans-on-paper.css"))
