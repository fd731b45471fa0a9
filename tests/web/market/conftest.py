"""The ninth edition, in November 2026, for which China's tariff answers: Japan's peas and honey, Benin's peas."""

from __future__ import annotations

from typing import Any

import pytest

from emporion.domain.editions.models import Edition
from tests import make
from tests.web.conftest import add


@pytest.fixture
def edition(db: Any) -> Edition:
    """Current, with Japan, Benin and Germany among the countries."""
    for country in ("JP", "BJ", "DE"):
        make.make_country(country)
    return make.make_edition(9, current=True)


@pytest.fixture
def fair(edition: Edition) -> Edition:
    """Goods of two countries; cartridges are not in the excerpt of the tariff that is at hand."""
    japan = make.make_exhibitor(edition, "Hokkaido Fields", "JP", name_zh="北海道田野")
    benin = make.make_exhibitor(edition, "Benin Butter", "BJ")
    add(japan, "Peas of Japan", "日本豌豆", "071320")
    add(japan, "Honey of Japan", "日本蜂蜜", "040900")
    add(japan, "Cartridges of Japan", "日本弹药", "930690")
    add(benin, "Peas of Benin", "贝宁豌豆", "071320")
    make.make_product(japan, "=HYPERLINK()")
    return edition
