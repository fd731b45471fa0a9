"""Pages for what went wrong: in words, with the way on, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from emporion.domain.accounts.models import User
from emporion.domain.refusal import Refusal
from emporion.web.shell.addresses import NulTyped
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import page
from emporion.web.shell.unsent import resend_page, typed_fields


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the message of the loader where it gives one."""
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return page(
        request, "shell/error.html", None, {"code": 404, "title": _("Not found"), "message": message}, status=404
    )


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: for a form with a NUL a page of ours; other requests may lack what a page needs, as a host of this site."""
    if not isinstance(exception, NulTyped):
        return bad_request(request, exception)
    message = _("The form has a character that no text can have (NUL). Go back, and send the form without it.")
    title = _("This form could not be sent")
    return page(request, "shell/error.html", None, {"code": 400, "title": title, "message": message}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: what is not this person's to see."""
    title = _("You have no access to this page")
    return page(request, "shell/error.html", None, {"code": 403, "title": title, "message": ""}, status=403)


def untrusted_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its token, or from another site; its reader can send it again.

    A page of this site that was open while its reader signed in elsewhere has a token of before: what was typed in it
    is shown again with the new one. Nothing of another site's form is.
    """
    if from_this_site(request) and isinstance(request.user, User) and (fields := typed_fields(request)):
        return resend_page(request, fields, signed_out=False, status=403)
    message = _(
        "Your browser sent the form without the cookie of this site. Allow cookies, open the page again and send it."
    )
    title = _("This form could not be sent")
    return page(request, "shell/error.html", None, {"code": 403, "title": title, "message": message}, status=403)


def from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a form comes from a page of this site, and that this site gave it a cookie."""
    known = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in known and settings.CSRF_COOKIE_NAME in request.COOKIES


def failed(request: HttpRequest) -> HttpResponse:
    """500: rendered without the database and without the request's context, since either may be what failed."""
    return HttpResponseServerError(loader.render_to_string("shell/failed.html", {"code": 500}))


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that tells a refusal's sentence."""
    context = {"code": 409, "title": _("This cannot be done"), "message": sentence(refusal)}
    return page(request, "shell/error.html", None, context, status=409)


def answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers a refusal with its sentence."""

    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return answered
