"""Messages to groups: fields, both languages, a test to oneself, once to each, and one click to leave."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.rules import FIELDS
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.notices.models import Notice, OptOut
from emporion.domain.notices.queries import opt_out_token
from emporion.domain.notices.rules.texts import BraceAlone, FieldUnknown, filled, require_fields
from emporion.domain.visitors.actions import appoint_leader
from emporion.domain.work.models import BackgroundTask
from emporion.jobs.outbox import send_all
from tests import fair, make
from tests.web.desk.test_queues import apply, register
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
MAIL = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend", "PUBLIC_URL": "https://expo.example"}
TEXTS = {
    "subject_en": "Doors of {fair}", "body_en": "Dear {name} ({number}) of {organisation},\n\nbring {edition}.",
    "subject_zh": "{fair}开馆", "body_zh": "{name}您好。",
}  # fmt: skip


def now() -> datetime:
    return timezone.now()


@pytest.fixture
def people(edition: Edition) -> Edition:
    unit = make.make_unit(edition, "Shanghai Foods")
    register(edition, "Wang Lan", unit=unit, state="approved", email="wang@foods.example")
    register(edition, "Ada {number}", state="approved", email="ada@foods.example", country=make.make_country("BJ"))
    register(edition, "Without Address", state="approved")
    register(edition, "Waits", email="waits@foods.example")
    return edition


def begin(office: Client, queue: str = "visitors", query: str = "state=approved") -> str:
    answer = office.post(f"/expo/office/messages/groups/new/{queue}/", {"query": query})
    assert answer.status_code == 302
    return str(answer["Location"])


def act(office: Client, at: str, action: str, **texts: str) -> str:
    return fair.page_text(office.post(at, {**TEXTS, **texts, "action": action}, follow=True))


def test_a_message_goes_once_to_each_whom_the_filter_finds_in_their_language(
    people: Edition, office: Client, owner: User
) -> None:
    at = begin(office)
    page = act(office, at, "keep")
    assert "Dear Wang Lan (V06-" in page and "of Shanghai Foods" in page and "Send to 2 readers" in page
    act(office, at, "send")
    [task] = do_what_waits()
    assert (task.kind, task.result["messages"]) == ("group_message", 2)
    BackgroundTask.objects.filter(pk=task.pk).update(state="waiting")
    do_what_waits()
    with override_settings(**MAIL):
        send_all(clock=now)
    by_reader = {message.to[0]: message for message in mail.outbox}
    assert set(by_reader) == {"wang@foods.example", "ada@foods.example"} and len(mail.outbox) == 2
    assert "Wang Lan您好。" in by_reader["wang@foods.example"].body
    english = by_reader["ada@foods.example"]
    assert "Dear Ada {number} (V06-" in english.body, "what somebody is called is never read as a field"
    page = fair.page_text(office.get(at))
    assert re.findall(r"<dd class=\"figure\">(\d+)</dd>", page) == ["2", "2", "0", "0", "0", "0"]
    assert "Send to" not in page
    act(office, at, "send")
    assert BackgroundTask.objects.count() == 1


def test_a_test_goes_to_oneself_alone(people: Edition, office: Client, owner: User) -> None:
    page = act(office, begin(office), "test")
    assert f"A test is on its way to {owner.email}." in page
    assert list(Notice.objects.values_list("recipient", flat=True)) == [owner.email]
    assert GroupMessage.objects.get().sent is None


@pytest.mark.parametrize(("body", "words"), [
    ("Dear {nme}", "Line 1: there is no field {nme}"), ("Dear\n{name", "Line 2: a brace stands alone."),
    ("", "in each language"),
])  # fmt: skip
def test_what_cannot_be_sent_is_refused_and_kept(people: Edition, office: Client, body: str, words: str) -> None:
    page = act(office, begin(office), "send", body_en=body)
    assert words in page and "{fair}开馆" in page
    assert Notice.objects.count() == 0 and GroupMessage.objects.get().sent is None


@pytest.mark.parametrize(("text", "refusal"), [("{name}{", BraceAlone), ("}", BraceAlone), ("{}", FieldUnknown),
                                               ("{name.pk}", FieldUnknown)])  # fmt: skip
def test_a_field_is_one_of_those_named(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        require_fields(text, FIELDS)
    require_fields("{name} and {number}", FIELDS)
    assert filled("{name} {number} {other}", {"name": "{number}", "number": "7"}) == "{number} 7 {other}"


def test_one_click_leaves_and_what_must_be_sent_still_comes(people: Edition, office: Client) -> None:
    at = begin(office)
    act(office, at, "send")
    do_what_waits()
    with override_settings(**MAIL):
        send_all(clock=now)
    [english] = [message for message in mail.outbox if message.to == ["ada@foods.example"]]
    assert english.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = english.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in english.body
    mail_program = Client(enforce_csrf_checks=True)
    path = link.removeprefix("https://expo.example")
    assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [one.address for one in OptOut.objects.all()] == ["ada@foods.example"]
    again = begin(office)
    page = act(office, again, "keep")
    assert "Send to 1 reader" in page and 'Opted out, left out</dt><dd class="figure">1</dd>' in page
    notify(
        "decision", recipient="ada@foods.example", template="visitor_approved", edition_id=people.pk, at=now(),
        context={"name": "Ada", "number": "1"},
    )  # fmt: skip
    with override_settings(**MAIL):
        send_all(clock=now)
    assert mail.outbox[-1].to == ["ada@foods.example"]
    assert "List-Unsubscribe" not in mail.outbox[-1].extra_headers
    Client().post(path, {"again": "1"})
    assert OptOut.objects.count() == 0


def test_leaving_takes_out_what_waits_for_that_address(people: Edition, office: Client) -> None:
    act(office, begin(office), "send")
    do_what_waits()
    Client().post(f"/unsubscribe/{opt_out_token(people.fair, 'Wang@foods.example')}/")
    assert list(Notice.objects.values_list("recipient", flat=True)) == ["ada@foods.example"]
    assert Client().get("/unsubscribe/forged/").status_code == 404


def test_one_writes_to_those_of_ones_own_lists(edition: Edition) -> None:
    apply(edition, "Own", contact_email="own@shea.example")
    other = make.make_area(edition, "technical-equipment")
    apply(edition, "Other", area=other, contact_email="other@shea.example")
    reviewer = fair.signed_in(
        fair.make_staff(fair.make_person("rita@expo.example"), "reviewer", area="food-agriculture")
    )
    texts: dict[str, Any] = {name: text.replace("{number}", "") for name, text in TEXTS.items()}
    at = begin(reviewer, "applications", "")
    act(reviewer, at, "send", **texts)
    do_what_waits()
    assert list(Notice.objects.values_list("recipient", flat=True)) == ["own@shea.example"]
    assert reviewer.post("/expo/office/messages/groups/new/visitors/").status_code == 403
    desk = fair.signed_in(fair.make_staff(fair.make_person("reg@expo.example"), "registration"))
    assert desk.get(at).status_code == 403
    assert desk.post("/expo/office/messages/groups/new/nothing/").status_code == 404


def test_units_are_written_to_by_those_who_act_for_them_and_lead_their_delegations(
    edition: Edition, office: Client
) -> None:
    unit = make.make_unit(edition, "Shanghai Foods", delegation="07")
    make.make_unit(edition, "Ningbo Foods", delegation="08")
    acting = fair.speak_for(unit.organisation, "wang@foods.example")
    leader = fair.make_person("leader@bureau.example", "Li Wei")
    for user in (leader, acting):
        appoint_leader(unit.delegation, user, context=ActionContext(now()))
    fair.speak_for(make.make_organisation("Elsewhere"), "nobody@foods.example")
    at = begin(office, "units", "state=all&delegation=07")
    page = act(office, at, "keep")
    assert "Send to 2 readers" in page and "of Shanghai Foods" in page
    act(office, at, "send")
    do_what_waits()
    sent = Notice.objects.filter(key__startswith="group:").order_by("recipient").values_list("recipient", flat=True)
    assert list(sent) == ["leader@bureau.example", "wang@foods.example"], "one each, whatever one does"
