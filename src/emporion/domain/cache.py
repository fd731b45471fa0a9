"""The one cache of computed values: bounded, in this process, and valid for exactly one version of what they rest on.

A value is kept under a key together with the version of its inputs, and computed again as soon as that differs. There
is no other invalidation and no time limit. Who computes from

- what the public sees uses ``journal.versions.public_version`` of the fair,
- the exhibitors' side of matching uses ``matching.queries.exhibitors_version``,
- tariffs uses the key of the schedule, which never changes,
- anything else uses ``journal.versions.database_state``, which moves with every write.

A version of ``None`` means that the reader is inside a transaction that wrote: it must see its own records, and others
must not, so the value is computed and not kept. Read the version before the records: a value may then be newer than its
version, and never older.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
_caches: WeakSet[Cache[object]] = WeakSet()


@dataclass
class _Slot(Generic[Value]):
    """The place of one key; its lock lets one thread compute while the others wait for what it finds."""

    lock: Lock = field(default_factory=Lock)
    version: Hashable = None
    value: Value | None = None


class Cache(Generic[Value]):
    """The values of one name, by key; the ``most`` that were asked for last stay."""

    def __init__(self, name: str, *, most: int = 64) -> None:
        self.name, self.most = name, most
        self._slots: OrderedDict[Hashable, _Slot[Value]] = OrderedDict()
        self._order = Lock()
        _caches.add(self)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return f"<Cache {self.name}: {len(self._slots)} of {self.most}>"

    def __len__(self) -> int:
        return len(self._slots)

    def get(self, key: Hashable, version: Hashable | None, compute: Callable[[], Value]) -> Value:
        """The value of a key at a version, computed unless it is at hand. Nothing is kept of a ``compute`` that fails.

        ``compute`` must not ask this cache for the same key.
        """
        if version is None:
            return compute()
        slot = self._slot(key)
        with slot.lock:
            if slot.version != version:
                slot.value = compute()
                slot.version = version
            return slot.value  # type: ignore[return-value]

    def get_many(
        self, keys: Sequence[Hashable], version: Hashable | None, compute: Callable[[list[Hashable]], Sequence[Value]]
    ) -> list[Value]:
        """The values of many keys, in order; those that are not at hand are computed together.

        ``compute`` gives one value for each key that it is asked for. Two threads may compute the same ones.
        """
        if version is None:
            return list(compute(list(keys)))
        found = {key: self._cached(key, version) for key in keys}
        missing = [key for key, slot in found.items() if slot is None]
        if missing:
            for key, value in zip(missing, compute(missing), strict=True):
                found[key] = slot = self._slot(key)
                slot.value, slot.version = value, version
        return [found[key].value for key in keys]  # type: ignore[union-attr,misc]

    def clear(self) -> None:
        """Forget every value."""
        with self._order:
            self._slots.clear()

    def _cached(self, key: Hashable, version: Hashable) -> _Slot[Value] | None:
        with self._order:
            slot = self._slots.get(key)
            if slot is None or slot.version != version:
                return None
            self._slots.move_to_end(key)
            return slot

    def _slot(self, key: Hashable) -> _Slot[Value]:
        with self._order:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self.most:
                self._slots.popitem(last=False)
            return slot


def clear_all() -> None:
    """Forget every value of every cache in this process, as after a database was replaced by another."""
    for cache in list(_caches):
        cache.clear()
