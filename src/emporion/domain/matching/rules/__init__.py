"""What makes two sides a match, how many meetings each can hold, and the words that explain a suggestion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from emporion.domain.editions.rules import MODULE_M2
from emporion.domain.matching.rules.reasons import reason_of
from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.rules import APPROVED, REGISTERED

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

VISITOR_MEETINGS = 10
CO_EXHIBITOR_MEETINGS = 30
LEAST_MEETINGS, MAX_MEETINGS = 60, 100
LONGEST_TITLE = 80


def may_mark(state: str, *, visiting_organisation: int, exhibiting_organisation: int) -> bool:
    """Whether a visitor whose registration is in a state can mark an exhibitor or ask to meet it: not its own.

    Organisations by id, 0 for a visitor without a unit.
    """
    return state in (REGISTERED, APPROVED) and visiting_organisation != exhibiting_organisation


class NotOfOneEdition(Refusal):
    """Visitor {visitor} and exhibitor {exhibitor} belong to different editions and cannot be matched."""


@dataclass(frozen=True)
class Weights:
    """What a match is made of, in points; ``past`` is the share that needs of earlier editions still count.

    A pair gains ``favourite`` when one side made the other its favourite, ``requested`` when it asked to meet; who
    shows the same gains up to ``like_favourite``. A visitor's own interests share the points of their kind, so that who
    ticks everything wants nothing in particular.
    """

    sector: float = 1.0
    remit: float = 0.4
    need_sector: float = 0.6
    chapter: float = 0.6
    heading: float = 1.6
    need_heading: float = 1.6
    debut: float = 0.3
    region: float = 0.25
    size: float = 0.8
    need: float = 0.3
    new_market: float = 0.2
    favourite: float = 1.0
    like_favourite: float = 0.4
    requested: float = 0.5
    text: float = 1.2
    past: float = 0.5


# How well an exhibitor stands for a sector: its own, one of its products', the wider one above either.
OWN_SECTOR, PRODUCT_SECTOR, WIDER_SECTOR = 1.0, 0.8, 0.6


@dataclass(frozen=True)
class Term:
    """One cause of a suggestion: its kind, its points and the data of its reason (``name``, ``product``, ``wish``: a
    :class:`Name`; ``code``: an HS code).
    """

    code: str
    points: float
    data: dict[str, Any] = field(default_factory=dict)

    def reason(self, *, to_exhibitor: bool = False) -> Reason:
        """What the visitor reads of it, or the exhibitor."""
        return reason_of(self.code, self.data, to_exhibitor=to_exhibitor)


# Amounts with their units, model and part numbers: they say nothing of what a thing is.
_NUMBERED = re.compile(
    r"[0-9][0-9.,]*\s?(?:[万千百]?(?:吨|公斤|千克|毫升|克|升|台|件|个|套|箱|只|支|批)|(?:kg|g|t|tons?|tonnes?|ml|l|pcs|pieces|sets)\b)"
    r"|[A-Za-z0-9./+-]*[0-9][A-Za-z0-9./+-]*",
    re.IGNORECASE,
)
# That somebody asks, and how often, is the same in every need; left in, it would make all needs alike.
_ASKING = re.compile(
    r"(?:我们?|我[司方]|本公司|本人)?(?:长期|大量|大批|每年|年度?|拟|欲|现|想要?|要|希望|打算|计划|准备)*"
    r"(?:求购|采购|需求|寻求|寻找|购买|需要|进口|(?<=[想要望算划备])买)(?:量|意向|约)?[：:]?"
    r"|^(?:(?:i|we)(?:['’]m|['’]re|\s+am|\s+are)?\s+)?"
    r"(?:looking (?:for|to (?:buy|import|source))|seek(?:ing)?|need(?:s|ed)?|in need of"
    r"|want(?:ed)?(?: to (?:buy|import))?|wish(?:ing)? to (?:buy|import)|would like to (?:buy|import)"
    r"|to (?:buy|import|purchase)|(?:buying|importing|purchas(?:e|ing)) (?:of )?|procurement of)\b\s*:?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def meaning(name: str, about: str = "") -> str:
    """What a text says, as it is compared: without amounts and model numbers and without the words of asking.

    It is taken with its description where it is too short: a name of one Latin word, or of fewer than four Chinese
    characters, tells too little alone. Empty when there is no word in it.
    """
    text = _bare(name)
    if len(_WORD.findall(text)) < 2 and len(text) < (100 if text.isascii() else 4):
        text = f"{text} {_bare(about)}".strip()
    return text if _WORD.search(text) else ""


def unasked(need: str) -> str:
    """A need as a sentence quotes it: without the words of asking, as they stand where there is nothing else."""
    return _tidied(_ASKING.sub(" ", _tidied(need))) or need


def _bare(text: str) -> str:
    return _tidied(_ASKING.sub(" ", " ".join(_NUMBERED.sub(" ", text).split())))


def _tidied(text: str) -> str:
    return " ".join(text.split()).strip(" ,，。;；:：、")


def short_title(title: str) -> str:
    """A title of the HS as a sentence can hold it: its first clause, at most 80 characters, no word cut in two."""
    clause = title.split(";")[0].strip()
    if len(clause) <= LONGEST_TITLE:
        return clause
    whole, _, broken = clause[:LONGEST_TITLE].rpartition(" ")
    # Chinese has no spaces to cut at.
    return (whole if len(whole) > LONGEST_TITLE // 2 else broken[: LONGEST_TITLE - 1]).rstrip(" ,") + "…"


def exhibitor_meetings(area_m2: IntArray, is_co_exhibitor: npt.NDArray[np.bool_]) -> IntArray:
    """How many meetings exhibitors can hold: 60, 2 more for every 9 m² and at most 100; a co-exhibitor 30."""
    by_area = np.minimum(LEAST_MEETINGS + area_m2 // MODULE_M2 * 2, MAX_MEETINGS)
    return np.where(is_co_exhibitor, CO_EXHIBITOR_MEETINGS, by_area)


def wanted_size(area_m2: IntArray) -> FloatArray:
    """How much an exhibitor looks for large buyers, 0.3 to 1: more the larger its stand, in full from 100 m² on."""
    return (0.3 + 0.7 * np.minimum(area_m2 / 100, 1)).astype(np.float32)


def require_one_edition(visitor: str, exhibitor: str, *, same: bool) -> None:
    """Raise :class:`NotOfOneEdition` when the two belong to different editions."""
    if not same:
        raise NotOfOneEdition(visitor=visitor, exhibitor=exhibitor)
