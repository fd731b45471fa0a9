"""What a list of the desk finds as a file: CSV while it is read, Excel and Parquet by background work."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language

from emporion.domain.desk.actions import note_download
from emporion.spreadsheets.exports import FORMATS, csv_lines, rows_of
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.queues import parsed, terms_of
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_task


def download(request: HttpRequest, queue: str) -> HttpResponseBase:
    """The records that the list's filter finds; by GET as CSV, by POST in the format that was chosen."""
    edition, shown = edition_of(request), QUEUES[queue]
    given = parsed(request.POST.get("query", "")) if request.method == "POST" else request.GET.dict()
    terms, ending = terms_of(request, shown, given), request.POST.get("format", "csv")
    if ending not in FORMATS:
        return redirect(fair_url(request, shown.address))
    note_download(edition, queue, urlencode(terms), context=action_context(request))
    if ending != "csv":
        arguments = {"queue": queue, "filter": terms, "format": ending, "language": get_language() or "en"}
        task = start_task("list_export", edition, arguments, request)
        return redirect(fair_url(request, "office_task", task.pk))
    rows = rows_of(queue, shown.queue.narrowed(edition, terms), edition.zone)
    response = StreamingHttpResponse(csv_lines(queue, rows), content_type=FORMATS["csv"])
    name = f"{queue}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
