"""A leader's pages: their own tree and only it, review, lists, invitations; the office sets quotas and leaders."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.people.models import Invitation
from emporion.domain.visitors.actions import appoint_leader
from emporion.domain.visitors.models import Delegation, DelegationLeader, Visitor
from emporion.domain.visitors.queries import day_quotas, people_within
from tests import fair, make
from tests.web.test_markup import Page
from tests.worker import work

pytestmark = pytest.mark.django_db
HOME = "/expo/my/delegation/07/"
SUB = "/expo/my/delegation/07.031/"
PAGES = ("", "people/", "lists/", "invite/", "leaders/")


@pytest.fixture
def edition() -> Edition:
    opened = fair.open_fair()
    make.make_country("CN"), make.make_country("DE")
    make.make_delegation(opened, "07.031"), make.make_delegation(opened, "07.032"), make.make_delegation(opened, "08")
    return opened


def leader_of(edition: Edition, path: str, email: str = "leader@harbour.example") -> User:
    user = fair.make_person(email, "Lin Hai")
    appoint_leader(edition.delegations.get(path=path), user, context=ActionContext(timezone.now()))
    return user


@pytest.fixture
def leader(edition: Edition) -> Client:
    return fair.signed_in(leader_of(edition, "07"))


def person(edition: Edition, name: str, path: str, **fields: Any) -> Visitor:
    unit = make.make_unit(edition, f"Unit {path}", delegation=path)
    return make.make_visitor(edition, name, unit, **{"state": "registered", **fields})


def text(answer: Any) -> str:
    return fair.page_text(answer)


class TestWhatALeaderSees:
    def test_the_own_tree_and_nothing_beside_it(self, edition: Edition, leader: Client) -> None:
        person(edition, "Ann Own", "07.031"), person(edition, "Bob Else", "08")
        assert "Group 07.031" in text(leader.get(HOME)) and "Group 08" not in text(leader.get(HOME))
        people = text(leader.get(f"{HOME}people/"))
        assert "Ann Own" in people and "Bob Else" not in people
        for page in PAGES:
            assert leader.get(SUB + page).status_code == 200
            assert leader.get(f"/expo/my/delegation/08/{page}").status_code == 404
        assert "A delegation that you lead." in text(leader.get("/my/"))

    def test_a_sub_leader_sees_the_sub_group_alone(self, edition: Edition) -> None:
        client = fair.signed_in(leader_of(edition, "07.031", "sub@harbour.example"))
        assert client.get(SUB).status_code == 200
        assert client.get(HOME).status_code == 404
        assert client.get("/expo/my/delegation/07.032/").status_code == 404

    def test_people_are_found_by_name_state_and_unit(self, edition: Edition, leader: Client) -> None:
        ann = person(edition, "Ann Own", "07.031", review="confirmed")
        person(edition, "Bob Other", "07.032")
        for query, shown in (("q=ann", "Ann Own"), ("state=waiting", "Bob Other"), (f"unit={ann.unit_id}", "Ann Own")):
            page = text(leader.get(f"{HOME}people/?{query}"))
            assert "1 person" in page and shown in page
        assert "Nobody is like that" in text(leader.get(f"{HOME}people/?q=nobody&unit=x&after=y"))

    @pytest.mark.parametrize("prefix", ["", "/zh-hans"])
    def test_every_page_is_marked_up_and_says_what_to_do_when_empty(
        self, edition: Edition, leader: Client, prefix: str
    ) -> None:
        for filled in (False, True):
            if filled:
                person(edition, "Ann", "07"), person(edition, "Bob", "07.031")
            for page in PAGES:
                shown = Page(leader.get(prefix + HOME + page).content.decode())
                ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
                assert len(shown.all("h1")) == 1 and len(ids) == len(set(ids))
                labelled = {label.get("for") for label in shown.all("label")}
                for field in shown.all("input", "select", "textarea"):
                    assert field.get("type") == "hidden" or field.get("id") in labelled, field

    def test_pages_take_as_many_queries_for_many_as_for_one(self, edition: Edition, leader: Client) -> None:
        def asked(page: str) -> int:
            with CaptureQueriesContext(connection) as captured:
                leader.get(HOME + page)
            return len(captured)

        person(edition, "Ann", "07"), person(edition, "Bob", "07.031")
        few = {page: (asked(page), asked(page))[1] for page in PAGES}
        for number in range(5):
            make.make_delegation(edition, f"07.1{number}")
            person(edition, f"Cem {number}", f"07.1{number}")
            unit = make.make_unit(edition, f"Own {number}", delegation="07")
            make.make_visitor(edition, f"Dan {number}", unit, state="registered", days=[edition.first_day])
        assert {page: asked(page) for page in PAGES} == few


class TestReview:
    def test_chosen_people_are_confirmed_or_declined_with_a_reason(self, edition: Edition, leader: Client) -> None:
        ann, bob = person(edition, "Ann", "07.031"), person(edition, "Bob", "07.031", email="bob@foods.example")
        other = person(edition, "Eve", "08")
        leader.post(f"{HOME}people/", {"people": [ann.pk, other.pk], "action": "confirm"})
        refused = leader.post(f"{HOME}people/", {"people": [bob.pk], "action": "decline", "reason": " "})
        assert refused.status_code == 422 and "Say why: they are told." in text(refused)
        assert f'value="{bob.pk}" id="p{bob.pk}" checked' in refused.content.decode()
        leader.post(f"{HOME}people/", {"people": [bob.pk], "action": "decline", "reason": "Not ours"})
        found = {one.name: (one.state, one.review) for one in Visitor.objects.all()}
        assert found == {"Ann": ("registered", "confirmed"), "Bob": ("rejected", "declined"), "Eve": ("registered", "")}
        assert Notice.objects.get().context["reason"] == "Not ours"

    def test_all_who_await_it_are_confirmed_at_once(self, edition: Edition, leader: Client) -> None:
        person(edition, "Ann", "07.031"), person(edition, "Bob", "07.032"), person(edition, "Eve", "08")
        leader.post(f"{HOME}people/", {"action": "confirm_all"})
        leader.post(f"{HOME}people/", {"action": "confirm_all"})
        assert Visitor.objects.filter(review="confirmed").count() == 2

    def test_nobody_chosen_is_said(self, edition: Edition, leader: Client) -> None:
        person(edition, "Ann", "07.031")
        assert "Choose the people first." in text(leader.post(f"{HOME}people/", {"action": "confirm"}))
        assert leader.post(f"{HOME}people/", {"action": "confirm", "people": ["x"]}).status_code == 422


@pytest.mark.django_db(transaction=True)
class TestLists:
    def bring(self, client: Client, content: str, name: str = "people.csv") -> str:
        file = SimpleUploadedFile(name, content.encode())
        answer = client.post(f"{HOME}lists/", {"file": file})
        assert answer.status_code == 302, text(answer)
        work()
        return str(answer["Location"])

    def test_a_list_is_checked_and_imported(self, edition: Edition, leader: Client) -> None:
        page = self.bring(leader, "Name,Country,Organisation,Delegation path\nAnn,Germany,Port,\nBob,DE,Port,07.031\n")
        assert Visitor.objects.count() == 0
        assert "Import this list" in text(leader.get(page))
        leader.post(page)
        work()
        assert "The list is imported." in text(leader.get(page))
        people = people_within(edition.delegations.get(path="07"))
        assert [(one.number, one.name, one.review) for one in people] == [
            ("V06-0000001", "Ann", "confirmed"), ("V06-0000002", "Bob", "confirmed"),
        ]  # fmt: skip
        # A unit stands in one group: the one that its rows name.
        assert {one.unit.delegation.path for one in people} == {"07.031"}

    def test_rows_of_others_are_told_and_given_back_to_be_mended(self, edition: Edition, leader: Client) -> None:
        page = self.bring(leader, "Name,Country,Organisation,Delegation path\nAnn,Germany,Port,08\nBob,DE,Port,\n")
        shown = text(leader.get(page))
        assert "08 is not within your delegation 07" in shown and "Import the good rows" in shown
        assert b"Ann" in leader.get(f"{page}rows/").content
        other = fair.signed_in(leader_of(edition, "08", "other@hills.example"))
        assert other.get(page.replace("/07/", "/08/")).status_code == 404

    def test_the_template_can_be_brought_as_it_is(self, edition: Edition, leader: Client) -> None:
        answer = leader.get(f"{HOME}lists/template.xlsx")
        titles = [cell.value.split(" | ")[0] for cell in load_workbook(BytesIO(answer.content)).active[1]]
        assert titles[:3] == ["Registration number", "Name", "Country"] and "Registered date" not in titles

    def test_no_file_is_said(self, edition: Edition, leader: Client) -> None:
        assert leader.post(f"{HOME}lists/", {}).status_code == 422


class TestInviting:
    def test_addresses_are_invited_each_once_and_bad_ones_told(self, edition: Edition, leader: Client) -> None:
        refused = leader.post(f"{HOME}invite/", {"addresses": "ann@foods.example, bob"})
        assert "These are no e-mail addresses: bob" in text(refused) and "ann@foods.example" in text(refused)
        leader.post(f"{HOME}invite/", {"addresses": "ann@foods.example, Ann@foods.example\nbob@foods.example"})
        assert sorted(Invitation.objects.values_list("address", "kind")) == [
            ("ann@foods.example", "member"), ("bob@foods.example", "member"),
        ]  # fmt: skip
        assert "2 invitations without an answer" in text(leader.get(f"{HOME}invite/"))
        leader.post(f"{HOME}invite/{Invitation.objects.first().pk}/")
        assert "1 invitation without an answer" in text(leader.get(f"{HOME}invite/"))

    def test_people_of_a_list_get_the_link_to_their_registration(self, edition: Edition, leader: Client) -> None:
        person(edition, "Ann", "07.031", email="ann@foods.example"), person(edition, "Eve", "08", email="eve@x.example")
        assert "1 person is registered and has no link" in text(leader.get(f"{HOME}invite/"))
        leader.post(f"{HOME}invite/registered/")
        leader.post(f"{HOME}invite/registered/")
        assert list(Invitation.objects.values_list("address", "kind")) == [("ann@foods.example", "visitor")]

    def test_whoever_accepts_registers_with_the_delegation(self, edition: Edition, leader: Client) -> None:
        leader.post(f"{SUB}invite/", {"addresses": "ann@foods.example"})
        token = Notice.objects.get().context["token"]
        ann = fair.signed_in(fair.make_person("ann@foods.example", "Ann"))
        answer = ann.post(f"/accounts/invitation/{token}/")
        assert answer["Location"] == "/expo/signup/visitor/"
        assert "Group 07.031" in text(ann.get("/expo/signup/visitor/"))
        typed = {"organisation": "Foods", "country": "CN", "home": "CN", "purchasing_size": 0}
        fair.register(ann, {**typed, "days": [edition.first_day.isoformat()]})
        visitor = Visitor.objects.get()
        assert (visitor.unit.delegation.path, visitor.review) == ("07.031", "confirmed")
        assert visitor.days == [edition.first_day]


class TestLeaders:
    def test_a_leader_names_those_of_sub_groups_alone(self, edition: Edition, leader: Client) -> None:
        below, own = (edition.delegations.get(path=path) for path in ("07.031", "07"))
        leader.post(f"{HOME}leaders/", {"delegation": below.pk, "address": "sub@harbour.example"})
        assert leader.post(f"{HOME}leaders/", {"delegation": own.pk, "address": "x@y.example"}).status_code == 422
        token = Notice.objects.get().context["token"]
        client = fair.signed_in(fair.make_person("sub@harbour.example", "Sub"))
        assert client.post(f"/accounts/invitation/{token}/")["Location"] == SUB
        assert client.get(SUB).status_code == 200
        # The own leadership is the organiser's to take.
        mine, theirs = DelegationLeader.objects.get(delegation=own), DelegationLeader.objects.get(delegation=below)
        assert leader.post(f"{HOME}leaders/{mine.pk}/").status_code == 403
        assert client.post(f"{SUB}leaders/{theirs.pk}/").status_code == 403
        leader.post(f"{HOME}leaders/{theirs.pk}/")
        assert client.get(SUB).status_code == 404


class TestTheOffice:
    @pytest.fixture
    def office(self, edition: Edition) -> Client:
        return fair.signed_in(fair.make_staff(fair.make_person("desk@expo.example"), "registration"))

    def test_groups_quotas_and_leaders_are_set(self, edition: Edition, office: Client) -> None:
        page = "/expo/office/delegations/"
        office.post(page, {"path": "09", "name_en": "Islands", "name_zh": "群岛", "quota": ""})
        refused = office.post(page, {"path": "10.1", "name_en": "Nowhere"})
        assert "There is no group 10 that 10.1 could belong to" in text(refused)
        first = edition.first_day.isoformat()
        office.post(f"{page}09/quotas/", {"quota": "200", first: "50"})
        islands = Delegation.objects.get(path="09")
        assert (islands.quota, day_quotas(islands)) == (200, {edition.first_day: 50})
        wrong = office.post(f"{page}09/quotas/", {"quota": "-1", first: "many"})
        assert wrong.status_code == 422 and "many" in wrong.content.decode()
        office.post(f"{page}09/", {"address": "chief@islands.example"})
        assert Invitation.objects.get().delegation == islands
        assert "chief@islands.example" in text(office.get(f"{page}09/"))
        assert "Islands" in text(office.get(page)) and "200" in text(office.get(page))

    def test_a_delegation_is_approved_as_far_as_its_leader_confirmed(self, edition: Edition, office: Client) -> None:
        leader_of(edition, "07")
        person(edition, "Ann", "07.031", review="confirmed"), person(edition, "Bob", "07.031")
        answer = office.post("/expo/office/delegations/07/approval/", follow=True)
        assert "1 person is approved." in text(answer)
        assert dict(Visitor.objects.values_list("name", "state")) == {"Ann": "approved", "Bob": "registered"}
        held = DelegationLeader.objects.get()
        office.post(f"/expo/office/delegations/07/leaders/{held.pk}/")
        office.post("/expo/office/delegations/07/approval/")
        assert Visitor.objects.filter(state="approved").count() == 2

    def test_people_beyond_a_lower_quota_stay(self, edition: Edition, office: Client, leader: Client) -> None:
        for name in ("Ann", "Bob"):
            person(edition, name, "07.031", days=[edition.first_day + timedelta(days=1)])
        office.post("/expo/office/delegations/07/quotas/", {"quota": "1"})
        assert "registered or approved, sub-groups included; 1 may register" in text(leader.get(HOME))
