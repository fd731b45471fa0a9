"""A leader brings the people of a delegation in a spreadsheet: checked row by row, then imported."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import Delegation
from emporion.domain.work.actions import upload_list
from emporion.domain.work.models import UploadedList
from emporion.domain.work.queries import document_of, lists_by_leader, tasks_of_list
from emporion.language import written
from emporion.spreadsheets.kinds.members import members_of
from emporion.spreadsheets.template import write_to
from emporion.web.editions.lists import MAX_ROWS, WORKBOOK, as_file, shown_list
from emporion.web.shell.access import action_context
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page, is_part, private_page
from emporion.web.visitors.delegation import heading

KIND = "members"


class FileForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"), max_length=200, help_text=gettext_lazy("An Excel file (.xlsx) or a CSV.")
    )


def lists(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The form that brings a list, and the lists brought before."""
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and (brought := _uploaded(request, delegation, form)):
        start_task("list_check", delegation.edition, _arguments(brought), request)
        return redirect(fair_url(request, "my_delegation_list", delegation.path, brought.pk))
    before = lists_by_leader(delegation.edition, delegation.path)[:MAX_ROWS]
    rows = [{"it": one, **described(tasks_of_list(one).first())} for one in before]
    shown = {**heading(request, delegation), "form": form, "brought": rows}
    return form_page(request, "visitors/delegation_lists.html", delegation.edition, shown)


def template(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """An example of the list, with notes, as an Excel file."""
    file = BytesIO()
    write_to(file, members_of(delegation), edition=delegation.edition)
    return as_file(file.getvalue(), "delegation.xlsx", WORKBOOK)


def one_list(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """How the check went and how to go on; while a worker reads the list, that part asks for itself."""
    brought = _list(delegation, pk)
    if request.method == "POST":
        arguments = {**_arguments(brought), "partial": "partial" in request.POST}
        start_task("list_import", delegation.edition, arguments, request)
        return redirect(fair_url(request, "my_delegation_list", delegation.path, pk))
    rows = fair_url(request, "my_delegation_rows", delegation.path, pk)
    shown = {**heading(request, delegation), **shown_list(request, brought, rows), "holds": _holds(delegation)}
    page = "editions/parts/list.html" if is_part(request) else "visitors/delegation_list.html"
    return private_page(request, page, delegation.edition, shown)


def rows_to_mend(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """The rows with problems as a file, to be mended and brought again."""
    made = document_of(tasks_of_list(_list(delegation, pk)).first())
    if made is None:
        raise Http404
    return as_file(bytes(made.content), made.name, made.content_type)


def _holds(delegation: Delegation) -> str:
    return str(written(members_of(delegation).about))


def _uploaded(request: HttpRequest, delegation: Delegation, form: FileForm) -> UploadedList | None:
    file, context = form.cleaned_data["file"], action_context(request)
    try:
        return upload_list(delegation.edition, KIND, file.name, file.read(), path=delegation.path, context=context)
    except Refusal as refusal:
        form.add_error("file", sentence(refusal))
        return None


def _list(delegation: Delegation, pk: int) -> UploadedList:
    found = lists_by_leader(delegation.edition, delegation.path).filter(pk=pk).first()
    if found is None:
        raise Http404(_("This list is no longer here; bring it again."))
    return found


def _arguments(brought: UploadedList) -> dict[str, Any]:
    return {"list": brought.pk, "language": get_language() or "en"}
