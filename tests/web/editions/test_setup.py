"""An installation without anybody becomes one with an operator and a fair, in the browser alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from emporion.domain.accounts.actions import open_first_operator
from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import first_operator_key
from emporion.domain.accounts.rules import OperatorKnown
from emporion.domain.editions.models import Edition, Fair
from emporion.web.editions.setup import steps
from tests import fair, make

pytestmark = pytest.mark.django_db
PERSON = {"name": "Ama Mensah", "email": "ama@accra.example", "password": "harbour-lights"}
FAIR = {
    "name_en": "Accra Agro & Machinery Fair", "languages": ["en"], "organiser_en": "Accra Trade Centre", "host": "GH",
}  # fmt: skip
DAYS = {
    "number": "1", "first_day": "2027-01-28", "last_day": "2027-01-30", "venue": "La Pavilion", "city": "Accra",
    "currency": "GHS",
}  # fmt: skip
AREAS = {"areas": "Food and drinks\nMachinery\n\nSeeds & soil\n"}
HALLS = {"halls": "A 60 x 45\nB; 31; 30"}


@pytest.fixture(autouse=True)
def _ghana(db: Any) -> None:
    make.make_country("GH"), make.make_currency("GHS")


def key() -> dict[str, str]:
    return {"key": first_operator_key()}


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.post("/setup/", {**PERSON, **key()})
    return client


def phases_as_proposed(client: Client) -> dict[str, str]:
    form = client.get("/setup/phases/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value if isinstance(value, str) else f"{value:%Y-%m-%dT%H:%M}" for name, value in values.items()}


def set_up(client: Client, **changed: dict[str, Any]) -> None:
    """All steps but the last page, each answered by the next."""
    steps: dict[str, dict[str, Any]] = {"fair": FAIR, "edition": DAYS, "areas": AREAS, "phases": {}, "halls": HALLS}
    following = [*list(steps)[1:], "check"]
    for (name, typed), after in zip(steps.items(), following, strict=True):
        given = {**(phases_as_proposed(client) if name == "phases" else typed), **changed.get(name, {})}
        answer = client.post(f"/setup/{name}/", given)
        assert answer.headers.get("Location") == f"/setup/{after}/", fair.page_text(answer)


def test_only_who_has_the_key_of_the_machine_becomes_the_operator() -> None:
    assert "emporion serve" in fair.page_text(Client().get("/setup/"))
    refused = Client().post("/setup/", {**PERSON, "key": "guess"})
    assert "The key in this address is not right" in fair.page_text(refused)
    assert not User.objects.exists()
    client = Client()
    assert client.post("/setup/", {**PERSON, **key()}).headers["Location"] == "/setup/fair/"
    user = User.objects.get()
    assert (user.email, user.is_superuser, user.check_password("harbour-lights")) == (PERSON["email"], True, True)
    assert client.get("/setup/fair/").status_code == 200


def test_with_an_operator_the_key_opens_nothing_more(operator: Client) -> None:
    stranger = Client()
    assert stranger.get("/setup/", key()).headers["Location"] == "/setup/fair/"
    stranger.post("/setup/", {**PERSON, "email": "eve@accra.example", **key()})
    assert User.objects.get().email == PERSON["email"]
    with pytest.raises(OperatorKnown):
        open_first_operator("eve@accra.example", name="Eve", language="en", password="harbour-lights")
    assert stranger.get("/setup/fair/").headers["Location"].startswith("/accounts/login/")
    assert fair.signed_in(fair.make_person("eve@accra.example")).get("/setup/fair/").status_code == 404


def test_a_weak_password_is_refused_beside_its_field() -> None:
    text = fair.page_text(Client().post("/setup/", {**PERSON, "password": "12345678", **key()}))
    assert "too common" in text and not User.objects.exists()


def test_five_steps_make_a_fair_that_takes_applications_today(operator: Client) -> None:
    set_up(operator)
    check = fair.page_text(operator.get("/setup/check/"))
    assert "/accra-agro-machinery-fair/" in check and "B: 30 × 30 m" in check
    assert operator.post("/setup/check/").headers["Location"] == "/accra-agro-machinery-fair/office/"
    made = Edition.objects.get()
    assert (made.fair.name_en, made.fair.host_id, made.venue.time_zone) == (FAIR["name_en"], "GH", "Africa/Accra")
    assert [area.code for area in made.areas.all()] == ["food-and-drinks", "machinery", "seeds-soil"]
    assert [(hall.code, hall.width_modules, hall.depth_modules) for hall in made.halls.all()] == [
        ("A", 20, 15),
        ("B", 10, 10),
    ]
    assert {phase.kind for phase in made.phases.all()} >= {"application", "registration", "show"} and made.current
    assert Client().get("/accra-agro-machinery-fair/").status_code == 200


def test_the_last_button_pressed_twice_makes_one_fair(operator: Client) -> None:
    set_up(operator)
    operator.post("/setup/check/")
    fair.make_second_factor(User.objects.get())
    assert operator.post("/setup/check/").headers["Location"] == "/setup/fair/"
    assert Fair.objects.count() == 1


def test_of_two_last_buttons_at_once_both_lead_to_the_office(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(operator)
    twin, first_missing = Client(), steps._first_missing
    twin.cookies = operator.cookies

    def overtaken(draft: dict[str, Any], *, before: str) -> str:
        """The second request has read what was typed when the first one sets the fair up."""
        monkeypatch.setattr(steps, "_first_missing", first_missing)
        assert twin.post("/setup/check/").headers["Location"] == "/accra-agro-machinery-fair/office/"
        return first_missing(draft, before=before)

    monkeypatch.setattr(steps, "_first_missing", overtaken)
    assert operator.post("/setup/check/").headers["Location"] == "/accra-agro-machinery-fair/office/"
    assert Fair.objects.count() == 1


def test_a_step_cannot_be_skipped_and_what_was_typed_stays(operator: Client) -> None:
    assert operator.get("/setup/halls/").headers["Location"] == "/setup/fair/"
    operator.post("/setup/fair/", FAIR)
    assert operator.get("/setup/check/").headers["Location"] == "/setup/edition/"
    assert 'value="Accra Agro &amp; Machinery Fair"' in operator.get("/setup/fair/").content.decode()


def test_later_days_bring_new_proposals_for_the_phases(operator: Client) -> None:
    set_up(operator)
    operator.post("/setup/edition/", {**DAYS, "first_day": "2027-02-04", "last_day": "2027-02-06"})
    assert operator.get("/setup/check/").headers["Location"] == "/setup/phases/"
    assert phases_as_proposed(operator)["show_opens"] == "2027-02-04T08:00"


@pytest.mark.parametrize(
    ("step", "typed", "text"),
    [
        ("fair", {"slug": "setup"}, "is an address of the installation itself"),
        ("fair", {"slug": "Accra Fair"}, "cannot be used in an address"),
        ("fair", {"languages": ["en", "zh-hans"]}, "needs a Chinese name"),
        ("edition", {"last_day": "2027-01-27"}, "is before the first"),
        ("edition", {"first_day": "2020-01-01", "last_day": "2020-01-03"}, "before today"),
        ("edition", {"city": "Springfield"}, "No time zone is named after this city"),
        ("edition", {"time_zone": "Accra"}, "is not a time zone"),
        ("areas", {"areas": "Food\nFOOD"}, "is there twice"),
        ("areas", {"areas": " \n "}, "This field is required"),
        ("phases", {"show_closes": "2027-01-28T07:00"}, "It ends before it begins"),
        ("areas", {"areas": "x" * 101}, "at most 100 characters"),
        ("areas", {"areas": "\n".join(f"Area {n}" for n in range(101))}, "at most 100 exhibition areas"),
        ("phases", {"show_closes": "9999-12-31T23:59"}, "no likely date of a fair"),
        ("halls", {"halls": "A 9000 x 9000"}, "from 1 to 1000 modules"),
        ("halls", {"halls": "A/1 60 x 45"}, "cannot be a hall"),
        ("halls", {"halls": "A 60"}, "Line 1, “A 60”, cannot be read"),
        ("halls", {"halls": "A 60 x 2"}, "cannot be read"),
        ("halls", {"halls": "A 60 x 45\nA 30 x 30"}, "Hall A is there twice"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(operator: Client, step: str, typed: dict[str, Any], text: str) -> None:
    set_up(operator)
    given = {"fair": FAIR, "edition": DAYS, "areas": AREAS, "phases": {}, "halls": HALLS}[step]
    if step == "phases":
        given = phases_as_proposed(operator)
    answer = operator.post(f"/setup/{step}/", {**given, **typed})
    assert answer.status_code == 422 and text in fair.page_text(answer)


BERLIN = {**DAYS, "first_day": "2027-03-26", "last_day": "2027-03-29", "venue": "Messe", "city": "Berlin"}


def test_an_hour_that_the_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first(operator: Client) -> None:
    operator.post("/setup/fair/", FAIR), operator.post("/setup/edition/", BERLIN), operator.post("/setup/areas/", AREAS)
    proposed = phases_as_proposed(operator)
    skipped = {"show_closes": "2027-03-28T02:30", "deal_closes": "9999-12-31T23:59"}
    answer = operator.post("/setup/phases/", {**proposed, **skipped})
    assert answer.status_code == 422
    assert "the clocks at the venue are put forward and skip 02:30" in fair.page_text(answer)
    twice = {"deal_opens": "2027-10-31T02:30", "deal_closes": "2027-10-31T03:00"}
    assert operator.post("/setup/phases/", {**proposed, **twice}).headers["Location"] == "/setup/halls/"
    operator.post("/setup/halls/", {"halls": ""})
    operator.post("/setup/check/")
    deal = Edition.objects.get().phases.get(kind="deal")
    assert deal.closes - deal.opens == timedelta(hours=1, minutes=30)


def test_a_proposed_hour_that_the_clocks_skip_is_the_one_after_it(operator: Client) -> None:
    # In Beirut the clocks skip the hour from midnight.
    days = {**BERLIN, "first_day": "2027-03-28", "city": "Beirut"}
    operator.post("/setup/fair/", FAIR), operator.post("/setup/edition/", days), operator.post("/setup/areas/", AREAS)
    proposed = phases_as_proposed(operator)
    assert proposed["deal_opens"] == "2027-03-28T01:00"
    assert operator.post("/setup/phases/", proposed).headers["Location"] == "/setup/halls/"


def test_a_venue_of_the_same_name_elsewhere_keeps_its_own_city_and_hours(operator: Client) -> None:
    for slug, place in (("one", {}), ("two", {"city": "Berlin"}), ("three", {})):
        set_up(operator, fair={"slug": slug}, edition={"venue": "International Convention Centre", **place})
        operator.post("/setup/check/")
        # A second fair asks its operator for a second factor.
        fair.make_second_factor(User.objects.get()) if slug == "one" else None
    venues = {one.fair.slug: one.venue for one in Edition.objects.select_related("fair", "venue")}
    assert {slug: venue.time_zone for slug, venue in venues.items()} == {
        "one": "Africa/Accra", "two": "Europe/Berlin", "three": "Africa/Accra",
    }  # fmt: skip
    assert (venues["one"], venues["two"].pk) == (venues["three"], "international-co-2")


def test_a_fair_in_both_languages_has_chinese_names_throughout(operator: Client) -> None:
    both = {"languages": ["en", "zh-hans"], "name_zh": "阿克拉农机展", "organiser_zh": "阿克拉贸易中心"}
    places = {"venue_zh": "拉中心", "city_zh": "阿克拉"}
    operator.post("/setup/fair/", {**FAIR, **both})
    operator.post("/setup/edition/", {**DAYS, **places})
    assert "needs a Chinese name" in fair.page_text(operator.post("/setup/areas/", {"areas": "Food"}))
    set_up(operator, fair=both, edition=places, areas={"areas": "Food | 食品\nMachinery|机械"})
    operator.post("/setup/check/")
    assert [area.name_zh for area in Edition.objects.get().areas.all()] == ["食品", "机械"]
    assert Edition.objects.get().venue.city_zh == "阿克拉"


def test_with_a_fair_the_operator_needs_a_second_factor(operator: Client) -> None:
    make.make_fair("accra")
    assert operator.get("/setup/fair/").headers["Location"] == "/accounts/2fa/"
