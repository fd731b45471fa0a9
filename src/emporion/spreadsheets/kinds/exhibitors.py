"""The list of those who apply to exhibit."""

from __future__ import annotations

from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.exhibitors.actions.bulk import ExhibitorRow, import_exhibitors
from emporion.domain.reason import Name
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import email, several, text, website, whole
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared
from emporion.spreadsheets.kinds.visitors import SIZES, purchasing_size

STANDS = {
    "standard": ("standard", "标准展位", "standard booth", "shell scheme", "标摊", "标展"),
    "raw": ("raw", "光地", "raw space", "special", "special-built", "特装", "特展"),
}
SQUARE_METRES = ("m2", "sqm", "sq m", "平方米", "平米")

COLUMNS = (
    shared.organisation_name("name", "Name", "参展商名称", required=True, examples=("Zou Cashew Cooperative",),
                             synonyms=("exhibitor", "exhibitor name", "company", "company name", "organisation",
                                       "organization", "名称", "公司名称", "企业名称", "展商名称", "参展商"),
                             note=Name("As registered", "登记名称")),
    Column("name_zh", Name("Chinese name", "中文名称"), always(text(200)),
           synonyms=("name (chinese)", "name zh", "中文名"),
           examples=("祖省腰果合作社",)),
    shared.country(examples=("Benin",), note=Name("Empty for an international organisation only", "仅国际组织可留空")),
    Column("international", Name("International organisation", "国际组织"), named.international,
           synonyms=("international organization", "intergovernmental organisation"),
           note=Name("Its code or name", "代码或名称")),
    shared.registered_number("registered_number", examples=("RB/ABC/23 B 1234",)),
    shared.chosen("kind", "Kind of organisation", "组织类型", shared.KIND_OF_ORGANISATION, blank="enterprise",
                  synonyms=("kind", "type", "organisation type", "类型", "机构类型"), examples=("enterprise",)),
    Column("area", Name("Exhibition area", "展区"), named.area, choices="areas",
           synonyms=("area", "exhibition area code", "展区代码", "展区名称"),
           note=Name("Code or name; a co-exhibitor may leave it out", "代码或名称;合作参展商可留空"),
           examples=("food-agriculture",)),
    shared.sector(examples=("food-agriculture",)),
    Column("pavilion", Name("Pavilion", "展团"), always(text(20)), synonyms=("pavilion code", "展团代码", "国家馆代码"),
           note=Name("Code of a joint pavilion, the same for all its exhibitors", "展团代码,同团相同")),
    Column("pavilion_name", Name("Pavilion's name", "展团英文名称"), always(text(150)), synonyms=("pavilion name",)),
    Column("pavilion_name_zh", Name("Pavilion's Chinese name", "展团中文名称"), always(text(150)),
           synonyms=("pavilion name (chinese)", "展团名称")),
    Column("main", Name("Main exhibitor", "主参展商"), always(text(200)),
           synonyms=("main exhibitor's name", "主展商", "main"),
           note=Name("Of a co-exhibitor only: name or registered number of the exhibitor on whose form it applies",
                     "仅合作参展商填写:主参展商名称或登记号")),
    Column("joint_stand", Name("Joint stand", "联合展位"), always(text(20)),
           synonyms=("joint stand code", "联合展位代码"),
           note=Name("Exhibitors with the same code share one stand", "代码相同者共用一个展位")),
    shared.chosen("stand", "Stand", "展位类型", STANDS, blank="standard", examples=("standard",),
                  synonyms=("stand type", "booth", "booth type", "stand kind", "展位")),
    Column("area_m2", Name("Area in m²", "申请面积(平方米)"), always(whole(0, 100_000, SQUARE_METRES)), blank=0,
           synonyms=("area_m2", "m2", "sqm", "requested area", "booth area", "面积", "展位面积", "申请面积"),
           note=Name(f"Multiples of {MODULE_M2} m²; raw space from {RAW_SPACE_FROM_M2} m²; 0 for a co-exhibitor",
                     f"{MODULE_M2}平方米的倍数;光地{RAW_SPACE_FROM_M2}平方米起;合作参展商填0"), examples=("18",)),
    Column("open_sides", Name("Open sides", "开口面数"), always(whole(1, 4)), blank=1,
           synonyms=("sides", "开口数", "开口"),
           note=Name("1 row, 2 corner, 3 peninsula, 4 island", "1单开口,2转角,3半岛,4岛型"), examples=("1",)),
    shared.flag("requests_free_booth", "Asks for a free booth", "申请免费展位", examples=("yes",),
                synonyms=("free booth", "asks free booth", "免费展位", "是否申请免费展位"),
                note=Name("Least developed countries only", "仅限最不发达国家")),
    Column("contact_email", Name("Contact e-mail", "联系邮箱"), always(email), examples=("office@example.org",),
           synonyms=("email", "e-mail", "contact", "邮箱", "电子邮箱")),
    Column("buyers_wanted", Name("Buyers wanted", "意向采购商"), always(text(500)),
           synonyms=("target buyers", "buyers sought", "wants to meet", "目标采购商", "目标客户", "希望对接的采购商"),
           note=Name("Whom the exhibitor wants to meet, in a sentence", "用一句话说明希望会见的采购商"),
           examples=("Importers of nuts and dried fruit",)),
    Column("least_purchases", Name("Least purchases", "采购规模下限"), always(purchasing_size), blank=0,
           choices=tuple(SIZES), synonyms=("least purchasing size", "minimum purchasing size", "采购规模要求"),
           note=Name("Smallest yearly imports of buyers wanted, from 1 to 5; empty: any",
                     "意向采购商年进口额下限,1至5;留空为不限")),
    Column("website", Name("Website", "网址"), always(website), synonyms=("web", "homepage", "url", "官网", "网站"),
           examples=("https://example.org",)),
    *shared.abouts("Cashew growers of the Zou.", "祖省腰果种植者。"),
    Column("earlier_editions", Name("Earlier editions", "往届参展"), lambda reference: several(whole(1, 999)), blank=(),
           synonyms=("editions before", "previous editions", "参展届次", "往届"),
           note=Name("Numbers of the editions it exhibited in before, separated by semicolons, as 4;5",
                     "曾参展届次,用分号隔开,如4;5")),
)  # fmt: skip

KIND = Kind(
    "exhibitors", "参展商", Name("Applications to exhibit, one row each, co-exhibitors with their main exhibitor.",
    "参展申请,每家一行,合作参展商注明主参展商。"), COLUMNS, ExhibitorRow, import_exhibitors,
)  # fmt: skip
