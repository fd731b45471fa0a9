"""Rows of long lists, each rendered once for a public version of the edition, whatever list it then stands in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition
from emporion.domain.journal.versions import public_version
from emporion.web.shell.addresses import fair_url

MAX_ROWS = 8_192


class RowCache:
    """The rows of one kind of record. ``load`` gives the records of some keys with what ``template`` shows of them.

    The template sees one ``record``, the ``edition`` and the ``request`` for its addresses, and must show nothing that
    differs by reader.
    """

    def __init__(self, template: str, load: Callable[[Sequence[Any]], Mapping[Any, Any]]) -> None:
        self.template, self.load = template, load
        self._rows: Cache[SafeString] = Cache(template, most=MAX_ROWS)

    def render(self, request: HttpRequest, edition: Edition, keys: Sequence[Any]) -> list[SafeString]:
        """The rows of some records of the edition, in the order of their keys; one that is gone has an empty row."""
        # Links in a row stay in the edition of the page, in its language.
        where = (fair_url(request, "home"), get_language(), edition.pk)

        def compute(missing: list[Hashable]) -> list[SafeString]:
            wanted = [place[1] for place in missing]  # type: ignore[index]
            return self._render(request, edition, wanted)

        return self._rows.get_many([(where, key) for key in keys], public_version(edition.pk), compute)

    def _render(self, request: HttpRequest, edition: Edition, keys: Sequence[Any]) -> list[SafeString]:
        records, template = self.load(keys), get_template(self.template)
        context = {"edition": edition, "request": request}
        return [
            mark_safe(template.render({**context, "record": records[key]}) if key in records else "") for key in keys
        ]
