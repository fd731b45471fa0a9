"""Which column of a list that was brought is which: recognised, looked at, and corrected by hand."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from emporion.domain.refusal import Refusal
from emporion.domain.work.actions import correct_columns
from emporion.domain.work.models import UploadedList
from emporion.language import written
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.headers import recognised
from emporion.spreadsheets.kinds import KINDS
from emporion.spreadsheets.mending import header_digest
from emporion.spreadsheets.reading import open_list
from emporion.spreadsheets.table import Record
from emporion.web.editions.lists import arguments_of, brought_list
from emporion.web.shell.access import office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_task
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page

EXAMPLES = 3
# Wider files are no lists of ours.
MOST_COLUMNS = 100


class ColumnsForm(forms.Form):
    """A choice for each column of the file: the field that it fills, or none."""

    def __init__(self, *args: Any, kind: Kind, header: Record, examples: list[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        fields = [("", _("Leave it out")), *((column.key, written(column.name)) for column in kind.columns)]
        for place, cell in enumerate(header):
            seen = [row[place] for row in examples if place < len(row) and row[place].strip()]
            self.fields[str(place)] = forms.ChoiceField(
                label=f"{get_column_letter(place + 1)} · {cell or _('without a heading')}", choices=fields,
                required=False, help_text=_("As in: %(cells)s") % {"cells": ", ".join(seen)} if seen else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A field is filled by one column, and one that must be there by some."""
        found = dict(super().clean() or {})
        twice = {key for key, count in Counter(found.values()).items() if key and count > 1}
        for place, key in found.items():
            if key in twice:
                self.add_error(place, _("Another column is this one already; leave one of them out."))
        missing = [column for column in self.kind.columns if column.required and column.key not in found.values()]
        if missing and not twice:
            named = ", ".join(str(written(column.name)) for column in missing)
            self.add_error(None, _("Say which column is: %(columns)s.") % {"columns": named})
        return self.cleaned_data


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns of the file beside the fields that they fill; corrected, the list is checked again."""
    edition = office(request)
    brought = brought_list(request, edition, pk)
    back = fair_url(request, "office_list", pk)
    kind = KINDS[brought.kind]
    try:
        header, examples = _opened(brought, kind)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect(back)
    first = {**recognised(kind, header), **(brought.columns or {})}
    form = ColumnsForm(request.POST or None, kind=kind, header=header, examples=examples, initial=first)
    if request.method == "POST" and form.is_valid():
        correct_columns(brought, form.cleaned_data, header_digest(header))
        start_task("list_check", edition, arguments_of(brought), request)
        return redirect(back)
    return form_page(request, "editions/list_columns.html", edition, {"form": form, "list": brought, "back": back})


def _opened(brought: UploadedList, kind: Kind) -> tuple[Record, list[Record]]:
    """The header of the file and its first rows."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(brought.name).name
        file.write_bytes(brought.content)
        table = open_list(kind, file)
        return table.header[:MOST_COLUMNS], list(islice(table.records(), EXAMPLES))
