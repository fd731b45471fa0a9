"""Two fairs in one installation that both hold a sixth edition: nothing of one shows in the other."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from emporion.domain.admission.actions import issue_badges
from emporion.domain.admission.models import Badge
from emporion.domain.admission.queries import code_of, public_key
from emporion.domain.admission.rules import BadgeForged, BadgeOfAnotherEdition, require_valid, verify
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import edition_numbered, fair_named
from emporion.domain.editions.rules import NoSuchFair, WhichFair
from emporion.domain.exhibitors.queries import editions_of, exhibitors_of, known_codes
from emporion.domain.journal.context import ActionContext
from emporion.domain.statistics.queries import figure, over_editions
from tests import make

pytestmark = pytest.mark.django_db
AT = ActionContext(make.MORNING)


@pytest.fixture
def expo() -> Edition:
    return make.make_edition(6, fair=make.make_fair("expo"), current=True)


@pytest.fixture
def harbour() -> Edition:
    return make.make_edition(6, fair=make.make_fair("harbour"), current=True)


def value(edition: Edition, key: str, scope: str = "all") -> object:
    return next(one.value for one in figure(edition, key) if one.scope == scope)


def test_each_fair_has_its_own_sixth_edition(expo: Edition, harbour: Edition) -> None:
    assert expo.pk != harbour.pk
    assert edition_numbered(expo.fair, 6) == expo
    assert edition_numbered(harbour.fair, 6) == harbour


def test_one_organisation_exhibits_in_both_and_is_counted_in_each(expo: Edition, harbour: Edition) -> None:
    make.make_exhibitor(expo, "Shea")
    make.make_exhibitor(expo, "Glas")
    make.make_exhibitor(harbour, "Shea")
    assert [str(one) for one in exhibitors_of(harbour)] == ["Shea"]
    assert [value(one, "exhibitors", "enterprise") for one in (expo, harbour)] == [2, 1]


def test_earlier_editions_are_those_of_the_same_fair(expo: Edition, harbour: Edition) -> None:
    make.make_edition(5, fair=expo.fair)
    shea = make.make_exhibitor(expo, "Shea").organisation
    assert known_codes(expo).earlier_editions == {5}
    assert known_codes(harbour).earlier_editions == frozenset()
    assert editions_of(expo.fair_id, [shea.pk]) == {shea.pk: {6}}
    assert editions_of(harbour.fair_id, [shea.pk]) == {shea.pk: set()}


def test_coming_to_every_edition_of_one_fair_says_nothing_of_the_other() -> None:
    first, second = (make.make_edition(2, fair=make.make_fair(slug)) for slug in ("expo", "harbour"))
    before = make.make_edition(1, fair=first.fair)
    make.make_exhibitor(before, "Shea")
    for edition in (first, second):
        make.make_exhibitor(edition, "Shea")
    assert (value(first, "editions_in_a_row"), value(second, "editions_in_a_row")) == (1, 0)


def test_figures_over_the_editions_are_those_of_one_fair(expo: Edition, harbour: Edition) -> None:
    make.make_edition(5, fair=expo.fair)
    make.make_exhibitor(expo, "Shea")
    points = over_editions(expo, "exhibitors", "enterprise")
    assert [(one.edition, one.value) for one in points] == [(5, None), (6, 1)]
    assert [one.edition for one in over_editions(harbour, "exhibitors", "enterprise")] == [6]


def test_turnover_adds_up_within_a_fair() -> None:
    first, second = (make.make_edition(1, fair=make.make_fair(slug)) for slug in ("expo", "harbour"))
    for edition, amount in ((first, "100"), (second, "7")):
        make.make_rate("USD", date(edition.first_day.year, 11, 6), "1") if edition is first else None
        seller, buyer = make.make_exhibitor(edition, "Shea"), make.make_unit(edition, "Foods")
        make.make_deal(seller, buyer, amount)
    found = [figure(edition, "intended_turnover_cumulated") for edition in (first, second)]
    assert [one.value for [one] in found] == [100, 7]


def test_a_badge_of_one_fair_opens_no_gate_of_the_other(expo: Edition, harbour: Edition) -> None:
    numbers = []
    for edition in (expo, harbour):
        visitor = make.make_visitor(edition, "Ann")
        visitor.number = "V06-0000001"
        visitor.save()
        issue_badges(edition, context=AT)
        numbers.append(code_of(Badge.objects.get(edition=edition)))
    own = verify(public_key(expo), numbers[0])
    require_valid(own, fair="expo", edition=6, day=expo.first_day)
    with pytest.raises(BadgeForged):
        verify(public_key(expo), numbers[1])
    with pytest.raises(BadgeOfAnotherEdition, match="is of edition 6 of expo, not of this one"):
        require_valid(own, fair="harbour", edition=6, day=expo.first_day)


def test_commands_ask_which_fair_and_take_its_slug(
    expo: Edition, harbour: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match=r"There are several fairs: expo, harbour. Name one with --fair."):
        call_command("bulletin")
    call_command("bulletin", fair="harbour", edition=6)
    assert "Edition 6" in capsys.readouterr().out
    with pytest.raises(WhichFair):
        fair_named(None)
    with pytest.raises(NoSuchFair, match=r"There is no fair 'quay'. Known: expo, harbour."):
        fair_named("quay")
