"""A run of the matching kernel over an edition."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from django.db import connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions.lists import copy_exhibitor_lists, copy_visitor_lists
from emporion.domain.matching.actions.texts import encode_texts
from emporion.domain.matching.models import MatchingRun
from emporion.domain.matching.queries import load_market
from emporion.kernels import matching

Progress = Callable[[int, int, str], None]
# Forms tell thousands of buyers apart only in part, so that many exhibitors look for the same ones: more candidates for
# each of them leave fewer without, and larger bids end the auction among them sooner.
PARAMS = matching.Params(candidates_over_quota=6.0, bid_step=0.005, gap=0.01, rounds=3)


def run_matching(
    edition: Edition,
    *,
    context: ActionContext,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> MatchingRun:
    """Suggest exhibitors to all approved visitors of an edition and visitors to all its exhibitors.

    The lists are written in one transaction after the search, whose last act makes the run the current one and takes
    away the lists of the run before: people see the old suggestions or the new, never half. ``executor`` (threads,
    each with one BLAS thread) solves side by side.
    """
    encode_texts(edition, at=context.at, progress=progress)
    market = load_market(edition)
    result = matching.solve(market.problem, seed=seed, params=PARAMS, executor=executor, progress=progress)
    with transaction.atomic():
        # One run of an edition is written at a time.
        Edition.objects.select_for_update().get(pk=edition.pk)
        found = {"objective": result.objective, "bound": result.bound, "stopped": result.stopped[:200]}
        run = MatchingRun.objects.create(edition=edition, finished=context.at, seed=seed, **found)
        copy_visitor_lists(run, market, result, progress)
        copy_exhibitor_lists(run, market, result)
        _make_current(run)
        counts = {"visitors": len(market.visitors), "exhibitors": len(market.exhibitors)}
        record("matching.run", run, context=context, edition=edition.pk, seed=seed, **counts)
    return run


def _make_current(run: MatchingRun) -> None:
    before = list(MatchingRun.objects.filter(edition=run.edition).exclude(pk=run.pk).values_list("pk", flat=True))
    MatchingRun.objects.filter(pk__in=before, current=True).update(current=False)
    with connection.cursor() as cursor:
        for table in ("matching_visitorsuggestions", "matching_exhibitorsuggestions"):
            # Nothing refers to a list, and Django's own delete would read all of them first.
            cursor.execute(f"DELETE FROM {table} WHERE run_id = ANY(%s)", [before])
    run.current = True
    run.save(update_fields=["current"])
