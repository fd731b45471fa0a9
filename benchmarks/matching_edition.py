"""The suggestions of an edition's own records, beside lists by preference, with who is exposed and who is not.

    OPENBLAS_NUM_THREADS=1 python benchmarks/matching_edition.py --edition 6 [--workers 2]

Reads the database that the site uses (after ``make demo SIZE=full SERVE=0``, the demonstration's); writes nothing.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

# One BLAS thread for each worker; must be set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")

import django

django.setup()

import numpy as np

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import edition_numbered
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.actions.run import PARAMS
from emporion.domain.matching.queries import Market, load_market
from emporion.domain.reference.queries import least_developed_countries
from emporion.kernels.matching import Evaluation, check, evaluate, preference_lists, solve

SIZES = ((0, "co-exhibitors and shared stands, 0 m²"), (1, "9 to 35 m²"), (36, "36 to 99 m²"), (100, "100 m² and more"))


def main() -> None:
    options = read_options()
    edition = edition_numbered(options.edition)
    began = time.perf_counter()
    market = load_market(edition)
    loaded = time.perf_counter() - began
    with ThreadPoolExecutor(options.workers) as workers:
        figures = measure(edition, market, workers)
    print(json.dumps({"load_s": round(loaded, 1), **figures}, indent=2, ensure_ascii=False))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", type=int, default=6)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def measure(edition: Edition, market: Market, workers: ThreadPoolExecutor) -> dict[str, Any]:
    problem = market.problem
    began = time.perf_counter()
    result = solve(problem, params=PARAMS, executor=workers)
    seconds = time.perf_counter() - began
    lists = {"ours": result.visitor_lists}
    for kind in ("own", "reciprocal"):
        lists[kind] = preference_lists(problem, kind, params=PARAMS, executor=workers)
    groups = groups_of(edition, market)
    return {
        "visitors": problem.visitors,
        "exhibitors": problem.exhibitors,
        "factors": problem.visitor_wants.shape[1] + problem.visitor_offers.shape[1],
        "places": int(problem.exhibitor_capacity.sum()),
        "solve_s": round(seconds, 1),
        "gap": round(result.gap, 5),
        "rounds": result.rounds,
        "violations": [violation.sentence for violation in check(problem, PARAMS, result)],
        "topical": {name: topical(market, each) for name, each in {**lists, "further": result.further_lists}.items()},
        "lists": {
            kind: {
                name: evaluation_json(evaluate(problem, each, bound=result.bound, groups=of))
                for name, each in lists.items()
            }
            for kind, of in groups.items()
        },
    }


def groups_of(edition: Edition, market: Market) -> dict[str, np.ndarray]:
    """Names of each exhibitor's group: least developed or not, and by the space it asked for."""
    day = edition.first_day
    poor = least_developed_countries(day)
    known = dict(
        (pk, ("least developed" if origin in poor else "other origins", size_of(area)))
        for pk, origin, area in Exhibitor.objects.filter(edition=edition).values_list(
            "pk", "origin", "application__area_m2"
        )
    )
    both = [known[pk] for pk in market.exhibitors.tolist()]
    return {"origin": np.array([one for one, _ in both]), "size": np.array([one for _, one in both])}


def size_of(area_m2: int) -> str:
    return [name for least, name in SIZES if area_m2 >= least][-1]


def topical(market: Market, lists: np.ndarray) -> float:
    """The share of listed pairs that have a sector, a chapter, a heading or words in common."""
    visitor, place = np.nonzero(lists >= 0)
    kinds = [kind for kind, _ in market.columns.wanted_by_visitor]
    columns = [column for column, kind in enumerate(kinds) if kind in ("sector", "chapter", "heading", "text")]
    wants, shows = market.problem.visitor_wants[:, columns], market.problem.exhibitor_offers[:, columns]
    common = [
        np.einsum("ij,ij->i", wants[visitor[part]], shows[lists[visitor[part], place[part]]]) > 1e-6
        for part in np.array_split(np.arange(len(visitor)), max(len(visitor) // 100_000, 1))
    ]
    return round(float(np.concatenate(common).mean()), 4) if len(visitor) else 0.0


def evaluation_json(each: Evaluation) -> dict[str, Any]:
    return {
        "places_filled": round(each.filled, 4),
        "welfare_over_bound": round(each.welfare_over_bound or 0.0, 4),
        "exhibitors_left_empty": each.empty,
        "max_load_over_quota": round(each.max_load_over_quota, 2),
        "groups": {
            one.group: {
                "exhibitors": one.exhibitors,
                "lists_for_each_place": round(one.listed / one.places, 2),
                "places_filled": round(one.filled, 4),
            }
            for one in each.exposure
        },
    }


if __name__ == "__main__":
    main()
