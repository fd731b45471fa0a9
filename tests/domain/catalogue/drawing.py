"""Pictures as people bring them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def make_picture(width: int, height: int, form: str = "PNG", mode: str = "RGB", **saved: Any) -> bytes:
    """A picture that is red on its left half and transparent or black on its right."""
    picture = Image.new(mode, (width, height))
    picture.paste((255, 0, 0, 255)[: len(mode)], (0, 0, width // 2, height))
    kept = BytesIO()
    picture.save(kept, form, **saved)
    return kept.getvalue()
