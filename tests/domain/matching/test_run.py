"""A run writes both sides' lists, and people see them with their reasons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from emporion.domain.catalogue.actions import add_product
from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching import queries
from emporion.domain.matching.actions import decline, mark, note_interest, run_matching
from emporion.domain.matching.actions.run import PARAMS
from emporion.domain.matching.models import ExhibitorSuggestions, Mark, MatchingRun, VisitorSuggestions
from emporion.domain.matching.rules import NotOfOneEdition
from emporion.kernels import matching
from emporion.language import CHINESE, translate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(edition):
    """Three exhibitors of two areas and four visitors; Ann buys heat exchangers, which Kessel shows."""
    make.make_hs("841950", "Heat exchange units")
    kessel = make.make_exhibitor(edition, "Kessel")
    glas = make.make_exhibitor(edition, "Glas")
    food = make.make_exhibitor(edition, "Food", area=make.make_area(edition, "food", number=1))
    facts = ProductFacts(number="1", name_en="Hydrogen heat exchanger", name_zh="氢换热器", hs="841950")
    add_product(kessel, facts, context=ActionContext(make.NOON))
    ann = make.make_visitor(edition, "Ann", sectors=[3], hs_headings=["8419"])
    for number, sector in enumerate((3, 1, 1)):
        make.make_visitor(edition, f"V{number}", sectors=[sector])
    return {"kessel": kessel, "glas": glas, "food": food, "ann": ann}


def lists():
    mine = VisitorSuggestions.objects.order_by("visitor").values_list("visitor", "exhibitors", "scores", "places")
    return list(mine), list(ExhibitorSuggestions.objects.order_by("exhibitor").values_list("exhibitor", "visitors"))


def test_the_best_match_comes_first_with_its_reasons(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    first = queries.suggestions_for(fair["ann"])[0]
    assert first.exhibitor == fair["kessel"]
    assert first.terms[0].reason().sentence == "You buy HS 8419 (HS 8419); they show Hydrogen heat exchanger."
    assert translate(first.terms[0].reason(), CHINESE) == "您采购HS 8419（HS 8419）；对方展出氢换热器。"
    assert {term.code for term in first.terms} == {"heading", "sector", "chapter", "new_market"}


def test_an_exhibitor_sees_its_visitors_and_why(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    first = queries.suggestions_to(fair["kessel"])[0]
    assert first.visitor == fair["ann"]
    assert "you show Hydrogen heat exchanger" in first.terms[0].reason(to_exhibitor=True).sentence


def test_what_is_stored_is_what_the_kernel_found(edition, fair):
    market = queries.load_market(edition)
    result = matching.solve(market.problem, params=PARAMS)
    run_matching(edition, context=ActionContext(make.NOON))
    for row, (visitor, exhibitors, scores, places) in enumerate(lists()[0]):
        assert visitor == market.visitors[row]
        counted = [market.exhibitors[e] for e in result.visitor_lists[row] if e >= 0]
        further = [market.exhibitors[e] for e in result.further_lists[row] if e >= 0]
        assert (exhibitors, places) == (counted + further, len(counted))
        expected = [*result.visitor_scores[row][: len(counted)], *result.further_scores[row][: len(further)]]
        assert scores == pytest.approx(expected)
    stored = {one.exhibitor_id: one for one in ExhibitorSuggestions.objects.all()}
    for row, exhibitor in enumerate(market.exhibitors):
        assert stored[exhibitor].visitors == [market.visitors[v] for v in result.exhibitor_lists[row] if v >= 0]
        assert stored[exhibitor].price == pytest.approx(float(result.attention_prices[row]))
    assert matching.check(market.problem, PARAMS, result) == []


def test_running_again_ends_in_the_same_lists_and_keeps_one_set(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON), seed=4)
    before = lists()
    with ThreadPoolExecutor(2) as pool:
        second = run_matching(edition, context=ActionContext(make.NOON), seed=4, executor=pool)
    assert lists() == before
    assert queries.current_run(edition) == second
    assert MatchingRun.objects.count() == 2
    assert JournalEntry.objects.filter(event="matching.run").count() == 2


def test_a_run_that_dies_while_it_writes_leaves_the_old_one_to_be_seen(edition, fair):
    first = run_matching(edition, context=ActionContext(make.NOON))
    before = lists()

    def die(done: int, total: int, what: str) -> None:
        if what == "suggestions written":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_matching(edition, context=ActionContext(make.NOON), seed=9, progress=die)
    assert (queries.current_run(edition), lists()) == (first, before)


def test_what_was_declined_is_never_suggested_again(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    decline(fair["ann"], fair["kessel"], by_exhibitor=True, context=ActionContext(make.NOON))
    assert fair["kessel"] not in [s.exhibitor for s in queries.suggestions_for(fair["ann"])]
    assert fair["ann"] not in [s.visitor for s in queries.suggestions_to(fair["kessel"])]
    run_matching(edition, context=ActionContext(make.NOON))
    assert fair["kessel"].pk not in VisitorSuggestions.objects.get(visitor=fair["ann"]).exhibitors


def test_two_editions_are_not_matched(edition, fair):
    other = make.make_exhibitor(make.make_show(7), "Other")
    with pytest.raises(NotOfOneEdition):
        decline(fair["ann"], other, by_exhibitor=False, context=ActionContext(make.NOON))


def test_before_the_first_run_there_is_nothing(edition, fair):
    assert queries.suggestions_for(fair["ann"]) == []
    assert queries.suggestions_to(fair["kessel"]) == []


def test_a_newcomer_gets_a_list_at_the_prices_of_the_run(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    cy = make.make_visitor(edition, "Cy", sectors=[3], hs_headings=["8419"])
    decline(cy, fair["glas"], by_exhibitor=False, context=ActionContext(make.NOON))
    price = ExhibitorSuggestions.objects.get(exhibitor=fair["kessel"]).price
    found = queries.suggestions_for(cy)
    assert [one.exhibitor for one in found] == [fair["kessel"], fair["food"]]
    assert found[0].score == pytest.approx(sum(term.points for term in found[0].terms) - price, abs=1e-5)
    assert queries.suggestions_for(make.make_visitor(edition, "Waiting", state="registered")) == []


def test_a_crowded_fair_marks_what_is_beyond_the_places(edition):
    """One co-exhibitor of 30 meetings may stand on 150 lists; the rest of 160 visitors still see it, marked."""
    guest = make.make_exhibitor(edition, "Guest", main=make.make_exhibitor(make.make_show(7), "Elsewhere"))
    visitors = [make.make_visitor(edition, f"V{number:03}", sectors=[3]) for number in range(160)]
    run_matching(edition, context=ActionContext(make.NOON))
    assert sum(VisitorSuggestions.objects.values_list("places", flat=True)) == 150
    shown = [queries.suggestions_for(one) for one in visitors[:3]]
    assert all(one.exhibitor == guest for found in shown for one in found)
    beyond = VisitorSuggestions.objects.filter(places=0).first()
    assert [one.in_places for one in queries.suggestions_for(beyond.visitor)] == [False]


def test_an_empty_edition_makes_an_empty_run(edition):
    run = run_matching(edition, context=ActionContext(make.NOON))
    assert (run.current, run.objective, lists()) == (True, 0.0, ([], []))


def test_an_edition_has_one_current_run(edition, fair):
    run = run_matching(edition, context=ActionContext(make.NOON))
    with pytest.raises(IntegrityError, match="one_current_matching_run"), transaction.atomic():
        MatchingRun.objects.create(
            edition=edition, finished=make.NOON, seed=0, objective=0, bound=0, stopped="", current=run.current
        )


@pytest.mark.parametrize("exhibitors", [1, 3])
def test_suggestions_take_a_constant_number_of_queries(edition, exhibitors, django_assert_num_queries):
    for number in range(exhibitors):
        make.make_exhibitor(edition, f"E{number}")
    ann = make.make_visitor(edition, "Ann", sectors=[3])
    run_matching(edition, context=ActionContext(make.NOON))
    ann = type(ann).objects.select_related("edition__fair").get(pk=ann.pk)
    with django_assert_num_queries(16):
        found = queries.suggestions_for(ann)
        assert [s.exhibitor.organisation.name for s in found if s.terms]
    assert len(found) == exhibitors


def test_a_favourite_gains_a_point_in_the_next_run_and_its_like_gain_too(edition, fair):
    before = matching_scores(edition, fair["ann"])
    mark(fair["ann"], fair["food"], Mark.Kind.FAVOURITE, by_exhibitor=False, context=ActionContext(make.NOON))
    after = matching_scores(edition, fair["ann"])
    assert queries.marks_of(fair["ann"]) == {fair["food"].pk: "favourite"}
    assert after[fair["food"].pk] - before[fair["food"].pk] == pytest.approx(1.0 + 0.4, abs=1e-5)
    assert after[fair["glas"].pk] == pytest.approx(before[fair["glas"].pk])
    mark(fair["ann"], fair["food"], None, by_exhibitor=False, context=ActionContext(make.NOON))
    assert matching_scores(edition, fair["ann"]) == before


def test_who_is_hidden_is_left_out_at_once_and_by_the_next_run(edition, fair):
    run_matching(edition, context=ActionContext(make.NOON))
    mark(fair["ann"], fair["kessel"], Mark.Kind.HIDDEN, by_exhibitor=False, context=ActionContext(make.NOON))
    assert fair["kessel"] not in [one.exhibitor for one in queries.suggestions_for(fair["ann"])]
    run_matching(edition, context=ActionContext(make.NOON))
    assert fair["kessel"].pk not in VisitorSuggestions.objects.get(visitor=fair["ann"]).exhibitors


def test_an_exhibitors_favourite_gains_and_nothing_is_said_of_what_the_visitor_wants(edition, fair):
    before = matching_scores(edition, fair["ann"])
    mark(fair["ann"], fair["food"], Mark.Kind.FAVOURITE, by_exhibitor=True, context=ActionContext(make.NOON))
    after = matching_scores(edition, fair["ann"])
    assert after[fair["food"].pk] - before[fair["food"].pk] == pytest.approx(1.0, abs=1e-5)
    assert after[fair["kessel"].pk] == pytest.approx(before[fair["kessel"].pk])
    run_matching(edition, context=ActionContext(make.NOON))
    food = next(one for one in queries.suggestions_for(fair["ann"]) if one.exhibitor == fair["food"])
    assert "sector" not in {term.code for term in food.terms}


def test_who_was_asked_to_meet_gains_half_a_point_once(edition, fair):
    before = matching_scores(edition, fair["ann"])
    for _ in range(2):
        note_interest([(fair["ann"].pk, fair["glas"].pk, True)], at=make.NOON)
    after = matching_scores(edition, fair["ann"])
    assert after[fair["glas"].pk] - before[fair["glas"].pk] == pytest.approx(0.5, abs=1e-5)


def matching_scores(edition, visitor):
    market = queries.load_market(edition, visitors=[visitor.pk])
    problem = market.problem
    scores = problem.visitor_wants @ problem.exhibitor_offers.T + problem.visitor_offers @ problem.exhibitor_wants.T
    np.add.at(scores, tuple(problem.favoured.T), problem.favour)
    return dict(zip(market.exhibitors.tolist(), scores[0].tolist(), strict=True))


def test_the_command_runs_an_edition_and_says_how_good_it_is(edition, fair, capsys):
    call_command("match", "--edition", "6", "--workers", "2")
    assert "suggestions for 4 visitors and 3 exhibitors" in capsys.readouterr().out
    assert queries.current_run(edition) is not None
    with pytest.raises(CommandError, match="--workers is 0: give 1 or more"):
        call_command("match", "--workers", "0")
