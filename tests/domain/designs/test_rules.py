"""A design is handed in by who builds, decided on the version that was seen, and commented at places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.designs.rules import (
    MOST_FILES,
    CommentNeeded,
    DecisionDayNeeded,
    DecisionReasonNeeded,
    DesignApproved,
    DesignChangedMeanwhile,
    DesignFilesNeeded,
    NoDesignNeeded,
    PlaceOutside,
    TooManyDesignFiles,
    UnknownDecision,
    decision_due,
    require_comment,
    require_decision,
    require_hand_in,
)
from emporion.domain.refusal import Refusal

TODAY = date(2023, 9, 1)


@pytest.mark.parametrize(
    ("handed_in", "due"),
    [(date(2023, 9, 1), date(2023, 9, 8)), (date(2023, 9, 2), date(2023, 9, 8)), (date(2023, 9, 4), date(2023, 9, 11))],
    ids=["friday", "saturday", "monday"],
)
def test_a_decision_takes_five_working_days(handed_in: date, due: date) -> None:
    assert decision_due(handed_in) == due


@pytest.mark.parametrize(
    ("state", "needed", "files", "refusal"),
    [
        ("", False, 1, NoDesignNeeded),
        ("approved", True, 1, DesignApproved),
        ("", True, 0, DesignFilesNeeded),
        ("changes", True, MOST_FILES + 1, TooManyDesignFiles),
    ],
)
def test_what_cannot_be_handed_in(state: str, needed: bool, files: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        require_hand_in(state, needed=needed, files=files)


@pytest.mark.parametrize("state", ["", "submitted", "changes", "rejected"])
def test_a_version_may_follow_until_one_is_approved(state: str) -> None:
    require_hand_in(state, needed=True, files=MOST_FILES)


def test_a_decision_says_what_the_exhibitor_must_know() -> None:
    seen = {"today": TODAY, "version": 2, "seen": 2}
    require_decision("approved", reason="", due=None, **seen)
    require_decision("rejected", reason="Too high.", due=None, **seen)
    require_decision("changes", reason="Too high.", due=TODAY, **seen)
    for decision, reason, due, refusal in (
        ("maybe", "", None, UnknownDecision),
        ("rejected", "", None, DecisionReasonNeeded),
        ("changes", "", TODAY, DecisionReasonNeeded),
        ("changes", "Too high.", None, DecisionDayNeeded),
        ("changes", "Too high.", date(2023, 8, 31), DecisionDayNeeded),
    ):
        with pytest.raises(refusal):
            require_decision(decision, reason=reason, due=due, **seen)
    with pytest.raises(DesignChangedMeanwhile):
        require_decision("approved", reason="", due=None, today=TODAY, version=3, seen=2)


@pytest.mark.parametrize(("page", "x", "y"), [(0, None, None), (1, "50", None), (1, "-1", "5"), (1, "5", "100.01")])
def test_a_place_is_on_the_page(page: int, x: str | None, y: str | None) -> None:
    with pytest.raises(PlaceOutside):
        require_comment("Too high", page=page, x=Decimal(x) if x else None, y=Decimal(y) if y else None)


def test_a_comment_says_something() -> None:
    require_comment("Too high", page=3, x=Decimal(0), y=Decimal(100))
    with pytest.raises(CommentNeeded):
        require_comment("", page=1, x=None, y=None)
