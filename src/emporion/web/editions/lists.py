"""Lists in the browser: a spreadsheet is brought, checked row by row, and imported when it is good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.editions.models import Edition
from emporion.domain.reason import Name, restored
from emporion.domain.refusal import Refusal
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import LIST_ROLES, may_bring
from emporion.domain.work.actions import mend_cells, upload_list
from emporion.domain.work.models import BackgroundTask, UploadedList
from emporion.domain.work.queries import document_of, lists_of, tasks_of_list
from emporion.language import written
from emporion.spreadsheets.kinds import KINDS
from emporion.spreadsheets.template import write_to
from emporion.web.shell.access import action_context, fair_of, office, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import offer
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page, is_part, private_page

MAX_ROWS = 30
# A cell by its row and its column's place, as a field of the form that mends it.
CELL = re.compile(r"cell-[0-9]{1,7}:[0-9]{1,4}")
LONGEST_CELL = 5_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(forms.Form):
    """A list and what it holds."""

    kind = forms.ChoiceField(label=gettext_lazy("What the list holds"))
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"), max_length=200, help_text=gettext_lazy("An Excel file (.xlsx) or a CSV.")
    )


def lists(request: HttpRequest) -> HttpResponse:
    """The kinds of lists with their templates, the form that brings one, and those that were brought."""
    edition, kinds = office(request), _kinds(request)
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    offer(form, "kind", [(name, _title(name)) for name in kinds])
    if request.method == "POST" and form.is_valid() and (brought := _uploaded(request, edition, form)):
        start_task("list_check", edition, arguments_of(brought), request)
        return redirect(fair_url(request, "office_list", brought.pk))
    rows = [{"title": _title(name), "about": written(KINDS[name].about), "name": name} for name in kinds]
    brought_before = [_row(one) for one in lists_of(edition).filter(kind__in=kinds)[:MAX_ROWS]]
    shown = {"form": form, "kinds": rows, "brought": brought_before}
    return form_page(request, "editions/lists.html", edition, shown)


def one_list(request: HttpRequest, pk: int) -> HttpResponse:
    """How the check went and how to go on; while a worker reads the list, that part asks for itself."""
    edition = office(request)
    brought = brought_list(request, edition, pk)
    if request.method == "POST":
        return _decide(request, edition, brought)
    rows = fair_url(request, "office_list_rows", pk=pk)
    shown = {
        **shown_list(request, brought, rows), "holds": _title(brought.kind),
        "columns_at": fair_url(request, "office_list_columns", pk),
        "mend_at": fair_url(request, "office_list_mend", pk),
    }  # fmt: skip
    return private_page(
        request, "editions/parts/list.html" if is_part(request) else "editions/list.html", edition, shown
    )


def shown_list(request: HttpRequest, brought: UploadedList, rows: str) -> dict[str, Any]:
    """What a page shows of a list and its last check or import; ``rows``: the address of its rows to mend."""
    task = _last(brought)
    shown = {"list": brought, "address": request.path, **described(task)}
    result = task.result if task and task.state == BackgroundTask.State.DONE else {}
    shown |= {"result": result, "problems": _problems(result), "imported": bool(task and task.kind == "list_import")}
    shown["notices"] = [restored(notice) for notice in result.get("notices", [])]
    shown["rows"] = rows if document_of(task) is not None else ""
    return shown


@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what was typed into cells with problems in place of what the file has, and check the list again."""
    edition = office(request)
    brought = brought_list(request, edition, pk)
    mend_cells(brought, {name.removeprefix("cell-"): text[:LONGEST_CELL] for name, text in _typed_cells(request)})
    start_task("list_check", edition, arguments_of(brought), request)
    return redirect(fair_url(request, "office_list", pk))


def _typed_cells(request: HttpRequest) -> Iterator[tuple[str, str]]:
    return ((name, request.POST.get(name, "")) for name in request.POST if CELL.fullmatch(name))


def rows_to_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with problems as a file, to be mended and brought again."""
    made = document_of(_last(brought_list(request, office(request), pk)))
    if made is None:
        raise Http404
    return as_file(bytes(made.content), made.name, made.content_type)


def list_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An example of a list, with notes, as an Excel file."""
    edition = office(request)
    if kind not in _kinds(request):
        raise Http404
    file = BytesIO()
    write_to(file, KINDS[kind], edition=edition)
    return as_file(file.getvalue(), f"{kind}.xlsx", WORKBOOK)


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _kinds(request: HttpRequest) -> list[str]:
    """The kinds of lists that the person may bring, in the order in which a fair needs them."""
    held = held_at(person(request), fair_of(request))
    return [kind for kind in LIST_ROLES if may_bring(held, kind)]


def _title(kind: str) -> str:
    return str(written(Name(KINDS[kind].name.capitalize(), KINDS[kind].zh)))


def _uploaded(request: HttpRequest, edition: Edition, form: ListForm) -> UploadedList | None:
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    try:
        return upload_list(edition, kind, file.name, file.read(), context=action_context(request))
    except Refusal as refusal:
        form.add_error("file", sentence(refusal))
        return None


def brought_list(request: HttpRequest, edition: Edition, pk: int) -> UploadedList:
    """A list of a kind that the person may bring."""
    found = lists_of(edition).filter(pk=pk, kind__in=_kinds(request)).first()
    if found is None:
        raise Http404(_("This list is no longer here; bring it again."))
    return found


def arguments_of(brought: UploadedList) -> dict[str, Any]:
    """What a worker is told that checks a list."""
    return {"list": brought.pk, "language": get_language() or "en"}


def _decide(request: HttpRequest, edition: Edition, brought: UploadedList) -> HttpResponse:
    """Import the list, all of it or its good rows; once under way, pressing again changes nothing."""
    arguments = {"list": brought.pk, "partial": "partial" in request.POST, "language": get_language() or "en"}
    start_task("list_import", edition, arguments, request)
    return redirect(fair_url(request, "office_list", brought.pk))


def _last(brought: UploadedList) -> BackgroundTask | None:
    """The import of the list, else its check."""
    return tasks_of_list(brought).first()


def _row(brought: UploadedList) -> dict[str, Any]:
    return {"it": brought, "list": _title(brought.kind), **described(_last(brought))}


def _problems(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The problems as the page shows them; where several are of one cell, the first has its field."""
    shown, fields = [], set[str]()
    for one in result.get("problems", []):
        cell = f"cell-{one['row']}:{one['place']}" if "place" in one else ""
        field = "" if cell in fields else cell
        fields.add(field)
        shown.append({**one, "wrong": restored(one["wrong"]), "fix": restored(one["fix"]), "field": field})
    return shown
