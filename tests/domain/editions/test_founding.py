"""Setting up a fair: a fair in Accra next month, in English alone, whose applications are open at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from emporion.domain.editions import rules
from emporion.domain.editions.actions import NewArea, NewEdition, NewFair, NewVenue, create_edition, create_fair
from emporion.domain.editions.models import Edition, Fair, Venue
from emporion.domain.editions.queries import current_edition, window_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.refusal import Refusal
from tests import make

pytestmark = pytest.mark.django_db
NOW = ActionContext(datetime(2026, 11, 29, 15, tzinfo=UTC))
FAIR = NewFair("accra-trade", "Accra Trade Fair", "GH", organiser_en="Ghana Trade Fair Company")
VENUE = NewVenue("La Pavilion", "Accra", "Africa/Accra")
FOOD = NewArea("food", 1, "Food and drinks", "", "enterprise")
EDITION = NewEdition(1, "Accra Trade Fair", date(2026, 12, 29), date(2026, 12, 31), "USD", areas=[FOOD])


@pytest.fixture(autouse=True)
def reference() -> None:
    make.make_country("GH")
    make.make_currency("USD")


def found() -> Edition:
    return create_edition(create_fair(FAIR, context=NOW), EDITION, VENUE, context=NOW)


def test_a_new_fair_is_open_for_applications() -> None:
    edition = found()
    assert current_edition(Fair.objects.get()) == edition
    window = window_of(edition, "application")
    assert window is not None and window.holds(NOW.at)
    assert f"{window.closes:%Y-%m-%d %H:%M %Z}" == "2026-12-14 23:59 GMT"
    assert (edition.venue.code, edition.venue.name_zh, edition.name_zh) == ("la-pavilion", "", "")
    assert list(JournalEntry.objects.order_by("id").values_list("event", flat=True)) == [
        "fair.created",
        "edition.opened",
    ]


def test_every_phase_has_its_days_and_the_show_is_open_from_eight_to_six() -> None:
    edition = found()
    assert set(edition.phases.values_list("kind", flat=True)) == {
        "application", "review", "contract", "allocation", "registration", "matching", "meeting", "show", "deal",
    }  # fmt: skip
    show = edition.phases.get(kind="show")
    assert (show.opens, show.closes) == (datetime(2026, 12, 29, 8, tzinfo=UTC), datetime(2026, 12, 31, 18, tzinfo=UTC))


@pytest.mark.parametrize("left", [0, 1, 30, 400])
def test_phases_close_after_they_open_however_few_days_are_left(left: int) -> None:
    today = date(2026, 11, 29)
    first = date.fromordinal(today.toordinal() + left)
    phases = rules.usual_phases(first, first, today)
    assert all(opens < closes for opens, closes in phases.values())
    assert phases["application"][1].date() <= first
    assert phases["application"][1].time() == time(23, 59)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"slug": "Accra"}, rules.SlugNotFit), ({"slug": "6"}, rules.SlugNotFit), ({"slug": "a--b"}, rules.SlugNotFit),
        ({"slug": "admin"}, rules.SlugReserved), ({"languages": ()}, rules.LanguagesNotKnown),
        ({"languages": ("fr",)}, rules.LanguagesNotKnown), ({"languages": ("en", "en")}, rules.LanguagesNotKnown),
        ({"languages": ("en", "zh-hans")}, rules.ChineseNameMissing), ({"host": "XX"}, rules.UnknownCode),
        ({"colour": "red"}, rules.NotAColour),
    ],
)  # fmt: skip
def test_a_fair_that_cannot_be_is_refused(wrong: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        create_fair(replace(FAIR, **wrong), context=NOW)
    assert not Fair.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"number": 1}, rules.NumberTaken), ({"currency": "XXX"}, rules.UnknownCode),
        ({"areas": []}, rules.AreaMissing),
        ({"areas": [FOOD, FOOD]}, rules.NamedTwice), ({"areas": [replace(FOOD, code="F D")]}, rules.CodeNotFit),
        ({"areas": [replace(FOOD, sector="none")]}, rules.SectorUnknown),
        ({"last_day": date(2026, 12, 1)}, rules.DaysNotInOrder),
        ({"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 2)}, rules.ShowIsOver),
    ],
)  # fmt: skip
def test_an_edition_that_cannot_be_is_refused(wrong: dict[str, object], refusal: type[Refusal]) -> None:
    edition = found()
    with pytest.raises(refusal):
        create_edition(edition.fair, replace(EDITION, **{"number": 2, **wrong}), VENUE, context=NOW)
    assert list(Edition.objects.all()) == [edition]


def test_a_time_zone_that_is_none_is_refused_and_a_known_venue_used_again() -> None:
    edition = found()
    with pytest.raises(rules.TimeZoneNotKnown, match="'Accra' is not a time zone"):
        create_edition(
            edition.fair, replace(EDITION, number=2), replace(VENUE, code="x", time_zone="Accra"), context=NOW
        )
    again = create_edition(edition.fair, replace(EDITION, number=2), VENUE, context=NOW)
    assert (again.venue, Venue.objects.count()) == (edition.venue, 1)
    assert list(Edition.objects.filter(current=True)) == [again]


def test_the_same_slug_is_taken() -> None:
    found()
    with pytest.raises(rules.SlugTaken):
        create_fair(FAIR, context=NOW)
