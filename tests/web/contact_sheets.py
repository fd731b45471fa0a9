"""Contact sheets of the pictures that ``make shots`` takes: a dozen pages or two to a sheet.

``python -m tests.web.contact_sheets FOLDER`` writes ``FOLDER/sheets/``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw

from tests.web.looks import LOOKS

# Of wide and of narrow pages: columns of a sheet, and the width of a picture's place in pixels.
WIDE, NARROW = (4, 420), (8, 210)
ROWS = 3
# The height of a place: the page's name above, and the page scaled to fit and cut off at the foot.
HEIGHT, LABEL = 620, 18


def sheet(pictures: list[Path], look: str) -> Image.Image:
    """Some pictures side by side, each under its name."""
    columns, width = _places(look)
    made = Image.new("RGB", (columns * width, ROWS * HEIGHT), "#888888")
    draw = ImageDraw.Draw(made)
    for place, path in enumerate(pictures):
        left, top = place % columns * width, place // columns * HEIGHT
        draw.text((left + 4, top + 3), path.stem.removesuffix(f"-{look}"), fill="white")
        with Image.open(path) as picture:
            scale = min(1.0, (width - 8) / picture.width)
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
        for number, some in enumerate(_groups(pictures, look), start=1):
            sheet(some, look).save(goal / f"{look}-{number:02}.png")


def _places(look: str) -> tuple[int, int]:
    return NARROW if "-360-" in look else WIDE


def _groups(pictures: list[Path], look: str) -> list[list[Path]]:
    size = _places(look)[0] * ROWS
    return [pictures[start : start + size] for start in range(0, len(pictures), size)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
