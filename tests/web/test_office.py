"""The office: its staff looks at everything and does the events; nobody else comes in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils.text import capfirst
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from emporion.domain.accounts.models import User
from emporion.domain.admission.models import Badge
from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions import list_likely_duplicates, register_organisation
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import LikelyDuplicate, Organisation, Representative
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair, make

pytestmark = pytest.mark.django_db


def test_every_record_and_its_room_has_a_chinese_name(edition: Edition) -> None:
    root = fair.make_person("root@expo.example", staff=True, is_superuser=True)
    page = fair.page_text(fair.signed_in(root).get("/zh-hans/admin/"))
    for model in admin.site._registry:
        with override("zh-hans"):
            named = capfirst(str(model._meta.verbose_name_plural))
            room = str(apps.get_app_config(model._meta.app_label).verbose_name)
        assert re.search("[\u4e00-\u9fff]", named) and named in page, model
        assert re.search("[\u4e00-\u9fff]", room) and room in page, model


def do(office: Client, model: str, action: str, *records: Model, **typed: str) -> str:
    """Choose records in a list, do an action to them, and read the page that follows."""
    chosen = {"action": action, "_selected_action": [record.pk for record in records], **typed}
    return fair.page_text(office.post(f"/admin/{model}/", chosen, follow=True))


def make_application(edition: Edition, name: str = "Benin Butter", **fields: Any) -> Application:
    firm = make.make_organisation(name, "BJ")
    plain = {"area": fair.make_area(edition), "area_m2": 9, "contact_email": "ada@shea.example"}
    return Application.objects.create(
        edition=edition, organisation=firm, origin=firm.country, **{**plain, "state": "submitted", **fields}
    )


def test_an_owner_reads_every_list_but_those_of_the_people_of_all_fairs(office: Client) -> None:
    assert office.get("/admin/").status_code == 200
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("emporion")}
    of_all_fairs = {User, Representative}
    lists = [model._meta for model in admin.site._registry.keys() - of_all_fairs if model._meta.app_label in rooms]
    assert len(lists) > 20
    for meta in lists:
        answer = office.get(f"/admin/{meta.app_label}/{meta.model_name}/")
        assert answer.status_code == 200, meta.label


def test_the_office_is_closed_to_others(edition: Edition) -> None:
    _exhibitor, user = fair.make_seller(edition)
    assert fair.signed_in(user).get("/admin/").status_code == 302
    assert fair.signed_in(user).post("/admin/exhibitors/application/", {"action": "approve"}).status_code == 302


def test_what_comes_from_actions_is_not_typed(office: Client, edition: Edition) -> None:
    application = make_application(edition)
    assert office.get("/admin/exhibitors/application/add/").status_code == 403
    office.post(f"/admin/exhibitors/application/{application.pk}/change/", {"state": "contracted"})
    application.refresh_from_db()
    assert application.state == "submitted"


def test_staff_alone_makes_nobody_an_operator(office: Client) -> None:
    person = fair.make_person("eve@else.example")
    assert office.post(f"/admin/accounts/user/{person.pk}/change/", {"is_superuser": "on"}).status_code == 403
    assert not User.objects.get(pk=person.pk).is_superuser


def test_nobody_in_the_office_reads_the_codes_that_messages_carry(edition: Edition) -> None:
    buyer = fair.make_buyer(edition)[1]
    Client().post("/accounts/login/code/", {"email": buyer.email})
    notice = Notice.objects.get(recipient=buyer.email, edition=edition)
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", notice.context["body"], re.MULTILINE)
    assert code is not None
    notices = "/admin/notices/notice/"
    staff = {
        role: fair.make_staff(fair.make_person(f"{role}@expo.example"), role) for role in ("registration", "auditor")
    }
    for user in (*staff.values(), fair.make_person("root@expo.example", staff=True, is_superuser=True)):
        client = fair.signed_in(user)
        shown = client.get(f"{notices}{notice.pk}/change/")
        assert buyer.email in shown.content.decode()
        assert code[0] not in shown.content.decode()
        # Nor is it told letter by letter, by which messages a list finds.
        for guess in (code[0][:2], "??"):
            assert client.get(notices, {"context__body__contains": guess}).status_code == 400


def test_an_application_is_approved_and_signed(office: Client, edition: Edition) -> None:
    application = make_application(edition)
    assert "Done for 1 record." in do(office, "exhibitors/application", "approve", application)
    assert "Done for 1 record." in do(office, "exhibitors/application", "sign", application)
    exhibitor = Exhibitor.objects.get()
    assert (exhibitor.number, exhibitor.organisation.name) == ("06-00001", "Benin Butter")
    journal = list(JournalEntry.objects.order_by("pk").values_list("event", "actor__email"))
    assert journal == [("application.approved", "office@expo.example"), ("contract.signed", "office@expo.example")]
    page = fair.page_text(office.get("/admin/journal/journalentry/"))
    assert "contract.signed" in page
    assert "06-00001" in page


def test_what_a_rule_refuses_is_reported_by_name_and_the_rest_is_done(office: Client, edition: Edition) -> None:
    good, bad = make_application(edition), make_application(edition, "Silent Ltd", contact_email="")
    page = do(office, "exhibitors/application", "approve", good, bad)
    assert "Done for 1 record." in page
    assert "Silent Ltd applies to Edition 6: The application has no e-mail address" in page
    bad.refresh_from_db()
    assert bad.state == "submitted"


def test_a_rejection_asks_for_its_reason_first(office: Client, edition: Edition) -> None:
    application = make_application(edition)
    assert 'name="reason"' in do(office, "exhibitors/application", "reject", application)
    assert 'name="reason"' in do(office, "exhibitors/application", "reject", application, reason=" ")
    application.refresh_from_db()
    assert application.state == "submitted"
    assert "Done for 1 record." in do(office, "exhibitors/application", "reject", application, reason="Full.")
    application.refresh_from_db()
    assert (application.state, application.reason) == ("rejected", "Full.")
    assert "Done for 1 record." in do(office, "exhibitors/application", "reopen", application)
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_free_booth_is_granted_once_and_only_to_those_who_asked(office: Client, edition: Edition) -> None:
    asking, silent = (make.make_exhibitor(edition, name, "BJ") for name in ("Asking", "Silent"))
    Application.objects.filter(exhibitor=asking).update(requests_free_booth=True)
    page = do(office, "exhibitors/exhibitor", "grant_free_booth", asking, silent)
    assert "Done for 1 record." in page
    assert "Silent has not applied for a free booth" in page
    assert "Asking already has a free booth" in do(office, "exhibitors/exhibitor", "grant_free_booth", asking)
    assert FreeBoothGrant.objects.get().exhibitor == asking


def test_a_unit_is_approved_before_its_people_and_they_get_their_badges(office: Client, edition: Edition) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    VisitingUnit.objects.update(state="registered")
    visitor = make.make_visitor(edition, "Wang Lan", unit, state="registered")
    first_page = fair_url(edition, "office")
    shown = fair.page_text(office.get(first_page))
    assert "1 visiting unit waits for approval" in shown and "1 visitor waits for approval" in shown
    assert 'href="/expo/office/visitors/"' in shown
    assert "cannot be approved before the unit is" in do(office, "visitors/visitor", "approve", visitor)
    do(office, "visitors/visitingunit", "approve", unit)
    assert "Done for 1 record." in do(office, "visitors/visitor", "approve", visitor)
    assert "waits for approval" not in fair.page_text(office.get(first_page))
    assert "Done for 1 record." in do(office, "visitors/visitor", "issue", visitor)
    assert Badge.objects.get().number == visitor.number
    do(office, "visitors/visitor", "reject", visitor, reason="A name that is none.")
    assert Visitor.objects.get().state == "rejected"


def test_likely_duplicates_are_decided_by_a_person(office: Client, edition: Edition) -> None:
    for name, number in (("Shea du Benin SARL", ""), ("Shea du Benin", "RB1")):
        register_organisation(
            OrganisationRow(name=name, country="BJ", registered_number=number), context=ActionContext(make.MORNING)
        )
    first, second = make.make_organisation("Cacao Fino", "EC"), make.make_organisation("Cacao Fina", "EC")
    pair = LikelyDuplicate.objects.create(first=first, second=second, why="one letter apart")
    list_likely_duplicates(context=ActionContext(make.MORNING))
    do(office, "organisations/likelyduplicate", "different", pair)
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by and pair.decided_by.email) == ("different", "office@expo.example")
    assert "has been decided already" in do(office, "organisations/likelyduplicate", "same", pair)
    again = LikelyDuplicate.objects.create(
        first=make.make_organisation("Aurora", "DE"), second=make.make_organisation("Aurora Valves", "DE"), why="words"
    )
    do(office, "organisations/likelyduplicate", "same", again)
    assert Organisation.objects.filter(name__startswith="Aurora").count() == 1


def test_the_operator_appoints_who_acts_for_an_organisation(edition: Edition) -> None:
    office = fair.signed_in(fair.make_person("root@expo.example", is_superuser=True))
    firm, person = make.make_organisation("Benin Butter", "BJ"), fair.make_person("ada@shea.example")
    typed = {"organisation": firm.pk, "user": person.pk, "position": "Head"}
    assert office.post("/admin/organisations/representative/add/", typed).status_code == 302
    assert Representative.objects.get().user == person
    assert JournalEntry.objects.get(event="representative.appointed").event == "representative.appointed"


@pytest.mark.parametrize(
    ("action", "job"),
    [
        ("grant_free_booths", "free_booths"), ("allocate", "allocation"), ("issue_badges", "badges"),
        ("suggest", "matching"), ("make_timetable", "timetable"), ("publish_timetable", "publication"),
        ("list_duplicates", "duplicates"),
    ],
)  # fmt: skip
def test_long_work_is_asked_for_once_and_its_page_is_named(
    office: Client, edition: Edition, action: str, job: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page_text = do(office, "editions/edition", action, edition)
    task = BackgroundTask.objects.get()
    assert (task.kind, task.edition, task.state) == (job, edition, "waiting")
    assert fair_url(edition, "office_task", task.pk) in page_text
    assert "No worker is running yet: start `emporion worker`" in page_text
    with django_capture_on_commit_callbacks(execute=True):
        assert fair_url(edition, "office_task", task.pk) in do(office, "editions/edition", action, edition)
    waiting = ProcrastinateJob.objects.get()
    assert (waiting.task_name, waiting.lock, waiting.args) == ("run_task", f"edition-{edition.pk}", {"task": task.pk})


def test_while_a_worker_lives_nobody_is_told_to_start_one(office: Client, edition: Edition) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")
    assert "No worker is running" in do(office, "editions/edition", "allocate", edition)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert "No worker is running" not in do(office, "editions/edition", "suggest", edition)


def test_the_office_reads_chinese(office: Client, edition: Edition) -> None:
    make_application(edition)
    assert "批准所选申请" in fair.page_text(office.get("/zh-hans/admin/exhibitors/application/"))


def test_what_the_office_types_is_in_the_journal_and_public(edition: Edition) -> None:
    root = fair.signed_in(fair.make_person("root@expo.example", staff=True, is_superuser=True))
    make.make_international("wine")
    typed = {"code": "wine", "name_en": "Wines", "name_zh": "葡萄酒"}
    assert root.post("/admin/reference/internationalorganisation/wine/change/", typed).status_code == 302
    assert root.post("/admin/reference/internationalorganisation/wine/delete/", {"post": "yes"}).status_code == 302
    entries = JournalEntry.objects.filter(event__startswith="record.").order_by("id")
    assert [(one.event, one.subject_id, one.subject_label, one.public, one.edition) for one in entries] == [
        ("record.changed", "reference.internationalorganisation.wine", "international organisation Wines", True, None),
        ("record.removed", "reference.internationalorganisation.wine", "international organisation Wines", True, None),
    ]


def test_the_first_page_of_the_office_shows_a_fair_to_those_who_work_at_it(office: Client, edition: Edition) -> None:
    accra = make.make_fair("accra", host="GH", languages=["en"])
    make.make_edition(1, fair=accra, current=True)
    host = fair.signed_in(fair.make_staff(fair.make_person("host@accra.example"), "owner", fair=accra))
    root = fair.signed_in(fair.make_person("root@expo.example", staff=True, is_superuser=True))
    shown = [
        [slug for slug in ("expo", "accra") if f'href="/{slug}/office/"' in fair.page_text(client.get("/admin/"))]
        for client in (office, host, root)
    ]
    assert shown == [["expo"], ["accra"], ["expo", "accra"]]
    assert [client.get("/admin/").context["site_url"] for client in (office, host, root)] == ["/expo/", "/accra/", "/"]


def test_a_chinese_name_is_titled_as_the_reader_writes_it(office: Client, edition: Edition) -> None:
    firm = make.make_organisation("上海食品有限公司", "CN")
    for page in ("change", "history"):
        html = fair.page_text(office.get(f"/admin/organisations/organisation/{firm.pk}/{page}/"))
        [title] = re.findall(r"<title>(.*?)</title>", html)
        assert "Shanghai" in title and "pinyin" in title, page
        there = fair.page_text(office.get(f"/zh-hans/admin/organisations/organisation/{firm.pk}/{page}/"))
        [title] = re.findall(r"<title>(.*?)</title>", there)
        assert "上海食品有限公司" in title and "pinyin" not in title, page
