"""The list of professional visitors with their units."""

from __future__ import annotations

from emporion.domain.accounts.rules import require_latin_name
from emporion.domain.reason import Name
from emporion.domain.refusal import refusal_of
from emporion.domain.visitors.actions.bulk import VisitorRow, import_visitors
from emporion.language.reading.days import day, moment
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import choice, email, identifier, several, text
from emporion.spreadsheets.cells.problems import HasChineseCharacters, WriteAsInPassport
from emporion.spreadsheets.columns import Column, Kind, always, each
from emporion.spreadsheets.kinds import shared

SIZES = {
    "0": ("0", "not stated", "未填"),
    "1": ("1", "under USD 1 million", "100万美元以下"),
    "2": ("2", "USD 1 to 10 million", "100万至1000万美元"),
    "3": ("3", "USD 10 to 100 million", "1000万至1亿美元"),
    "4": ("4", "USD 100 million to 1 billion", "1亿至10亿美元"),
    "5": ("5", "over USD 1 billion", "10亿美元以上"),
}
_size = choice(SIZES)


def latin_name(cell: str) -> str:
    """A name without Chinese characters."""
    name = str(text(150)(cell))
    if refusal := refusal_of(lambda: require_latin_name(name)):
        raise InputError(HasChineseCharacters(name), WriteAsInPassport()) from refusal
    return name


def purchasing_size(cell: str) -> int:
    """Yearly imports by number or in words, as 0 to 5."""
    return int(_size(cell))


COLUMNS = (
    Column("number", Name("Registration number", "登记号"), always(identifier(20)), required=True,
           synonyms=("visitor number", "number", "no", "reg no", "registration no",
                    "编号", "观众编号", "注册编号", "报名编号", "登记编号"),
           note=Name("One for each person; importing it again updates the person",
                     "每人一个;再次导入同一登记号即更新该观众"), examples=("V06-0000001", "V06-0000002")),
    Column("name", Name("Name", "姓名"), always(text(150)), required=True,
           synonyms=("full name", "visitor", "visitor name", "real name", "观众姓名", "真实姓名", "名字"),
           note=Name("Real name as on the identity paper", "与证件一致的真实姓名"),
           examples=("陈思远", "Amina Adjovi")),
    shared.country(required=True, examples=("中国", "Benin")),
    Column("email", Name("E-mail", "电子邮箱"), always(email),
           synonyms=("email address", "mail", "e-mail-adresse", "mail address", "邮箱", "邮件", "邮箱地址"),
           examples=("chen@example.cn", "amina@example.org")),
    Column("phone", Name("Phone", "手机号"), always(identifier(30)),
           synonyms=("mobile", "telephone", "phone number", "mobile phone", "电话", "手机", "手机号码", "联系电话"),
           examples=("+86 139 0000 0000", "+229 97 00 00 00")),
    Column("position", Name("Position", "职务"), always(text(100)), synonyms=("job title", "title", "职位", "岗位"),
           examples=("采购经理", "Buyer")),
    shared.organisation_name("organisation", "Organisation", "单位名称",
                             examples=("上海示例进出口有限公司", "Ouidah Trading"),
                             note=Name("The visiting unit; empty for a person who comes alone",
                                       "参观单位;个人观众留空")),
    shared.registered_number("organisation_number", examples=("91310000000000001Y", "")),
    Column("organisation_country", Name("Organisation's country", "单位所在国"), named.country, choices="countries",
           synonyms=("country of organisation", "单位国家", "organization's country"),
           note=Name("Only where it is not the visitor's own", "仅在与观众国家不同时填写")),
    shared.chosen("ownership", "Ownership", "单位性质", shared.OWNERSHIP, examples=("state", "foreign"),
                  synonyms=("ownership type", "nature", "企业性质", "所有制", "性质")),
    Column("delegation", Name("Delegation path", "交易团路径"), always(text(60)),
           synonyms=("delegation", "trading group", "delegation code", "交易团", "交易分团", "交易团代码", "代表团"),
           note=Name("Codes from the trading group downwards, as 07.031", "自交易团起的编码,如07.031"),
           examples=("", "")),
    Column("sectors", Name("Sectors", "感兴趣的行业"), each(named.sector_number, several), blank=(), choices="",
           synonyms=("sectors of interest", "interests", "sector", "行业", "关注行业", "意向行业"),
           note=Name("Codes, numbers or names, separated by semicolons", "代码、编号或名称,用分号隔开"),
           examples=("food-agriculture;crop-seeds", "1")),
    Column("hs_headings", Name("HS headings", "HS品目"), each(named.hs_heading, several), blank=(),
           synonyms=("hs codes", "hs code", "headings", "hs", "税号", "海关编码", "hs编码", "品目"),
           note=Name("Four digits each, separated by semicolons", "每个四位数字,用分号隔开"),
           examples=("0805;1207", "0801")),
    Column("purchasing_size", Name("Purchasing size", "年采购规模"), always(purchasing_size), blank=0,
           choices=tuple(SIZES), synonyms=("yearly imports", "purchasing volume", "采购规模", "年进口额", "采购额"),
           note=Name("; ".join(f"{size}: {words[1]}" for size, words in SIZES.items()),
                     ";".join(f"{size}:{words[2]}" for size, words in SIZES.items())), examples=("3", "1")),
    Column("registered", Name("Registered date", "登记日期"), lambda reference: moment(reference.zone), blank=None,
           synonyms=("registered", "registration date", "date", "registered on", "登记时间", "注册日期", "报名日期"),
           note=Name("As 2023-09-01; empty means now", "如2023-09-01;留空为当前时间"),
           examples=("2023-09-01", "2023年9月2日")),
    Column("days", Name("Days of visit", "参观日期"), always(several(day)), blank=(),
           synonyms=("days", "day", "visiting days", "dates of visit", "参观日", "到访日期", "入场日期"),
           note=Name("Days of the show separated by semicolons; empty means any day",
                     "展会期间的日期,用分号隔开;留空表示任意一天"),
           examples=("", "")),
    Column("document", Name("Document number", "证件号码"), always(identifier(30)),
           synonyms=("passport", "passport number", "identity document", "id number", "document", "护照号", "护照号码",
                     "身份证号", "身份证号码", "证件号"),
           note=Name("Of the passport or identity card; one registration for each", "护照或身份证号码;每证一次登记"),
           examples=("", "")),
    Column("name_latin", Name("Name in Latin letters", "姓名(拉丁字母)"), always(latin_name),
           synonyms=("romanised name", "romanized name", "name in english", "english name", "pinyin", "passport name",
                     "name_latin", "拼音", "姓名拼音", "英文姓名", "英文名", "拼音姓名", "护照姓名"),
           note=Name("Of a name in Chinese, as in the passport; without it English pages use pinyin",
                     "中文姓名请按护照填写;留空则英文页面用拼音"), examples=("Chen Siyuan", "")),
)  # fmt: skip

KIND = Kind(
    "visitors", "观众", Name("Professional visitors, one row each, with the unit they come from.",
    "专业观众,每人一行,附其所属单位。"), COLUMNS, VisitorRow, import_visitors, blank_keeps=True,
)  # fmt: skip
