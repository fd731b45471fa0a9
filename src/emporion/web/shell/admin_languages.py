"""Languages in the back office: fields for Chinese where a fair of the reader speaks it, and the names of records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from emporion.domain.editions.models import Fair
from emporion.domain.editions.rules import CHINESE
from emporion.domain.staff.queries import fairs_for
from emporion.language import proper_name


def speaks_chinese(request: HttpRequest, record: Model | None, way: str) -> bool:
    """Whether a record is named in Chinese: as its fair is, at the end of ``way``, or where all fairs share it, as any
    fair of the reader is. A fair whose languages are just being typed speaks those.
    """
    if CHINESE in request.POST.getlist("languages"):
        return True
    fair = _fair_of(record, way) if record is not None else None
    return fair.speaks_chinese if fair else _a_fair_does(request)


def in_spoken(names: Sequence[Any], chinese: bool) -> list[Any]:
    """Field names without those for Chinese, unless it is spoken."""
    return [name for name in names if chinese or not str(name).endswith("_zh")]


def called(record: Model) -> str:
    """What a record is called, by the name of the person or organisation that it is of."""
    return proper_name(record.proper_name) if hasattr(record, "proper_name") else str(record)


@cache
def column_of(model: type[Model], name: Any) -> Any:
    """The column of a field: names of people and organisations as the reader writes them, others as they are."""
    field = next((one for one in model._meta.concrete_fields if one.name == name), None)
    of_another = field is not None and hasattr(field.related_model, "proper_name")
    if not of_another and not (name == "name" and hasattr(model, "proper_name")):
        return name

    def column(record: Any) -> str | None:
        named = getattr(record, name) if of_another else record
        return None if named is None else called(named)

    assert field is not None
    return admin.display(column, description=field.verbose_name, ordering=name)


def _fair_of(record: Model, way: str) -> Fair | None:
    found: Any = record
    for step in way.split("__") if way not in ("", "pk") else ():
        found = getattr(found, step, None)
    return found if isinstance(found, Fair) else None


def _a_fair_does(request: HttpRequest) -> bool:
    if not hasattr(request, "chinese_in_office"):
        spoken = any(fair.speaks_chinese for fair in fairs_for(request.user))
        request.chinese_in_office = spoken  # type: ignore[attr-defined]
    return bool(request.chinese_in_office)  # type: ignore[attr-defined]
