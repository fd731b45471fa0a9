"""Benin's export agency manages a pavilion: it sees its exhibitors, helps them, and sees nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.admission.models import StaffMember
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.people.models import Invitation
from tests import fair, make
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
LIST = "Name,Country,Area,Area in m²,Contact e-mail\n{rows}"


@pytest.fixture
def agency(edition: Edition) -> Organisation:
    return make.make_organisation("Apiex", "BJ")


@pytest.fixture
def client(agency: Organisation) -> Client:
    return fair.signed_in(fair.speak_for(agency, "pavilion@apiex.example"))


@pytest.fixture
def shea(edition: Edition) -> Exhibitor:
    return make.make_exhibitor(edition, "Shea du Bénin", "BJ", contact_email="fair@shea.example")


@pytest.fixture
def pavilion(edition: Edition, agency: Organisation, shea: Exhibitor) -> Pavilion:
    found = Pavilion.objects.create(
        edition=edition, code="BJ", name_en="Benin", name_zh="贝宁", area=shea.area, manager=agency
    )
    Application.objects.filter(pk=shea.application_id).update(pavilion=found)
    return found


def own(agency: Organisation, pavilion: Pavilion, page: str = "") -> str:
    return f"/expo/my/exhibitor/{agency.pk}/pavilion/{pavilion.pk}/{page}"


def test_its_manager_reads_how_far_each_exhibitor_is(
    client: Client, agency: Organisation, pavilion: Pavilion, shea: Exhibitor
) -> None:
    assert "You manage the pavilion “Benin”" in fair.page_text(client.get(f"/expo/my/exhibitor/{agency.pk}/"))
    StaffMember.objects.create(exhibitor=shea, kind="staff", name="Ada", registered=make.IN_JUNE)
    make.make_exhibitor(pavilion.edition, "Aurora Valves", "DE")
    page = fair.page_text(client.get(own(agency, pavilion)))
    assert "Signed: 1 · with a stand: 0 · late with something: 1" in page
    assert shea.number in page and "3 tasks" in page and "Aurora" not in page
    file = client.get(own(agency, pavilion, "exhibitors.csv")).content.decode("utf-8-sig").splitlines()
    assert file[1] == f"Shea du Bénin,BJ,contracted,{shea.number},,3,1,0,fair@shea.example"


def test_it_registers_staff_invites_and_describes(
    client: Client, agency: Organisation, pavilion: Pavilion, shea: Exhibitor
) -> None:
    page = own(agency, pavilion, f"{shea.application_id}/")
    wrong = client.post(page, {"do": "staff", "name": ""})
    assert wrong.status_code == 422 and 'id="id_name_error"' in fair.page_text(wrong)
    client.post(page, {"do": "staff", "name": "Ada Mensah", "function": "Sales"})
    assert "Ada Mensah" in fair.page_text(client.get(page))
    client.post(page, {"do": "profile", "about_en": "Butter.", "about_zh": "", "website": ""})
    client.post(page, {"do": "invite", "address": "ada@shea.example", "roles": ["manages"]})
    assert Organisation.objects.get(pk=shea.organisation_id).about_en == "Butter."
    asked = Invitation.objects.get()
    assert (asked.address, asked.organisation, asked.roles) == ("ada@shea.example", shea.organisation, ["manages"])


def test_whoever_has_people_of_its_own_is_helped_with_staff_alone(
    client: Client, agency: Organisation, pavilion: Pavilion, shea: Exhibitor
) -> None:
    fair.speak_for(shea.organisation, "ada@shea.example")
    page = own(agency, pavilion, f"{shea.application_id}/")
    assert "It has people of its own" in fair.page_text(client.get(page))
    client.post(page, {"do": "invite", "address": "thief@apiex.example", "roles": ["manages"]})
    client.post(page, {"do": "profile", "about_en": "Not ours.", "about_zh": "", "website": ""})
    assert not Invitation.objects.exists() and Organisation.objects.get(pk=shea.organisation_id).about_en == ""


def test_others_pavilions_and_exhibitors_are_not_its_to_see(
    client: Client, agency: Organisation, pavilion: Pavilion, edition: Edition
) -> None:
    aurora = make.make_exhibitor(edition, "Aurora Valves", "DE")
    assert client.get(own(agency, pavilion, f"{aurora.application_id}/")).status_code == 404
    other = Pavilion.objects.create(edition=edition, code="DE", name_en="Germany", name_zh="德国", area=aurora.area)
    assert client.get(own(agency, other)).status_code == 404
    Representative.objects.update(roles=["catalogue"])
    assert client.get(own(agency, pavilion)).status_code == 403


def bring(client: Client, address: str, rows: str) -> str:
    file = SimpleUploadedFile("list.csv", LIST.format(rows=rows).encode())
    answer = client.post(address, {"file": file})
    assert answer.status_code == 302, fair.page_text(answer)
    do_what_waits()
    return str(answer.headers["Location"])


def test_a_list_brings_new_exhibitors_and_takes_nobody_elses(
    client: Client, agency: Organisation, pavilion: Pavilion, edition: Edition
) -> None:
    aurora = make.make_exhibitor(edition, "Aurora Valves", "DE", contact_email="a@aurora.example")
    area = aurora.area.code
    rows = f"Zou Cashew,BJ,{area},9,zou@example.org\nAurora Valves,DE,{area},9,thief@apiex.example\n"
    page = bring(client, own(agency, pavilion, "lists/"), rows)
    shown = fair.page_text(client.get(page))
    assert "“Aurora Valves” is registered already, and not in this pavilion." in shown
    assert b"thief@apiex.example" in client.get(f"{page}rows/").content
    assert not Application.objects.filter(organisation__name="Zou Cashew").exists()
    client.post(page, {"partial": ""})
    do_what_waits()
    made = Application.objects.get(organisation__name="Zou Cashew")
    assert (made.pavilion, made.state, made.contact_email) == (pavilion, "submitted", "zou@example.org")
    aurora.application.refresh_from_db()
    assert (aurora.application.pavilion, aurora.application.contact_email) == (None, "a@aurora.example")


def test_many_exhibitors_take_as_many_queries_as_few(
    client: Client, agency: Organisation, pavilion: Pavilion, edition: Edition
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(own(agency, pavilion))
        return len(captured)

    few = queries()
    for number in range(4):
        one: Any = make.make_exhibitor(edition, f"Firm {number}", "BJ")
        Application.objects.filter(pk=one.application_id).update(pavilion=pavilion)
    assert queries() == few
