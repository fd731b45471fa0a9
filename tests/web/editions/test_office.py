"""A fair is set up in the office in the browser: fair, venue, edition with areas; bad input is told at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition, Fair, Venue
from tests import fair as people
from tests import make

pytestmark = pytest.mark.django_db
FAIR = {
    "slug": "accra-trade", "name_en": "Accra Trade Fair", "name_zh": "", "organiser_en": "", "organiser_zh": "",
    "languages": ["en"], "host": "GH", "website": "", "sender_name": "", "sender_email": "", "reply_to": "",
    "colour": "", "logo": "",
}  # fmt: skip
VENUE = {"code": "la-pavilion", "name_en": "La Pavilion", "name_zh": "", "city_en": "Accra", "city_zh": "",
         "time_zone": "Africa/Accra"}  # fmt: skip


@pytest.fixture
def office() -> Client:
    make.make_country("GH")
    make.make_currency("USD")
    return people.signed_in(people.make_person("office@fair.example", staff=True, is_superuser=True))


def post(office: Client, record: str, typed: dict[str, Any]) -> list[str]:
    """Add a record; the errors on the page, none when it was added."""
    answer = office.post(f"/admin/editions/{record}/add/", typed)
    if answer.status_code == 302:
        return []
    form = answer.context["adminform"].form
    return [f"{field}: {error}" for field, errors in form.errors.items() for error in errors]


def edition(fair: Fair, venue: Venue, **changed: Any) -> dict[str, Any]:
    plain = {
        "fair": fair.pk, "number": 1, "name_en": "Accra Trade Fair 2099", "name_zh": "", "first_day": "2099-12-29",
        "last_day": "2099-12-31", "venue": venue.pk, "currency": "USD", "free_booth_quota": 0,
        "free_booth_area_m2": 18, "phases-TOTAL_FORMS": 0, "phases-INITIAL_FORMS": 0, "areas-TOTAL_FORMS": 1,
        "areas-INITIAL_FORMS": 0, "areas-0-code": "food", "areas-0-number": 1, "areas-0-name_en": "Food",
        "areas-0-name_zh": "", "areas-0-scope": "enterprise", "areas-0-sector": "",
    }  # fmt: skip
    return {**plain, **changed}


def test_a_fair_its_venue_and_its_first_edition_are_added_and_applications_open(office: Client) -> None:
    assert post(office, "fair", FAIR) == []
    assert post(office, "venue", VENUE) == []
    assert post(office, "edition", edition(Fair.objects.get(slug="accra-trade"), Venue.objects.get())) == []
    added = Edition.objects.get()
    assert (added.current, added.areas.get().name_en) == (True, "Food")
    assert added.phases.filter(kind="application").exists()


def test_phases_are_typed_in_the_venues_time(office: Client) -> None:
    fair, venue = make.make_fair("harbour", host="GH", languages=["en"]), make.make_venue("quay", "America/Sao_Paulo")
    typed = {
        "phases-TOTAL_FORMS": 1, "phases-0-kind": "application", "phases-0-opens_0": "2099-01-01",
        "phases-0-opens_1": "00:00", "phases-0-closes_0": "2099-10-31", "phases-0-closes_1": "23:59",
    }  # fmt: skip
    assert post(office, "edition", edition(fair, venue, **typed)) == []
    assert f"{Edition.objects.get().phases.get().closes:%Y-%m-%d %H:%M}" == "2099-11-01 02:59"


@pytest.mark.parametrize(
    ("record", "wrong", "told"),
    [
        ("fair", {"slug": "admin"}, "slug: 'admin' is an address of the installation itself"),
        (
            "fair",
            {"languages": ["en", "zh-hans"]},
            "name_zh: The fair speaks Chinese, so the fair needs a Chinese name",
        ),
        ("fair", {"languages": []}, "languages: This field is required."),
        ("fair", {"colour": "red"}, "colour: 'red' is not a colour"),
        ("venue", {"time_zone": "Accra"}, "time_zone: 'Accra' is not a time zone"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(office: Client, record: str, wrong: dict[str, Any], told: str) -> None:
    [error] = post(office, record, {**(FAIR if record == "fair" else VENUE), **wrong})
    assert error.startswith(told)
    assert not Fair.objects.filter(slug__in=("accra-trade", "admin")).exists() and not Venue.objects.exists()


def test_the_days_of_an_edition_are_in_order(office: Client) -> None:
    fair, venue = make.make_fair("harbour", host="GH", languages=["en"]), make.make_venue("quay", "Africa/Accra")
    [error] = post(office, "edition", edition(fair, venue, last_day="2099-12-01"))
    assert error == "last_day: The last day, 1 December 2099, is before the first, 29 December 2099."


def test_another_edition_is_shown_by_an_action(office: Client) -> None:
    fair = make.make_fair("harbour")
    first, second = make.make_edition(1, fair=fair, current=True), make.make_edition(2, fair=fair)
    chosen = {"action": "show_on_the_site", "_selected_action": [second.pk]}
    office.post("/admin/editions/edition/", chosen)
    assert list(Edition.objects.filter(current=True)) == [second] != [first]
