"""Benin applies, is granted its free booth, meets a buyer, records a deal both confirm, and is in the bulletin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.booths.models import Stand
from emporion.domain.cache import clear_all
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.jobs.outbox import send_all
from tests import fair, make
from tests.authenticator import code_of
from tests.journeys.visit import Visit
from tests.web.accounts.test_signin import code_sent
from tests.worker import work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(edition: Edition, office: Client) -> Edition:
    """The fair that is open today, with a hall for its area; nobody has applied or registered."""
    area = fair.make_area(edition)
    make.make_hall(edition, "4.1", area)
    make.make_sector("food")
    for country in ("BJ", "CN"):
        make.make_country(country)
    return edition


def figure(visit: Visit, key: str, scope: str = "all exhibitions") -> str:
    """A figure's value as its page shows it for a scope."""
    visit.go(f"/expo/bulletin/{key}/")
    row = visit.page.get_by_role("row").filter(has=visit.page.get_by_role("rowheader", name=scope, exact=True))
    return str(row.first.get_by_role("cell").first.inner_text())


FIGURES = ("participants", "exhibitors", "ldc_free_booths", "visitors_registered", "deals", "intended_turnover")


def bulletin(visit: Visit) -> dict[str, str]:
    scopes = {"exhibitors": "enterprise exhibition"}
    return {key: figure(visit, key, scopes.get(key, "all exhibitions")) for key in FIGURES}


def test_benin(live_server: Any, browser: Any, edition: Edition, pictures: Path | None) -> None:
    seller, buyer, office, public = (Visit(browser, live_server.url, pictures) for _ in range(4))
    assert {value.split("\n")[0] for value in bulletin(public).values()} == {"–"}
    benin_applies(seller)
    office_signs_in(office)
    office_approves_and_signs(office)
    seller_sees_its_contract(seller)
    buyer_registers(buyer)
    office_approves_the_buyer(office)
    office_asks_for(
        office, "Grant the free booths in order of application", "Allocate the halls", "Make suggestions to both sides"
    )
    seller_sees_its_stand(seller)
    buyer_asks_and_seller_accepts(buyer, seller)
    office_asks_for(office, "Make the timetable of meetings", "Publish the timetable")
    both_see_when_and_where(buyer, seller)
    both_confirm_a_deal(buyer, seller, public)
    assert bulletin(office) == bulletin(public) == {
        "participants": "1", "exhibitors": "1", "ldc_free_booths": "1", "visitors_registered": "1", "deals": "1",
        # 100,000 euros at 1.10 dollars.
        "intended_turnover": "110,000",
    }  # fmt: skip
    public.go("/expo/bulletin/")
    public.reads("110,000")
    letters_went_out()
    assert seller.broken == buyer.broken == office.broken == public.broken == []


def benin_applies(seller: Visit) -> None:
    seller.go("/accounts/login/")
    seller.picture("signin")
    seller.go("/expo/signup/")
    seller.picture("signup")
    seller.page.get_by_role("link", name="Add your organisation").click()
    opens_an_account(seller, "Ada Adjovi", "ada@shea.example")
    seller.picture("signup-exhibitor")
    seller.fill(organisation="Shea du Bénin SARL", registered_number="RB/COT/07 B 1234")
    seller.choose(country="Benin")
    seller.press("Add the organisation")
    seller.reads("Your organisation has not applied")
    seller.picture("exhibitor-nothing")
    seller.page.get_by_role("link", name="Apply for a stand").click()
    seller.picture("exhibitor-apply")
    seller.follow("Exhibition area")
    seller.choose(area="food-agriculture", sector="food")
    seller.press("Save and go on")
    seller.fill(area_m2="10")
    seller.page.get_by_label("We ask for a free booth").check()
    seller.picture("exhibitor-apply-stand")
    seller.fill(area_m2="10")
    seller.page.get_by_label("We ask for a free booth").check()
    seller.press("Save and go on")
    seller.reads("Standard booths come in modules of 9 m²; 10 m² is not a multiple of 9.")
    seller.fill(area_m2="9")
    seller.press("Save and go on")
    seller.press("Save and go on")
    seller.press("Save and go on")
    seller.picture("exhibitor-apply-papers")
    seller.follow("All steps")
    seller.follow("Check your answers")
    seller.picture("exhibitor-apply-check")
    seller.press("Hand in the application")
    seller.reads("Handed in, under review")
    seller.picture("exhibitor-submitted")


def opens_an_account(visit: Visit, name: str, address: str) -> None:
    """Open an account on the way to a page, and confirm its address by the code in the outbox."""
    visit.opens_an_account(name, address)
    visit.fill(code=code_sent(address))
    visit.press("Confirm")


def office_signs_in(office: Visit) -> None:
    """With a second factor: the code of an authenticator app."""
    secret = generate_totp_secret()
    Authenticator.objects.filter(user__email="office@expo.example").delete()
    TOTP.activate(User.objects.get(email="office@expo.example"), secret)
    office.go("/admin/")
    office.fill(login="office@expo.example", password=fair.PASSWORD)
    office.press("Sign in")
    office.fill(code=code_of(secret))
    office.press("Sign in")
    assert office.page.url.endswith("/admin/")


def office_approves_and_signs(office: Visit) -> None:
    office_does(office, "exhibitors/application", "approve")
    office_does(office, "exhibitors/application", "sign")
    office.go("/admin/journal/journalentry/")
    office.reads("contract.signed\texhibitor\t06-00001")


def office_does(office: Visit, records: str, action: str) -> None:
    """Choose every record of a list and do an action to them."""
    office.go(f"/admin/{records}/")
    office.page.locator("input.action-select").first.check()
    office.page.select_option("select[name=action]", action)
    office.page.locator("button[name=index]").first.click()
    office.page.wait_for_load_state()
    office.reads("Done for 1 record.")


def office_asks_for(office: Visit, *actions: str) -> None:
    for action in actions:
        office.go("/admin/editions/edition/")
        office.page.locator("input.action-select").first.check()
        office.page.select_option("select[name=action]", label=action)
        office.page.locator("button[name=index]").first.click()
        office.page.wait_for_load_state()
        office.reads("follow its progress")
    work()


def seller_sees_its_contract(seller: Visit) -> None:
    seller.page.reload()
    seller.reads("Contract signed")
    seller.reads("06-00001")
    seller.reads("Applied for, not decided")


def buyer_registers(buyer: Visit) -> None:
    buyer.go("/expo/signup/visitor/")
    opens_an_account(buyer, "Wang Lan", "lan@foods.example")
    buyer.fill(position="Head buyer")
    buyer.choose(home="China")
    buyer.page.get_by_label("food").check()
    buyer.press("Continue")
    buyer.fill(organisation="Shanghai Harbour Foods")
    buyer.choose(country="China", ownership="State-owned")
    buyer.press("Continue")
    buyer.press("Register")
    buyer.reads("V06-0000001")
    buyer.reads("Registered, under review")


def office_approves_the_buyer(office: Visit) -> None:
    office_does(office, "visitors/visitingunit", "approve")
    office_does(office, "visitors/visitor", "approve")
    office_does(office, "visitors/visitor", "issue")


def seller_sees_its_stand(seller: Visit) -> None:
    seller.page.reload()
    seller.reads("Granted")
    seller.reads(Stand.objects.get().number)
    seller.picture("exhibitor-overview")
    seller.page.get_by_role("link", name="Suggestions").click()
    seller.reads("Wang Lan")
    seller.reads("They are interested in food.")
    seller.picture("exhibitor-suggestions")


def buyer_asks_and_seller_accepts(buyer: Visit, seller: Visit) -> None:
    buyer.go("/expo/my/visit/suggestions/")
    buyer.reads("You are interested in food; they exhibit in it.")
    buyer.picture("visitor-suggestions")
    buyer.page.get_by_role("button", name="Favourite: Shea du Bénin SARL").click()
    buyer.page.get_by_role("button", name="No longer a favourite: Shea du Bénin SARL").wait_for()
    buyer.page.get_by_role("button", name="Ask to meet Shea du Bénin SARL").click()
    buyer.page.get_by_text("Awaits an answer").wait_for()
    buyer.reads("Meeting requested.")
    seller.page.get_by_role("link", name="Overview").click()
    seller.reads("1 meeting request awaits your answer")
    seller.page.get_by_role("link", name="1 meeting request awaits your answer").click()
    seller.picture("exhibitor-request")
    seller.press("Accept")
    seller.reads("Accepted. The timetable will give it a time.")


def both_see_when_and_where(buyer: Visit, seller: Visit) -> None:
    for visit, path, other in ((buyer, "/expo/my/visit/meetings/", "Shea du Bénin"), (seller, None, "Wang Lan")):
        visit.go(path) if path else visit.page.reload()
        visit.reads(other)
        visit.reads(f"Stand {Stand.objects.get().number}")
        assert re.search(
            r"\d\d:\d\d–\d\d:\d\d \(\d\d:\d\d–\d\d:\d\d your time\)", visit.page.locator(".agenda").inner_text()
        )
        visit.picture("visitor-meetings" if path else "exhibitor-meetings")
    buyer.go("/expo/my/visit/")
    buyer.picture("visitor-overview")


def both_confirm_a_deal(buyer: Visit, seller: Visit, public: Visit) -> None:
    seller.page.get_by_role("link", name="Deals").click()
    seller.picture("exhibitor-no-deals")
    seller.page.get_by_role("link", name="Record a deal").click()
    seller.picture("exhibitor-deal")
    seller.fill(buyer="Shanghai Harbour Foods", subject="Shea butter, 40 t", amount="100000")
    seller.page.select_option("[name=currency]", "EUR")
    paper = {"name": "letter-of-intent.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    seller.page.set_input_files("[name=evidence]", paper)
    seller.press("Record and confirm this deal")
    seller.reads("Awaits the other side")
    seller.reads("letter-of-intent.pdf")
    seller.picture("exhibitor-deals")
    # What was computed is shown for some seconds.
    clear_all()
    assert figure(public, "intended_turnover") == "0"
    buyer.go("/expo/my/visit/")
    buyer.page.get_by_role("link", name="1 deal awaits your confirmation").click()
    buyer.picture("visitor-deals")
    buyer.press("Confirm deal D06-00001")
    buyer.reads("Confirmed by both, counted")
    buyer.go("/my/")
    buyer.picture("my")


def letters_went_out() -> None:
    with override_settings(PUBLIC_URL="https://fair.example"):
        send_all(clock=timezone.now)
    assert not Notice.objects.filter(sent=None).exists()
    # In the evening and at night, the worker also reminds both of the next day; whether it does hangs on the hour.
    notices = set(Notice.objects.exclude(template="meetings_reminder").values_list("recipient", "template"))
    ada, lan = "ada@shea.example", "lan@foods.example"
    notices = {one for one in notices if one[1] != "account_mail"}
    assert notices == {
        (ada, "application_approved"), (ada, "free_booth_granted"), (ada, "meeting_asked"),
        (ada, "timetable_published"), (lan, "visitor_registered"), (lan, "visitor_approved"),
        (lan, "meeting_accepted"), (lan, "timetable_published"),
    }  # fmt: skip
