"""What the office must know before anything else: nothing leaves, nobody works, something was given up."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
            "No mail server is set: nothing leaves. %(count)s message waits. Set EMPORION_SMTP_URL.",
            "No mail server is set: nothing leaves. %(count)s messages wait. Set EMPORION_SMTP_URL.",
            state.waiting,
        )
        warnings.append((text % {"count": f"{state.waiting:,}"}, "office_outbox"))
    elif state.last_error:
        warnings.append((_("Messages wait: %(why)s") % {"why": state.last_error}, "office_outbox"))
    if state.failed:
        text = ngettext("%(count)s message was given up.", "%(count)s messages were given up.", state.failed)
        warnings.append((text % {"count": f"{state.failed:,}"}, "office_outbox"))
    if not worker_alive(timezone.now()):
        text = _("No worker is running: no message leaves and no long work is done. Start `emporion worker`.")
        warnings.append((text, "office_tasks"))
    return {"warnings": [{"text": text, "address": fair_url(context["request"], page)} for text, page in warnings]}
