"""A form that arrives after its sender was signed out, or with a token of before: nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.exhibitors.models import ApplicationDraft
from tests import fair, make

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def apply(db: Any) -> str:
    """The address of a step of an application; Ada acts for its organisation."""
    edition = fair.open_fair()
    fair.make_area(edition)
    organisation = make.make_organisation("Shea du Bénin", "BJ")
    fair.speak_for(organisation, "ada@shea.example")
    return f"/expo/my/exhibitor/{organisation.pk}/apply/buyers/"


def typed() -> dict[str, str]:
    return {"seen": "0", "buyers_wanted": "Importers of <nuts> & “butter”", "least_purchases": "0"}


def signs_in(client: Client, goal: str) -> Any:
    return client.post(LOGIN, {"login": "ada@shea.example", "password": fair.PASSWORD, "next": goal}, follow=True)


def test_what_was_typed_before_the_session_ended_is_sent_again_after_the_sign_in(apply: str) -> None:
    client = Client()
    answer = client.post(apply, typed())
    assert answer.headers["Location"] == f"{LOGIN}?next={apply}"
    page = signs_in(client, apply)
    assert "What you typed is kept: send it again, as ada@shea.example." in fair.page_text(page)
    assert "Importers of &lt;nuts&gt; &amp; “butter”" in fair.page_text(page)
    fields = dict(page.context["fields"])
    assert fields == typed()
    assert not ApplicationDraft.objects.exists()
    client.post(apply, fields)
    assert ApplicationDraft.objects.get().values["buyers"]["buyers_wanted"] == "Importers of <nuts> & “butter”"


def test_it_is_shown_once_and_at_its_own_address_alone(apply: str) -> None:
    client = Client()
    client.post(apply, typed())
    signs_in(client, "/my/")
    assert "did not arrive" not in fair.page_text(client.get("/my/"))
    assert "did not arrive" in fair.page_text(client.get(apply))
    assert "did not arrive" not in fair.page_text(client.get(apply))


def test_a_page_from_before_the_sign_in_can_still_be_sent_and_another_sites_form_cannot(apply: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(LOGIN)
    client.force_login(fair.speak_for(make.make_organisation("Shea du Bénin", "BJ"), "ada@shea.example"))
    stale = {**typed(), "csrfmiddlewaretoken": "a" * 64, "password1": "a secret"}
    answer = client.post(apply, stale, headers={"origin": "http://testserver"})
    assert answer.status_code == 403 and dict(answer.context["fields"]) == typed()
    assert "a secret" not in fair.page_text(answer)
    for origin in ("https://evil.example", "null"):
        answer = client.post(apply, stale, headers={"origin": origin})
        assert answer.status_code == 403 and "Importers" not in fair.page_text(answer)


def test_a_flood_is_not_stored(apply: str) -> None:
    client = Client()
    client.post(apply, {**typed(), "buyers_wanted": "x" * 100_001})
    assert "unsent_form" not in client.session
