"""What a server loads before its first visitor comes, who would otherwise wait for it."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

from emporion.domain.marketaccess.files import load_shipped
from emporion.web import pairs, words
from emporion.web.market.entering import finder
from emporion.web.market.sentences import told
from emporion.web.templatetags.fair import icon

TEMPLATES = Path(__file__).resolve().parent / "templates"
ICON = re.compile(r'{% icon "([\w-]+)"(?: (\d+))? %}')


def warm() -> None:
    """Load the doors with all that they import, the addresses and messages of each language, templates and icons.

    Asks the database nothing.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("home")
            # The office's addresses are kept apart from the others; every page's footer names one.
            reverse("admin:index")
            gettext("Suggestions")
            told("Free")
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
        _draw_icons(file.read_text(encoding="utf-8"))
    _draw_icons_of_states()


def warm_behind() -> Thread:
    """Load the shipped tariffs and the finder in a thread of its own; a server answers everything else meanwhile.

    It takes seconds, which the first question about a tariff or the first search for a word would otherwise wait.
    """
    thread = Thread(target=_load_markets, name="markets", daemon=True)
    thread.start()
    return thread


def _load_markets() -> None:
    load_shipped()
    finder()


def _draw_icons(source: str) -> None:
    for name, size in ICON.findall(source):
        icon(name, int(size)) if size else icon(name)


def _draw_icons_of_states() -> None:
    for named in (*vars(words).values(), pairs.SAID):
        for state in named.values() if isinstance(named, dict) else ():
            if isinstance(state, words.State):
                icon(state.icon, 16)
