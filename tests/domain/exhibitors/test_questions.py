"""The organiser asks Benin about its licence; Benin answers once, and both are told."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import answer_question, apply, approve, ask_applicant, submit
from emporion.domain.exhibitors.models import Application, ApplicationQuestion
from emporion.domain.exhibitors.queries import questions_of, unanswered_questions
from emporion.domain.exhibitors.rules.applications import StateForbids
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.questions import (
    LONGEST_TEXT,
    MOST_OPEN,
    AnswerNeeded,
    QuestionAnswered,
    QuestionNeeded,
    QuestionNeedsContact,
    TextTooLong,
    TooManyQuestions,
)
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from tests.make import IN_JULY, IN_JUNE, make_organisation

LICENCE = "Which licence covers the sale of shea butter?"


@pytest.fixture
def reviewer(edition: Edition) -> User:
    return User.objects.create_user("reviewer@fair.example")


@pytest.fixture
def application(edition: Edition) -> Application:
    facts = ApplicationFacts(area_m2=9, contact_email="shea@benin.example")
    area, context = edition.areas.get(code="food"), ActionContext(IN_JUNE)
    return submit(apply(edition, make_organisation("Shea", "BJ"), facts, area=area, context=context), context=context)


def test_a_question_waits_is_told_and_stands_in_the_journal(application: Application, reviewer: User) -> None:
    question = ask_applicant(application, f"  {LICENCE} ", context=ActionContext(IN_JULY, reviewer))

    assert [one.text for one in unanswered_questions(application.edition)] == [LICENCE]
    notice = Notice.objects.get(template="application_question")
    assert (notice.recipient, notice.context["question"]) == ("shea@benin.example", LICENCE)
    assert JournalEntry.objects.filter(event="application.question_asked").count() == 1
    assert (question.asked, question.asked_by) == (IN_JULY, reviewer)


def test_a_question_sent_twice_is_one(application: Application, reviewer: User) -> None:
    context = ActionContext(IN_JULY, reviewer)
    assert ask_applicant(application, LICENCE, context=context) == ask_applicant(application, LICENCE, context=context)
    assert Notice.objects.filter(template="application_question").count() == 1


def test_the_answer_ends_the_wait_and_goes_to_whoever_asked(application: Application, reviewer: User) -> None:
    question = ask_applicant(application, LICENCE, context=ActionContext(IN_JULY, reviewer))
    answer_question(question, "Licence 17/2023. ", context=ActionContext(IN_JULY))
    answer_question(question, "Licence 17/2023.", context=ActionContext(IN_JULY))

    assert not unanswered_questions(application.edition)
    assert [one.answer for one in questions_of(application)] == ["Licence 17/2023."]
    notice = Notice.objects.get(template="application_answer")
    assert (notice.recipient, notice.context["answer"]) == ("reviewer@fair.example", "Licence 17/2023.")
    assert JournalEntry.objects.filter(event="application.question_answered").count() == 1


def test_another_answer_is_refused_once_one_is_there(application: Application) -> None:
    question = ask_applicant(application, LICENCE, context=ActionContext(IN_JULY))
    answer_question(question, "Licence 17", context=ActionContext(IN_JULY))
    with pytest.raises(QuestionAnswered) as refused:
        answer_question(question, "Licence 18", context=ActionContext(IN_JULY))
    assert refused.value.data == {"day": date(2023, 7, 1)}
    assert questions_of(application).get().answer == "Licence 17"


def test_empty_and_endless_texts_are_refused(application: Application) -> None:
    with pytest.raises(QuestionNeeded):
        ask_applicant(application, "  ", context=ActionContext(IN_JULY))
    with pytest.raises(TextTooLong):
        ask_applicant(application, "x" * (LONGEST_TEXT + 1), context=ActionContext(IN_JULY))
    question = ask_applicant(application, "x" * LONGEST_TEXT, context=ActionContext(IN_JULY))
    with pytest.raises(AnswerNeeded):
        answer_question(question, "\n", context=ActionContext(IN_JULY))
    assert ApplicationQuestion.objects.count() == 1


def test_only_an_application_under_review_is_asked_about(application: Application) -> None:
    question = ask_applicant(application, LICENCE, context=ActionContext(IN_JULY))
    approve(application, context=ActionContext(IN_JULY))
    with pytest.raises(StateForbids):
        ask_applicant(application, "And the origin?", context=ActionContext(IN_JULY))
    assert not unanswered_questions(application.edition)
    # An answer that comes after the decision is kept all the same.
    assert answer_question(question, "Licence 17", context=ActionContext(IN_JULY)).answered == IN_JULY


def test_a_co_exhibitor_is_asked_through_its_main_exhibitor(application: Application) -> None:
    edition, context = application.edition, ActionContext(IN_JUNE)
    with_main = {"area": application.area, "main": application, "context": context}
    co = submit(apply(edition, make_organisation("Nuts", "BJ"), ApplicationFacts(), **with_main), context=context)
    ask_applicant(co, LICENCE, context=context)
    assert Notice.objects.get(template="application_question").recipient == "shea@benin.example"


def test_nobody_is_asked_without_an_address(application: Application) -> None:
    Application.objects.update(contact_email="")
    with pytest.raises(QuestionNeedsContact):
        ask_applicant(application, LICENCE, context=ActionContext(IN_JULY))


def test_questions_without_an_answer_do_not_pile_up(application: Application) -> None:
    for number in range(MOST_OPEN):
        ask_applicant(application, f"Question {number}?", context=ActionContext(IN_JULY))
    with pytest.raises(TooManyQuestions):
        ask_applicant(application, "One more?", context=ActionContext(IN_JULY))
