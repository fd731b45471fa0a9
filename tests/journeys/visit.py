"""One person's browser on a journey: what they type and press, what they read, and pictures of the pages on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.chromium import open_page
from tests.fair import PASSWORD

WIDTHS = (1280, 360)


class Visit:
    """One person's browser: their own cookies, and pictures of the pages they come to."""

    def __init__(self, browser: Any, address: str, pictures: Path | None) -> None:
        self.page = open_page(
            browser, viewport={"width": 1280, "height": 900}, timezone_id="UTC", ignore_https_errors=True
        )
        self.address, self.pictures = address, pictures
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page of the site, by its path or its whole address."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    def fill(self, **typed: str) -> None:
        for label, value in typed.items():
            self.page.fill(f"[name={label}]", value)

    def choose(self, **chosen: str) -> None:
        for name, label in chosen.items():
            self.page.select_option(f"[name={name}]", label=label)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        """Follow the link of these words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def reads(self, words: str) -> None:
        found = self.page.locator("body").inner_text()
        assert words in found, f"{words!r} is not on {self.page.url}:\n{found}"

    def opens_an_account(self, name: str, address: str) -> None:
        """Fill in the form of a new account, up to the code that confirms its address."""
        self.fill(name=name, email=address, password1=PASSWORD)
        self.press("Create the account")

    def picture(self, name: str) -> None:
        """The page in both languages, on a desk and on a phone, opened anew for each."""
        if self.pictures is None:
            return
        here = self.page.url
        for language in ("", "zh-hans/"):
            self.page.goto(self.address + "/" + language + here.removeprefix(self.address + "/"))
            self._shoot(f"{name}-{language.strip('/') or 'en'}")
        self.page.goto(here)

    def shot(self, name: str) -> None:
        """The page as it stands, with what is typed in it, on a desk and on a phone; numbered in the order taken."""
        if self.pictures is None:
            return
        number = len(list(self.pictures.glob(f"*-{WIDTHS[0]}.png"))) + 1
        self._shoot(f"{number:02}-{name}")

    def _shoot(self, name: str) -> None:
        assert self.pictures is not None
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} wide at {width}"
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
