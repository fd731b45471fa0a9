"""How far everybody can use these pages: the statement of accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from emporion.web.shell import access
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import page


@cached_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages keep to, how that is checked, what is known to fall short, and whom to tell."""
    edition = access.public_edition(request)
    context = {"contact": edition.fair.reply_to or edition.fair.sender_email}
    return page(request, "editions/accessibility.html", edition, context)
