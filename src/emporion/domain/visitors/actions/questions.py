"""Question and answer between the organiser and a visitor or a unit, before the organiser decides."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from emporion.domain.exhibitors.rules.questions import require_answer, require_question_text, require_reach
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify, notify_all
from emporion.domain.reason import stored
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import RegistrationQuestion, VisitingUnit, Visitor
from emporion.domain.visitors.queries import Contact, contacts_of


@transaction.atomic
def ask_registered(asked: Visitor | VisitingUnit, text: str, *, context: ActionContext) -> RegistrationQuestion:
    """Ask a visitor or a unit something before the decision; who can answer is told. The same question twice is one.

    Raises: QuestionNeeded, TextTooLong, NotAsked, QuestionNeedsContact, TooManyQuestions.
    """
    locked, text = type(asked).objects.select_for_update().get(pk=asked.pk), text.strip()
    end = {"visitor" if isinstance(locked, Visitor) else "unit": locked}
    waiting = list(RegistrationQuestion.objects.filter(answered=None, **end))
    for same in waiting:
        if same.text == text:
            return same
    contacts = contacts_of(locked)
    require_question_text(text)
    rules.require_asked(locked.proper_name, locked.state)
    require_reach(contacts[0].address if contacts else "", len(waiting))
    question = RegistrationQuestion.objects.create(text=text, asked=context.at, asked_by=context.actor, **end)
    _enter("question_asked", question, context)
    _tell(question, contacts, context)
    return question


@transaction.atomic
def answer_registered(question: RegistrationQuestion, text: str, *, context: ActionContext) -> RegistrationQuestion:
    """Answer a question for a visitor or a unit; whoever asked is told. The same answer twice is one.

    Raises: AnswerNeeded, TextTooLong, QuestionAnswered.
    """
    locked, text = RegistrationQuestion.objects.select_for_update().get(pk=question.pk), text.strip()
    if locked.answered and locked.answer == text:
        return locked
    require_answer(text, answered=locked.answered)
    locked.answer, locked.answered, locked.answered_by = text, context.at, context.actor
    locked.save(update_fields=["answer", "answered", "answered_by"])
    _enter("question_answered", locked, context)
    _tell_asker(locked, context)
    return locked


def _enter(event: str, question: RegistrationQuestion, context: ActionContext) -> None:
    kind = "visitor" if question.visitor_id else "unit"
    record(f"{kind}.{event}", subject_of(question.to), context=context, edition=question.to.edition_id)


def _tell(question: RegistrationQuestion, contacts: Sequence[Contact], context: ActionContext) -> None:
    facts = {"name": stored(question.to.proper_name), "question": question.text}
    notify_all(
        (
            Message(
                f"registration.question:{question.pk}:{place}", one.address, "visitor_question", facts | one.leads_to,
                edition_id=question.to.edition_id,
            )
            for place, one in enumerate(contacts)
        ),
        at=context.at,
    )  # fmt: skip


def _tell_asker(question: RegistrationQuestion, context: ActionContext) -> None:
    record_at = ["visitors" if question.visitor_id else "units", question.to.pk]
    facts = {"name": stored(question.to.proper_name), "question": question.text, "answer": question.answer}
    notify(
        f"registration.answer:{question.pk}", recipient=question.asked_by.email if question.asked_by else "",
        template="visitor_answer", context={**facts, "record": record_at}, edition_id=question.to.edition_id,
        at=context.at,
    )  # fmt: skip
