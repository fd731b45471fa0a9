"""The list of passes for those who are there to work: the press, the organiser's staff, service firms."""

from __future__ import annotations

from emporion.domain.admission.actions import import_passes
from emporion.domain.admission.actions.passes import PassRow
from emporion.domain.reason import Name
from emporion.spreadsheets.cells.basics import text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared

KINDS_OF_PASS = {
    "press": ("press", "媒体", "media", "journalist", "记者"),
    "organiser": ("organiser", "主办方", "organizer", "staff", "工作人员", "organiser's staff"),
    "contractor": ("contractor", "服务商", "service firm", "service", "搭建商", "服务单位"),
}

COLUMNS = (
    shared.chosen("kind", "Kind", "类型", KINDS_OF_PASS, required=True, synonyms=("kind of pass", "证件类型"),
                  note=Name("None of these is ever counted as a visitor", "均不计为专业观众"),
                  examples=("press", "contractor")),
    Column("holder", Name("Name", "姓名"), always(text(150)), required=True,
           synonyms=("holder", "full name", "person", "持证人"), examples=("Ama Mensah", "李雷")),
    shared.organisation_name("firm", "Firm", "单位", examples=("Daily Graphic", "Booth Builders Ltd")),
)  # fmt: skip

KIND = Kind(
    "passes", "证件",
    Name("Passes of the press, the organiser's staff and service firms, one person a row.",
         "媒体、主办方工作人员及服务商证件,每人一行。"),
    COLUMNS, PassRow, import_passes,
)  # fmt: skip
