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
from emporion.domain.notices.queries import mail_is_set, outbox_state
from emporion.domain.work.queries import worker_alive
from emporion.web.shell.addresses import fair_url

register = template.Library()


@register.inclusion_tag("work/parts/warnings.html", takes_context=True)
def office_warnings(context: Context) -> dict[str, Any]:
    """Warnings for the organiser's staff, each with the page that helps."""
    state, warnings = outbox_state(), []
    if not mail_is_set():
        text = ngettext(
            "No mail server is set: nothing is sent. %(count)s message is waiting. Set EMPORION_SMTP_URL.",
            "No mail server is set: nothing is sent. %(count)s messages are waiting. Set EMPORION_SMTP_URL.",
            state.waiting,
        )
        warnings.append((text % {"count": f"{state.waiting:,}"}, "office_outbox"))
    elif state.last_error:
        warnings.append((_("Messages wait: %(why)s") % {"why": state.last_error}, "office_outbox"))
    if state.failed:
        text = ngettext("%(count)s message was given up.", "%(count)s messages were given up.", state.failed)
        warnings.append((text % {"count": f"{state.failed:,}"}, "office_outbox"))
    if not worker_alive(timezone.now()):
        text = _("No worker is running: no messages are sent and no background work is done. Start `emporion worker`.")
        warnings.append((text, "office_tasks"))
    where = _place(context["request"])
    links = [{"text": text, "address": fair_url(where, page) if where else ""} for text, page in warnings]
    return {"warnings": links}


@register.inclusion_tag("work/parts/fairs.html", takes_context=True)
def office_links(context: Context) -> dict[str, Any]:
    """The office's own pages of each fair that has a current edition."""
    pages = (
        ("office", _("The fair's office")),
        ("office_timetable", _("Timetable of meetings")),
        ("office_tasks", _("Background work")),
        ("office_outbox", _("Messages")),
    )
    return {"fairs": [(one, [(fair_url(one, name), text) for name, text in pages]) for one in current_editions()]}


def _place(request: HttpRequest) -> HttpRequest | Edition | None:
    """Of which edition the links are: the page's, or on a page of no fair the first that is current."""
    if getattr(request, "edition", None) is not None:
        return request
    return next(iter(current_editions()), None)
