"""The published figures: one function each, with its definition, unit and scope in its docstring.

The order of the modules here is the order of the bulletin.
"""

# isort: off
from emporion.domain.statistics.figures import participation as participation
from emporion.domain.statistics.figures import space as space
from emporion.domain.statistics.figures import visiting as visiting
from emporion.domain.statistics.figures import showing as showing
from emporion.domain.statistics.figures import meeting as meeting
from emporion.domain.statistics.figures import turnover as turnover
from emporion.domain.statistics.figures import sectors as sectors

# isort: on
from emporion.domain.statistics.figures.registry import FIGURES, Definition
from emporion.domain.statistics.figures.slices import Column, Result, Slice

__all__ = ["FIGURES", "Column", "Definition", "Result", "Slice"]
