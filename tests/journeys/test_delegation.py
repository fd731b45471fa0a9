"""A delegation's leader is invited by the office, brings 200 people by spreadsheet, and the office approves them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook

from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.visitors.models import Visitor
from tests import make
from tests.journeys.visit import Visit
from tests.web.accounts.test_signin import code_sent
from tests.worker import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEADER = "lin@harbour.example"


def test_a_delegation_leader_brings_200_people(
    live_server: Any, browser: Any, edition: Edition, office: Client, tmp_path: Path, pictures: Path | None
) -> None:
    make.make_country("CN"), make.make_country("DE")
    leader, desk = (Visit(browser, live_server.url, pictures) for _ in range(2))
    desk.page.context.add_cookies(
        [{"name": "sessionid", "value": office.cookies["sessionid"].value, "url": live_server.url}]
    )
    office_adds_the_groups(desk, edition)
    leader_accepts(leader)
    leader_brings_the_list(leader, listed(tmp_path / "people.xlsx"))
    leader_reads_who_comes(leader)
    office_approves(desk)
    leader.go("/expo/my/delegation/07/")
    leader.reads("Approved by the organiser\n197")
    assert leader.broken == desk.broken == []


def office_adds_the_groups(desk: Visit, edition: Edition) -> None:
    desk.go("/expo/office/")
    desk.follow("Delegations")
    desk.reads("There is no delegation yet.")
    for path, name in (("07", "Harbour"), ("07.031", "Harbour foods")):
        desk.go("/expo/office/delegations/")
        desk.fill(path=path, name_en=name, name_zh=name)
        desk.press("Add the group")
    desk.picture("office-delegation-empty")
    desk.go("/expo/office/delegations/07/")
    desk.fill(quota="250")
    desk.page.fill(f'[name="{edition.first_day.isoformat()}"]', "197")
    desk.press("Set the quotas")
    desk.reads("The quotas are set.")
    desk.fill(address=LEADER)
    desk.press("Invite to lead it")
    desk.reads(LEADER)
    desk.picture("office-delegation")


def leader_accepts(leader: Visit) -> None:
    token = Notice.objects.get(template="invitation_leader").context["token"]
    leader.go(f"/accounts/invitation/{token}/")
    leader.reads("You are invited to lead Harbour")
    leader.follow("Create an account")
    leader.opens_an_account("Lin Hai", LEADER)
    leader.fill(code=code_sent(LEADER))
    leader.press("Confirm")
    leader.press("Accept the invitation")
    leader.reads("No unit of this group is registered yet.")
    leader.picture("delegation-empty")


def listed(file: Path) -> Path:
    """200 people of 20 units: two rows are another group's and nobody's, and one too many comes on the first day."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Name", "Country", "Organisation", "Organisation's country", "E-mail", "Delegation path"])
    for number in range(1, 201):
        path = {13: "08", 77: "07.9"}.get(number, "07.031" if number % 20 < 10 else "")
        sheet.append([f"Person {number:03}", "China", f"Unit {number % 20}", "", f"p{number}@units.example", path])
    book.save(file)
    return file


def leader_brings_the_list(leader: Visit, file: Path) -> None:
    leader.follow("Bring a list")
    leader.press("Check this list")
    leader.reads("This field is required")
    leader.page.set_input_files("[name=file]", file)
    leader.press("Check this list")
    work()
    leader.page.reload()
    leader.reads("08 is not within your delegation 07")
    leader.reads("Rows with problems\n3")
    assert Visitor.objects.count() == 0
    leader.picture("delegation-list-checked")
    leader.press("Import the good rows")
    # Pressed again by whoever goes back, it is imported once.
    leader.page.go_back()
    leader.page.reload()
    work()
    leader.page.reload()
    assert Visitor.objects.count() == 197
    leader.picture("delegation-list-imported")


def leader_reads_who_comes(leader: Visit) -> None:
    leader.go("/expo/my/delegation/07/")
    leader.reads("registered or approved, sub-groups included; 250 may register")
    leader.picture("delegation")
    leader.follow("Harbour foods")
    leader.reads("Units of this group")
    leader.follow("Harbour")
    leader.follow("People")
    leader.reads("197 people")
    leader.page.fill("#q", "Person 042")
    leader.press("Show")
    leader.reads("1 person")
    leader.reads("Confirmed, the organiser decides")
    leader.page.get_by_role("checkbox").check()
    leader.press("Decline the chosen people")
    leader.reads("Say why: they are told.")
    leader.picture("delegation-people")
    leader.go("/expo/my/delegation/07/invite/")
    leader.reads("197 people are registered and have no link to their registration yet.")
    leader.press("Send them the link")
    leader.reads("197 invitations are on their way.")
    leader.fill(addresses="someone@units.example, no address")
    leader.press("Send the invitations")
    leader.reads("These are no e-mail addresses: no, address")
    leader.picture("delegation-invite")
    leader.go("/expo/my/delegation/07/leaders/")
    leader.picture("delegation-leaders")


def office_approves(desk: Visit) -> None:
    desk.go("/expo/office/delegations/07/")
    desk.press("Approve its units and people who wait")
    desk.reads("197 people are approved.")
    assert not Visitor.objects.exclude(state="approved").exists()
    desk.go("/expo/office/delegations/")
    desk.picture("office-delegations")
