"""Question and answer between the organiser and an applicant while its application is reviewed."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.exhibitors.models import Application, ApplicationQuestion
from emporion.domain.exhibitors.rules.questions import require_answer, require_question
from emporion.domain.journal.actions import Subject, record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.reason import stored


@transaction.atomic
def ask_applicant(application: Application, text: str, *, context: ActionContext) -> ApplicationQuestion:
    """Ask the applicant something during the review; its contact is told. The same question twice is one.

    A co-exhibitor without a contact of its own is asked through its main exhibitor's.
    Raises: QuestionNeeded, TextTooLong, StateForbids, QuestionNeedsContact, TooManyQuestions.
    """
    joined = Application.objects.select_related("organisation", "main").select_for_update(of=("self",))
    locked, text = joined.get(pk=application.pk), text.strip()
    waiting = list(locked.questions.filter(answered=None))
    for same in waiting:
        if same.text == text:
            return same
    contact = locked.contact_email or (locked.main.contact_email if locked.main else "")
    require_question(text, state=locked.state, contact_email=contact, unanswered=len(waiting))
    question = ApplicationQuestion.objects.create(
        application=locked, text=text, asked=context.at, asked_by=context.actor
    )
    record("application.question_asked", _subject(locked), context=context, edition=locked.edition_id)
    _tell_applicant(question, contact, context)
    return question


@transaction.atomic
def answer_question(question: ApplicationQuestion, text: str, *, context: ActionContext) -> ApplicationQuestion:
    """Answer a question for the applicant; whoever asked is told. The same answer twice is one.

    Raises: AnswerNeeded, TextTooLong, QuestionAnswered.
    """
    joined = ApplicationQuestion.objects.select_related("application__organisation", "asked_by")
    locked, text = joined.select_for_update(of=("self",)).get(pk=question.pk), text.strip()
    if locked.answered and locked.answer == text:
        return locked
    require_answer(text, answered=locked.answered)
    locked.answer, locked.answered, locked.answered_by = text, context.at, context.actor
    locked.save(update_fields=["answer", "answered", "answered_by"])
    application = locked.application
    record("application.question_answered", _subject(application), context=context, edition=application.edition_id)
    _tell_asker(locked, context)
    return locked


def _subject(application: Application) -> Subject:
    return subject_of(application, str(application.organisation))


def _tell_applicant(question: ApplicationQuestion, contact: str, context: ActionContext) -> None:
    organisation = question.application.organisation
    facts = {"organisation": stored(organisation.proper_name), "question": question.text}
    notify(
        f"application.question:{question.pk}",
        recipient=contact,
        template="application_question",
        context={**facts, "organisation_id": organisation.pk},
        edition_id=question.application.edition_id,
        at=context.at,
    )


def _tell_asker(question: ApplicationQuestion, context: ActionContext) -> None:
    application = question.application
    facts = {"question": question.text, "answer": question.answer, "application": application.pk}
    notify(
        f"application.answer:{question.pk}",
        recipient=question.asked_by.email if question.asked_by else "",
        template="application_answer",
        context={**facts, "organisation": stored(application.organisation.proper_name)},
        edition_id=application.edition_id,
        at=context.at,
    )
