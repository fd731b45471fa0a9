"""Booths in halls: which hall, where in it, with which sides on an aisle. See docs/kernels/allocation.md."""

from .check import check
from .hall import Params
from .painted import Violation
from .problem import Box, Exit, Hall, Lane, Locked, Problem, Request
from .result import CODES, Area, HallPlan, Place, Placement, Result, Unplaced
from .solve import solve

__all__ = [
    "CODES",
    "Area",
    "Box",
    "Exit",
    "Hall",
    "HallPlan",
    "Lane",
    "Locked",
    "Params",
    "Place",
    "Placement",
    "Problem",
    "Request",
    "Result",
    "Unplaced",
    "Violation",
    "check",
    "solve",
]
