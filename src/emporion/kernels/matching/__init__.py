"""Who should meet whom, when both sides choose and places are few: see ``docs/kernels/matching.md``."""

from emporion.kernels.matching.check import Violation, check
from emporion.kernels.matching.evaluate import Evaluation, Exposure, evaluate, preference_lists
from emporion.kernels.matching.problem import Params, Problem
from emporion.kernels.matching.result import Result
from emporion.kernels.matching.score import Term, explain, rank_one
from emporion.kernels.matching.solve import solve

__all__ = [
    "Evaluation",
    "Exposure",
    "Params",
    "Problem",
    "Result",
    "Term",
    "Violation",
    "check",
    "evaluate",
    "explain",
    "preference_lists",
    "rank_one",
    "solve",
]
