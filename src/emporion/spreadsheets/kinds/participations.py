"""The list of exhibitors of an edition run before its records were kept here."""

from __future__ import annotations

from emporion.domain.exhibitors.actions.bulk import ParticipationRow, import_participations
from emporion.domain.reason import Name
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import text, whole
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared
from emporion.spreadsheets.kinds.exhibitors import SQUARE_METRES

COLUMNS = (
    shared.organisation_name("name", "Name", "参展商名称", required=True, examples=("Zou Cashew Cooperative",),
                             synonyms=("exhibitor", "exhibitor name", "company", "company name", "organisation",
                                       "名称", "公司名称", "企业名称", "参展商")),
    Column("name_zh", Name("Chinese name", "中文名称"), always(text(200)), synonyms=("name zh", "中文名"),
           examples=("祖省腰果合作社",)),
    shared.country(examples=("Benin",)),
    Column("international", Name("International organisation", "国际组织"), named.international,
           synonyms=("international organization",)),
    shared.registered_number("registered_number", examples=("RB/ABC/23 B 1234",)),
    shared.chosen("kind", "Kind of organisation", "组织类型", shared.KIND_OF_ORGANISATION, blank="enterprise",
                  synonyms=("kind", "type", "类型"), examples=("enterprise",)),
    shared.sector(examples=("food-agriculture",)),
    Column("area_m2", Name("Net area in m²", "净面积(平方米)"), always(whole(0, 100_000, SQUARE_METRES)), blank=None,
           synonyms=("area_m2", "area", "net area", "面积", "净面积", "area in m2"), examples=("18",)),
    Column("source", Name("Source", "来源"), always(text(200)), synonyms=("list", "出处"),
           examples=("Exhibitors' directory",)),
)  # fmt: skip

KIND = Kind(
    "participations", "往届参展商", Name("Exhibitors of an earlier edition, one row each.",
    "往届参展商,每家一行。"), COLUMNS, ParticipationRow, import_participations,
)  # fmt: skip
