"""A fair's sectors are its own: two fairs use one code for different things, and no list or filter mixes them up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from emporion.domain.catalogue import queries as catalogue
from emporion.domain.editions import rules
from emporion.domain.editions.actions import NewSector, set_sectors
from emporion.domain.editions.models import Fair, Sector
from emporion.domain.refusal import Refusal
from emporion.domain.statistics.queries import figure
from emporion.spreadsheets.cells.reference import Reference, sector, sector_number
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.template import _values
from tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def shanghai() -> Fair:
    fair = make.make_fair()
    set_sectors(fair, [NewSector("food", "Food", "食品"), NewSector("seeds", "Seeds", "种业", "food", focus=True)])
    return fair


@pytest.fixture
def accra() -> Fair:
    fair = make.make_fair("accra", host="GH", languages=["en"])
    set_sectors(fair, [NewSector("cocoa", "Cocoa"), NewSector("food", "Food and drinks")])
    return fair


def test_two_fairs_name_different_sectors_by_one_code(shanghai: Fair, accra: Fair) -> None:
    rows = Sector.objects.order_by("fair__slug", "number").values_list("fair__slug", "number", "code", "name_en")
    assert list(rows) == [
        ("accra", 1, "cocoa", "Cocoa"), ("accra", 2, "food", "Food and drinks"),
        ("expo", 1, "food", "Food"), ("expo", 2, "seeds", "Seeds"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError, match="one_sector_per_code"), transaction.atomic():
        Sector.objects.create(fair=accra, code="food", number=9, name_en="Food again")


def test_entering_the_list_again_renames_and_doubles_nothing(shanghai: Fair) -> None:
    set_sectors(shanghai, [NewSector("food", "Food and drinks", "食品饮料"), NewSector("wine", "Wine", "葡萄酒")])
    rows = shanghai.sectors.values_list("number", "code", "name_en", "focus")
    assert list(rows) == [
        (1, "food", "Food and drinks", False),
        (2, "seeds", "Seeds", True),
        (3, "wine", "Wine", False),
    ]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ([NewSector("Food", "Food", "食品")], rules.CodeNotFit),
        ([NewSector("a", "A", "甲"), NewSector("a", "B", "乙")], rules.NamedTwice),
        ([NewSector("wine", "Wine")], rules.ChineseNameMissing),
        ([NewSector("wine", "Wine", "葡萄酒", "drinks")], rules.SectorUnknown),
        ([NewSector("wheat", "Wheat", "小麦", "seeds")], rules.SectorInItself),
        ([NewSector("food", "Food", "食品", "food")], rules.SectorInItself),
        ([NewSector("wine", "Wine", "葡萄酒"), NewSector("food", "Food", "食品", "wine")], rules.SectorInItself),
    ],
)
def test_a_list_that_cannot_be_is_refused_and_changes_nothing(
    shanghai: Fair, wrong: list[NewSector], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        set_sectors(shanghai, wrong)
    assert list(shanghai.sectors.values_list("code", "parent__code")) == [("food", None), ("seeds", "food")]


def test_a_list_reads_a_sector_within_its_fair(shanghai: Fair, accra: Fair) -> None:
    there, here = (make.make_edition(6, fair=fair) for fair in (shanghai, accra))
    assert sector_number(Reference.load(there))("food") == 1
    assert sector_number(Reference.load(here))("Food and drinks") == 2
    with pytest.raises(Exception, match="seeds"):
        sector(Reference.load(here))("seeds")
    column = next(one for one in kind_named("products").columns if one.key == "sector")
    assert (_values(column, there), _values(column, here)) == (("food", "seeds"), ("cocoa", "food"))


def test_a_search_and_its_facets_stay_within_the_fair(shanghai: Fair, accra: Fair) -> None:
    for fair in (shanghai, accra):
        exhibitor = make.make_exhibitor(make.make_edition(6, fair=fair), f"Maker of {fair.slug}")
        product = make.make_product(exhibitor, "Butter")
        product.sector = fair.sectors.get(code="food")
        product.save()
    for fair in (shanghai, accra):
        edition = fair.editions.get()
        assert [one.exhibitor.organisation.name for one in catalogue.search(edition, sector="food").products] == [
            f"Maker of {fair.slug}"
        ]
        facet = catalogue.narrowing(edition).facets["sector"]
        assert [(one.value, one.name_en, one.count) for one in facet] == [
            ("food", fair.sectors.get(code="food").name_en, 1)
        ]


def test_a_fair_without_focus_sectors_has_no_figures_of_them(shanghai: Fair, accra: Fair) -> None:
    assert [one.scope for one in figure(make.make_edition(6, fair=shanghai), "sector_share")] == [
        "enterprise; sector=seeds"
    ]
    assert figure(make.make_edition(6, fair=accra), "sector_share") == []
