"""Two runs of the tests at once do not take each other's databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.database import hold


def test_a_second_run_with_the_same_home_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with hold(home), pytest.raises(pytest.UsageError) as refused:
        hold(home)
    assert f"Another run of the tests uses the databases of {home}." in str(refused.value)
    assert "EMPORION_HOME=.emporion/other pytest" in str(refused.value)
    hold(home).close()
