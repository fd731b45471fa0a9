"""The organiser's question on the applicant's pages: answered once, by who manages the organisation."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import apply, ask_applicant, submit
from emporion.domain.exhibitors.models import ApplicationQuestion
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.journal.context import ActionContext
from tests import fair, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(db: Any) -> ApplicationQuestion:
    edition: Edition = fair.open_fair()
    context = ActionContext(timezone.now())
    facts = ApplicationFacts(area_m2=9, contact_email="ada@shea.example")
    firm = make.make_organisation("Benin Butter", "BJ")
    application = submit(apply(edition, firm, facts, area=fair.make_area(edition), context=context), context=context)
    return ask_applicant(application, "Which licence <covers> it?", context=context)


@pytest.fixture
def client(question: ApplicationQuestion) -> Client:
    return fair.signed_in(fair.speak_for(question.application.organisation, "ada@shea.example"))


def address(question: ApplicationQuestion) -> str:
    return f"/expo/my/exhibitor/{question.application.organisation_id}/questions/{question.pk}/"


def test_the_overview_leads_to_the_question_and_shows_its_answer(question: ApplicationQuestion, client: Client) -> None:
    overview = address(question).split("questions")[0]
    page = fair.page_text(client.get(overview))
    assert "Which licence &lt;covers&gt; it?" in page
    assert f'href="{address(question)}"' in page
    answer = client.post(address(question), {"answer": "Licence 17"}, follow=True)
    assert answer.redirect_chain == [(overview, 302)]
    page = fair.page_text(answer)
    assert "Your answer has been sent to the organiser." in page and "Licence 17" in page
    assert f'href="{address(question)}"' not in page


def test_an_empty_answer_stands_beside_its_field(question: ApplicationQuestion, client: Client) -> None:
    answer = client.post(address(question), {"answer": "  "})
    assert answer.status_code == 422
    assert 'id="id_answer_error"' in fair.page_text(answer)
    question.refresh_from_db()
    assert question.answered is None


def test_a_second_answer_is_not_taken_and_the_page_says_why(question: ApplicationQuestion, client: Client) -> None:
    client.post(address(question), {"answer": "Licence 17"})
    answer = client.post(address(question), {"answer": "Licence 18"})
    assert answer.status_code == 422
    question.refresh_from_db()
    assert question.answer == "Licence 17"
    assert "This question was answered on" in fair.page_text(answer)


def test_questions_of_others_are_not_there(question: ApplicationQuestion) -> None:
    other = make.make_organisation("Aurora", "DE")
    stranger = fair.signed_in(fair.speak_for(other, "eve@aurora.example"))
    own = f"/expo/my/exhibitor/{other.pk}/questions/{question.pk}/"
    assert [stranger.get(one).status_code for one in (address(question), own)] == [404, 404]
