"""A list of the back office as a file: the columns that it shows, row by row, however long it is."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import Model, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from emporion.spreadsheets.rejects import inert

if TYPE_CHECKING:
    from emporion.web.shell.admin import StaffAdmin

# So many records are in memory at a time.
AT_A_TIME = 2_000
# With its mark, Excel opens the file as UTF-8.
MARK = "\ufeff"


class _Line:
    """A file that gives back what is written, for the writer of lines."""

    def write(self, text: str) -> str:
        return text


def as_csv(site: StaffAdmin, request: HttpRequest, records: QuerySet[Any]) -> StreamingHttpResponse:
    """The records as a CSV, sent while it is read."""
    columns = [name for name in site.get_list_display(request) if name != "action_checkbox"]
    response = StreamingHttpResponse(_lines(site, columns, records), content_type="text/csv; charset=utf-8")
    name = f"{site.opts.model_name}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(site: StaffAdmin, columns: list[Any], records: QuerySet[Any]) -> Iterator[str]:
    writer = csv.writer(_Line())
    titles = [str(label_for_field(name, site.model, model_admin=site)) for name in columns]
    yield MARK + str(writer.writerow([inert(title) for title in titles]))
    for one in records.iterator(chunk_size=AT_A_TIME):
        yield str(writer.writerow([inert(_cell(site, name, one)) for name in columns]))


def _cell(site: StaffAdmin, name: Any, one: Model) -> str:
    """What the list shows of a record in a column, as plain text."""
    field, _attribute, value = lookup_field(name, one, site)
    if field is not None and getattr(field, "choices", None):
        value = dict(field.flatchoices).get(value, value)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return strip_tags(str(value))
