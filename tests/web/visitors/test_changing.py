"""A visitor answers the organiser, changes what was stated, cancels and comes back: each told before it is done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.admission.actions import issue_badge
from emporion.domain.admission.models import Badge
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.notices.models import Notice
from emporion.domain.visitors.actions import ask_registered, reject_unit, reject_visitor
from emporion.domain.visitors.models import RegistrationQuestion, VisitingUnit, Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db
VISIT, CHANGE, CHECK = "/expo/my/visit/", "/expo/my/visit/change/", "/expo/my/visit/change/check/"


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def buyer(edition: Edition) -> tuple[Visitor, User]:
    return fair.make_buyer(edition)


@pytest.fixture
def lan(buyer: tuple[Visitor, User]) -> Visitor:
    return buyer[0]


@pytest.fixture
def her(buyer: tuple[Visitor, User]) -> Client:
    return fair.signed_in(buyer[1])


def now() -> ActionContext:
    return ActionContext(timezone.now())


def typed(visitor: Visitor, **changed: Any) -> dict[str, Any]:
    unit = visitor.unit
    stated = {
        "name": visitor.name, "email": visitor.email, "home": visitor.country_id, "purchasing_size": 0,
        "organisation": unit.organisation.name if unit else "", "country": "CN",
    }  # fmt: skip
    return {**stated, **changed}


def change(client: Client, visitor: Visitor, **changed: Any) -> tuple[str, str]:
    """Change it: what is told before, and the page after."""
    answer = client.post(CHANGE, typed(visitor, **changed))
    assert answer.headers.get("Location") == CHECK, fair.page_text(answer)
    told = fair.page_text(client.get(CHECK))
    seen = re.search(r'name="seen" value="(\w+)"', told)
    assert seen
    return told, fair.page_text(client.post(CHECK, {"seen": seen[1]}, follow=True))


def ask(asked: Visitor | VisitingUnit, text: str = "Which goods?") -> RegistrationQuestion:
    type(asked).objects.filter(pk=asked.pk).update(state="registered")
    asked.state = "registered"
    return ask_registered(asked, text, context=ActionContext(timezone.now(), fair.make_person("desk@expo.example")))


def test_a_question_is_answered_once_on_the_page_and_who_asked_is_told(lan: Visitor, her: Client) -> None:
    question = ask(lan)
    assert ask_registered(lan, " Which goods? ", context=now()) == question, "asked twice it is one question"
    assert Notice.objects.get(template="visitor_question").recipient == lan.email
    page = fair.page_text(her.get(VISIT))
    assert "Which goods?" in page and "The review waits for your answer." in page
    at = f"{VISIT}questions/{question.pk}/"
    assert her.post(at, {"answer": " "}).status_code == 422
    for _ in range(2):
        assert her.post(at, {"answer": "Shea butter."}).headers["Location"] == VISIT
    answered = Notice.objects.get(template="visitor_answer")
    assert (answered.recipient, answered.context["answer"]) == ("desk@expo.example", "Shea butter.")
    again = fair.page_text(her.post(at, {"answer": "Cocoa."}))
    assert "This question was answered on" in again
    assert "Shea butter." in fair.page_text(her.get(VISIT))


def test_a_unit_is_asked_through_who_manages_it_and_anybody_of_it_may_answer(
    edition: Edition, lan: Visitor, her: Client
) -> None:
    assert lan.unit is not None
    question = ask(lan.unit)
    told = Notice.objects.get(template="visitor_question")
    assert told.context["organisation_id"] == lan.unit.organisation_id
    own = f"/expo/my/unit/{lan.unit.organisation_id}/"
    page = fair.page_text(her.get(own))
    assert "Which goods?" in page and f"{own}questions/{question.pk}/" in page
    assert "Which goods?" in fair.page_text(her.get(VISIT))
    assert her.post(f"{own}questions/{question.pk}/", {"answer": "Butter."}).headers["Location"] == own
    question.refresh_from_db()
    assert question.answer == "Butter."


def test_others_find_neither_the_question_nor_the_unit(edition: Edition, lan: Visitor) -> None:
    assert lan.unit is not None
    question = ask(lan)
    _other, user = fair.make_buyer(edition, "Li Na", "Ningbo Foods")
    other = fair.signed_in(user)
    assert other.get(f"{VISIT}questions/{question.pk}/").status_code == 404
    assert other.get(f"/expo/my/unit/{lan.unit.organisation_id}/").status_code == 404


def test_who_manages_a_unit_sees_who_comes_when(edition: Edition, lan: Visitor, her: Client) -> None:
    unit = lan.unit
    assert unit is not None
    make.make_visitor(edition, "Zhao Min", unit, days=[edition.first_day])
    make.make_visitor(edition, "Gone", unit, state="cancelled")
    page = her.get(f"/expo/my/unit/{unit.organisation_id}/").content.decode()
    counts = re.findall(r'<td class="figure">(\d+)</td>', page.split("<tfoot>")[1])
    days = (edition.last_day - edition.first_day).days + 1
    assert counts == ["2", *["1"] * (days - 1)]
    assert "Zhao Min" in page and "Gone" not in page


def test_a_new_name_makes_the_badge_anew_and_its_entries_stay(edition: Edition, lan: Visitor, her: Client) -> None:
    badge = issue_badge(lan, context=now())
    told, after = change(her, lan, name="Wang Lan-Ying")
    assert "You stay approved." in told and "Your badge is made anew" in told
    assert Badge.objects.get(pk=badge.pk).number == f"{lan.number}-2"
    lan.refresh_from_db()
    assert (lan.name, lan.state) == ("Wang Lan-Ying", "approved")
    assert "Your registration says so now." in after
    change(her, lan, name="Wang Lan")
    assert Badge.objects.get().number == f"{lan.number}-3"
    entry = JournalEntry.objects.filter(event="visitor.changed").first()
    assert entry is not None and entry.data == {"changed": ["name"]}, "the journal keeps no name"


@pytest.mark.parametrize(("reviews", "state", "revoked"), [(True, "registered", True), (False, "approved", False)])
def test_another_organisation_is_reviewed_again_where_the_edition_says_so(
    edition: Edition, lan: Visitor, her: Client, reviews: bool, state: str, revoked: bool
) -> None:
    Edition.objects.filter(pk=edition.pk).update(review_new_unit=reviews)
    issue_badge(lan, context=now())
    told, _after = change(her, lan, organisation="Ningbo Trading")
    assert ("The organiser reviews your registration again" in told) == reviews
    lan.refresh_from_db()
    assert lan.unit is not None and (lan.state, lan.unit.organisation.name) == (state, "Ningbo Trading")
    assert (Badge.objects.get().revoked is not None) == revoked


def test_after_a_new_approval_the_badge_is_made_anew(edition: Edition, lan: Visitor, her: Client) -> None:
    issue_badge(lan, context=now())
    change(her, lan, organisation="Ningbo Trading")
    Visitor.objects.update(state="approved")
    lan.refresh_from_db()
    assert issue_badge(lan, context=now()).number == f"{lan.number}-2"
    assert Badge.objects.get().revoked is None


def test_what_is_the_same_changes_nothing(lan: Visitor, her: Client) -> None:
    told, _after = change(her, lan, organisation=" shanghai  FOODS ")
    assert "You stay approved." in told and "made anew" not in told
    assert not JournalEntry.objects.filter(event="visitor.changed").exists()


def test_days_outside_the_quota_are_refused_and_stay_typed(edition: Edition, lan: Visitor, her: Client) -> None:
    group = make.make_delegation(edition, "07")
    VisitingUnit.objects.update(delegation=group)
    group.day_quotas.create(day=edition.last_day, quota=0)
    Visitor.objects.update(days=[edition.first_day])
    _told, after = change(her, lan, days=[edition.first_day.isoformat(), edition.last_day.isoformat()])
    assert "0 people of Group 07 may come" in after
    lan.refresh_from_db()
    assert lan.days == [edition.first_day]


def test_an_address_that_is_not_confirmed_cannot_be_chosen(lan: Visitor, her: Client) -> None:
    assert her.post(CHANGE, typed(lan, email="eve@else.example")).status_code == 422


def test_a_change_in_another_window_is_looked_at_before_it_is_done(lan: Visitor, her: Client) -> None:
    her.post(CHANGE, typed(lan, position="Buyer"))
    seen = re.search(r'name="seen" value="(\w+)"', fair.page_text(her.get(CHECK)))
    her.post(CHANGE, typed(lan, position="Head"))
    assert seen
    page = fair.page_text(her.post(CHECK, {"seen": seen[1]}))
    assert "You have changed something in another window." in page and "Head" in page
    lan.refresh_from_db()
    assert lan.position == ""


def test_a_rejection_tells_why_and_the_registration_is_handed_in_again(lan: Visitor, her: Client) -> None:
    reject_visitor(lan, reason="Papers are missing.", context=now())
    page = fair.page_text(her.get(VISIT))
    assert "Papers are missing." in page and "Hand it in again" in page
    lan.refresh_from_db()
    told, _after = change(her, lan, position="Buyer")
    assert "Your registration is handed in again" in told
    lan.refresh_from_db()
    assert (lan.state, lan.reason, lan.decided, lan.position) == ("registered", "", None, "Buyer")


def test_people_of_a_rejected_unit_are_told_why(lan: Visitor, her: Client) -> None:
    assert lan.unit is not None
    reject_unit(lan.unit, reason="Not a buyer.", context=now())
    told = Notice.objects.get(template="visitor_rejected")
    assert (told.recipient, told.context["reason"]) == (lan.email, "Not a buyer.")
    assert "Not a buyer." in fair.page_text(her.get(VISIT))


def test_an_edition_may_take_no_new_application(edition: Edition, lan: Visitor, her: Client) -> None:
    Edition.objects.filter(pk=edition.pk).update(visitors_reapply=False)
    reject_visitor(lan, reason="No.", context=now())
    assert "Hand it in again" not in fair.page_text(her.get(VISIT))
    assert "takes no new one from the same person" in fair.page_text(her.get(CHANGE, follow=True))


def test_cancelling_tells_the_exhibitor_and_is_taken_back(edition: Edition, lan: Visitor, her: Client) -> None:
    exhibitor, _user = fair.make_seller(edition)
    exhibitor.application.contact_email = "fair@shea.example"
    exhibitor.application.save()
    request = fair.make_request(lan, exhibitor)
    page = fair.page_text(her.get(f"{VISIT}cancel/"))
    assert "the exhibitors are told" in page
    for _ in range(2):
        her.post(f"{VISIT}cancel/")
    lan.refresh_from_db()
    assert lan.state == "cancelled" and MeetingRequest.objects.get(pk=request.pk).state == "cancelled"
    assert Notice.objects.filter(template="meeting_cancelled").count() == 1
    change(her, lan)
    lan.refresh_from_db()
    assert lan.state == "registered"
