"""The long lists of the desk: filtered, paged, and many decided at once after a look at what that does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.desk.models import SavedView
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.notices.models import Notice
from emporion.domain.visitors.models import VisitingUnit, Visitor
from emporion.domain.work.models import BackgroundTask
from emporion.web.shell.addresses import fair_url
from tests import fair, make
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
LISTS = ("applications", "units", "visitors")


def apply(edition: Edition, name: str, state: str = "submitted", **fields: Any) -> Application:
    """An application handed in, one day after the one before it."""
    firm, count = make.make_organisation(name, fields.pop("country", "BJ")), Application.objects.count()
    plain = {"area": fair.make_area(edition), "area_m2": 9, "contact_email": "ada@shea.example"}
    when = make.NOON + timedelta(days=count)
    facts = {**plain, "state": state, "submitted": when, **fields}
    return Application.objects.create(edition=edition, organisation=firm, origin=firm.country, **facts)


def register(edition: Edition, name: str, **fields: Any) -> Visitor:
    return make.make_visitor(edition, name, fields.pop("unit", None), state=fields.pop("state", "registered"), **fields)


def names_in(page: str) -> list[str]:
    """The names of a list's rows, in their order."""
    return re.findall(r'class="rowlink"[^>]*>([^<]+)</a>', page)


def shown(office: Client, queue: str, query: str = "") -> list[str]:
    return names_in(fair.page_text(office.get(f"/expo/office/{queue}/{query}")))


def look(office: Client, queue: str, action: str, **typed: Any) -> str:
    """What doing something would do, as the page says it."""
    return fair.page_text(office.post(f"/expo/office/{queue}/act/", {"action": action, **typed}, follow=True))


def confirm(office: Client, queue: str, action: str, page: str, **typed: str) -> str:
    """Confirm what a page has shown."""
    [selection] = re.findall(r'name="selection" value="([^"]*)"', page)
    selection = selection.replace("&amp;", "&")
    return look(office, queue, action, selection=selection, confirmed="1", **typed)


def test_the_list_opens_with_what_waits_the_longest_waiting_first(edition: Edition, office: Client) -> None:
    for name in ("Benin Butter", "Aurora Valves"):
        apply(edition, name)
    apply(edition, "Cacao Fino", "approved")
    assert shown(office, "applications") == ["Benin Butter", "Aurora Valves"]
    assert shown(office, "applications", "?state=approved") == ["Cacao Fino"]
    assert shown(office, "applications", "?state=all&order=name") == ["Aurora Valves", "Benin Butter", "Cacao Fino"]


def test_filters_narrow_the_list_and_its_counts(edition: Edition, office: Client) -> None:
    apply(edition, "Benin Butter", requests_free_booth=True)
    apply(edition, "Benin Cashews")
    apply(edition, "Aurora Valves", country="DE")
    apply(edition, "Aurora Pumps", "rejected", country="DE")
    assert shown(office, "applications", "?q=benin") == ["Benin Butter", "Benin Cashews"]
    assert shown(office, "applications", "?country=DE") == ["Aurora Valves"]
    assert shown(office, "applications", "?asks=free") == ["Benin Butter"]
    page = fair.page_text(office.get("/expo/office/applications/?country=DE&state=all"))
    assert re.findall(r'([A-Z][a-z, ]+) <span class="figure muted">1</span>', page) == [
        "Handed in, under review", "Rejected"
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["?country=%27", "?area=nowhere", "?asks=x", "?decided=yesterday", "?state=lost"])
def test_a_filter_that_names_nothing_finds_nothing(edition: Edition, office: Client, query: str) -> None:
    apply(edition, "Benin Butter")
    assert shown(office, "applications", query) == []


@pytest.mark.parametrize("order", ["waiting", "latest", "name", "area", "unheard-of"])
def test_pages_by_key_show_every_row_once(
    edition: Edition, office: Client, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("emporion.web.desk.queues.PAGE", 2)
    for number in range(7):
        apply(edition, f"Company {number % 3}{number}", area_m2=9 * (number % 3), submitted=None if number > 4 else
              make.NOON + timedelta(days=number % 2))  # fmt: skip
    seen: list[str] = []
    query: str | None = f"?order={order}"
    while query is not None:
        page = fair.page_text(office.get(f"/expo/office/applications/{query}"))
        assert len(names_in(page)) <= 2
        seen += names_in(page)
        following = re.findall(r'href="[^"?]*(\?[^"]*)" rel="next"', page)
        query = following[0].replace("&amp;", "&") if following else None
    assert len(seen) == 7 and len(set(seen)) == 7
    if order == "latest":
        assert [name[-1] for name in seen[-2:]] == ["5", "6"], "those never handed in come last"


def test_a_page_of_visitors_is_found_by_number_name_and_unit(edition: Edition, office: Client) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    wang = register(edition, "Wang Lan", unit=unit)
    register(edition, "Ada Mensah")
    for words in (wang.number.lower(), "lan", "shanghai"):
        assert shown(office, "visitors", f"?q={words}") == ["Wang Lan"]
    assert shown(office, "visitors", "?unit=none") == ["Ada Mensah"]


@pytest.mark.parametrize("queue", LISTS)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(edition: Edition, office: Client, queue: str) -> None:
    def add(number: int) -> None:
        unit = make.make_unit(edition, f"Unit {number}", delegation=f"0{number}")
        VisitingUnit.objects.update(state="registered")
        register(edition, f"Person {number}", unit=unit)
        apply(edition, f"Company {number}", main=Application.objects.first())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(f"/expo/office/{queue}/").status_code == 200
        return len(captured)

    add(1)
    queries()
    one = queries()
    for number in range(2, 7):
        add(number)
    assert queries() == one
    assert one < 25


def test_many_are_approved_after_a_look_at_the_effect(edition: Edition, office: Client) -> None:
    main = apply(edition, "Aurora Valves")
    apply(edition, "Aurora Pumps", main=main, contact_email="")
    apply(edition, "Without Address", contact_email="")
    page = look(office, "applications", "approve", scope="all", query="state=submitted")
    assert "Approve 2 applications" in page
    assert '<span class="figure">1</span> · The application has no e-mail address' in page
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
    # Who applies after the look has not been looked at.
    apply(edition, "Latecomer")
    done = confirm(office, "applications", "approve", page)
    assert "Approve applications" in done
    [task] = do_what_waits()
    assert (task.result["done"], task.result["refused"]) == (2, 1)
    assert sorted(Application.objects.filter(state="submitted").values_list("organisation__name", flat=True)) == [
        "Latecomer", "Without Address"
    ]  # fmt: skip


def test_a_look_at_what_was_looked_at_says_what_the_work_then_does(edition: Edition, office: Client) -> None:
    """The effect is foreseen by other code than does it: the two agree for every state of everything."""
    main = {state: apply(edition, f"Main {state}", state) for state in Application.State.values}
    signed = main["contracted"]
    Exhibitor.objects.create(
        application=signed, edition=edition, organisation=signed.organisation, number="06-00001", area=signed.area,
        scope="enterprise", signed=make.NOON,
    )  # fmt: skip
    for state in Application.State.values:
        for of, other in main.items():
            apply(edition, f"Co {state} of {of}", state, main=other)
    keys = [str(key) for key in Application.objects.values_list("pk", flat=True)]
    before = dict(Application.objects.values_list("pk", "state"))
    for action in ("approve", "reject", "review", "sign"):
        for pk, state in before.items():
            Application.objects.filter(pk=pk).update(state=state)
        page = look(office, "applications", action, chosen=keys)
        done = re.findall(r"<dd class=\"figure\"><strong>(\d+)</strong>", page)
        refused = re.findall(r"Stay as they are</dt><dd class=\"figure\">(\d+)", page) or ["0"]
        confirm(office, "applications", action, page, reason="Full.")
        [task] = do_what_waits()
        assert ([str(task.result["done"])], [str(task.result["refused"])]) == (done, refused), action


def test_visitors_are_approved_as_far_as_their_units_are(edition: Edition, office: Client) -> None:
    waiting = make.make_unit(edition, "Ningbo Foods")
    VisitingUnit.objects.update(state="registered")
    approved = make.make_unit(edition, "Shanghai Foods")
    for number in range(3):
        register(edition, f"Person {number}", unit=approved)
    register(edition, "Early Bird", unit=waiting)
    page = look(office, "visitors", "approve", scope="all", query="state=registered")
    assert "Approve 3 visitors" in page and "Their unit has not been approved." in page
    confirm(office, "visitors", "approve", page)
    [task] = do_what_waits()
    assert (task.result["people"], task.result["left"]) == (3, 1)


def test_a_decision_about_many_is_taken_back_with_messages_that_have_not_left(edition: Edition, office: Client) -> None:
    for number in range(3):
        register(edition, f"Person {number}", email=f"{number}@foods.example")
    earlier = register(edition, "Decided Before", state="approved", decided=make.NOON)
    confirm(office, "visitors", "approve", look(office, "visitors", "approve", scope="all", query="state=registered"))
    [task] = do_what_waits()
    Notice.objects.filter(recipient="0@foods.example").update(sent=make.NOON)
    page = fair.page_text(office.get(fair_url(edition, "office_task", task.pk)))
    undo = re.findall(r'name="selection" value="([^"]*)"', page)[0].replace("&amp;", "&")
    again = look(office, "visitors", "review", selection=undo)
    assert "Review 3 visitors again" in again
    confirm(office, "visitors", "review", again)
    [task] = do_what_waits()
    assert task.result["done"] == 3
    earlier.refresh_from_db()
    assert (Visitor.objects.filter(state="registered").count(), earlier.state) == (3, "approved")
    # Who was told already is told again; the others never hear of it.
    assert list(Notice.objects.order_by("pk").values_list("recipient", "template")) == [
        ("0@foods.example", "visitor_approved"), ("0@foods.example", "visitor_reviewed_again"),
    ]  # fmt: skip


def test_a_decision_about_units_is_taken_back(edition: Edition, office: Client) -> None:
    for name in ("Shanghai Foods", "Ningbo Foods"):
        make.make_unit(edition, name)
    VisitingUnit.objects.update(state="registered")
    for action, state in (("approve", "approved"), ("review", "registered")):
        confirm(office, "units", action, look(office, "units", action, scope="all", query="state=all"))
        assert do_what_waits()[0].result["done"] == 2
        assert set(VisitingUnit.objects.values_list("state", flat=True)) == {state}


def test_a_badge_keeps_its_visitor_approved(edition: Edition, office: Client) -> None:
    holder = register(edition, "Wang Lan", state="approved")
    make.make_badge(edition, visitor=holder)
    page = look(office, "visitors", "review", chosen=[holder.pk])
    assert "Nothing to do" in page and "They have badges already." in page


def test_a_rejection_needs_its_reason(edition: Edition, office: Client) -> None:
    one = apply(edition, "Benin Butter")
    page = look(office, "applications", "reject", chosen=[one.pk])
    refused = confirm(office, "applications", "reject", page, reason=" ")
    assert "Reason, told to those who are turned down</a>: This field is required." in refused
    assert BackgroundTask.objects.count() == 0


@pytest.mark.parametrize("typed", [{}, {"chosen": ["x"]}, {"scope": "chosen"}])
def test_without_a_choice_nothing_is_done(edition: Edition, office: Client, typed: dict[str, Any]) -> None:
    apply(edition, "Benin Butter")
    assert "Choose rows first, or all that the filter finds." in look(office, "applications", "approve", **typed)
    assert BackgroundTask.objects.count() == 0


def test_a_reviewer_of_one_area_sees_and_decides_in_that_one_alone(edition: Edition) -> None:
    own = apply(edition, "Own")
    other = apply(edition, "Other", area=make.make_area(edition, "technical-equipment"))
    reviewer = fair.make_staff(fair.make_person("rita@expo.example"), "reviewer", area="food-agriculture")
    client = fair.signed_in(reviewer)
    assert shown(client, "applications", "?state=all") == ["Own"]
    assert client.get(f"/expo/office/applications/{other.pk}/").status_code == 404
    forged = f"chosen={own.pk},{other.pk}&areas=technical-equipment"
    for typed in ({"chosen": [own.pk, other.pk]}, {"selection": forged}):
        page = look(client, "applications", "approve", **typed)
        assert "Approve 1 application" in page
        confirm(client, "applications", "approve", page)
    do_what_waits()
    other.refresh_from_db()
    assert other.state == "submitted"


def test_views_are_saved_by_each_person_for_themselves(edition: Edition, office: Client) -> None:
    saved = {"name": "Free booths", "query": "state=submitted&asks=free"}
    assert office.post("/expo/office/views/applications/", saved).status_code == 302
    office.post("/expo/office/views/applications/", {**saved, "query": "asks=free"})
    [view] = SavedView.objects.all()
    assert (view.name, view.query) == ("Free booths", "asks=free")
    assert "Free booths" in fair.page_text(office.get("/expo/office/applications/"))
    colleague = fair.signed_in(fair.make_person("kai@expo.example", staff=True))
    assert "Free booths" not in fair.page_text(colleague.get("/expo/office/applications/"))
    colleague.post("/expo/office/views/applications/", {"remove": view.pk})
    assert SavedView.objects.count() == 1
    office.post("/expo/office/views/applications/", {"remove": view.pk})
    assert SavedView.objects.count() == 0
    for name in ("", "x" * 61):
        page = office.post("/expo/office/views/applications/", {"name": name}, follow=True)
        assert "Give the view a name" in fair.page_text(page)
    assert office.post("/expo/office/views/nothing/", saved).status_code == 404


def test_a_word_of_very_many_names_finds_the_same_people_and_counts_no_further_than_it_must(
    edition: Edition, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    wang = register(edition, "Wang Lan", unit=unit, email="lan@foods.example")
    for number in range(3):
        register(edition, f"Person {number}", unit=unit, state="approved")
    register(edition, "Ada Mensah")
    sought = ("foods", "lan", wang.number.lower(), "LAN@foods.example", "nowhere", "")
    few = {words: shown(office, "visitors", f"?state=all&q={words}") for words in sought}
    assert len(few["foods"]) == 4 and few["lan"] == few["LAN@foods.example"] == ["Wang Lan"] and few["nowhere"] == []
    monkeypatch.setattr("emporion.domain.visitors.queries.MOST_SOUGHT", 0)
    assert {words: shown(office, "visitors", f"?state=all&q={words}") for words in sought} == few
    for where in ("emporion.domain.desk.queries.queues", "emporion.web.desk.queues"):
        monkeypatch.setattr(f"{where}.MOST_COUNTED", 2)
    page = fair.page_text(office.get("/expo/office/visitors/?state=all&q=foods"))
    assert "2+ found" in page and "All 2+ that are found" in page
    assert re.findall(r'>([A-Z][a-z]+) <span class="figure muted">([^<]*)</span>', page) == [
        ("Approved", "2+"), ("Rejected", "0"), ("Cancelled", "0"), ("All", "2+"),
    ]  # fmt: skip
    assert "5 found" in fair.page_text(office.get("/expo/office/visitors/?state=all")), "what is not narrowed is exact"


def test_a_list_takes_as_many_queries_for_many_countries_as_for_few(edition: Edition, office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get("/zh-hans/expo/office/visitors/").status_code == 200
        return len(captured)

    queries()
    few = queries()
    make.make_countries()
    assert queries() == few
