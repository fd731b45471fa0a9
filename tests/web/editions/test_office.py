"""A fair is set up in the office in the browser: fair, venue, edition with areas; bad input is told at its field."""

from __future__ import annotations

from datetime import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from emporion.domain.editions.models import Edition, Fair, Venue
from tests import fair as people
from tests import make

pytestmark = pytest.mark.django_db
FAIR = {
    "slug": "accra-trade", "name_en": "Accra Trade Fair", "name_zh": "", "organiser_en": "", "organiser_zh": "",
    "languages": ["en"], "host": "GH", "website": "", "sender_name": "", "sender_email": "", "reply_to": "",
    "colour": "", "logo": "", "sectors-TOTAL_FORMS": 0, "sectors-INITIAL_FORMS": 0,
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
    rows = [one.errors for whole in answer.context["inline_admin_formsets"] for one in whole.formset.forms]
    found = [one.items() for one in (form.errors, *rows)]
    return [f"{field}: {error}" for items in found for field, errors in items for error in errors]


def edition(fair: Fair, venue: Venue, **changed: Any) -> dict[str, Any]:
    plain = {
        "fair": fair.pk, "number": 1, "rate_days": 10,
        "name_en": "Accra Trade Fair 2099", "name_zh": "", "first_day": "2099-12-29",
        "last_day": "2099-12-31", "venue": venue.pk, "currency": "USD", "free_booth_quota": 0,
        "phases-TOTAL_FORMS": 0, "phases-INITIAL_FORMS": 0, "areas-TOTAL_FORMS": 1,
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


@pytest.mark.parametrize(("opens", "closes"), [("09:00", ""), ("", "17:00"), ("17:00", "09:00"), ("09:00", "09:00")])
def test_daily_hours_are_both_given_in_order_or_neither(office: Client, opens: str, closes: str) -> None:
    fair, venue = make.make_fair("harbour", host="GH", languages=["en"]), make.make_venue("quay", "America/Sao_Paulo")
    told = (
        "closes_daily: Give the hour at which the show opens each day and a later one at which it closes, or leave both"
    )
    assert post(office, "edition", edition(fair, venue, opens_daily=opens, closes_daily=closes)) == [f"{told} empty."]
    assert post(office, "edition", edition(fair, venue, opens_daily="09:00", closes_daily="17:00")) == []
    assert (Edition.objects.get().opens_daily, Edition.objects.get().closes_daily) == (time(9), time(17))


def test_phases_are_typed_in_the_venues_time(office: Client) -> None:
    fair, venue = make.make_fair("harbour", host="GH", languages=["en"]), make.make_venue("quay", "America/Sao_Paulo")
    typed = {
        "phases-TOTAL_FORMS": 1, "phases-0-kind": "application", "phases-0-opens_0": "2099-01-01",
        "phases-0-opens_1": "00:00", "phases-0-closes_0": "2099-10-31", "phases-0-closes_1": "23:59",
    }  # fmt: skip
    assert post(office, "edition", edition(fair, venue, **typed)) == []
    assert f"{Edition.objects.get().phases.get().closes:%Y-%m-%d %H:%M}" == "2099-11-01 02:59"


@pytest.mark.parametrize(
    ("record", "wrong", "message"),
    [
        ("fair", {"slug": "admin"}, "slug: 'admin' is an address of the installation itself"),
        (
            "fair",
            {"languages": ["en", "zh-hans"]},
            "name_zh: The fair is published in Chinese too, so the fair needs a Chinese name",
        ),
        ("fair", {"languages": []}, "languages: This field is required."),
        ("fair", {"colour": "red"}, "colour: 'red' is not a colour"),
        ("venue", {"time_zone": "Accra"}, "time_zone: 'Accra' is not a time zone"),
    ],
)
def test_what_cannot_be_is_reported_at_its_field(
    office: Client, record: str, wrong: dict[str, Any], message: str
) -> None:
    [error] = post(office, record, {**(FAIR if record == "fair" else VENUE), **wrong})
    assert error.startswith(message)
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


def sector_row(place: int, code: str, name: str, **more: Any) -> dict[str, Any]:
    plain = {"number": place + 1, "code": code, "name_en": name, "parent": ""}
    return {f"sectors-{place}-{field}": value for field, value in {**plain, **more}.items()}


def test_an_owner_enters_the_sectors_of_their_fair_and_an_area_takes_one(office: Client) -> None:
    rows = {"sectors-TOTAL_FORMS": 2, **sector_row(0, "food", "Food"), **sector_row(1, "cocoa", "Cocoa", focus="on")}
    assert post(office, "fair", {**FAIR, **rows}) == []
    accra, shanghai = Fair.objects.get(slug="accra-trade"), make.make_fair()
    foreign = make.make_sector("food", fair=shanghai)
    assert list(accra.sectors.values_list("number", "code", "focus")) == [(1, "food", False), (2, "cocoa", True)]

    own, venue = accra.sectors.get(code="food"), make.make_venue("quay", "Africa/Accra")
    answer = office.post(
        "/admin/editions/edition/add/", edition(accra, venue, **{"areas-0-sector": foreign.pk, "name_zh": ""})
    )
    assert "Select a valid choice" in answer.content.decode()
    assert post(office, "edition", edition(accra, venue, **{"areas-0-sector": own.pk})) == []
    assert Edition.objects.get().areas.get().sector == own


def test_an_owner_without_the_operators_rights_enters_sectors_and_changes_no_code(office: Client) -> None:
    fair = make.make_fair("harbour", host="GH", languages=["en"])
    food = make.make_sector("food", fair=fair)
    owner = people.signed_in(people.make_staff(people.make_person("owner@fair.example"), "owner", fair=fair))
    page = owner.get(f"/admin/editions/fair/{fair.pk}/change/").content.decode()
    assert (
        'name="sectors-0-name_en"' in page
        and "Name in Chinese" not in page
        and "name in English" in page.replace("Name", "name")
    )
    typed = {
        **FAIR, "slug": "harbour", "sectors-TOTAL_FORMS": 2, "sectors-INITIAL_FORMS": 1, "sectors-0-id": food.pk,
        **sector_row(0, "changed", "Foods", number=99),
        **sector_row(1, "seeds", "Seeds", parent=food.pk, focus="on", number=30_000),
    }  # fmt: skip
    assert owner.post(f"/admin/editions/fair/{fair.pk}/change/", typed).status_code == 302
    rows = fair.sectors.order_by("code").values_list("code", "name_en", "parent__code")
    assert list(rows) == [("food", "Foods", None), ("seeds", "Seeds", "food")]


def test_free_booths_are_refused_where_the_market_has_no_rule_on_them(office: Client) -> None:
    accra, venue = make.make_fair("accra", host="GH", languages=["en"]), make.make_venue("quay", "Africa/Accra")
    [error] = post(office, "edition", edition(accra, venue, free_booth_quota=3))
    sentence = "The data hold no rule on free booths for the market Ghana, so its fairs grant none."
    assert error == f"free_booth_quota: {sentence}"
    assert post(office, "edition", edition(accra, venue)) == []
    page = office.get(f"/admin/editions/edition/{Edition.objects.get().pk}/change/").content.decode()
    assert sentence in page


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"last_day": "9999-12-31"}, "last_day: 31 December 9999 is no likely date of a fair: give one from"),
        ({"first_day": "0001-01-01", "last_day": "0001-01-02"}, "last_day: 1 January 1 is no likely date of a fair"),
        (
            {"last_day": "2101-12-31"},
            "last_day: From 29 December 2099 to 31 December 2101 is longer than a year; check both days.",
        ),
    ],
)
def test_days_that_are_mistyped_are_told_before_any_page_shows_them(
    office: Client, changed: dict[str, str], error: str
) -> None:
    [told] = post(office, "edition", edition(make.make_fair("accra", languages=["en"]), make.make_venue(), **changed))
    assert told.startswith(error)
    assert not Edition.objects.exists()


def test_a_phase_is_within_years_that_every_time_zone_can_tell(office: Client) -> None:
    west = make.make_venue("west", "America/Los_Angeles")
    phase = {
        "phases-TOTAL_FORMS": 1, "phases-0-kind": "application", "phases-0-opens_0": "0001-01-01",
        "phases-0-opens_1": "00:00", "phases-0-closes_0": "9999-12-31", "phases-0-closes_1": "23:59",
    }  # fmt: skip
    told = post(office, "edition", edition(make.make_fair("accra", languages=["en"]), west, **phase))
    assert [one.partition(" is no likely")[0] for one in told] == ["opens: 1 January 1", "closes: 31 December 9999"]


HALL = {"code": "4.1", "width_modules": 10, "depth_modules": 8, "gross_area_m2": 720, "indoor": "on", "level": 0,
        "site_turn": 0, "obstacles": "[[4, 2, 1, 1]]", "exits": "[[0, 4]]"}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "4/1"}, "code: '4/1' cannot be a hall's code"),
        ({"code": ".."}, "code: '..' cannot be a hall's code"),
        ({"width_modules": 0}, "width_modules: A hall is from 1 to 1000 modules"),
        ({"depth_modules": 1_001}, "width_modules: A hall is from 1 to 1000 modules"),
        ({"obstacles": '[["a", 1]]'}, "obstacles: Give obstacles as a list"),
        ({"obstacles": "[[-1, 0, 1, 1]]"}, "obstacles: Give obstacles as a list"),
        ({"obstacles": "[[9, 0, 2, 1]]"}, "obstacles: Give obstacles as a list"),
        ({"exits": '{"a": 1}'}, "exits: Give exits as a list"),
        ({"exits": "[[4, 4]]"}, "exits: Give exits as a list"),
    ],
)
def test_a_hall_that_no_plan_can_show_is_not_laid_out(office: Client, changed: dict[str, Any], error: str) -> None:
    held = make.make_edition(current=True)
    [told] = post(office, "hall", {**HALL, "edition": held.pk, **changed})
    assert told.startswith(error)
    assert post(office, "hall", {**HALL, "edition": held.pk}) == []
    assert office.get("/expo/halls/4.1/").status_code == 200


def test_a_hall_serves_areas_of_its_own_edition_and_owners_see_no_others(office: Client) -> None:
    held = make.make_edition(current=True)
    own = make.make_area(held, "own")
    other = make.make_area(make.make_edition(1, fair=make.make_fair("accra")), "other")
    before = make.make_area(make.make_edition(5), "before")
    typed = {**HALL, "edition": held.pk}
    for area in (other, before):
        [told] = post(office, "hall", {**typed, "areas": [own.pk, area.pk]})
        assert told == f"areas: {area.code} is no exhibition area of Edition 6; choose among its own."
    owner = people.signed_in(people.make_staff(people.make_person("owner@expo.example"), "halls"))
    [told] = post(owner, "hall", {**typed, "areas": [other.pk]})
    assert told.startswith("areas: Select a valid choice.")
    assert post(owner, "hall", {**typed, "areas": [own.pk]}) == []


def drawn(form: str, side: int = 40) -> bytes:
    file = BytesIO()
    Image.new("1", (side, side)).save(file, form)
    return file.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
ENTITIES = b"<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg><text>&b;</text></svg>"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mark.svg", SVG, ""),
        ("mark.PNG", drawn("PNG"), ""),
        ("mark.jpg", drawn("JPEG"), ""),
        ("mark.webp", drawn("WEBP"), ""),
        ("page.png", b"<html><script>alert(1)</script></html>", "is not a picture"),
        ("page.svg", b"<html><script>alert(1)</script></html>", "is not a picture"),
        ("head.png", drawn("PNG")[:40] + b"<script>", "is not a picture"),
        ("jpeg.png", drawn("JPEG"), "is not a picture"),
        ("mark.html", SVG, "is not a picture"),
        ("laughs.svg", ENTITIES, "is not a picture"),
        ("wide.png", drawn("PNG", 4_001), "is too large for a logo"),
        ("bomb.png", drawn("PNG", 14_000), "is too large for a logo"),
        ("heavy.svg", b" " * 500_000 + SVG, "is too large for a logo"),
    ],
)
def test_a_logo_is_a_small_picture(
    office: Client, settings: Any, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    errors = post(office, "fair", {**FAIR, "logo": SimpleUploadedFile(name, content)})
    assert [told in error for error in errors] == ([True] if told else [])
    stored = [one.read_bytes() for one in tmp_path.rglob("*.*")]
    assert stored == ([] if told else [content])
