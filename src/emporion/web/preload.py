"""Preload: what a server reads before its first visitor, who would otherwise wait for it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.template import Engine
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from emporion.domain.marketaccess.files import load_shipped
from emporion.domain.matching.queries import priced_exhibitors
from emporion.domain.matching.queries.suggestions import run_of_a_current_edition
from emporion.domain.reason import Phrase
from emporion.language import written
from emporion.web.market.entering import finder
from emporion.web.matching.reactions import MARKS
from emporion.web.shell import states
from emporion.web.shell.templatetags.fair import icon

TEMPLATES = Path(__file__).resolve().parent / "templates"
ICON = re.compile(r'{% icon "([\w-]+)"(?: (\d+))? %}')


def preload() -> None:
    """Load the pages with all that they import, addresses, messages and forms of each language, templates and icons.

    Asks the database nothing.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("fairs")
            reverse("home", args=["fair"])
            # The office's addresses are kept apart from the others; every page's footer names one.
            reverse("admin:index")
            gettext("Suggestions")
            written(Phrase("Free"))
            get_format("DATE_FORMAT")
    for name in (settings.SESSION_SERIALIZER, settings.MESSAGE_STORAGE, *Engine.get_default().context_processors):
        import_string(name)
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
        _draw_icons(file.read_text(encoding="utf-8"))
    _draw_icons_of_states()


def preload_markets() -> None:
    """Load the shipped tariffs and the finder of subheadings.

    It takes seconds. They are better spent before the first page than beside it: a thread that loads meanwhile slows
    every page down to a multiple of its time.
    """
    load_shipped()
    finder()


def preload_suggestions() -> None:
    """Read what a newcomer's suggestions are made of, where the current edition has any.

    The one thing here that asks the database. Without one that answers the site starts all the same, and the first
    newcomer waits for the reading.
    """
    try:
        if run := run_of_a_current_edition():
            priced_exhibitors(run)
    except DatabaseError:
        connection.close()


def _draw_icons(source: str) -> None:
    for name, size in ICON.findall(source):
        icon(name, int(size)) if size else icon(name)


def _draw_icons_of_states() -> None:
    for named in (*vars(states).values(), MARKS):
        for state in named.values() if isinstance(named, dict) else ():
            if isinstance(state, states.State):
                icon(state.icon, 16)
