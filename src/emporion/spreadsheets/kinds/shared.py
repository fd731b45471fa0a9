"""Columns that several lists have, so that one word means the same in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emporion.domain.reason import Name
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import choice, identifier, text, yes_no
from emporion.spreadsheets.columns import Column, always

KIND_OF_ORGANISATION = {
    "enterprise": ("enterprise", "企业", "company", "公司"),
    "country": ("country", "国家", "country or region", "国家或地区", "government", "政府"),
    "international": ("international", "国际组织", "international organisation", "international organization"),
    "institution": ("institution", "机构", "association", "协会"),
}
OWNERSHIP = {
    "state": ("state", "国有", "state-owned", "国企", "国有企业", "中央企业", "央企"),
    "private": ("private", "民营", "private enterprise", "民企", "私营", "民营企业"),
    "foreign": ("foreign", "外资", "foreign-invested", "外企", "外商投资", "合资", "joint venture", "外资企业"),
    "institution": ("institution", "事业单位", "public institution", "机构", "政府机关"),
}


def organisation_name(key: str, en: str, zh: str, **more: Any) -> Column:
    """An organisation's name as it is registered."""
    synonyms = ("company", "company name", "organisation name", "organization", "organization name", "enterprise",
                "公司", "公司名称", "企业名称", "单位名称", "机构名称")  # fmt: skip
    more.setdefault("synonyms", synonyms)
    return Column(key, Name(en, zh), always(text(200)), **more)


def registered_number(key: str, **more: Any) -> Column:
    """An organisation's number in its country's register."""
    english = "Number in the country's register; in China the unified social credit code. Text cells."
    more.setdefault("note", Name(english, "所在国登记号;中国企业填18位统一社会信用代码。请用文本格式。"))
    return Column(key, Name("Organisation's registered number", "统一社会信用代码"), always(identifier(40)),
        synonyms=("registered number", "registration no of organisation", "credit code", "uscc", "social credit code",
                  "unified social credit code", "organisation number", "organization's registered number",
                  "organisation_number", "registered_number", "登记号码", "信用代码", "注册号", "企业注册号",
                  "组织机构代码", "organisation's number", "company number"),
        **more,
    )  # fmt: skip


def country(key: str = "country", en: str = "Country", zh: str = "国家", **more: Any) -> Column:
    """A country or region."""
    more.setdefault(
        "synonyms",
        ("country or region", "country of residence", "国家/地区", "国家或地区", "国家地区", "国别", "nation", "国籍"),
    )
    more.setdefault("note", Name("ISO code (BJ, BEN) or English or Chinese name", "ISO代码(BJ、BEN)或中英文名称"))
    return Column(key, Name(en, zh), named.country, choices="countries", **more)


def sector(**more: Any) -> Column:
    """A sector of the fair."""
    return Column("sector", Name("Sector", "行业"), named.sector, choices="sectors",
        synonyms=("industry", "行业代码", "所属行业", "题材", "板块", "sector code"),
        note=Name("Code, number or name of the sector", "行业代码、编号或名称"), **more,
    )  # fmt: skip


def names(*examples: tuple[str, str], required: bool, longest: int = 150) -> tuple[Column, Column]:
    """The English and the Chinese name; ``examples`` are pairs of them."""
    english, chinese = zip(*examples, strict=True)
    return (
        Column("name_en", Name("English name", "英文名称"), always(text(longest)), required=required,
               synonyms=("name", "name (english)", "name en", "英文名"), examples=english),
        Column("name_zh", Name("Chinese name", "中文名称"), always(text(longest)), required=required,
               synonyms=("name (chinese)", "name zh", "中文名", "名称"), examples=chinese),
    )  # fmt: skip


def abouts(example_en: str, example_zh: str) -> tuple[Column, Column]:
    """The English and the Chinese description."""
    return (
        Column("about_en", Name("English description", "英文简介"), always(text(5000)), lines=True,
               examples=(example_en,),
               synonyms=("description", "description (english)", "about", "about en", "introduction", "英文介绍")),
        Column("about_zh", Name("Chinese description", "中文简介"), always(text(5000)), lines=True,
               examples=(example_zh,),
               synonyms=("description (chinese)", "about zh", "简介", "中文介绍", "介绍")),
    )  # fmt: skip


def chosen(key: str, en: str, zh: str, words: Mapping[str, Sequence[str]], **more: Any) -> Column:
    """One of a few words."""
    return Column(key, Name(en, zh), always(choice(words)), choices=tuple(one[0] for one in words.values()), **more)


def flag(key: str, en: str, zh: str, **more: Any) -> Column:
    """Yes or no."""
    more.setdefault("blank", False)
    return Column(key, Name(en, zh), always(yes_no), choices=("yes", "no"), **more)


def currency(**more: Any) -> Column:
    """A currency."""
    more.setdefault("note", Name("ISO code: CNY, USD, EUR …", "ISO代码:CNY、USD、EUR等"))
    return Column("currency", Name("Currency", "币种"), named.currency, synonyms=("货币", "currency code"), **more)


def amount_synonyms(*more: str) -> tuple[str, ...]:
    """How amounts of money are named."""
    return ("value", "sum", "金额(元)", "总金额", "数额", *more)
