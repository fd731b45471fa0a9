"""What a server loads before its first visitor comes, who would otherwise wait for it."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

from emporion.web import pairs, words
from emporion.web.market.entering import finder
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
            gettext("Suggestions")
    for file in TEMPLATES.rglob("*.html"):
        get_template(file.relative_to(TEMPLATES).as_posix())
        _draw_icons(file.read_text(encoding="utf-8"))
    _draw_icons_of_states()


def warm_behind() -> Thread:
    """Load the finder of subheadings in a thread of its own; a server answers everything else meanwhile.

    It takes seconds, which the first search for a word would otherwise wait.
    """
    thread = Thread(target=finder, name="finder", daemon=True)
    thread.start()
    return thread


def _draw_icons(source: str) -> None:
    for name, size in ICON.findall(source):
        icon(name, int(size)) if size else icon(name)


def _draw_icons_of_states() -> None:
    for named in (*vars(words).values(), pairs.SAID):
        for state in named.values() if isinstance(named, dict) else ():
            if isinstance(state, words.State):
                icon(state.icon, 16)
