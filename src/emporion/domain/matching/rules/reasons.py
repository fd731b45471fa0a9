"""Why a suggestion was made, as the visitor and as the exhibitor reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emporion.domain.reason import Name, Reason


class ExhibitsInYourSector(Reason):
    """You are interested in {name}; they exhibit in it."""

    name: Name


class InterestedInSector(Reason):
    """They are interested in {name}."""

    name: Name


class BuyHeadingTheyShow(Reason):
    """You buy HS {hs} ({name}); they show {product}."""

    name: Name
    product: Name
    hs: str


class TheyBuyHeadingYouShow(Reason):
    """They buy HS {hs} ({name}); you show {product}."""

    name: Name
    product: Name
    hs: str


class BuyChapter(Reason):
    """You buy goods of HS chapter {hs} ({name})."""

    name: Name
    hs: str


class TheyBuyChapter(Reason):
    """They buy goods of HS chapter {hs} ({name})."""

    name: Name
    hs: str


class BuyCodeTheyShow(Reason):
    """You buy HS {hs}; they show it."""

    hs: str


class TheyBuyCodeYouShow(Reason):
    """They buy HS {hs}; you show it."""

    hs: str


class BuyChapterCode(Reason):
    """You buy goods of HS chapter {hs}."""

    hs: str


class TheyBuyChapterCode(Reason):
    """They buy goods of HS chapter {hs}."""

    hs: str


class LookForTheyShow(Reason):
    """You look for “{wish}”; they show {product}."""

    product: Name
    wish: Name


class TheyLookForYouShow(Reason):
    """They look for “{wish}”; you show {product}."""

    product: Name
    wish: Name


class LookForTheyWant(Reason):
    """You look for “{wish}”; they want to meet “{product}”."""

    product: Name
    wish: Name


class TheyLookForYouWant(Reason):
    """They look for “{wish}”; you want to meet “{product}”."""

    product: Name
    wish: Name


class TheyHaveDebut(Reason):
    """They show a product for the first time."""


class YouHaveDebut(Reason):
    """You show a product for the first time."""


class SameRegion(Reason):
    """They come from your region, {name}."""

    name: Name


class ReachesTheirLeast(Reason):
    """Your yearly purchases reach what they ask of buyers."""


class ReachesYourLeast(Reason):
    """Their yearly purchases reach what you ask of buyers."""


class NeedPublished(Reason):
    """Your organisation has published what it needs."""


class TheirNeedPublished(Reason):
    """Their organisation has published what it needs."""


class EnteringYourMarket(Reason):
    """They are entering the market you buy for."""


class BuysForYourMarket(Reason):
    """They buy for the market you are entering."""


# What is read for every kind of term: by the visitor, by the exhibitor. Each follows from what a person said or did;
# that larger buyers suit larger stands is a guess, which weighs a little and is nobody's reason.
REASONS: Mapping[str, tuple[type[Reason], type[Reason]]] = {
    "sector": (ExhibitsInYourSector, InterestedInSector),
    "heading": (BuyHeadingTheyShow, TheyBuyHeadingYouShow),
    "chapter": (BuyChapter, TheyBuyChapter),
    "code_heading": (BuyCodeTheyShow, TheyBuyCodeYouShow),
    "code_chapter": (BuyChapterCode, TheyBuyChapterCode),
    "text_shown": (LookForTheyShow, TheyLookForYouShow),
    "text_wanted": (LookForTheyWant, TheyLookForYouWant),
    "debut": (TheyHaveDebut, YouHaveDebut),
    "region": (SameRegion, SameRegion),
    "least_size": (ReachesTheirLeast, ReachesYourLeast),
    "need": (NeedPublished, TheirNeedPublished),
    "new_market": (EnteringYourMarket, BuysForYourMarket),
}


def reason_of(code: str, data: Mapping[str, Any], *, to_exhibitor: bool) -> Reason:
    """The reason that a term of a kind gives to the visitor, or to the exhibitor. Raises ``KeyError`` for no kind."""
    kind = REASONS[code][to_exhibitor]
    named = {"hs": data.get("code"), **data}
    return kind(**{field: named[field] for field in kind.__annotations__})
