"""A fair's colour made readable: darkened on paper, lightened on dark, until text in it can be read."""

from __future__ import annotations

from typing import NamedTuple

PAPER, DARK = "#fbfaf7", "#161d20"
WHITE, INK = "#ffffff", "#0b1113"
# Of text of any size against its ground, level AA of WCAG 2.2.
LEAST_CONTRAST = 4.5
# How much of the colour the wash behind a quiet button holds; the style sheet's tokens take 7 and 9 per cent.
WASH = 0.1
STEPS = 50


class Theme(NamedTuple):
    """The colour of links and buttons, and of text on it, on light and on dark pages."""

    light: str
    on_light: str
    dark: str
    on_dark: str


def theme(colour: str) -> Theme:
    """The shades of ``colour`` (``#rrggbb``) nearest to it that can be read."""
    light, dark = _readable(colour, PAPER, "#000000"), _readable(colour, DARK, WHITE)
    return Theme(light, _ink_on(light), dark, _ink_on(dark))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, from 1 to 21."""
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def _readable(colour: str, ground: str, towards: str) -> str:
    shades = (_mix(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in shades if _least_contrast(shade, ground) >= LEAST_CONTRAST)


def _least_contrast(shade: str, ground: str) -> float:
    """Of text in a shade on the page and on a wash of the shade itself."""
    return min(contrast(shade, ground), contrast(shade, _mix(ground, shade, WASH)))


def _ink_on(colour: str) -> str:
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def _mix(colour: str, other: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = (value / 255 for value in _channels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
