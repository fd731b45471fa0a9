"""The list of published figures. A figure is a function; its docstring is its definition, unit and scope."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from emporion.domain.editions.models import Edition
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.slices import Slice

# A unit that each edition fills in with the currency in which its bulletin adds up.
IN_CURRENCY = Name("the edition's currency", "本届货币")
UNITS_ZH = {
    "participants": "个国家、地区和国际组织",
    "countries": "个国家",
    "exhibitors": "家参展商",
    "co-exhibitors": "家联合参展商",
    "stands": "个展位",
    "booths": "个展位",
    "halls": "个展馆",
    "m²": "平方米",
    "%": "%",
    "people": "人",
    "visits": "人次",
    "person-days": "人天",
    "units": "家单位",
    "trading groups": "个交易团",
    "needs": "项采购需求",
    "products": "件展品",
    "debuts": "项首发新品",
    "deals": "笔交易",
    IN_CURRENCY.en: IN_CURRENCY.zh,
    f"{IN_CURRENCY.en}, one-year basis": f"{IN_CURRENCY.zh}（按一年计）",
    "sessions": "场活动",
    "requests": "项约见",
    "meetings": "场会面",
    "lists": "份推荐名单",
}
Slices = Callable[[Edition], list[Slice]]


@dataclass(frozen=True)
class Definition:
    """A published figure: its key, what it is called, how it is defined, what it counts, and its function.

    Definitions are documents: they are written, and read, in both languages. A unit is told apart by its English.
    """

    key: str
    title: Name
    definition: Name
    unit: Name
    scope: str
    slices: Slices

    def of(self, edition: Edition) -> Definition:
        """The definition as it stands in an edition's bulletin: with that edition's currency as the unit."""
        if IN_CURRENCY.en not in self.unit.en:
            return self
        currency = edition.currency
        unit_en = self.unit.en.replace(IN_CURRENCY.en, currency.code)
        unit_zh = self.unit.zh.replace(IN_CURRENCY.zh, currency.name_zh or currency.code)
        return replace(self, unit=Name(unit_en, unit_zh))


FIGURES: dict[str, Definition] = {}


def figure(title_en: str, title_zh: str, definition_zh: str) -> Callable[[Slices], Slices]:
    """Register a function as the published figure of its name.

    Its docstring begins with the definition and has a line ``Unit:`` and a line ``Scope:``. Raises ``ValueError``
    when one is missing, ``KeyError`` for a unit without a Chinese name.
    """

    def register(function: Slices) -> Slices:
        definition, unit, scope = _described(function)
        names = Name(title_en, title_zh), Name(definition, definition_zh), Name(unit, UNITS_ZH[unit])
        FIGURES[function.__name__] = Definition(function.__name__, *names, scope, function)
        return function

    return register


def _described(function: Slices) -> tuple[str, str, str]:
    text = inspect.getdoc(function) or ""
    found = re.fullmatch(r"(.+?)\n\nUnit: (.+?)\.\nScope: (.+?)\.", text, re.DOTALL)
    if not found:
        raise ValueError(f"the docstring of {function.__name__} has no definition, line 'Unit:' and line 'Scope:'")
    definition, unit, scope = (re.sub(r"\s+", " ", piece) for piece in found.groups())
    return definition, unit, scope
