"""From an empty installation to an approved exhibitor in Accra: every newcomer comes in by a message and its link.

Once by plain HTTP and once behind a proxy that ends TLS. The site runs in a process of its own and the messages go
through a real mail server. ``EMPORION_PICTURES`` names a folder for numbered pictures of the pages on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from emporion.domain.exhibitors.models import Application
from emporion.jobs.outbox import send_all
from tests import make
from tests.authenticator import code_of
from tests.fair import PASSWORD
from tests.journeys.visit import Visit
from tests.site_process import Site, plain_site, site_behind_tls
from tests.smtp_server import SMTPServer, smtp_server
from tests.worker import clear_jobs, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPERATOR, REVIEWER = "efua@accra.example", "kofi@accra.example"
CONTACT, COLLEAGUE = "ama@cocoa.example", "yaw@cocoa.example"
SUBJECTS = {
    OPERATOR: "Emporion: ",
    REVIEWER: "Accra Food Fair: work in the organiser's office",
    CONTACT: "Accra Food Fair: manage Tema Cocoa Ltd",
    COLLEAGUE: "Accra Food Fair: act for Tema Cocoa Ltd",
}


@dataclass
class Film:
    """The site, its mail server, and a browser for each person."""

    site: Site
    mail: SMTPServer
    visit: Callable[[], Visit]

    def letter(self, address: str, subject: str) -> str:
        """The text of the last message to an address, after all that waits has gone out."""
        send_all(clock=timezone.now)
        found = [one for one in self.mail.letters if one["To"] == address and subject in str(one["Subject"])]
        assert found, [(one["To"], one["Subject"]) for one in self.mail.letters]
        assert "Accra Food Fair" in str(found[-1]["From"])
        return str(found[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]

    def link(self, address: str, subject: str) -> str:
        """The link in the last message to an address; it leads to this site and nowhere else."""
        links = re.findall(r"https?://\S+", self.letter(address, subject))
        assert [link for link in links if link.startswith(f"{self.site.url}/")] == links and len(links) == 1
        return str(links[0])

    def code(self, address: str) -> str:
        """The code in the last message that asks an address to be confirmed."""
        found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", self.letter(address, "onfirm"), re.MULTILINE)
        assert found
        return found.group(1)


@pytest.fixture(params=["plain", "behind TLS"])
def film(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Any, browser: Any, pictures: Path | None
) -> Iterator[Film]:
    cache.clear()
    # The site's own process reads the operator's password.
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    # Of the reference data that an installation is prepared with, what this journey needs.
    make.make_country("GH")
    make.make_currency("GHS")
    if pictures is not None:
        pictures = pictures / request.param.replace(" ", "-")
        pictures.mkdir(parents=True, exist_ok=True)
    with smtp_server() as mail:
        given = {"EMPORION_SMTP_URL": f"smtp://127.0.0.1:{mail.port}", "EMPORION_PAGE_CACHE": "0"}
        started = plain_site(**given) if request.param == "plain" else site_behind_tls(tmp_path, **given)
        with started as site:
            settings.PUBLIC_URL = site.url
            for name, value in mail.settings.items():
                setattr(settings, name, value)
            yield Film(site, mail, lambda: Visit(browser, site.url, pictures))
    clear_jobs()


def test_from_an_empty_installation_to_an_approved_exhibitor(film: Film, tmp_path: Path, monkeypatch: Any) -> None:
    public, organiser, contact, colleague, reviewer = (film.visit() for _ in range(5))
    nothing_is_there(public)
    operator_comes_in(organiser, monkeypatch)
    fair_is_set_up_in_english_alone(organiser, public)
    contacts_come_by_a_list(tmp_path)
    contacts_are_invited(organiser)
    contact_claims_the_record(film, contact)
    colleague_is_invited(film, contact, colleague)
    reviewer_is_appointed(film, organiser, reviewer)
    reviewer_approves(reviewer)
    contact_reads_of_it(film, contact)
    assert [one.broken for one in (public, organiser, contact, colleague, reviewer)] == [[]] * 5


def nothing_is_there(public: Visit) -> None:
    public.go("/")
    public.reads("There is no fair here yet.")
    public.shot("empty-installation")


def operator_comes_in(organiser: Visit, monkeypatch: Any) -> None:
    """The operator, made on the command line, signs in and sets up a second factor on the way to the office."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email=OPERATOR, verbosity=0)
    organiser.go("/")
    organiser.follow("Set up a fair")
    organiser.shot("sign-in")
    organiser.fill(login=OPERATOR, password=PASSWORD)
    organiser.press("Sign in")
    organiser.shot("set-up-of-a-fair")
    organiser.go("/admin/")
    sets_up_a_second_factor(organiser)
    organiser.shot("office-before-the-first-fair")


def sets_up_a_second_factor(visit: Visit) -> None:
    visit.shot("second-factor")
    visit.follow("Set up an app")
    visit.shot("authenticator-app")
    secret = visit.page.input_value("#authenticator_secret")
    visit.fill(code=code_of(secret))
    visit.press("Set up")
    visit.shot("recovery-codes")
    visit.follow("Go on to the organiser's office")


def fair_is_set_up_in_english_alone(organiser: Visit, public: Visit) -> None:
    first = timezone.localdate() + timedelta(days=60)
    call_command(
        "fair", "create", slug="accra", name_en="Accra Food Fair", host="GH", organiser_en="Accra Trade Centre",
        venue="Accra International Conference Centre", city="Accra", time_zone="Africa/Accra", currency="GHS",
        first_day=str(first), last_day=str(first + timedelta(days=2)), area=["food=Food and drinks", "tea=Tea"],
        stdout=StringIO(),
    )  # fmt: skip
    public.go("/")
    assert public.page.url.endswith("/accra/")
    public.reads("Apply to exhibit")
    assert "简体中文" not in public.page.content() and public.page.get_attribute("html", "lang") == "en"
    public.go("/zh-hans/accra/")
    assert public.page.url.endswith("/accra/") and "/zh-hans/" not in public.page.url
    public.shot("fair-open-for-applications")
    public.follow("Apply to exhibit")
    public.shot("sign-up")
    organiser.go("/my/")
    organiser.shot("my-fair-of-the-organiser")
    organiser.follow("Office of Accra Food Fair")
    organiser.shot("office")


def contacts_come_by_a_list(folder: Path) -> None:
    rows = ["name,country,area,stand,area_m2,contact_email", f"Tema Cocoa Ltd,Ghana,food,standard,18,{CONTACT}"]
    (folder / "list.csv").write_text("\n".join(rows))
    call_command("import", "exhibitors", str(folder / "list.csv"), stdout=StringIO())


def contacts_are_invited(organiser: Visit) -> None:
    organiser.follow("Invitations")
    organiser.reads("Nobody acts for 1 organisation yet")
    organiser.shot("invitations")
    organiser.press("Invite them all")
    organiser.shot("invitations-on-their-way")
    work()


def contact_claims_the_record(film: Film, contact: Visit) -> None:
    contact.go(film.link(CONTACT, SUBJECTS[CONTACT]))
    contact.shot("invitation")
    joins(film, contact, "Ama Mensah", CONTACT)
    contact.shot("exhibitor")


def joins(film: Film, visit: Visit, name: str, address: str) -> None:
    """Open an account on the page of an invitation, confirm the address, and accept."""
    visit.follow("Create an account")
    visit.shot("open-an-account")
    visit.opens_an_account(name, address)
    visit.shot("confirm-the-address")
    visit.fill(code=film.code(address))
    visit.press("Confirm")
    visit.shot("invitation-signed-in")
    visit.press("Accept the invitation")


def colleague_is_invited(film: Film, contact: Visit, colleague: Visit) -> None:
    contact.follow("People")
    contact.shot("people")
    contact.fill(address=COLLEAGUE)
    contact.page.locator("form").last.get_by_label("Deals").check()
    contact.press("Send the invitation")
    contact.reads(COLLEAGUE)
    contact.shot("colleague-invited")
    colleague.go(film.link(COLLEAGUE, SUBJECTS[COLLEAGUE]))
    joins(film, colleague, "Yaw Boateng", COLLEAGUE)
    colleague.reads("Tema Cocoa Ltd")
    colleague.shot("colleague")


def reviewer_is_appointed(film: Film, organiser: Visit, reviewer: Visit) -> None:
    organiser.go("/accra/office/")
    organiser.follow("Who works here")
    organiser.shot("staff")
    organiser.fill(address=REVIEWER)
    organiser.page.select_option("[name=role]", "reviewer")
    organiser.press("Send the invitation")
    organiser.shot("staff-invited")
    reviewer.go(film.link(REVIEWER, SUBJECTS[REVIEWER]))
    joins(film, reviewer, "Kofi Asante", REVIEWER)
    sets_up_a_second_factor(reviewer)


def reviewer_approves(reviewer: Visit) -> None:
    assert reviewer.page.url.endswith("/accra/office/")
    reviewer.shot("reviewers-office")
    reviewer.follow("1 application waits for review")
    reviewer.shot("applications")
    reviewer.follow("Tema Cocoa Ltd")
    reviewer.shot("application")
    reviewer.press("Approve")
    reviewer.reads("The application is approved; the applicant is told.")
    reviewer.shot("approved")
    assert Application.objects.get().state == "approved"


def contact_reads_of_it(film: Film, contact: Visit) -> None:
    contact.go(film.link(CONTACT, "Your application to Accra Food Fair is approved"))
    contact.reads("Approved")
    contact.shot("exhibitor-approved")
