"""Lists that people bring for what is their own: checked row by row, then imported.

A leader brings a delegation's people, an exhibitor its products, the manager of a pavilion its exhibitors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from emporion.domain.editions.models import Edition
from emporion.domain.refusal import Refusal
from emporion.domain.work.actions import upload_list
from emporion.domain.work.models import UploadedList
from emporion.domain.work.queries import document_of, lists_brought_by, tasks_of_list
from emporion.language import written
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.template import write_to
from emporion.web.editions.lists import MAX_ROWS, WORKBOOK, as_file, shown_list
from emporion.web.shell.access import action_context
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page, is_part, private_page


class FileForm(forms.Form):
    """A list."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"), max_length=200, help_text=gettext_lazy("An Excel file (.xlsx) or a CSV.")
    )


@dataclass(frozen=True)
class OwnLists:
    """Whose lists these are and where their pages stand.

    ``path`` is kept with each list, ``kind`` names what it holds and ``takes`` reads it. ``address`` gives a page of
    ``lists``, ``list``, ``rows``, ``template`` with a list's key. ``pages``: the templates of the first two.
    """

    edition: Edition
    path: str
    kind: str
    takes: Kind
    address: Callable[..., str]
    pages: tuple[str, str]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def _shown(self) -> dict[str, Any]:
        return {**self.shown, "holds": str(written(self.takes.about)), "lists_address": self.address("lists"),
                "template_address": self.address("template")}  # fmt: skip

    def lists(self, request: HttpRequest) -> HttpResponse:
        """The form that brings a list, and the lists brought before."""
        form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method == "POST" and form.is_valid() and (brought := self._uploaded(request, form)):
            start_task("list_check", self.edition, _arguments(brought), request)
            return redirect(self.address("list", brought.pk))
        before = lists_brought_by(self.edition, self.path)[:MAX_ROWS]
        rows = [
            {"it": one, "address": self.address("list", one.pk), **described(tasks_of_list(one).first())}
            for one in before
        ]
        return form_page(request, self.pages[0], self.edition, {**self._shown, "form": form, "brought": rows})

    def template(self, request: HttpRequest) -> HttpResponse:
        """An example of the list, with notes, as an Excel file."""
        file = BytesIO()
        write_to(file, self.takes, edition=self.edition)
        return as_file(file.getvalue(), f"{self.kind}.xlsx", WORKBOOK)

    def one_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How the check went and how to go on; while a worker reads the list, that part asks for itself."""
        brought = self._list(pk)
        if request.method == "POST":
            arguments = {**_arguments(brought), "partial": "partial" in request.POST}
            start_task("list_import", self.edition, arguments, request)
            return redirect(self.address("list", pk))
        shown = {**self._shown, **shown_list(request, brought, self.address("rows", pk))}
        page = "editions/parts/list.html" if is_part(request) else self.pages[1]
        return private_page(request, page, self.edition, shown)

    def rows_to_mend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The rows with problems as a file, to be mended and brought again."""
        made = document_of(tasks_of_list(self._list(pk)).first())
        if made is None:
            raise Http404
        return as_file(bytes(made.content), made.name, made.content_type)

    def _uploaded(self, request: HttpRequest, form: FileForm) -> UploadedList | None:
        file, context = form.cleaned_data["file"], action_context(request)
        try:
            return upload_list(self.edition, self.kind, file.name, file.read(), path=self.path, context=context)
        except Refusal as refusal:
            form.add_error("file", sentence(refusal))
            return None

    def _list(self, pk: int) -> UploadedList:
        found = lists_brought_by(self.edition, self.path).filter(pk=pk).first()
        if found is None:
            raise Http404(_("This list is no longer here; bring it again."))
        return found


def _arguments(brought: UploadedList) -> dict[str, Any]:
    return {"list": brought.pk, "language": get_language() or "en"}
