"""The timetable of accepted meetings: who meets whom in which slot, and why not.

``solve`` finds a timetable of a ``Problem``, ``check`` looks at it independently, ``reasons`` says why a meeting has
no slot, ``replan`` keeps a published timetable alive.
"""

from emporion.kernels.scheduling.check import Violation, check
from emporion.kernels.scheduling.problem import Problem, two_sided
from emporion.kernels.scheduling.reasons import Reason, reasons
from emporion.kernels.scheduling.replan import Change, Replan, replan
from emporion.kernels.scheduling.result import Objective, Params, Result
from emporion.kernels.scheduling.solve import solve

__all__ = [
    "Change",
    "Objective",
    "Params",
    "Problem",
    "Reason",
    "Replan",
    "Result",
    "Violation",
    "check",
    "reasons",
    "replan",
    "solve",
    "two_sided",
]
