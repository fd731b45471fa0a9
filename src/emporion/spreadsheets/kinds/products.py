"""The list of products, technologies and services, and of debuts among them."""

from __future__ import annotations

from emporion.domain.catalogue.actions.bulk import ProductRow, import_products
from emporion.domain.reason import Name
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import identifier, text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared

KINDS = {
    "product": ("product", "产品", "goods", "货物", "商品"),
    "technology": ("technology", "技术"),
    "service": ("service", "服务"),
}
DEBUTS = {
    "world": ("world", "全球首发", "global", "world debut", "global debut", "全球"),
    "asia": ("asia", "亚洲首发", "asian debut", "亚洲首展", "亚洲"),
    "host": ("host", "中国首发", "china", "china debut", "host market", "中国首展", "中国"),
}

COLUMNS = (
    Column("exhibitor", Name("Exhibitor", "参展商"), always(text(200)), required=True,
           synonyms=("exhibitor number", "contract number", "company", "company name", "展商", "参展商名称", "合同号",
                     "企业名称"),
           note=Name("Contract number, registered number or name", "合同号、登记号或名称"),
           examples=("Zou Cashew Cooperative",)),
    Column("number", Name("Product number", "产品编号"), always(identifier(30)), required=True,
           synonyms=("number", "no", "sku", "item number", "编号", "展品编号"), examples=("P06-00001",)),
    shared.country(synonyms=("exhibitor's country", "参展商国家", "国家/地区", "国别"),
                   note=Name("The exhibitor's, only where several share a name", "参展商所在国,仅在重名时填写")),
    shared.chosen("kind", "Kind", "类别", KINDS, synonyms=("type", "种类", "类型", "product kind"),
                  examples=("product",)),
    *shared.names(("Roasted cashew kernels", "烤腰果仁"), required=False, longest=200),
    *shared.abouts("Kernels from smallholders, roasted in the cooperative.", "小农户种植,合作社烘焙。"),
    Column("hs", Name("HS code", "HS编码"), named.hs_code(2, 4, 6),
           synonyms=("hs", "hs6", "海关编码", "税号", "商品编码"),
           note=Name("Six digits; dots are welcome. Text cells keep leading zeros",
                     "六位数字,可带点。文本格式可保留前导零"), examples=("0801.32",)),
    shared.sector(examples=("food-agriculture",)),
    shared.country("origin", "Origin", "原产地", synonyms=("country of origin", "原产国", "产地"), examples=("BJ",),
                   note=Name("Empty: the exhibitor's country", "留空为参展商所在国")),
    shared.chosen("debut", "Debut", "首发", DEBUTS, synonyms=("debut kind", "首发类型", "首展", "premiere"),
                  note=Name("First shown in the world, in Asia or in the host's market; empty: no debut",
                            "全球、亚洲或中国首发;非首发留空"), examples=("host",)),
)  # fmt: skip

KIND = Kind(
    "products", "展品", Name("Products, technologies and services, one row each, with debuts marked.",
    "产品、技术和服务,每项一行,标明首发。"), COLUMNS, ProductRow, import_products, blank_keeps=True,
)  # fmt: skip
