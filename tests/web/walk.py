"""Every page of the site as a person sees it who may open it: the addresses of the permission table in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web import permissions
from tests.web.looks import Look
from tests.web.permission_world import World

# Who opens a page, if the table lets them: people who come to it first, before the staff and the operator.
FIRST = ("visitor", "exhibitor_a", "leader", "anonymous", "owner", "operator")
PREFIX = {"en": "", "zh": "/zh-hans"}


@dataclass(frozen=True)
class Visit:
    """A page: the name of its address, its path without a language, and who opens it."""

    name: str
    path: str
    person: str

    def __str__(self) -> str:
        return f"{self.name} ({self.path}) as {self.person}"


def visits(world: World, *, back_office: bool = False) -> Iterator[Visit]:
    """The pages of the table, each by somebody who may open it; those of Django's own lists only if asked for."""
    clients = {name: permissions.client_of(world.person(name)) for name in FIRST}
    for row in permissions.table():
        if row["address"].startswith("admin:") and not back_office:
            continue
        path = permissions.path_of(row["address"], row["parameters"], world)
        allowed = (name for name in FIRST if row[name] in ("yes", "read"))
        # Who is signed in is led past some pages, as those to sign in: then the next person opens it.
        if person := next((name for name in allowed if _is_page(clients[name], path)), None):
            yield Visit(row["address"], path, person)


def _is_page(client: Client, path: str) -> bool:
    response = client.get(path)
    return response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")


class Walker:
    """Opens pages as a person looks at them, in one context of the browser for each person and look."""

    def __init__(self, browser: Browser, base_url: str, world: World) -> None:
        self.browser, self.base_url, self.world = browser, base_url, world
        self._pages: dict[tuple[str, Look], Page] = {}

    def open(self, visit: Visit, look: Look) -> Page:
        """The page, loaded."""
        key = (visit.person, look)
        if key not in self._pages:
            self._pages[key] = self._context(*key).new_page()
        page = self._pages[key]
        page.goto(PREFIX[look.language] + visit.path if _has_language(visit.path) else visit.path)
        return page

    def _context(self, person: str, look: Look) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": look.width, "height": 800},
            color_scheme="dark" if look.theme == "dark" else "light",
            locale="zh-CN" if look.language == "zh" else "en-GB",
            reduced_motion="reduce",
        )
        context.add_cookies([*self._cookies(self.world.person(person))])
        return context

    def _cookies(self, user: Any) -> Iterator[Any]:
        if user is not None:
            session = permissions.client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            yield {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.base_url}


def _has_language(path: str) -> bool:
    return not path.startswith(("/zh-hans/", "/static/"))
