"""The desk's lists of exhibitors, stands, halls, areas, products, sessions, meetings and deals, and pages of one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.catalogue.actions.words import set_words
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.deals.models import Deal
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.models import JournalEntry
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Alias, Organisation
from emporion.domain.programme.models import Session
from tests import fair, make
from tests.web.desk.test_queues import confirm, look, shown
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
KINDS = ("exhibitors", "stands", "halls", "areas", "products", "sessions", "meetings", "deals")


@dataclass
class World:
    """An exhibitor on a stand with a product, who has met a buyer and sold to her; a session."""

    exhibitor: Exhibitor
    stand: Stand
    product: Product
    meeting: Meeting
    deal: Deal
    session: Session

    @property
    def records(self) -> dict[str, Any]:
        return {
            "exhibitors": self.exhibitor, "stands": self.stand, "halls": self.stand.hall,
            "areas": self.exhibitor.area, "products": self.product, "sessions": self.session,
            "meetings": self.meeting.request, "deals": self.deal,
        }  # fmt: skip


@pytest.fixture
def world(edition: Edition) -> World:
    return make_world(edition, 1)


def make_world(edition: Edition, number: int) -> World:
    exhibitor, _user = fair.make_seller(edition, f"Shea du Bénin {number}")
    visitor, _user = fair.make_buyer(edition, f"Wang Lan{number}", f"Shanghai Foods {number}")
    deal = make.make_deal(exhibitor, visitor.unit, "1000")
    Deal.objects.filter(pk=deal.pk).update(buyer_confirmed=None)
    starts = timezone.now()
    session = Session.objects.create(
        edition=edition, number=f"S{number}", kind="forum", title_en="Open markets", title_zh="开放市场",
        starts=starts, ends=starts + timedelta(hours=1),
    )  # fmt: skip
    session.speakers.create(name="Ada Mensah", position="Minister")
    product = make.make_product(exhibitor, f"Shea butter {number}", debut="asia")
    set_words(product)
    stand = exhibitor.occupancy.stand
    stand.hall.areas.add(exhibitor.area)
    return World(exhibitor, stand, product, fair.meet(visitor, exhibitor, 9 + number), deal, session)


def page_of(office: Client, queue: str, record: Any, **typed: str) -> str:
    """The page of a record, after what was typed there."""
    here = f"/expo/office/{queue}/{record.pk}/"
    return fair.page_text(office.post(here, typed, follow=True) if typed else office.get(here))


def change(office: Client, queue: str, record: Any, **typed: Any) -> str:
    where = f"{record.pk}/change" if record else "new"
    return fair.page_text(office.post(f"/expo/office/{queue}/{where}/", typed, follow=True))


@pytest.mark.parametrize(
    ("queue", "title", "words", "narrowed", "beyond"),
    [
        ("exhibitors", "Shea du Bénin 1", "shea", "state=placed&country=BJ&shows=main", "state=unplaced"),
        ("stands", "4.1-A", "shea", "state=occupied&hall=4.1&kind=standard&held=loose", "held=locked"),
        ("halls", "4.1", "4.1", "state=indoor", "state=outdoor"),
        ("areas", "technical-equipment", "technical", "state=enterprise", "state=country"),
        ("products", "Shea butter 1", "butter", "state=product&debut=asia&lacks=hs", "debut=none"),
        ("sessions", "Open markets", "mensah", "state=planned&kind=forum", "state=cancelled"),
        ("meetings", "Wang Lan1 × Shea du Bénin 1", "wang", "state=accepted&slot=published&wish=like", "slot=none"),
        ("deals", "D", "shanghai", "state=buyer&currency=USD&evidence=no", "state=counted"),
    ],
)
def test_a_list_finds_its_records_by_words_and_filters(
    edition: Edition, office: Client, world: World, queue: str, title: str, words: str, narrowed: str, beyond: str
) -> None:
    for query in ("", f"?q={words}", f"?{narrowed}"):
        found = fair.page_text(office.get(f"/expo/office/{queue}/{query}"))
        assert f"/expo/office/{queue}/{world.records[queue].pk}/" in found, query
        assert title in found
    assert shown(office, queue, "?q=nowhere") == shown(office, queue, f"?{beyond}") == []


@pytest.mark.parametrize("queue", KINDS)
def test_a_list_can_be_taken_out_in_every_format(edition: Edition, office: Client, world: World, queue: str) -> None:
    answer = office.get(f"/expo/office/{queue}/list/?state=all")
    [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert any(row.values())
    for ending in ("xlsx", "parquet"):
        office.post(f"/expo/office/{queue}/list/", {"query": "state=all", "format": ending})
    assert [(task.state, task.result["rows"]) for task in do_what_waits()] == [("done", 1)] * 2


@pytest.mark.parametrize("queue", KINDS)
def test_a_list_and_a_page_take_as_many_queries_for_many_as_for_one(
    edition: Edition, office: Client, world: World, queue: str
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(address).status_code == 200
        return len(captured)

    here = f"/expo/office/{queue}/"
    queries(here)
    one = queries(here)
    for number in range(2, 5):
        more = make_world(edition, number)
        area = make.make_area(edition, f"area-{number}")
        Stand.objects.filter(pk=more.stand.pk).update(area=area, hall=make.make_hall(edition, f"9.{number}", area))
    assert queries(here) == one < 25
    assert queries(f"{here}{world.records[queue].pk}/") < 40


def test_what_visitors_read_of_an_exhibitor_is_corrected(edition: Edition, office: Client, world: World) -> None:
    one = world.exhibitor
    before = one.organisation.name_key
    typed = {"name": "Shea Béninois", "name_zh": "贝宁乳木果", "website": "shea.example", "about_en": "Butter."}
    assert "Shea Béninois" in change(office, "exhibitors", one, **typed)
    firm = Organisation.objects.get(pk=one.organisation_id)
    assert (firm.name, firm.name_zh, firm.website, firm.about_en) == (
        "Shea Béninois", "贝宁乳木果", "https://shea.example", "Butter."
    )  # fmt: skip
    assert Alias.objects.get(organisation=firm).name_key == before
    assert shown(office, "exhibitors", "?q=béninois") == ["Shea Béninois"]
    page = page_of(office, "exhibitors", one)
    assert "Name corrected" in page and "Description or website changed" in page
    entries = JournalEntry.objects.count()
    change(office, "exhibitors", one, **typed)
    assert JournalEntry.objects.count() == entries, "nothing changed is nothing written"


def test_an_exhibitor_cannot_take_the_name_of_another(edition: Edition, office: Client, world: World) -> None:
    make.make_organisation("Cacao Fino", "BJ")
    page = change(office, "exhibitors", world.exhibitor, name="Cacao Fino", about_en="Kept as typed")
    assert "Another organisation of that country is called “Cacao Fino”" in page and "Kept as typed" in page
    assert "This field is required." in change(office, "exhibitors", world.exhibitor, name=" ")
    world.exhibitor.organisation.refresh_from_db()
    assert world.exhibitor.organisation.name == "Shea du Bénin 1"


def test_a_contract_is_cancelled_before_the_show_with_its_reason(edition: Edition, office: Client) -> None:
    Edition.objects.update(first_day=edition.first_day + timedelta(days=9), last_day=edition.last_day + timedelta(9))
    exhibitor, _user = fair.make_seller(edition)
    co = make.make_exhibitor(edition, "Shea Pumps", "BJ", main=exhibitor)
    page = page_of(office, "exhibitors", exhibitor)
    assert "Shea Pumps" in page and "Cancel the contract" in page
    assert "Cancel the contract" not in page_of(office, "exhibitors", co), "it goes with its main exhibitor"
    assert "Say why: the exhibitor reads the reason." in page_of(
        office, "exhibitors", exhibitor, action="cancel", text=" "
    )
    page = page_of(office, "exhibitors", exhibitor, action="cancel", text="Not paid.")
    assert "The contract is cancelled" in page
    assert not Exhibitor.objects.exists() and not Occupancy.objects.exists()
    assert {one.state for one in Application.objects.all()} == {"cancelled"}


def test_a_stand_is_renumbered_locked_emptied_and_filled(edition: Edition, office: Client, world: World) -> None:
    stand, exhibitor = world.stand, world.exhibitor
    for number, said in (("9.9-A1", "begins with its hall, as 4.1-A012"), ("4.1-A/1", "begins with its hall")):
        assert said in change(office, "stands", stand, number=number, kind="standard")
    assert "Saved." in change(office, "stands", stand, number="4.1-A900", kind="special")
    stand.refresh_from_db()
    assert (stand.number, stand.kind) == ("4.1-A900", "special")
    other, _user = fair.make_seller(edition, "Cacao Fino")
    taken = change(office, "stands", other.occupancy.stand, number="4.1-A900", kind="standard")
    assert "Another stand of this edition has the number 4.1-A900." in taken
    assert "Stand locked in its place" in page_of(office, "stands", stand, action="lock")
    page_of(office, "stands", stand, action="unlock")
    assert "No stand yet" in page_of(office, "exhibitors", exhibitor, action="release")
    assert "Vacant" in page_of(office, "stands", stand)
    assert "No exhibitor of this edition has the contract number 06-99999." in page_of(
        office, "stands", stand, action="put", text="06-99999"
    )
    page = page_of(office, "stands", stand, action="put", text=exhibitor.number)
    assert "Occupied" in page and "Shea du Bénin 1, 9 m²" in page
    page = page_of(office, "stands", stand, action="put", text=other.number)
    assert f"{other.number} shows on stand {other.occupancy.stand.number} already." in page
    page_of(office, "exhibitors", other, action="release")
    assert "This edition has no stand 4.1-Z1." in page_of(office, "exhibitors", other, action="put", text="4.1-Z1")
    page_of(office, "exhibitors", other, action="put", text="4.1-a900")
    shares = Occupancy.objects.filter(stand=stand).order_by("pk").values_list("area_m2", flat=True)
    assert list(shares) == [9, 0], "who comes last is a guest where nothing is left"


def test_many_stands_are_locked_after_a_look(edition: Edition, office: Client, world: World) -> None:
    for name in ("Cacao Fino", "Aurora Valves"):
        fair.make_seller(edition, name)
    Stand.objects.filter(pk=world.stand.pk).update(locked=True)
    page = look(office, "stands", "lock", scope="all", query="state=all")
    assert "Lock 2 stands" in page
    confirm(office, "stands", "lock", page)
    [task] = do_what_waits()
    assert (task.result["done"], task.result["already"]) == (2, 1)
    assert not Stand.objects.filter(locked=False).exists()
    confirm(office, "stands", "unlock", look(office, "stands", "unlock", chosen=[world.stand.pk]))
    do_what_waits()
    assert list(Stand.objects.filter(locked=False)) == [world.stand]


def test_a_hall_is_added_changed_and_kept_while_stands_are_in_it(
    edition: Edition, office: Client, world: World
) -> None:
    area = world.exhibitor.area
    typed = {"code": "5.1", "width_m": 90, "depth_m": 60, "gross_area_m2": 5400, "indoor": "on", "areas": [area.pk]}
    assert "In steps" in change(office, "halls", None, **{**typed, "width_m": 91})
    assert "Saved." in change(office, "halls", None, **typed)
    hall = Hall.objects.get(code="5.1")
    assert (hall.width_modules, hall.depth_modules, list(hall.areas.all())) == (30, 20, [area])
    assert "5.1 is in this edition already" in change(office, "halls", None, **typed)
    assert "Saved." in change(office, "halls", hall, **{**typed, "code": "5.2", "areas": []})
    hall.refresh_from_db()
    assert (hall.code, hall.areas.count()) == ("5.2", 0)
    used = world.stand.hall
    facts = {"code": "4.2", "width_m": used.width_modules * 3, "depth_m": used.depth_modules * 3}
    page = change(office, "halls", used, **facts, gross_area_m2=10, indoor="on")
    assert "Stands are in hall 4.1 (1): its code and its floor stay" in page
    assert "Saved." in change(office, "halls", used, **{**facts, "code": "4.1"}, gross_area_m2=10, indoor="on")
    assert "Remove the hall" not in page_of(office, "halls", used)
    assert office.post(f"/expo/office/halls/{used.pk}/", {"action": "remove"}).status_code == 200
    assert "The hall is removed." in page_of(office, "halls", hall, action="remove")
    assert list(Hall.objects.values_list("code", "gross_area_m2")) == [("4.1", 10)]
    told = JournalEntry.objects.filter(event__startswith="hall.").order_by("pk").values_list("event", flat=True)
    assert list(told) == ["hall.added", "hall.changed", "hall.changed", "hall.removed"]


def test_an_area_is_added_renamed_and_kept_while_anybody_shows_in_it(
    edition: Edition, office: Client, world: World
) -> None:
    typed = {"code": "toys", "number": 7, "name_en": "Toys", "name_zh": "玩具", "scope": "enterprise"}
    assert "Saved." in change(office, "areas", None, **typed)
    assert "toys is in this edition already" in change(office, "areas", None, **typed)
    assert "needs a Chinese name" in change(office, "areas", None, **{**typed, "code": "games", "name_zh": ""})
    toys = ExhibitionArea.objects.get(code="toys")
    change(office, "areas", toys, **{**typed, "code": "games", "scope": "country"})
    toys.refresh_from_db()
    assert (toys.code, toys.scope) == ("games", "country")
    used = world.exhibitor.area
    names = {"number": used.number, "name_en": "Food", "name_zh": "食品", "scope": used.scope}
    assert "Applications, exhibitors or stands are in the area" in change(office, "areas", used, **names, code="food")
    assert "Saved." in change(office, "areas", used, **names, code=used.code)
    assert "Remove the area" not in page_of(office, "areas", used)
    page_of(office, "areas", toys, action="remove")
    page_of(office, "areas", used, action="remove")
    assert list(ExhibitionArea.objects.values_list("name_en", flat=True)) == ["Food"]


def test_a_product_is_changed_and_taken_out(edition: Edition, office: Client, world: World) -> None:
    make.make_hs("1515")
    typed = {"kind": "product", "name_en": "Cocoa oil", "hs": "1515", "debut": "world", "number": "P-9"}
    assert "9999" in change(office, "products", world.product, **{**typed, "hs": "9999"})
    assert Product.objects.get().name_en == "Shea butter 1"
    page = change(office, "products", world.product, **typed)
    assert "Cocoa oil" in page and "World debut" in page
    assert Debut.objects.get().kind == "world"
    assert shown(office, "products", "?q=cocoa&lacks=about") == ["Cocoa oil"]
    page_of(office, "products", world.product, action="remove")
    assert not Product.objects.exists()


def test_a_session_is_written_with_its_speakers(edition: Edition, office: Client, world: World) -> None:
    day = edition.first_day.isoformat()
    typed = {
        "number": "F-01", "kind": "forum", "title_en": "Trade", "starts": f"{day}T10:00", "ends": f"{day}T11:00",
        "speakers": "Wang Lan，局长\n\nAda Mensah, Minister of Trade, Ghana",
    }  # fmt: skip
    assert "which is not after its start" in change(office, "sessions", None, **{**typed, "ends": f"{day}T09:00"})
    assert "needs a title" in change(office, "sessions", None, **{**typed, "title_en": ""})
    assert "has the number S1" in change(office, "sessions", None, **{**typed, "number": "S1"})
    assert "too long" in change(office, "sessions", None, **{**typed, "speakers": "x" * 151})
    assert "Saved." in change(office, "sessions", None, **typed)
    session = Session.objects.get(number="F-01")
    assert list(session.speakers.order_by("pk").values_list("name", "position")) == [
        ("Wang Lan", "局长"), ("Ada Mensah", "Minister of Trade, Ghana"),
    ]  # fmt: skip
    assert (session.title_zh, session.starts.astimezone(edition.zone).hour) == ("Trade", 10)
    page = fair.page_text(office.get(f"/expo/office/sessions/{session.pk}/change/"))
    assert "Ada Mensah, Minister of Trade, Ghana" in page
    change(office, "sessions", session, **{**typed, "speakers": "Ada Mensah"})
    assert [one.name for one in session.speakers.all()] == ["Ada Mensah"]
    assert "Cancelled" in page_of(office, "sessions", session, action="cancel")
    assert "Takes place after all" in page_of(office, "sessions", session, action="restore")


def test_a_meeting_is_pinned_and_called_off_for_both(edition: Edition, office: Client, world: World) -> None:
    request = world.meeting.request
    Application.objects.update(contact_email="ada@shea.example")
    assert "Pinned to its time" in page_of(office, "meetings", request, action="pin")
    assert shown(office, "meetings", "?slot=pinned") == ["Wang Lan1 × Shea du Bénin 1"]
    page_of(office, "meetings", request, action="unpin")
    slot = world.meeting.slot
    slot.starts, slot.ends = (moment + timedelta(days=2) for moment in (slot.starts, slot.ends))
    slot.save()
    assert "both sides are told" in page_of(office, "meetings", request, action="cancel")
    request.refresh_from_db()
    assert request.state == MeetingRequest.State.CANCELLED and not Meeting.objects.exists()
    told = Notice.objects.filter(template="meeting_cancelled").values_list("recipient", flat=True)
    assert set(told) == {"ada@shea.example", "lan1@foods.example"}


def test_a_deal_is_withdrawn_with_a_reason_that_stays(edition: Edition, office: Client, world: World) -> None:
    page = page_of(office, "deals", world.deal)
    assert "Awaits the buyer" in page and "1,000 USD" in page
    assert "Say why; the reason stays in the journal." in page_of(office, "deals", world.deal, action="withdraw")
    page = page_of(office, "deals", world.deal, action="withdraw", text="Recorded twice.")
    assert "Recorded twice." in page and "Withdraw the deal" not in page
    world.deal.refresh_from_db()
    assert world.deal.withdrawn is not None


def test_each_role_sees_what_it_may_open_and_does_what_it_may(edition: Edition, world: World) -> None:
    finance = fair.signed_in(fair.make_staff(fair.make_person("fay@expo.example"), "finance"))
    page = page_of(finance, "exhibitors", world.exhibitor)
    assert "Cancel the contract" in page and "Take off the stand" not in page
    assert f"/expo/office/stands/{world.stand.pk}/" not in page and world.stand.number in page
    here = f"/expo/office/exhibitors/{world.exhibitor.pk}/"
    assert finance.post(here, {"action": "release"}).status_code == 403
    halls = fair.signed_in(fair.make_staff(fair.make_person("hal@expo.example"), "halls"))
    assert f"/expo/office/stands/{world.stand.pk}/" in page_of(halls, "exhibitors", world.exhibitor)
    assert halls.post(here, {"action": "cancel", "text": "No."}).status_code == 403
    auditor = fair.signed_in(fair.make_staff(fair.make_person("ann@expo.example"), "auditor"))
    assert "Decide" not in page_of(auditor, "exhibitors", world.exhibitor)


def test_a_reviewer_of_one_area_sees_the_exhibitors_and_products_of_that_one(edition: Edition, world: World) -> None:
    other = make.make_exhibitor(edition, "Other", area="food-agriculture")
    valve = make.make_product(other, "Valve")
    reviewer = fair.make_staff(fair.make_person("rita@expo.example"), "reviewer", area="technical-equipment")
    client = fair.signed_in(reviewer)
    assert shown(client, "exhibitors") == ["Shea du Bénin 1"]
    assert shown(client, "products") == ["Shea butter 1"]
    assert client.get(f"/expo/office/exhibitors/{other.pk}/").status_code == 404
    assert client.post(f"/expo/office/products/{valve.pk}/change/", {"name_en": "x"}).status_code == 404
