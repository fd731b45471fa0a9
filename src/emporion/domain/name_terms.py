"""The stored key by which a record is found by its names, and the search in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.functions import Cast

from emporion.kernels.text import names

BATCH = 5_000


class NameTerms(SearchVectorField):  # type: ignore[type-arg]
    """The terms of the names that other fields of the record hold; made anew whenever the record is saved.

    Statements that write names past the models call :func:`renew`, or copy ``kernels.text.names.vector`` beside them.
    """

    def __init__(self, *name_fields: str, **options: Any) -> None:
        self.name_fields = name_fields
        super().__init__(**{"null": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, _, options = super().deconstruct()
        return name, path, self.name_fields, options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The key of the names as they are now."""
        stated = [getattr(model_instance, name) for name in self.name_fields]
        return Cast(Value(names.vector(*stated)), SearchVectorField())


def found_by(path: str, text: str) -> Q:
    """The condition that a record's names hold what somebody looks for; ``path`` leads to its :class:`NameTerms`."""
    query = names.query(text)
    return Q(**{path: SearchQuery(query, search_type="raw", config="simple")}) if query else Q(pk__in=())


def renew(model: type[models.Model], keys: Iterable[int]) -> None:
    """Make the keys of these records anew, after a statement that wrote their names."""
    field = next(one for one in model._meta.get_fields() if isinstance(one, NameTerms))
    table = connection.ops.quote_name(model._meta.db_table)
    ordered = iter(sorted(keys))
    while batch := list(islice(ordered, BATCH)):
        rows = model._base_manager.filter(pk__in=batch).values_list("pk", *field.name_fields)
        made = [(pk, names.vector(*stated)) for pk, *stated in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {field.column} = made.terms::tsvector"
                f" FROM unnest(%s::bigint[], %s::text[]) AS made (id, terms) WHERE {table}.id = made.id",
                [[pk for pk, _ in made], [vector for _, vector in made]],
            )
