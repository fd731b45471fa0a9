"""What is recorded of a person, as a page that they can read and as one file that they can take away."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from emporion.domain.people.queries import data_of
from emporion.web.accounts.data_words import WORDS
from emporion.web.shell.access import displayed_edition, person
from emporion.web.shell.respond import private_page


@login_required
def data(request: HttpRequest) -> HttpResponse:
    """Everything, part by part."""
    parts = [(name, _lines(value)) for name, value in _told(request).items()]
    return private_page(request, "accounts/data.html", displayed_edition(request), {"parts": parts})


@login_required
def file(request: HttpRequest) -> HttpResponse:
    """The same as one file of JSON."""
    response = HttpResponse(json.dumps(_told(request), indent=1, ensure_ascii=False), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    add_never_cache_headers(response)
    return response


def _told(request: HttpRequest) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(data_of(person(request)), cls=DjangoJSONEncoder))
    return told


def _lines(value: Any) -> list[list[tuple[str, str]]]:
    """Records as names and values; what holds several of something is written as one line each."""
    records = value if isinstance(value, list) else [value]
    return [[(str(WORDS[name]), _text(one)) for name, one in record.items() if one] for record in records]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_text(one) for one in value.values() if one)
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return str(value)
