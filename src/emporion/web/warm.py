"""What a server loads before its first visitor comes, who would otherwise wait for it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import DatabaseError, connection
from django.template import Engine
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from emporion.domain.matching.models import MatchingRun
from emporion.domain.matching.queries import priced_exhibitors
from emporion.web import pairs, words
from emporion.web.market.entering import finder
from emporion.web.templatetags.fair import icon

TEMPLATES = Path(__file__).resolve().parent / "templates"
SHORT_TURN = 0.0002
ICON = re.compile(r'{% icon "([\w-]+)"(?: (\d+))? %}')


def warm() -> None:
    """Load the doors with all that they import, addresses, messages and forms of each language, templates and icons.

    Asks the database nothing.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("home")
            # The back office has addresses of its own.
            reverse("admin:index")
            gettext("Suggestions")
            get_format("DATE_FORMAT")
    for name in (settings.SESSION_SERIALIZER, settings.MESSAGE_STORAGE, *Engine.get_default().context_processors):
        import_string(name)
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
        _draw_icons(file.read_text(encoding="utf-8"))
    _draw_icons_of_states()


def warm_suggestions() -> None:
    """Read what a newcomer's suggestions are made of, where the current edition has any.

    The one thing here that asks the database. Without one that answers the site starts all the same, and the first
    newcomer waits for the reading.
    """
    try:
        if run := MatchingRun.objects.select_related("edition").filter(edition__current=True, current=True).first():
            priced_exhibitors(run)
    except DatabaseError:
        connection.close()


def warm_behind() -> Thread:
    """Load the finder of subheadings in a thread of its own; a server answers everything else meanwhile.

    It takes seconds, which the first search for a word would otherwise wait.
    """
    thread = Thread(target=_load_finder, name="finder", daemon=True)
    thread.start()
    return thread


def _load_finder() -> None:
    """Load the finder and let others in between often.

    A page gives the interpreter away at every query and has it back when the loading thread's turn ends: at the usual
    turns of 5 ms the forty queries of a page would wait 0.2 s and more.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURN)
    try:
        finder()
    finally:
        sys.setswitchinterval(usual)


def _draw_icons(source: str) -> None:
    for name, size in ICON.findall(source):
        icon(name, int(size)) if size else icon(name)


def _draw_icons_of_states() -> None:
    for named in (*vars(words).values(), pairs.SAID):
        for state in named.values() if isinstance(named, dict) else ():
            if isinstance(state, words.State):
                icon(state.icon, 16)
