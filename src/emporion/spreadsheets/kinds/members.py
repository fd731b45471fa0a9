"""The list of a delegation's people that its leader brings: as the organiser's list of visitors, without numbers."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name
from emporion.domain.refusal import BulkOutcome
from emporion.domain.visitors.actions import import_members
from emporion.domain.visitors.actions.units import VisitorRow
from emporion.domain.visitors.models import Delegation
from emporion.spreadsheets.columns import Column, Kind
from emporion.spreadsheets.kinds import visitors

NAME, ZH = "people of the delegation", "代表团人员"
ABOUT = Name(
    "The people of your delegation, one row each, with the unit they come from.", "代表团人员,每人一行,附其所属单位。"
)
NUMBER = Name("Leave it empty for new people: they are given their numbers", "新登记人员留空,系统自动编号")
PATH = Name("Of a sub-group, as 07.031; empty for your own group", "分团路径,如07.031;留空即归入本团")


def _as_leaders_bring(column: Column) -> Column:
    if column.key == "number":
        return replace(column, required=False, note=NUMBER, examples=("", ""))
    if column.key == "organisation":
        return replace(column, required=True, note=Name("The visiting unit", "参观单位"))
    return replace(column, note=PATH) if column.key == "delegation" else column


# As the organiser's rows; when somebody registered is not a leader's to say.
MemberRow = namedtuple("MemberRow", [name for name in VisitorRow._fields if name != "registered"])  # type: ignore[misc]
COLUMNS = tuple(_as_leaders_bring(column) for column in visitors.COLUMNS if column.key != "registered")


def members_of(delegation: Delegation) -> Kind:
    """The list of one delegation's people."""
    apply = partial(_import, delegation=delegation)
    return Kind(NAME, ZH, ABOUT, COLUMNS, MemberRow, apply, blank_keeps=True)


def _import(edition: Edition, rows: Iterable[Any], *, delegation: Delegation, context: ActionContext) -> BulkOutcome:
    people = (VisitorRow(**row._asdict()) for row in rows)
    return import_members(edition, people, delegation=delegation, context=context)
