"""What an edition may write instead of the product's text of an automatic message, and how it is filled."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.actions import reset_text, write_text
from emporion.domain.notices.models import MessageText
from emporion.domain.notices.queries import own_text
from emporion.domain.notices.rules.kinds import KINDS
from emporion.domain.notices.rules.texts import (
    BraceAlone,
    FieldMayBeEmpty,
    FieldMissing,
    FieldUnknown,
    NotYours,
    TextHalfWritten,
    filled,
    require_body,
    require_subject,
)
from emporion.domain.refusal import Refusal
from emporion.language.message_texts import LANGUAGES, message_text, product_text
from tests.make import MORNING, make_edition

REJECTED, MOVED = KINDS["visitor_rejected"], KINDS["meeting_moved"]
CONTEXT = ActionContext(MORNING)
GOOD = {"subject_en": "Not this time, {name}", "body_en": "Because {reason}\n\n{link}"}


@pytest.mark.parametrize(("body", "refusal", "said"), [
    ("{reason} {link}\n{nme}", FieldUnknown, "Line 2: there is no field {nme}."),
    ("{reason}\n{link.__class__}", FieldUnknown, "Line 2: there is no field {link.__class__}."),
    ("{reason} {link} {0}", FieldUnknown, "Line 1: there is no field {0}."),
    ("{reason!r} {link}", FieldUnknown, "Line 1: there is no field {reason!r}."),
    ("{reason}\n\n{{link}}", BraceAlone, "Line 3: a brace stands alone."),
    ("{% include 'x' %} {reason} {link}", FieldUnknown, "Line 1: there is no field {% include 'x' %}."),
    ("Because {reason}", FieldMissing, "The text lacks {link}, without"),
    ("Come again.", FieldMissing, "The text lacks {reason}, {link}, without"),
])  # fmt: skip
def test_a_text_that_names_what_it_cannot_is_refused_with_its_place(
    body: str, refusal: type[Refusal], said: str
) -> None:
    with pytest.raises(refusal) as caught:
        require_body(REJECTED, body)
    assert caught.value.sentence.startswith(said)


def test_a_subject_names_nothing_that_may_be_empty() -> None:
    require_subject(MOVED, "{after}: {visitor}")
    with pytest.raises(FieldMayBeEmpty):
        require_subject(MOVED, "{why}")


def test_a_value_is_never_read_for_fields_and_an_empty_line_goes_with_its_field() -> None:
    text = "{visitor}\n\nWhy: {why}\n\n{link}"
    assert filled(text, {"visitor": "{link}", "why": "", "link": "L"}, {"why"}) == "{link}\n\nL"
    assert filled(text, {"visitor": "A", "why": "{visitor}", "link": "L"}, {"why"}) == "A\n\nWhy: {visitor}\n\nL"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(KINDS))
def test_the_products_own_texts_keep_the_rule(template: str, language: str) -> None:
    subject, body = product_text(template, language)
    require_subject(KINDS[template], subject)
    require_body(KINDS[template], body)


@pytest.fixture
def edition(db: None) -> Edition:
    return make_edition(6)


def test_an_edition_says_it_in_its_own_words_until_it_takes_the_products_again(edition: Edition) -> None:
    write_text(edition, "visitor_rejected", GOOD, context=CONTEXT)
    write_text(edition, "visitor_rejected", GOOD, context=CONTEXT)
    own = own_text(edition, "visitor_rejected")
    facts = {"name": "Ada", "number": "V06-1", "reason": "of {link}"}
    assert message_text("visitor_rejected", facts, edition, "en", link="L", own=own) == (
        "Not this time, Ada", "Because of {link}\n\nL\n",
    )  # fmt: skip
    chinese = message_text("visitor_rejected", facts, edition, "zh-hans", link="L", own=own)
    assert chinese[0].endswith("观众登记未获通过"), "what has no words of its own stays the product's"
    assert own_text(make_edition(7), "visitor_rejected") == {}
    reset_text(edition, "visitor_rejected", context=CONTEXT)
    reset_text(edition, "visitor_rejected", context=CONTEXT)
    assert own_text(edition, "visitor_rejected") == {}
    events = JournalEntry.objects.filter(subject_kind="message_text").order_by("id")
    assert [entry.event for entry in events] == ["message_text.changed", "message_text.reset"]
    assert events[0].data["texts"]["body_en"] == GOOD["body_en"]


@pytest.mark.parametrize(("template", "texts", "refusal"), [
    ("visitor_rejected", {"subject_en": "Sorry"}, TextHalfWritten),
    ("visitor_rejected", GOOD | {"body_zh": "{reason}{link}"}, TextHalfWritten),
    ("task_failed", GOOD, NotYours),
])  # fmt: skip
def test_what_is_refused_is_not_kept(
    edition: Edition, template: str, texts: dict[str, str], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        write_text(edition, template, texts, context=CONTEXT)
    assert not MessageText.objects.exists()
