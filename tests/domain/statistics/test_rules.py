"""What may be compared with what; no database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from emporion.domain.statistics.figures import FIGURES
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.rules import (
    Change,
    Reading,
    UnlikeFigures,
    UnlikeScopes,
    ValueUnknown,
    compare,
)

FIFTH = Reading("participants", "participants", "all", 5, Decimal(145))
SIXTH = replace(FIFTH, edition=6, value=Decimal(154))


def test_like_figures_are_compared():
    assert compare(FIFTH, SIXTH) == Change(Decimal(9), Decimal("6.2"))
    assert compare(SIXTH, FIFTH) == Change(Decimal(-9), Decimal("-5.8"))


def test_from_nothing_there_is_a_difference_but_no_percentage():
    assert compare(replace(FIFTH, value=Decimal(0)), SIXTH) == Change(Decimal(154), None)


def test_all_exhibitions_are_not_compared_with_the_enterprise_exhibition():
    with pytest.raises(UnlikeScopes) as refused:
        compare(replace(FIFTH, scope="enterprise", edition=4), SIXTH)

    assert refused.value.sentence == (
        "“participants” covers the enterprise exhibition here and all exhibitions together there: "
        "figures of different scope cannot be compared."
    )


def test_halls_indoors_are_not_compared_with_in_and_outdoors_together():
    indoor = Reading("area_gross_m2", "m²", "indoor", 6, Decimal(367000))

    with pytest.raises(UnlikeScopes, match="halls indoors here and the enterprise and the country exhibition together"):
        compare(indoor, replace(indoor, scope="business+country", edition=8))


def test_people_are_not_compared_with_visits():
    people = Reading("visitors_registered", "people", "all", 2, Decimal(500_000))

    with pytest.raises(UnlikeFigures, match="“visitors_registered” counts people and “entries” counts visits"):
        compare(people, Reading("entries", "visits", "all", 2, Decimal(910_000)))


def test_the_special_built_share_by_area_is_not_compared_with_the_one_by_count():
    share = Reading("special_built_share_by_area", "%", "all", 6, Decimal(95))

    with pytest.raises(UnlikeFigures):
        compare(share, replace(share, figure="special_built_share_by_count"))


def test_an_unknown_value_is_not_compared():
    with pytest.raises(ValueUnknown, match="“participants” has no value for edition 4"):
        compare(replace(FIFTH, edition=4, value=None), SIXTH)


def test_every_figure_has_its_definition_unit_and_scope_in_both_languages():
    for one in FIGURES.values():
        assert one.definition.en.endswith("."), one.key
        assert one.definition.zh.endswith("。"), one.key
        assert one.scope and all((one.unit.en, one.unit.zh, one.title.en, one.title.zh)), one.key


def test_a_figure_without_a_scope_is_not_registered():
    def lonely(edition):
        """Counts something.

        Unit: people.
        """
        return []

    with pytest.raises(ValueError, match="the docstring of lonely has no definition"):
        figure("Lonely", "孤", "某数。")(lonely)
    assert "lonely" not in FIGURES
