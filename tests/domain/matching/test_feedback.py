"""What people say to suggestions: favourites, hidden, declined, taken back; and that the next run listens."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from emporion.domain.catalogue.models import Debut
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching.actions import decline, mark, run_matching, take_back_decline
from emporion.domain.matching.models import Decline, Mark, VisitorSuggestions
from emporion.domain.matching.queries import (
    marked_by,
    marks_of,
    strongest_reasons,
    suggestions_for,
    suggestions_to,
    visitor_known_to,
)
from emporion.domain.matching.rules import NotOfOneEdition, Term
from emporion.domain.reason import Name
from emporion.language import CHINESE, translate
from tests import make

pytestmark = pytest.mark.django_db
FAVOURITE, HIDDEN = Mark.Kind.FAVOURITE, Mark.Kind.HIDDEN
BY_VISITOR = {"by_exhibitor": False, "context": ActionContext(make.NOON)}
BY_EXHIBITOR = {"by_exhibitor": True, "context": ActionContext(make.NOON)}


@pytest.fixture
def food(edition):
    """Four exhibitors of food, all alike but for what they show: cocoa and dates, cocoa, tea, nothing."""
    area = make.make_area(edition, "food", number=1)
    found = {name: make.make_exhibitor(edition, name, area=area) for name in ("Cacao", "Choco", "Tea", "Plain")}
    for name, code in (("Cacao", "180100"), ("Choco", "180631"), ("Tea", "090210")):
        make.make_hs(code)
        found[name].products.create(edition=edition, number="1", name_en=f"{name} 1", hs_id=code)
    make.make_hs("080410")
    found["Cacao"].products.create(edition=edition, number="2", name_en="Dates", hs_id="080410")
    return found


@pytest.fixture
def ann(edition, food):
    return make.make_visitor(edition, "Ann", sectors=[1])


def names(visitor):
    return [one.exhibitor.organisation.name for one in suggestions_for(visitor)]


def scores(visitor):
    found = VisitorSuggestions.objects.get(visitor=visitor)
    return dict(zip(found.exhibitors, found.scores, strict=True))


def events():
    entries = JournalEntry.objects.filter(event__startswith="suggestion.").order_by("pk")
    return list(entries.values_list("event", flat=True))


def test_a_favourite_leads_the_next_run_and_brings_its_like(edition, food, ann):
    run_matching(edition, context=ActionContext(make.NOON))
    before = scores(ann)
    mark(ann, food["Cacao"], FAVOURITE, **BY_VISITOR)
    run_matching(edition, context=ActionContext(make.NOON))
    after = scores(ann)
    gained = {name: after[one.pk] - before[one.pk] for name, one in food.items()}
    assert names(ann)[:2] == ["Cacao", "Choco"]
    assert gained["Cacao"] == pytest.approx(1.0 + 0.4, abs=0.01)
    assert gained["Cacao"] > gained["Choco"] > gained["Tea"] == pytest.approx(gained["Plain"], abs=0.01)
    mark(ann, food["Cacao"], None, **BY_VISITOR)
    run_matching(edition, context=ActionContext(make.NOON))
    assert scores(ann) == pytest.approx(before)


@pytest.mark.parametrize("say", ["hide", "decline"])
def test_who_is_hidden_or_declined_is_left_out_until_it_is_taken_back(edition, food, ann, say):
    run_matching(edition, context=ActionContext(make.NOON))
    assert "Tea" in names(ann)
    if say == "hide":
        mark(ann, food["Tea"], HIDDEN, **BY_VISITOR)
    else:
        decline(ann, food["Tea"], **BY_VISITOR)
    assert "Tea" not in names(ann)
    run_matching(edition, context=ActionContext(make.NOON))
    assert food["Tea"].pk not in scores(ann)
    assert len(names(ann)) == 3
    if say == "hide":
        mark(ann, food["Tea"], None, **BY_VISITOR)
    else:
        take_back_decline(ann, food["Tea"], **BY_VISITOR)
    run_matching(edition, context=ActionContext(make.NOON))
    assert "Tea" in names(ann)


def test_saying_it_twice_is_saying_it_once(food, ann):
    for _ in range(2):
        mark(ann, food["Tea"], FAVOURITE, **BY_VISITOR)
    for _ in range(2):
        mark(ann, food["Tea"], None, **BY_VISITOR)
    for _ in range(2):
        decline(ann, food["Tea"], **BY_VISITOR)
    for _ in range(2):
        take_back_decline(ann, food["Tea"], **BY_VISITOR)
    assert events() == [
        "suggestion.marked", "suggestion.marked", "suggestion.declined", "suggestion.decline_taken_back",
    ]  # fmt: skip
    assert not Mark.objects.exists() and not Decline.objects.exists()


def test_the_second_decline_keeps_the_time_of_the_first(food, ann):
    decline(ann, food["Tea"], **BY_VISITOR)
    decline(ann, food["Tea"], by_exhibitor=False, context=ActionContext(make.NOON + timedelta(days=1)))
    assert Decline.objects.get().at == make.NOON


def test_a_mark_changes_into_the_other(food, ann):
    mark(ann, food["Tea"], FAVOURITE, **BY_VISITOR)
    mark(ann, food["Tea"], HIDDEN, by_exhibitor=False, context=ActionContext(make.NOON + timedelta(days=1)))
    assert marks_of(ann) == {food["Tea"].pk: "hidden"}
    assert Mark.objects.get().at == make.NOON + timedelta(days=1)


def test_each_side_speaks_for_itself(edition, food, ann):
    run_matching(edition, context=ActionContext(make.NOON))
    for side in (BY_VISITOR, BY_EXHIBITOR):
        decline(ann, food["Tea"], **side)
    assert marks_of(ann) == {food["Tea"].pk: "declined"}
    assert marks_of(food["Tea"]) == {ann.pk: "declined"}
    take_back_decline(ann, food["Tea"], **BY_VISITOR)
    assert marks_of(ann) == {}
    # What the exhibitor said holds.
    assert "Tea" not in names(ann)
    assert suggestions_to(food["Tea"]) == []


def test_what_one_said_is_listed_with_the_newest_first_and_a_decline_outweighs_a_mark(food, ann):
    for day, (name, kind) in enumerate((("Tea", FAVOURITE), ("Cacao", HIDDEN), ("Plain", FAVOURITE))):
        mark(ann, food[name], kind, by_exhibitor=False, context=ActionContext(make.NOON + timedelta(days=day)))
    decline(ann, food["Tea"], by_exhibitor=False, context=ActionContext(make.NOON + timedelta(days=5)))
    mark(ann, food["Choco"], FAVOURITE, **BY_EXHIBITOR)
    listed = [(one.other, one.kind) for one in marked_by(ann)]
    assert listed == [(food["Tea"], "declined"), (food["Plain"], "favourite"), (food["Cacao"], "hidden")]
    assert [(one.other, one.kind) for one in marked_by(food["Choco"])] == [(ann, "favourite")]


@pytest.mark.parametrize("action", [decline, take_back_decline, lambda *pair, **facts: mark(*pair, FAVOURITE, **facts)])
def test_two_editions_have_nothing_to_say_to_each_other(food, ann, action):
    other = make.make_exhibitor(make.make_show(7), "Other")
    with pytest.raises(NotOfOneEdition):
        action(ann, other, **BY_VISITOR)
    assert events() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_marks_at_once_one_is_left_and_both_are_reported(food, ann):
    start, broken = Barrier(2), []

    def run(kind: Mark.Kind) -> None:
        start.wait()
        try:
            mark(ann, food["Tea"], kind, **BY_VISITOR)
            decline(ann, food["Plain"], **BY_VISITOR)
        except Exception as error:
            broken.append(error)
        connection.close()

    threads = [Thread(target=run, args=[kind]) for kind in (FAVOURITE, HIDDEN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    last = JournalEntry.objects.filter(event="suggestion.marked").order_by("pk").last()
    assert Mark.objects.get().kind == last.data["mark"]
    assert sorted(events()) == ["suggestion.declined", "suggestion.marked", "suggestion.marked"]


def test_an_exhibitor_knows_whom_it_was_shown_and_no_other(edition, food, ann):
    assert visitor_known_to(food["Tea"], ann.pk) is None
    mark(ann, food["Tea"], FAVOURITE, **BY_VISITOR)
    assert visitor_known_to(food["Tea"], ann.pk) is None
    run_matching(edition, context=ActionContext(make.NOON))
    assert visitor_known_to(food["Tea"], ann.pk) == ann
    mark(ann, food["Tea"], HIDDEN, **BY_EXHIBITOR)
    run_matching(edition, context=ActionContext(make.NOON))
    # It is in no list any more, and can still be brought back.
    assert visitor_known_to(food["Tea"], ann.pk) == ann


def test_who_is_not_approved_any_more_is_suggested_to_nobody_and_sees_no_list(edition, food, ann):
    run_matching(edition, context=ActionContext(make.NOON))
    assert [one.visitor for one in suggestions_to(food["Tea"])] == [ann]
    ann.state = "cancelled"
    ann.save()
    assert suggestions_to(food["Tea"]) == []
    assert suggestions_for(ann) == []


def test_an_exhibitors_list_is_shown_in_parts_and_tells_where_it_is_among_the_first(edition, food):
    for number in range(5):
        make.make_visitor(edition, f"V{number}", sectors=[1])
    run_matching(edition, context=ActionContext(make.NOON))
    whole = suggestions_to(food["Tea"])
    parts = [*suggestions_to(food["Tea"], limit=2), *suggestions_to(food["Tea"], first=2, limit=100)]
    assert parts == whole
    VisitorSuggestions.objects.filter(visitor=whole[0].visitor).update(places=0)
    assert [one.in_places for one in suggestions_to(food["Tea"])] == [False, True, True, True, True]


def test_products_that_led_there_are_named_debuts_first_among_equals(edition, food):
    tea = food["Tea"]
    tea.products.create(edition=edition, number="2", name_en="Tea 2", hs_id="090210")
    third = tea.products.create(edition=edition, number="3", name_en="Tea 3", hs_id="090210")
    Debut.objects.create(product=third, kind="world")
    bob = make.make_visitor(edition, "Bob", sectors=[1], hs_headings=["0902"])
    run_matching(edition, context=ActionContext(make.NOON))
    best = suggestions_for(bob)[0]
    assert best.exhibitor == tea
    assert [(one.name_en, one.debut) for one in best.exhibits] == [("Tea 3", True), ("Tea 1", False)]
    assert "they show Tea 3" in best.terms[0].reason().sentence
    cacao = next(one for one in suggestions_for(bob) if one.exhibitor == food["Cacao"])
    assert cacao.exhibits == ()


def test_a_chapter_is_not_told_beside_its_heading_nor_anything_twice():
    def of(kind: str, code: str) -> Term:
        return Term(kind, 1.0, {"code": code, "name": Name("a", "b"), "product": Name("p", "q")})

    terms = [of("chapter", "09"), of("heading", "0902"), of("debut", "0"), of("debut", "0"), of("chapter", "18")]
    assert [*map(str, strongest_reasons(terms))] == [
        "You buy HS 0902 (a); they show p.",
        "They show a product for the first time.",
        "You buy goods of HS chapter 18 (a).",
    ]
    [first] = strongest_reasons(terms, most=1)
    assert translate(first, CHINESE) == "您采购HS 0902（b）；对方展出q。"
