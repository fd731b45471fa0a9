"""What the organiser may ask an applicant, and the applicant answer, while an application is reviewed."""

from __future__ import annotations

from datetime import datetime

from emporion.domain.exhibitors.rules.applications import require_may
from emporion.domain.refusal import Refusal

LONGEST_TEXT = 2000
MOST_OPEN = 20


class QuestionNeeded(Refusal):
    """Write the question; it goes out by e-mail."""


class AnswerNeeded(Refusal):
    """Write an answer; the organiser goes on with the review when it is there."""


class TextTooLong(Refusal):
    """Use at most {longest} characters; yours has {length}."""


class QuestionAnswered(Refusal):
    """This question was answered on {day}; write to the organiser if the answer has changed."""


class TooManyQuestions(Refusal):
    """{most} questions wait for an answer; ask more when some are answered."""


class QuestionNeedsContact(Refusal):
    """There is no e-mail address to send a question to."""


def require_question(text: str, *, state: str, contact_email: str, unanswered: int) -> None:
    """Refuse a question that says nothing or can reach nobody; ``contact_email`` of the main one for a co-exhibitor.

    Raises: QuestionNeeded, TextTooLong, StateForbids, QuestionNeedsContact, TooManyQuestions.
    """
    require_question_text(text)
    require_may(state, "asked about")
    require_reach(contact_email, unanswered)


def require_question_text(text: str) -> None:
    """Raises: QuestionNeeded, TextTooLong."""
    if not text:
        raise QuestionNeeded()
    _require_length(text)


def require_reach(address: str, unanswered: int) -> None:
    """Refuse a question that nobody would get, or one too many. Raises: QuestionNeedsContact, TooManyQuestions."""
    if not address:
        raise QuestionNeedsContact()
    if unanswered >= MOST_OPEN:
        raise TooManyQuestions(most=MOST_OPEN)


def require_answer(text: str, *, answered: datetime | None) -> None:
    """Raises: AnswerNeeded, TextTooLong, QuestionAnswered."""
    if not text:
        raise AnswerNeeded()
    _require_length(text)
    if answered:
        raise QuestionAnswered(day=answered.date())


def _require_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(longest=LONGEST_TEXT, length=len(text))
