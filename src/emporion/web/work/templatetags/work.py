"""What the office must know before anything else: nothing leaves, nobody works, something was given up."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import current_editions
from emporion.domain.notices.queries import address_is_set, mail_is_set, outbox_state
from emporion.domain.staff.queries import fairs_for
from emporion.domain.work.queries import worker_alive
from emporion.web.shell.access import person
from emporion.web.shell.addresses import fair_url

register = template.Library()


@register.inclusion_tag("work/parts/warnings.html", takes_context=True)
def office_warnings(context: Context) -> dict[str, Any]:
    """Warnings for the organiser's staff, each with the page that helps."""
    request: HttpRequest = context["request"]
    where = _place(request)
    fair = where.fair if where and not person(request).is_superuser else None
    state, warnings = outbox_state(fair), []
    if not mail_is_set():
        text = ngettext(
            "No mail server is set: nothing is sent. %(count)s message is waiting. Set EMPORION_SMTP_URL.",
            "No mail server is set: nothing is sent. %(count)s messages are waiting. Set EMPORION_SMTP_URL.",
            state.waiting,
        )
        warnings.append((text % {"count": f"{state.waiting:,}"}, "office_outbox"))
    elif state.last_error:
        warnings.append((_("Messages wait: %(why)s") % {"why": state.last_error}, "office_outbox"))
    if not address_is_set():
        text = _("No public address is set: messages with a link wait. Set EMPORION_PUBLIC_URL.")
        warnings.append((text, "office_outbox"))
    if state.failed:
        text = ngettext("%(count)s message was given up.", "%(count)s messages were given up.", state.failed)
        warnings.append((text % {"count": f"{state.failed:,}"}, "office_outbox"))
    if not worker_alive(timezone.now()):
        text = _("No worker is running: no messages are sent and no background work is done. Start `emporion worker`.")
        warnings.append((text, "office_tasks"))
    links = [{"text": text, "address": fair_url(where, page) if where else ""} for text, page in warnings]
    return {"warnings": links}


@register.inclusion_tag("work/parts/fairs.html", takes_context=True)
def office_links(context: Context) -> dict[str, Any]:
    """The office's own pages of each fair that has a current edition and at which the reader works."""
    pages = (
        ("home", _("The fair's pages")),
        ("office", _("The fair's office")),
        ("office_timetable", _("Timetable of meetings")),
        ("office_tasks", _("Background work")),
        ("office_outbox", _("Messages")),
    )
    own = _own_editions(context["request"])
    shown = [(one, [(fair_url(one, name), text) for name, text in pages]) for one in own]
    return {"fairs": shown, "may_add": person(context["request"]).is_superuser}


def _place(request: HttpRequest) -> Edition | None:
    """Of which edition the links are: the page's, or on a page of no fair the person's first that is current."""
    edition: Edition | None = getattr(request, "edition", None)
    return edition or next(iter(_own_editions(request)), None)


def _own_editions(request: HttpRequest) -> list[Edition]:
    """The current editions of the fairs at which the person works."""
    own = set(fairs_for(person(request)).values_list("pk", flat=True))
    return [one for one in current_editions() if one.fair_id in own]
