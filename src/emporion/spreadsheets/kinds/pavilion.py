"""The list of a pavilion's exhibitors that its manager brings: as the organiser's list, into this pavilion alone."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from functools import partial
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions.bulk import import_pavilion
from emporion.domain.exhibitors.models import Pavilion
from emporion.domain.exhibitors.rules.rows import ExhibitorRow
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name
from emporion.domain.refusal import BulkOutcome
from emporion.spreadsheets.columns import Kind, fields_of
from emporion.spreadsheets.kinds import exhibitors

NAME, ZH = "exhibitors of the pavilion", "展团参展商"
ABOUT = Name("Applications to exhibit in your pavilion, one row each.", "展团内各单位的参展申请,每家一行。")
# What is the pavilion's, and what would join its exhibitors to others'.
GIVEN = ("pavilion", "pavilion_name", "pavilion_name_zh", "main", "joint_stand", "earlier_editions")
COLUMNS = tuple(column for column in exhibitors.COLUMNS if column.key not in GIVEN)
FIELDS = [name for name in fields_of(ExhibitorRow) if name not in GIVEN]
PavilionRow = namedtuple("PavilionRow", ["row", *FIELDS])  # type: ignore[misc]


def exhibitors_of(pavilion: Pavilion) -> Kind:
    """The list of one pavilion's exhibitors."""
    return Kind(NAME, ZH, ABOUT, COLUMNS, PavilionRow, partial(_import, pavilion=pavilion))


def _import(edition: Edition, rows: Iterable[Any], *, pavilion: Pavilion, context: ActionContext) -> BulkOutcome:
    within = (ExhibitorRow(pavilion=pavilion.code, **row._asdict()) for row in rows)
    return import_pavilion(pavilion, within, context=context)
