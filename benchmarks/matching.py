"""Matching at the scale of a fair, each figure beside a peer in the same run.

    OPENBLAS_NUM_THREADS=1 python benchmarks/matching.py --visitors 410000 --exhibitors 3486 --dim 512 [--json]

Two generators, both from a seed. *embedded*: 24 sectors whose sizes fall as 1/rank^0.9 for visitors and, in another
order, for exhibitors; each side wants and offers a mixture of two sectors' directions plus noise, normalised; a
Pareto(1.5) popularity of exhibitors adds to every visitor's p and a Pareto(1.5) purchasing size of visitors to every
exhibitor's q. *coarse*: what forms alone tell: one to three sectors, some of 96 headings, a debut, five purchasing
sizes, so that thousands of pairs score alike. Visitors hold 3 to 10 meetings, exhibitors 60 to 100.

The matrix product and FAISS are timed with the same workers, blocks and BLAS threads as the run, twice. ``--same``
solves the market once more on one worker and on a Dask cluster of two and says whether the lists are the same.
``--plain`` leaves out what is only compared with: the product, FAISS and the other lists.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

# One BLAS thread for each worker: pools that overlap cost two to six times. Must be set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from emporion.kernels.matching import Evaluation, Params, Problem, Result, check, evaluate, preference_lists, solve

SECTORS = 24
HEADINGS = 96


def main() -> None:
    options = read_options()
    random = np.random.default_rng(options.seed)
    make = {"embedded": embedded_market, "coarse": coarse_market}[options.generator]
    problem = make(options.visitors, options.exhibitors, options.dim, random)
    warm_up()
    with ThreadPoolExecutor(options.workers) as workers:
        figures = measure(problem, options, workers)
    print(json.dumps(figures, indent=2) if options.json else in_lines(figures))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=410_000)
    parser.add_argument("--exhibitors", type=int, default=3_486)
    parser.add_argument("--dim", type=int, default=128, help="factors of p and q together")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--generator", choices=["embedded", "coarse"], default="embedded")
    parser.add_argument("--same", action="store_true", help="also on one worker and on a Dask cluster of two")
    parser.add_argument("--plain", action="store_true", help="the whole run alone, beside nothing")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    return parser.parse_args()


def in_lines(figures: dict[str, Any]) -> str:
    """A figure a line, those of several lists or groups below their name."""
    lines = []
    for name, figure in figures.items():
        if isinstance(figure, dict):
            lines += [name, *("  " + line for line in in_lines(figure).splitlines())]
        else:
            lines.append(f"{name:<36}{figure}")
    return "\n".join(lines)


def measure(problem: Problem, options: argparse.Namespace, workers: ThreadPoolExecutor) -> dict[str, Any]:
    params = Params()
    peers = {} if options.plain else beside(problem, params, workers)
    whole_s, result = timed(lambda: solve(problem, params=params, executor=workers, progress=progress))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    if not options.plain:
        peers["whole_run_over_sgemm"] = ratio(whole_s, peers["sgemm_s"])
    return {
        "visitors": problem.visitors,
        "exhibitors": problem.exhibitors,
        "dim": problem.visitor_wants.shape[1] + problem.visitor_offers.shape[1],
        "generator": options.generator,
        "workers": options.workers,
        **peers,
        "whole_run_s": round(whole_s, 2),
        "peak_memory_gib": round(peak, 2),
        **judged(problem, params, result, None if options.plain else workers),
        **of_the_result(problem, params, result),
        **(same_everywhere(problem, params, result) if options.same else {}),
    }


def beside(problem: Problem, params: Params, workers: ThreadPoolExecutor) -> dict[str, Any]:
    """Seconds of the product, of FAISS and of our exact top list, in turns, the better of two each."""
    turns = [
        (
            timed(lambda: matrix_product(problem, params, workers))[0],
            *(faiss_flat(problem, params, workers) if has_faiss() else (None, None)),
            timed(lambda: preference_lists(problem, "reciprocal", params=params, executor=workers))[0],
        )
        for _ in range(2)
    ]
    product_s, faiss_s, search_s, topk_s = (
        None if None in times else round(min(times), 3) for times in zip(*turns, strict=True)
    )
    return {
        "sgemm_s": product_s,
        "faiss_flat_s": faiss_s,
        "faiss_search_s": search_s,
        "exact_topk_s": topk_s,
        "exact_topk_over_sgemm": ratio(topk_s, product_s),
    }


def ratio(seconds: float, of: float) -> float | None:
    """How often the one time goes into the other; none where the other is too short to be told."""
    return round(seconds / of, 2) if of else None


def judged(problem: Problem, params: Params, result: Result, workers: ThreadPoolExecutor | None) -> dict[str, Any]:
    """How good our lists are, and beside them those by preference alone, unless there are no workers for these."""
    groups = popularity_quarter(problem)
    ours = evaluate(problem, result.visitor_lists, bound=result.bound, groups=groups)
    lists = {"ours": ours}
    for kind in ("own", "reciprocal") if workers else ():
        made = preference_lists(problem, kind, params=params, executor=workers)
        lists[kind] = evaluate(problem, made, bound=result.bound, groups=groups)
    return {
        "filled": {name: round(each.filled, 4) for name, each in lists.items()},
        "max_load_over_quota": round(ours.max_load_over_quota, 2),
        "empty_exhibitors": ours.empty,
        "lists": {name: figures_of(each) for name, each in lists.items()},
    }


def figures_of(each: Evaluation) -> dict[str, Any]:
    return {
        "places_filled": round(each.filled, 4),
        "places_filled_when_read_from_the_top": round(each.examined, 4),
        "welfare_over_bound": round(each.welfare_over_bound or 0.0, 4),
        "exhibitors_left_empty": each.empty,
        "max_load_over_quota": round(each.max_load_over_quota, 2),
        "places_filled_by_group": {one.group: round(one.filled, 4) for one in each.exposure},
    }


def popularity_quarter(problem: Problem) -> np.ndarray:
    """Which quarter of the exhibitors by what all visitors together want of them."""
    wanted = problem.exhibitor_offers @ problem.visitor_wants.mean(axis=0)
    quarter = np.argsort(np.argsort(wanted)) * 4 // len(wanted)
    return np.array(["least wanted quarter", "second quarter", "third quarter", "most wanted quarter"])[quarter]


def same_everywhere(problem: Problem, params: Params, result: Result) -> dict[str, bool]:
    """Whether one worker, and two processes of a Dask cluster, make the very same lists."""
    from distributed import Client, LocalCluster

    alone = solve(problem, params=params)
    quiet: dict[str, Any] = {"dashboard_address": None, "host": "127.0.0.1", "threads_per_worker": 1}
    with LocalCluster(n_workers=2, **quiet) as cluster, Client(cluster) as client:
        spread = solve(problem, params=params, executor=client.get_executor(), progress=progress)
    return {"same_on_one_worker": same(result, alone), "same_on_a_dask_cluster": same(result, spread)}


def same(one: Result, other: Result) -> bool:
    names = ("visitor_lists", "further_lists", "exhibitor_lists", "plan", "visitor_scores", "exhibitor_prices")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def of_the_result(problem: Problem, params: Params, result: Result) -> dict[str, Any]:
    lengths = (result.visitor_lists >= 0).sum(axis=1)
    return {
        "objective": round(result.objective, 1),
        "bound": round(result.bound, 1),
        "welfare_over_bound": round(1 - result.gap, 5),
        "rounds": result.rounds,
        "suggestions_per_visitor": {"least": int(lengths.min()), "mean": round(float(lengths.mean()), 2)},
        "violations": [violation.sentence for violation in check(problem, params, result)],
    }


def matrix_product(problem: Problem, params: Params, workers: ThreadPoolExecutor) -> float:
    """The fp32 product of all visitors with all exhibitors, block by block into a buffer for each worker."""
    exhibitors = np.ascontiguousarray(np.hstack([problem.exhibitor_offers, problem.exhibitor_wants]).T)
    visitors = np.hstack([problem.visitor_wants, problem.visitor_offers])
    step = params.block_rows * params.task_blocks

    def product(first: int) -> float:
        buffer = np.empty((step, problem.exhibitors), np.float32)
        rows = visitors[first : first + step]
        np.matmul(rows, exhibitors, out=buffer[: len(rows)])
        return float(buffer[0, 0])

    return sum(workers.map(product, range(0, problem.visitors, step)))


def has_faiss() -> bool:
    return importlib.util.find_spec("faiss") is not None


def faiss_flat(problem: Problem, params: Params, workers: ThreadPoolExecutor) -> tuple[float, float]:
    """Seconds of FAISS's exact inner-product search over the same data, whole and without joining p and q before it.

    As in the product and in ours, the time begins with the problem's arrays. Queries are handed to the same workers
    in the same blocks, each on one thread: its own threads and those of its BLAS would fight on so few cores.
    """
    import faiss

    began = time.perf_counter()
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(problem.exhibitor_offers.shape[1] + problem.exhibitor_wants.shape[1])
    index.add(np.hstack([problem.exhibitor_offers, problem.exhibitor_wants]))
    visitors = np.hstack([problem.visitor_wants, problem.visitor_offers])
    step = params.block_rows * params.task_blocks

    def search(first: int) -> None:
        # The number of threads is a setting of each thread.
        faiss.omp_set_num_threads(1)
        index.search(visitors[first : first + step], params.visitor_list)

    search_s, _ = timed(lambda: list(workers.map(search, range(0, len(visitors), step))))
    return time.perf_counter() - began, search_s


def embedded_market(visitors: int, exhibitors: int, dim: int, random: np.random.Generator) -> Problem:
    """Directions in a common space with popularity and purchasing size as columns of their own."""
    size = max(dim // 2 - 1, 2)
    directions = unit(random.standard_normal((SECTORS, size)))
    share = sector_share()
    popularity = 0.125 * random.pareto(1.5, exhibitors).clip(0, 6)
    purchasing = 0.125 * random.pareto(1.5, visitors).clip(0, 6)
    return Problem(
        visitor_wants=np.column_stack([mixture(visitors, share, directions, random), ones(visitors)]),
        exhibitor_offers=np.column_stack([mixture(exhibitors, np.roll(share, 8), directions, random), popularity]),
        exhibitor_wants=np.column_stack([mixture(exhibitors, np.roll(share, 8), directions, random), ones(exhibitors)]),
        visitor_offers=np.column_stack([mixture(visitors, share, directions, random), purchasing]),
        **quotas(visitors, exhibitors, random),
    )


def coarse_market(visitors: int, exhibitors: int, dim: int, random: np.random.Generator) -> Problem:
    """Sectors, headings, debuts and purchasing sizes as forms tell them; ``dim`` has no say."""
    share = sector_share()
    return Problem(
        visitor_wants=np.hstack([chosen(visitors, share, 3, random), 2 * headings(visitors, 2, random)]),
        exhibitor_offers=np.hstack([chosen(exhibitors, np.roll(share, 8), 1, random), headings(exhibitors, 4, random)]),
        exhibitor_wants=np.column_stack([random.integers(0, 2, exhibitors), ones(exhibitors)]),
        visitor_offers=np.column_stack([random.integers(1, 6, visitors) / 5, random.integers(0, 2, visitors) / 4]),
        **quotas(visitors, exhibitors, random),
    )


def sector_share() -> np.ndarray:
    share = 1 / np.arange(1, SECTORS + 1) ** 0.9
    return share / share.sum()


def mixture(count: int, share: np.ndarray, directions: np.ndarray, random: np.random.Generator) -> np.ndarray:
    first, second = random.choice(SECTORS, count, p=share), random.choice(SECTORS, count, p=share)
    weight = random.random((count, 1), dtype=np.float32) / 2
    mixed = random.standard_normal((count, directions.shape[1]), dtype=np.float32)
    mixed *= np.float32(0.8 / np.sqrt(directions.shape[1]))
    mixed += directions[first] * (1 - weight)
    mixed += directions[second] * weight
    return unit(mixed)


def chosen(count: int, share: np.ndarray, most: int, random: np.random.Generator) -> np.ndarray:
    sectors = np.zeros((count, SECTORS), np.float32)
    for _ in range(most):
        sectors[np.arange(count), random.choice(SECTORS, count, p=share)] = 1
    return sectors


def headings(count: int, most: int, random: np.random.Generator) -> np.ndarray:
    wanted = np.zeros((count, HEADINGS), np.float32)
    for _ in range(most):
        wanted[np.arange(count), (HEADINGS * random.random(count) ** 2).astype(int)] = 1
    return wanted


def quotas(visitors: int, exhibitors: int, random: np.random.Generator) -> dict[str, Any]:
    return {
        "visitor_capacity": random.integers(3, 11, visitors),
        "exhibitor_capacity": random.integers(60, 101, exhibitors),
        "hidden": np.stack([random.integers(0, visitors, 1000), random.integers(0, exhibitors, 1000)], axis=1),
    }


def unit(rows: np.ndarray) -> np.ndarray:
    rows = rows.astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def ones(count: int) -> np.ndarray:
    return np.ones(count, np.float32)


def warm_up() -> None:
    """Compile the loops before anything is timed."""
    small = embedded_market(300, 40, 8, np.random.default_rng(0))
    evaluate(small, solve(small, params=Params(sample_least=50, polish_passes=1)).visitor_lists)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def progress(done: int, total: int, what: str) -> None:
    if done == total or done % 65_536 == 0:
        print(f"{what}: {done:,} of {total:,}", file=sys.stderr)


if __name__ == "__main__":
    main()
