"""An organiser sets up a fair from nothing, opens applications, decides about them and moves a deadline.

All of it in one browser, without a command line. ``EMPORION_PICTURES`` names a folder for pictures of the way.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from emporion.domain.accounts.queries import first_operator_key
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.exhibitors.models import Application
from tests import make
from tests.authenticator import code_of
from tests.fair import PASSWORD
from tests.journeys.visit import Visit
from tests.worker import do_what_waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/accra-food-fair/"


def test_from_nothing_to_an_approved_application(live_server: Any, browser: Any, pictures: Path | None) -> None:
    make.make_country("GH"), make.make_country("BJ"), make.make_currency("GHS")
    organiser, applicant = (Visit(browser, live_server.url, pictures) for _ in range(2))
    the_first_account_is_opened(organiser)
    the_fair_is_set_up(organiser)
    edition = Edition.objects.get()
    applications_are_open(organiser, applicant, edition)
    two_apply(edition)
    one_is_asked_and_both_are_decided_about(organiser)
    the_deadline_is_moved(organiser, applicant)
    assert organiser.broken == applicant.broken == []


def the_first_account_is_opened(organiser: Visit) -> None:
    organiser.go("/")
    organiser.reads("There is no fair here yet.")
    organiser.go(f"/setup/?key={first_operator_key()}")
    organiser.fill(name="Ama Mensah", email="ama@accra.example", password=PASSWORD)
    organiser.press("Open my account")
    organiser.shot("first-account")


def the_fair_is_set_up(organiser: Visit) -> None:
    first = timezone.localdate() + timedelta(days=120)
    organiser.fill(name_en="Accra Food Fair", organiser_en="Accra Trade Centre")
    chosen = {box.get_attribute("value"): box for box in organiser.page.locator("[name=languages]").all()}
    chosen["en"].check()
    chosen["zh-hans"].uncheck()
    organiser.page.select_option("[name=host]", "GH")
    organiser.press("Go on")
    organiser.fill(first_day=f"{first}", last_day=f"{first + timedelta(days=2)}", venue="La Pavilion", city="Accra")
    organiser.page.select_option("[name=currency]", "GHS")
    organiser.press("Go on")
    organiser.fill(areas="Food and drinks\nMachinery")
    organiser.press("Go on")
    organiser.shot("phases-as-proposed")
    organiser.press("Go on")
    organiser.fill(halls="A 60 x 45")
    organiser.press("Go on")
    organiser.press("Set up this fair")
    a_second_factor_is_set_up(organiser)
    organiser.go(f"{HOME}office/")


def a_second_factor_is_set_up(organiser: Visit) -> None:
    """The office asks for it first; who has just opened the account says the password once more."""
    organiser.go(f"{HOME}office/")
    organiser.reads("The organiser's office asks for a second factor.")
    organiser.follow("Set up an app")
    if organiser.page.locator("[name=password]").count():
        organiser.fill(password=PASSWORD)
        organiser.page.locator("main form button[type=submit], main form .button").first.click()
        organiser.page.wait_for_load_state()
    organiser.fill(code=code_of(organiser.page.input_value("#authenticator_secret")))
    organiser.press("Set up")
    organiser.follow("Go on to the organiser's office")


def applications_are_open(organiser: Visit, applicant: Visit, edition: Edition) -> None:
    """The office says what is still to be prepared and when what ends; the fair's page takes applications."""
    organiser.reads("Before the doors open")
    organiser.reads("Next dates")
    organiser.shot("office")
    organiser.follow("Dates of the edition")
    organiser.reads("All times are in Africa/Accra time.")
    assert Phase.objects.get(edition=edition, kind="application").window.holds(timezone.now())
    applicant.go(HOME)
    applicant.follow("Apply to exhibit")
    applicant.shot("sign-up")


def two_apply(edition: Edition) -> None:
    area = edition.areas.get(code="food-and-drinks")
    for name in ("Benin Butter", "Tema Cocoa"):
        firm = make.make_organisation(name, "BJ")
        Application.objects.create(
            edition=edition, organisation=firm, origin=firm.country, area=area, area_m2=9, state="submitted",
            submitted=timezone.now(), contact_email="ada@shea.example",
        )  # fmt: skip


def one_is_asked_and_both_are_decided_about(organiser: Visit) -> None:
    organiser.go(f"{HOME}office/")
    organiser.follow("2 applications wait for review")
    organiser.shot("applications")
    organiser.follow("Tema Cocoa")
    organiser.page.fill("#text-ask", "Which machines do you bring?")
    organiser.press("Ask the applicant")
    organiser.reads("Not answered yet")
    organiser.shot("application")
    organiser.follow("Applications")
    organiser.page.select_option("#scope", "all")
    organiser.press("Approve")
    organiser.reads("Look at what this does before you confirm it.")
    organiser.shot("look-at-the-effect")
    organiser.press("Approve 2 applications")
    do_what_waits()
    organiser.page.reload()
    organiser.reads("Done for 2 records.")
    assert set(Application.objects.values_list("state", flat=True)) == {"approved"}
    organiser.press("Take these decisions back …")
    organiser.press("Review 2 applications again")
    do_what_waits()
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}


def the_deadline_is_moved(organiser: Visit, applicant: Visit) -> None:
    """Applications end at once; the look says so before, the journal beside it afterwards."""
    organiser.go(f"{HOME}office/dates/")
    before = timezone.now() - timedelta(minutes=5)
    opens = before - timedelta(days=3)
    organiser.page.fill("[name=application_opens]", f"{opens:%Y-%m-%dT%H:%M}")
    organiser.page.fill("[name=application_closes]", f"{before:%Y-%m-%dT%H:%M}")
    organiser.press("Look at the change")
    organiser.reads("At once it is no longer possible: exhibitors apply.")
    organiser.shot("look-at-the-change")
    organiser.press("Make this change")
    organiser.reads("The change is made.")
    organiser.reads(f"{before:%Y-%m-%d %H:%M}")
    applicant.go(HOME)
    assert "Apply to exhibit" not in fair_text(applicant)


def fair_text(visit: Visit) -> str:
    return str(visit.page.locator("main").inner_text())
