"""Contact sheets of the pictures that ``make shots`` takes: a dozen pages to a sheet, a sheet for one look at them.

``python -m tests.web.contact_sheets FOLDER`` writes ``FOLDER/sheets/``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw

from tests.web.walk import LOOKS

COLUMNS, ROWS = 4, 3
# The place of a picture in pixels: its name above, and the page scaled to fit and cut off at the foot.
WIDTH, HEIGHT, LABEL = 420, 620, 18


def sheet(pictures: list[Path], look: str) -> Image.Image:
    """A dozen pictures side by side, each under its name."""
    made = Image.new("RGB", (COLUMNS * WIDTH, ROWS * HEIGHT), "#888888")
    draw = ImageDraw.Draw(made)
    for place, path in enumerate(pictures):
        left, top = place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT
        draw.text((left + 4, top + 3), path.stem.removesuffix(f"-{look}"), fill="white")
        with Image.open(path) as picture:
            scale = min(1.0, (WIDTH - 8) / picture.width)
            small = picture.convert("RGB").resize((int(picture.width * scale), int(picture.height * scale)))
        made.paste(small.crop((0, 0, small.width, min(small.height, HEIGHT - LABEL - 4))), (left + 4, top + LABEL))
    return made


def main(folder: Path) -> None:
    """Write the sheets of all looks."""
    goal = folder / "sheets"
    goal.mkdir(exist_ok=True)
    by_look: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.png")):
        for look in map(str, LOOKS):
            if path.stem.endswith(f"-{look}"):
                by_look[look].append(path)
    for look, pictures in by_look.items():
        for number, some in enumerate(_dozens(pictures), start=1):
            sheet(some, look).save(goal / f"{look}-{number:02}.png")


def _dozens(pictures: list[Path]) -> list[list[Path]]:
    size = COLUMNS * ROWS
    return [pictures[start : start + size] for start in range(0, len(pictures), size)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
