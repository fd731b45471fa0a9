"""The buttons beside a suggestion, alike for both sides: with and without JavaScript, pressed twice, without right."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching.actions import run_matching
from emporion.domain.matching.models import Decline, Mark, MatchingRun, VisitorSuggestions
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.visitors.models import Visitor
from tests import fair, make
from tests.make import NOON
from tests.web.accounts.test_signup import UNIT
from tests.web.test_markup import Page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


class Side(NamedTuple):
    """One side at its door: who it is, whom it is shown and where its buttons post."""

    client: Client
    page: str
    marks: str
    action: str
    other: str
    by_exhibitor: bool

    def press(self, action: str, **more: Any) -> Any:
        return self.client.post(self.action, {"action": action, "next": self.page}, **more)

    def buttons(self, page: str = "") -> list[str]:
        """The names of the page's buttons, as they are told to those who listen."""
        html = fair.page_text(self.client.get(page or self.page))
        return re.findall(r'name="action" value="\w+" aria-label="([^"]+)"', html)


@pytest.fixture(params=["visitor", "exhibitor"])
def side(request: pytest.FixtureRequest, visitor: Visitor, seller: Exhibitor) -> Side:
    fair.suggest(visitor, seller)
    if request.param == "visitor":
        assert visitor.user is not None
        door, action = "/expo/my/visit/", f"/expo/my/visit/suggestions/{seller.number}/"
        return Side(
            fair.signed_in(visitor.user), f"{door}suggestions/", f"{door}marks/", action, "Shea du Bénin", False
        )
    door = f"/expo/my/exhibitor/{seller.organisation_id}/"
    client = fair.signed_in(seller.organisation.representatives.get().user)
    action = f"{door}suggestions/{visitor.pk}/"
    return Side(client, f"{door}suggestions/", f"{door}marks/", action, "Wang Lan", True)


def test_every_button_names_the_other_side(side: Side) -> None:
    name = side.other
    assert side.buttons() == [f"Ask to meet {name}", f"Favourite: {name}", f"Hide {name}", f"Not for us: {name}"]
    assert side.buttons("/zh-hans" + side.page) == [
        f"邀约会面：{name}", f"收藏{name}", f"隐藏{name}", f"不适合：{name}",
    ]  # fmt: skip


def test_a_favourite_is_said_in_a_word_with_a_shape_and_taken_back(side: Side) -> None:
    page = fair.page_text(side.press("favourite", follow=True))
    assert "Added to your favourites." in page
    assert re.search(r'<span class="state good"><svg[^>]*>.*?</svg>A favourite</span>', page, re.S)
    assert f"No longer a favourite: {side.other}" in side.buttons()
    assert Mark.objects.get().by_exhibitor is side.by_exhibitor
    assert "A favourite</span>" not in fair.page_text(side.press("clear", follow=True))
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("action", "word", "back"),
    [("hide", "Hidden", "Bring back {}"), ("decline", "Not for us", "Take back: {} may be for us")],
)
def test_who_is_left_out_is_kept_among_the_marks_and_comes_back(side: Side, action: str, word: str, back: str) -> None:
    answer = side.press(action, follow=True)
    assert f">{side.other}<" not in fair.page_text(answer)
    nobody = "There is nobody here to suggest." if side.by_exhibitor else "you have hidden or turned down everyone"
    assert nobody in fair.page_text(answer)
    marks = fair.page_text(side.client.get(side.marks))
    assert f"</svg>{word}</span>" in marks
    assert side.buttons(side.marks) == [back.format(side.other)]
    side.press("clear")
    assert f"Ask to meet {side.other}" in side.buttons()
    assert "Nothing marked yet." in fair.page_text(side.client.get(side.marks))


@pytest.mark.parametrize("action", ["ask", "favourite", "hide", "decline"])
def test_pressing_twice_is_pressing_once(side: Side, action: str) -> None:
    for _ in range(2):
        assert "Not done." not in fair.page_text(side.press(action, follow=True))
    assert Mark.objects.count() + Decline.objects.count() + MeetingRequest.objects.count() == 1
    assert JournalEntry.objects.count() == 1


def test_with_htmx_only_the_buttons_are_answered_and_what_happened_is_reported(side: Side) -> None:
    answer = side.press("favourite", headers=HTMX)
    html = fair.page_text(answer)
    assert answer.status_code == 200
    assert html.lstrip().startswith('<div class="actions">')
    announced = re.search(
        r'<div id="announcement" role="status" class="unseen" hx-swap-oob="innerHTML">(.*?)</div>', html, re.S
    )
    assert announced and announced[1].startswith(f"{side.other}: Added to your favourites.")
    assert "no-store" in answer.headers["Cache-Control"]
    # What was told is not told again on the next page.
    assert "Added to your favourites." not in fair.page_text(side.client.get(side.page))


def test_with_htmx_a_refusal_stands_beside_the_buttons(edition: Edition, side: Side) -> None:
    fair.close(edition, "meeting")
    html = fair.page_text(side.press("ask", headers=HTMX))
    assert '<p class="refused small">' in html
    assert "This is too late: meetings are requested and answered until" in html
    assert not MeetingRequest.objects.exists()


def test_where_there_is_a_request_there_is_nothing_to_turn_down(side: Side) -> None:
    side.press("ask")
    assert side.buttons() == [f"Favourite: {side.other}", f"Hide {side.other}"]
    assert "Awaits an answer" in fair.page_text(side.client.get(side.page))


def test_one_goes_back_to_the_page_the_button_stood_on_and_never_elsewhere(side: Side) -> None:
    answer = side.client.post(side.action, {"action": "favourite", "next": side.marks})
    assert answer.headers["Location"] == side.marks
    for elsewhere in ("https://else.example/", "//else.example/", "javascript:alert(1)", ""):
        answer = side.client.post(side.action, {"action": "favourite", "next": elsewhere})
        assert answer.headers["Location"] == side.page


def test_who_is_not_signed_in_signs_in_and_comes_to_the_suggestions(side: Side) -> None:
    stranger = Client()
    answer = stranger.post(side.action, {"action": "favourite"})
    assert answer.headers["Location"].startswith("/accounts/login/?next=/expo/my/")
    assert not Mark.objects.exists()
    assert side.client.get(side.action).headers["Location"] == side.page


def test_a_form_of_another_site_does_nothing(side: Side) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = side.client.cookies
    assert strict.post(side.action, {"action": "favourite"}).status_code == 403
    assert not Mark.objects.exists()


def test_nobody_speaks_for_an_exhibitor_they_do_not_act_for(
    edition: Edition, visitor: Visitor, seller: Exhibitor
) -> None:
    fair.suggest(visitor, seller)
    _other, stranger = fair.make_seller(edition, "Cacao Fino", "EC")
    client, door = fair.signed_in(stranger), f"/expo/my/exhibitor/{seller.organisation_id}/"
    for path in (f"{door}suggestions/", f"{door}marks/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{door}suggestions/{visitor.pk}/", {"action": "hide"}).status_code == 404
    assert client.post("/expo/my/visit/suggestions/06-00001/", {"action": "hide"}).status_code == 404
    assert not Mark.objects.exists()


def test_an_exhibitors_page_has_the_buttons_for_a_visitor_only(visitor: Visitor, seller: Exhibitor) -> None:
    page = f"/expo/exhibitors/{seller.number}/"
    assert visitor.user is not None
    client = fair.signed_in(visitor.user)
    html = fair.page_text(client.get(page))
    assert "For your visit" in html and "Ask to meet Shea du Bénin" in html
    back = client.post(
        f"/expo/my/visit/suggestions/{seller.number}/", {"action": "favourite", "next": page}, follow=True
    )
    assert back.request["PATH_INFO"] == page
    assert "A favourite</span>" in fair.page_text(back) and "Added to your favourites." in fair.page_text(back)
    assert "no-store" in back.headers["Cache-Control"]
    seller_reads = fair.signed_in(seller.organisation.representatives.get().user)
    for reader in (Client(), seller_reads):
        answer = reader.get(page)
        assert "For your visit" not in fair.page_text(answer)
        assert "Cache-Control" not in answer.headers


def test_on_the_page_of_ones_own_organisation_there_are_no_buttons(edition: Edition, visitor: Visitor) -> None:
    assert visitor.unit is not None and visitor.user is not None
    own = make.make_exhibitor(edition, "Shanghai Foods Abroad", "CN")
    Exhibitor.objects.filter(pk=own.pk).update(organisation=visitor.unit.organisation)
    html = fair.page_text(fair.signed_in(visitor.user).get(f"/expo/exhibitors/{own.number}/"))
    assert "For your visit" not in html


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_the_pages_are_well_formed_and_no_element_has_the_name_of_another(side: Side, language: str) -> None:
    side.press("favourite")
    for path in (side.page, side.marks):
        page = Page(fair.page_text(side.client.get(language + path)))
        ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert not any("style" in attributes for _tag, attributes in page.elements)


def test_first_places_stand_apart_from_further_ones(edition: Edition, visitor: Visitor, seller: Exhibitor) -> None:
    other, _user = fair.make_seller(edition, "Cacao Fino", "EC")
    fair.suggest(visitor, seller, other)
    VisitorSuggestions.objects.update(places=1)
    assert visitor.user is not None
    html = fair.page_text(fair.signed_in(visitor.user).get("/expo/my/visit/suggestions/"))
    order = [html.index(words) for words in ("Ask these first", "Shea du Bénin", "Also worth a look", "Cacao Fino")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("registered", "Your registration is under review."),
        ("approved", "still to come"),
        ("cancelled", "for approved visitors"),
    ],
)
def test_an_empty_list_says_why_and_what_next(visitor: Visitor, seller: Exhibitor, state: str, says: str) -> None:
    Visitor.objects.update(state=state)
    assert visitor.user is not None
    html = fair.page_text(fair.signed_in(visitor.user).get("/expo/my/visit/suggestions/"))
    assert says in html
    assert "Look through the exhibitors" in html


def test_an_exhibitors_list_goes_on_page_by_page(edition: Edition, seller: Exhibitor) -> None:
    people = [make.make_visitor(edition, f"Buyer {n:03}", None) for n in range(60)]
    fair.suggest_all([seller], people)
    client = fair.signed_in(seller.organisation.representatives.get().user)
    seen, path = [], f"/expo/my/exhibitor/{seller.organisation_id}/suggestions/"
    here = path
    while here:
        html = fair.page_text(client.get(here))
        seen += re.findall(r"<h3>(Buyer \d+)</h3>", html)
        onward = re.search(r'href="(\?from=\d+)">From place', html)
        here = path + onward[1] if onward else ""
    assert seen == [one.name for one in people]
    for odd in ("0", "-1", "101", "x", "１"):
        assert "Buyer 000" in fair.page_text(client.get(f"{path}?from={odd}"))


@pytest.mark.parametrize("count", [1, 4])
def test_marks_take_no_more_queries_when_there_are_more(edition: Edition, visitor: Visitor, count: int) -> None:
    for number in range(count):
        other, _user = fair.make_seller(edition, f"Seller {number}", "DE")
        Mark.objects.create(visitor=visitor, exhibitor=other, by_exhibitor=False, kind="favourite", at=NOON)
    assert visitor.user is not None
    client = fair.signed_in(visitor.user)
    with CaptureQueriesContext(connection) as queries:
        assert fair.page_text(client.get("/expo/my/visit/marks/")).count("No longer a favourite:") == count
    assert len(queries) == 10


def test_who_is_approved_today_has_suggestions_today(edition: Edition, seller: Exhibitor) -> None:
    """From registering over the office's approval to the page, with no run in between."""
    make.make_country("CN")
    sector = make.make_sector("food")
    Exhibitor.objects.update(sector=sector)
    run = run_matching(edition, context=ActionContext(NOON))
    account = fair.make_person("lan@foods.example", "Wang Lan")
    lan = fair.signed_in(account)
    fair.register(lan, {**UNIT, "sectors": [sector.pk]})
    visitor = Visitor.objects.get()
    assert "Your registration is under review." in fair.page_text(lan.get("/expo/my/visit/suggestions/"))
    office = fair.signed_in(fair.make_person("office@expo.example", staff=True, is_superuser=True))
    for records, pk in (("visitingunit", visitor.unit_id), ("visitor", visitor.pk)):
        office.post(f"/admin/visitors/{records}/", {"action": "approve", "_selected_action": [pk]})
    signed_in_again = fair.signed_in(account)
    html = fair.page_text(signed_in_again.get("/expo/my/visit/suggestions/"))
    assert "Made for you just now." in html
    assert "Shea du Bénin" in html
    assert f"You are interested in {sector.name_en}; they exhibit in it." in html
    assert not VisitorSuggestions.objects.exists()
    assert MatchingRun.objects.get() == run
