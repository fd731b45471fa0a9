"""Pages for what went wrong: in words, with the way on, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext as _

from emporion.web.public.page import page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what was looked for, when a loader said it."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return page(request, "public/error.html", None, {"code": 404, "title": _("Not found"), "said": said}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: what is not this person's to see."""
    title = _("Not yours to open")
    return page(request, "public/error.html", None, {"code": 403, "title": title, "said": ""}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without the database and without the request's context, since either may be what failed."""
    return HttpResponseServerError(loader.render_to_string("public/failed.html", {"code": 500}))
