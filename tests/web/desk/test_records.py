"""The desk's page of one record: what is stated, what happened, and deciding about it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import add_paper
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import LikelyDuplicate, Organisation
from emporion.domain.visitors.models import LikelyVisitorDuplicate, VisitingUnit
from emporion.web.shell.paging import page_after
from emporion.web.visitors import doubles
from tests import fair, make
from tests.web.desk.test_queues import apply, register

pytestmark = pytest.mark.django_db


def test_an_application_states_everything_and_is_decided_there(edition: Edition, office: Client, owner: User) -> None:
    one = apply(edition, "Benin Butter", buyers_wanted="Importers of nuts", open_sides=2, requests_free_booth=True)
    make.make_earlier("Benin Butter", 5, country="BJ")
    twin = make.make_organisation("Benin Buter", "BJ")
    LikelyDuplicate.objects.create(first=one.organisation, second=twin, why="alike")
    fair.speak_for(one.organisation, "ada@shea.example")
    here = f"/expo/office/applications/{one.pk}/"
    page = fair.page_text(office.get(here))
    for words in (
        "Importers of nuts",
        "corner, two open sides",
        "asked for",
        "2022",
        "Benin Buter",
        "ada@shea.example",
    ):
        assert words in page
    page = fair.page_text(office.post(here, {"action": "reject", "text": " "}))
    assert "Say why" in page and "Error:" in page
    page = fair.page_text(office.post(here, {"action": "reject", "text": "The hall is full."}, follow=True))
    assert "Rejected" in page and page.count("The hall is full.") >= 2
    office.post(here, {"action": "review"})
    office.post(here, {"action": "approve"})
    office.post(here, {"action": "sign"})
    page = fair.page_text(office.get(here))
    assert Exhibitor.objects.get().number in page
    told = ["Contract signed", "Approved", "Decision taken back, reviewed again", "Rejected"]
    places = [page.rindex(f"<strong>{words}</strong>") for words in told]
    assert places == sorted(places), "the latest first"
    assert f"· {owner.name}" in page


def test_reviewers_read_the_papers_of_an_application_from_its_page(
    edition: Edition, office: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    one = apply(edition, "Benin Butter")
    assert "licence.pdf" not in fair.page_text(office.get(f"/expo/office/applications/{one.pk}/"))
    licence = b"%PDF-1.7\nlicence 17\n%%EOF\n"
    paper = add_paper(
        edition, one.organisation, "licence", "licence.pdf", licence, context=ActionContext(timezone.now())
    )
    page = fair.page_text(office.get(f"/expo/office/applications/{one.pk}/"))
    assert f'<a href="/expo/office/papers/{paper.pk}/">licence.pdf</a>' in page
    assert "Business licence or register entry" in page
    assert b"".join(office.get(f"/expo/office/papers/{paper.pk}/")) == licence


def test_a_decision_that_the_state_forbids_is_refused_in_words(edition: Edition, office: Client) -> None:
    one = apply(edition, "Benin Butter", "contracted")
    page = office.post(f"/expo/office/applications/{one.pk}/", {"action": "approve"})
    assert "An application that is under contract cannot be approved." in fair.page_text(page)
    assert Notice.objects.count() == 0


def test_a_unit_turned_down_by_mistake_waits_again_with_its_people(edition: Edition, office: Client) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    VisitingUnit.objects.update(state="registered")
    people = [register(edition, "Wang Lan", unit=unit), register(edition, "Li Wei", unit=unit, state="cancelled")]
    before = register(edition, "No Such Person", unit=unit, state="rejected", decided=make.NOON)
    here = f"/expo/office/units/{unit.pk}/"
    office.post(here, {"action": "reject", "text": "Not known."})
    people[0].refresh_from_db()
    assert people[0].state == "rejected"
    office.post(here, {"action": "review"})
    for one, state in ((unit, "registered"), (people[0], "registered"), (people[1], "cancelled"), (before, "rejected")):
        one.refresh_from_db()
        assert one.state == state
    assert "Wang Lan" in fair.page_text(office.get(here))


def test_the_gate_looks_visitors_up_and_does_not_see_applications(edition: Edition) -> None:
    gate = fair.signed_in(fair.make_staff(fair.make_person("gus@expo.example"), "gate"))
    one = register(edition, "Wang Lan", state="approved", document="E1234567")
    page = fair.page_text(gate.get(f"/expo/office/visitors/{one.pk}/"))
    assert "E1234567" in page
    gate.post(f"/expo/office/visitors/{one.pk}/", {"action": "badge"})
    one.refresh_from_db()
    assert one.badge.number
    assert gate.get("/expo/office/applications/").status_code == 403


def test_organisations_that_may_be_one_are_merged_or_kept_apart(edition: Edition, office: Client) -> None:
    pairs = []
    for name in ("Benin", "Shea"):
        first, second = make.make_organisation(f"{name} Butter", "BJ"), make.make_organisation(f"{name} Buter", "BJ")
        pairs.append(LikelyDuplicate.objects.create(first=first, second=second, why="alike"))
    assert "2 pairs to decide" in fair.page_text(office.get("/expo/office/organisations/doubles/"))
    same, different = (f"/expo/office/organisations/doubles/{pair.pk}/" for pair in pairs)
    office.post(same, {"same": "1"})
    page = fair.page_text(office.post(different, {"different": "1"}, follow=True))
    assert "No pairs to decide." in page
    assert Organisation.objects.filter(name__startswith="Benin").count() == 1
    assert Organisation.objects.filter(name__startswith="Shea").count() == 2
    assert office.post(same, {"same": "1"}).status_code == 404


def test_registrations_that_may_be_one_come_in_pages(
    edition: Edition, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubles, "page_after", partial(page_after, size=2))
    for number in range(3):
        first, second = (register(edition, f"Wang Lan {number}") for _ in range(2))
        LikelyVisitorDuplicate.objects.create(edition=edition, first=first, second=second, reason="name_and_unit")
    page = fair.page_text(office.get("/expo/office/doubles/"))
    assert "3 pairs to decide" in page and "Wang Lan 2" not in page
    [following] = re.findall(r'href="([^"]*)" rel="next"', page)
    page = fair.page_text(office.get(f"/expo/office/doubles/{following}"))
    assert "Wang Lan 2" in page and "Wang Lan 1" not in page and 'rel="next"' not in page
