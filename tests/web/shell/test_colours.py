"""Whatever colour a fair chooses, text in it and on it can be read, on light pages and on dark ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.web.shell.colours import DARK, PAPER, contrast, theme


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_becomes_readable(colour: int) -> None:
    made = theme(f"#{colour:06x}")
    assert contrast(made.light, PAPER) >= 4.5 and contrast(made.on_light, made.light) >= 4.5
    assert contrast(made.dark, DARK) >= 4.5 and contrast(made.on_dark, made.dark) >= 4.5


def test_a_dark_colour_is_lightened_until_it_can_be_read_on_its_own_wash() -> None:
    # Readable on the page alone it came to 4.21 on the wash of a button.
    assert contrast(theme("#0b6e6e").dark, "#1b2629") >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert theme("#0b6e6e").light == "#0b6e6e"
    assert theme("#4cc2bd").dark == "#4cc2bd"


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)
