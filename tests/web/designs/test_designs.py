"""Aurora's contractor is invited, hands in a drawing, the organiser comments and decides; nobody else sees it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from emporion.domain.booths.models import Stand
from emporion.domain.designs.models import Contractor, DesignComment, DesignFile, StandDesign
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from tests import fair
from tests.domain.test_uploads import picture

pytestmark = pytest.mark.django_db
PLAN = b"%PDF-1.7\nplan 1\n%%EOF\n"
OFFICE = "/expo/office/designs/"


@pytest.fixture
def aurora(db: Any, settings: Any, tmp_path: Path) -> Exhibitor:
    """An exhibitor on a special-built stand."""
    settings.MEDIA_ROOT = tmp_path
    exhibitor, _user = fair.make_seller(fair.open_fair(), "Aurora Valves", "DE")
    Stand.objects.update(kind="special", area_m2=36)
    exhibitor.application.contact_email = "aurora@aurora.example"
    exhibitor.application.save()
    return exhibitor


@pytest.fixture
def client(aurora: Exhibitor) -> Client:
    return fair.signed_in(aurora.organisation.representatives.get().user)


@pytest.fixture
def office(aurora: Exhibitor) -> Client:
    return fair.signed_in(fair.make_staff(fair.make_person("halls@expo.example"), "halls"))


def own(aurora: Exhibitor) -> str:
    return f"/expo/my/exhibitor/{aurora.organisation_id}/design/"


def hand_in(client: Client, address: str, content: bytes = PLAN, name: str = "plan.pdf") -> Any:
    return client.post(address, {"drawings": SimpleUploadedFile(name, content), "note": "6 m high"})


def decide(office: Client, decision: str, seen: int, **typed: Any) -> Any:
    return office.post(f"{OFFICE}{StandDesign.objects.get().pk}/", {"decision": decision, "seen": seen, **typed})


def test_from_the_contractors_invitation_to_the_approval(aurora: Exhibitor, client: Client, office: Client) -> None:
    client.post(f"{own(aurora)}contractors/", {"address": "Build@Steel.example"})
    notice = Notice.objects.get(template="invitation_contractor")
    assert notice.recipient == "build@steel.example"
    builder = fair.signed_in(fair.make_person("build@steel.example"))
    page = f"/expo/my/builder/{aurora.number}/"
    assert builder.get(page).status_code == 404
    assert builder.post(f"/accounts/invitation/{notice.context['token']}/").headers["Location"] == page
    assert hand_in(builder, page).headers["Location"] == page
    assert page in fair.page_text(builder.get("/my/"))
    assert "Aurora Valves" in fair.page_text(office.get(OFFICE))

    due = timezone.localdate() + timedelta(days=9)
    assert decide(office, "changes", 1, reason="Lower it to 5 m.", due=due).headers["Location"] == OFFICE
    told = {one.recipient: one.context.get("stand_of") for one in Notice.objects.filter(template="design_changes")}
    assert told == {"aurora@aurora.example": None, "build@steel.example": aurora.number}
    assert "Lower it to 5 m." in fair.page_text(builder.get(page))
    hand_in(client, own(aurora), PLAN.replace(b"1\n", b"2\n"))
    assert decide(office, "approved", 1).status_code == 422, "version 2 was not looked at"
    decide(office, "approved", 2)
    assert StandDesign.objects.get().state == "approved"
    assert [one.event for one in JournalEntry.objects.filter(event__startswith="design.").order_by("pk")] == [
        "design.handed_in", "design.changes", "design.handed_in", "design.approved",
    ]  # fmt: skip
    assert hand_in(client, own(aurora)).status_code == 422, "an approved design stays as it is"


def test_the_contractor_sees_that_stand_alone_and_no_more_once_dismissed(aurora: Exhibitor, client: Client) -> None:
    builder = fair.make_person("build@steel.example")
    engaged = Contractor.objects.create(exhibitor=aurora, user=builder, engaged=timezone.now())
    other, _user = fair.make_seller(aurora.edition, "Rival", "DE")
    as_builder = fair.signed_in(builder)
    hand_in(client, own(aurora))
    drawing = f"/expo/my/builder/{aurora.number}/{DesignFile.objects.get().pk}/"
    assert as_builder.get(drawing).status_code == 200
    assert as_builder.get(own(aurora)).status_code == 404
    assert as_builder.get(f"/expo/my/exhibitor/{aurora.organisation_id}/").status_code == 404
    assert as_builder.get(f"/expo/my/builder/{other.number}/").status_code == 404
    assert as_builder.get(drawing.replace(aurora.number, other.number)).status_code == 404
    client.post(f"{own(aurora)}contractors/", {"dismiss": engaged.pk})
    assert as_builder.get(drawing).status_code == 404


def test_the_same_drawings_twice_are_one_version(aurora: Exhibitor, client: Client) -> None:
    for _ in range(2):
        assert hand_in(client, own(aurora)).status_code == 302
    assert (StandDesign.objects.get().version, DesignFile.objects.count()) == (1, 1)


def test_what_is_no_drawing_is_refused_beside_the_field(aurora: Exhibitor, client: Client) -> None:
    for content, words in ((b"PK\x03\x04 dwg", "is none of PDF, PNG, JPEG"), (b"", "is empty")):
        answer = hand_in(client, own(aurora), content)
        assert answer.status_code == 422 and 'id="id_drawings_error"' in fair.page_text(answer)
        assert words in fair.page_text(answer)
    assert client.post(own(aurora), {"note": "no file"}).status_code == 422
    assert not StandDesign.objects.exists()


def test_comments_stand_at_their_places(aurora: Exhibitor, client: Client, office: Client) -> None:
    hand_in(client, own(aurora), picture("PNG"), "front.png")
    file, design = DesignFile.objects.get(), StandDesign.objects.get()
    at_office, at_home = f"{OFFICE}{design.pk}/{file.pk}/", f"{own(aurora)}{file.pk}/"
    for _ in range(2):
        office.post(at_office, {"text": "Too high <here>", "page": 1, "x": "25.5", "y": "80"})
    assert DesignComment.objects.count() == 1
    page = fair.page_text(client.get(at_home))
    assert 'cx="25.50%" cy="80.00%"' in page and "Too high &lt;here&gt;" in page and "Organiser" in page
    assert client.post(at_home, {"text": "We lower it", "page": 1, "x": "25.5"}).status_code == 422
    assert client.post(at_home, {"text": "We lower it", "page": 1}).status_code == 302
    assert "2 comments" in fair.page_text(client.get(own(aurora)))


def test_a_picture_is_drawn_and_everything_else_is_sent_to_keep(aurora: Exhibitor, client: Client) -> None:
    hand_in(client, own(aurora), picture("PNG"), "front.png")
    address = f"{own(aurora)}{DesignFile.objects.get().pk}/"
    drawn, kept = client.get(f"{address}?picture"), client.get(f"{address}?file")
    assert drawn.headers["Content-Disposition"].startswith("inline")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    for answer in (drawn, kept):
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    hand_in(client, own(aurora))
    pdf = f"{own(aurora)}{DesignFile.objects.latest('pk').pk}/?picture"
    assert client.get(pdf).headers["Content-Disposition"].startswith("attachment")


def test_a_standard_booth_has_nothing_to_hand_in(aurora: Exhibitor, client: Client) -> None:
    Stand.objects.update(kind="standard")
    assert "Your stand is a standard booth" in fair.page_text(client.get(own(aurora)))
    assert hand_in(client, own(aurora)).status_code == 422
    client.post(f"{own(aurora)}contractors/", {"address": "build@steel.example"})
    assert not Notice.objects.filter(template="invitation_contractor").exists()


def test_a_decision_without_its_reason_is_refused(aurora: Exhibitor, client: Client, office: Client) -> None:
    hand_in(client, own(aurora))
    answer = decide(office, "rejected", 1)
    assert answer.status_code == 422 and 'id="id_reason_error"' in fair.page_text(answer)
    assert decide(office, "changes", 1, reason="Lower it").status_code == 422
    assert StandDesign.objects.get().state == "submitted"


RULES = {
    "height_m": "6", "decks": "2", "single_on_main": "on", "main_aisle_m": "6", "open_faces": "2", "fire_lane_m": "4",
    "source": "Manual of exhibitors, 2023",
}  # fmt: skip


def test_a_design_is_held_against_the_rules_of_construction(aurora: Exhibitor, client: Client, office: Client) -> None:
    empty = fair.page_text(office.get(f"{OFFICE}rules/"))
    assert "No design breaks a rule." in empty
    refused = office.post(f"{OFFICE}rules/", {**RULES, "source": "", "height_m": "60"})
    assert refused.status_code == 422 and 'value="60"' in fair.page_text(refused)
    assert office.post(f"{OFFICE}rules/", RULES).headers["Location"] == f"{OFFICE}rules/"
    asked = fair.page_text(client.get(own(aurora)))
    assert "at most 6 m high" in asked and "Manual of exhibitors, 2023" in asked

    high = {"drawings": SimpleUploadedFile("plan.pdf", PLAN), "height_m": "7.5", "decks": "3", "open_faces": "0"}
    assert client.post(own(aurora), high).status_code == 302
    for reader, address in ((client, own(aurora)), (office, f"{OFFICE}rules/")):
        page = fair.page_text(reader.get(address))
        assert "is 7.5 m high" in page and "has 3 decks" in page
    assert decide(office, "approved", 1).status_code == 422
    assert decide(office, "approved", 1, reason="The hall's fire officer agreed.").status_code == 302
    assert StandDesign.objects.get().state == "approved"


def test_the_same_drawings_of_a_lower_stand_are_a_new_version(aurora: Exhibitor, client: Client) -> None:
    for height in ("7.5", "7.5", "5"):
        client.post(own(aurora), {"drawings": SimpleUploadedFile("plan.pdf", PLAN), "height_m": height})
    assert StandDesign.objects.get().version == 2
    refused = client.post(own(aurora), {"drawings": SimpleUploadedFile("plan.pdf", PLAN), "height_m": "high"})
    assert refused.status_code == 422 and 'id="id_height_m_error"' in fair.page_text(refused)
