"""The application step by step in the browser: kept, resumed elsewhere, checked, sent; papers fetched by few."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, ApplicationDraft, ApplicationPaper
from emporion.domain.organisations.models import Organisation
from tests import fair, make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nlicence\n%%EOF\n"


@pytest.fixture
def edition(db: Any, settings: Any, tmp_path: Path) -> Edition:
    settings.MEDIA_ROOT = tmp_path
    edition = fair.open_fair()
    fair.make_area(edition)
    return edition


@pytest.fixture
def firm(edition: Edition) -> Organisation:
    return make.make_organisation("Benin Butter", "BJ")


@pytest.fixture
def client(firm: Organisation) -> Client:
    return fair.signed_in(fair.speak_for(firm, "ada@shea.example"))


@pytest.fixture
def own(firm: Organisation) -> str:
    return f"/expo/my/exhibitor/{firm.pk}/apply/"


def upload(client: Client, own: str, content: bytes = PDF, name: str = "licence.pdf") -> Any:
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(f"{own}papers/", {"kind": "licence", "file": file})


def typed(edition: Edition) -> dict[str, Any]:
    fields = {"area": edition.areas.get(code="food-agriculture").pk, "stand": "standard", "area_m2": 9, "open_sides": 1}
    return {**fields, "contact_email": "ada@shea.example"}


def test_a_colleague_goes_on_on_another_device(own: str, client: Client, firm: Organisation) -> None:
    answer = client.post(f"{own}stand/", {"seen": 0, "stand": "raw", "area_m2": "54", "open_sides": 2, "later": 1})
    assert answer.headers["Location"] == own
    colleague = fair.signed_in(fair.speak_for(firm, "eno@shea.example"))
    page = fair.page_text(colleague.get(f"{own}stand/"))
    assert 'name="area_m2" value="54"' in page and '<option value="raw" selected>' in page
    assert "Go on with the application" in fair.page_text(colleague.get(own.replace("apply/", "")))


def test_what_is_wrong_is_told_beside_its_field_and_is_kept_all_the_same(own: str, client: Client) -> None:
    answer = client.post(f"{own}stand/", {"seen": 0, "stand": "standard", "area_m2": "10", "open_sides": 1})
    assert answer.status_code == 422
    page = fair.page_text(answer)
    assert 'id="id_area_m2_error"' in page and "<title>Error: " in page
    assert 'name="seen" value="1"' in page
    assert ApplicationDraft.objects.get().values["stand"]["area_m2"] == "10"
    assert "Begun, not complete" in fair.page_text(client.get(own))
    assert 'name="area_m2" value="10"' in fair.page_text(client.get(f"{own}stand/"))


def test_a_second_window_is_told_and_may_then_replace(own: str, client: Client) -> None:
    first, second = ({"seen": 0, "contact_email": f"{who}@shea.example"} for who in ("first", "second"))
    client.post(f"{own}contact/", first)
    answer = client.post(f"{own}contact/", second)
    page = fair.page_text(answer)
    assert answer.status_code == 422 and "changed in another window" in page
    assert 'value="second@shea.example"' in page and 'name="seen" value="1"' in page
    assert client.post(f"{own}contact/", {**second, "seen": 1}).status_code == 302
    assert ApplicationDraft.objects.get().values["contact"]["contact_email"] == "second@shea.example"


def test_answers_are_checked_on_one_page_before_they_are_sent(
    own: str, client: Client, edition: Edition, firm: Organisation
) -> None:
    assert client.get(f"{own}check/").headers["Location"] == own
    for step, fields in {"area": ("area",), "stand": ("stand", "area_m2", "open_sides")}.items():
        client.post(f"{own}{step}/", {"seen": 0} | {name: typed(edition)[name] for name in fields})
    client.post(f"{own}contact/", {"seen": 0, "contact_email": "ada@shea.example"})
    upload(client, own)
    page = fair.page_text(client.get(f"{own}check/"))
    for words in ("food-agriculture", "Standard booth", "row, one open side", "ada@shea.example", "licence.pdf"):
        assert words in page
    assert not Application.objects.exists()
    assert client.post(f"{own}check/", {"seen": 2}).status_code == 422
    assert client.post(f"{own}check/", {"seen": 3}).status_code == 302
    assert Application.objects.get().state == "submitted"


def test_no_step_that_is_not_there(own: str, client: Client) -> None:
    assert client.get(f"{own}payment/").status_code == 404


def test_a_paper_is_sent_to_keep_and_nothing_in_it_runs(own: str, client: Client) -> None:
    assert upload(client, own).headers["Location"] == f"{own}papers/"
    answer = client.get(f"{own}papers/{ApplicationPaper.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="licence.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_program_with_a_papers_name_is_refused_beside_the_field(own: str, client: Client) -> None:
    answer = upload(client, own, b"MZ\x90", "licence.pdf")
    assert answer.status_code == 422
    assert 'id="id_file_error"' in fair.page_text(answer)
    assert "“licence.pdf” is none of PDF, PNG, JPEG by its content" in fair.page_text(answer)
    assert upload(client, own, b"").status_code == 422
    assert not ApplicationPaper.objects.exists()


def test_papers_open_to_their_applicant_and_to_reviewers_of_its_area(
    own: str, client: Client, edition: Edition, firm: Organisation
) -> None:
    upload(client, own)
    pk = ApplicationPaper.objects.get().pk
    stranger = make.make_organisation("Aurora", "DE")
    other = fair.signed_in(fair.speak_for(stranger, "eve@aurora.example"))
    assert other.get(f"{own}papers/{pk}/").status_code == 404
    assert other.get(f"/expo/my/exhibitor/{stranger.pk}/apply/papers/{pk}/").status_code == 404
    make.make_area(edition, "machines")
    reviewers = {
        area: fair.signed_in(fair.make_staff(fair.make_person(f"{area}@expo.example"), "reviewer", area=area))
        for area in ("food-agriculture", "machines")
    }
    office = f"/expo/office/papers/{pk}/"
    assert reviewers["food-agriculture"].get(office).status_code == 404, "a draft is its applicant's own"
    fair.apply(client, firm, typed(edition))
    assert reviewers["food-agriculture"].get(office).status_code == 200
    assert reviewers["machines"].get(office).status_code == 403
    assert client.get(office).status_code == 404
