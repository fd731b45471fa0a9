"""Runs a fixed list of tasks on any executor and hands the answers back in the order of the tasks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# Enough to keep the workers of one large machine busy, few enough that memory stays bounded.
IN_FLIGHT = 16


def in_order(work: Callable[[Task], Answer], tasks: Iterable[Task], executor: Executor | None) -> Iterator[Answer]:
    """``work`` of every task, in the order of the tasks whatever the number of workers; here when no executor."""
    if executor is None:
        yield from map(work, tasks)
        return
    waiting: deque[Future[Answer]] = deque()
    for task in tasks:
        waiting.append(executor.submit(work, task))
        if len(waiting) >= IN_FLIGHT:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
