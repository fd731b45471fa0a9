"""Benin applies, is reviewed and signs; whoever comes twice or too late is told."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import (
    apply,
    approve,
    approve_all,
    reject,
    reopen,
    sign_contract,
    sign_contracts,
    submit,
    want_buyers,
    withdraw,
)
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.rules.applications import (
    AlreadyApplied,
    ApplicationsClosed,
    AreaOfOtherEdition,
    ContactNeeded,
    MainIsCoExhibitor,
    MainWithoutContract,
    ReasonNeeded,
    StateForbids,
)
from emporion.domain.exhibitors.rules.facts import FACTS, ApplicationFacts
from emporion.domain.exhibitors.rules.space import FreeBoothNotForCountry, RawSpaceTooSmall
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules.registers import CreditCodeWrong
from tests.make import (
    IN_JULY,
    IN_JUNE,
    IN_NOVEMBER,
    make_area,
    make_countries,
    make_edition,
    make_phases,
)

DAY = date(2023, 7, 1)
NINE_M2 = ApplicationFacts(area_m2=9)


def make_organisation(name: str, country: str = "DE") -> Organisation:
    return Organisation.objects.create(name=name, name_key=name.casefold(), country_id=country)


def made(edition: Edition, name: str = "Shea", country: str = "BJ", **fields: object) -> Application:
    facts = ApplicationFacts.among({"area_m2": 9, "contact_email": f"{name.lower()}@fair.example", **fields})
    plain = {"area": edition.areas.get(code="food"), "context": ActionContext(IN_JUNE)}
    records = {field: value for field, value in fields.items() if field not in FACTS}
    return apply(edition, make_organisation(name, country), facts, **{**plain, **records})


def submitted(edition: Edition, name: str = "Shea", country: str = "BJ", **fields: object) -> Application:
    return submit(made(edition, name, country, **fields), context=ActionContext(IN_JUNE))


def events() -> list[str]:
    return list(JournalEntry.objects.order_by("id").values_list("event", flat=True))


def test_the_way_to_a_contract_is_in_the_journal_and_the_applicant_is_told(edition: Edition) -> None:
    reviewer = User.objects.create_user("reviewer@fair.example")
    application = submitted(edition, requests_free_booth=True)
    approve(application, context=ActionContext(IN_JULY, reviewer))
    exhibitor = sign_contract(application, day=DAY, context=ActionContext(IN_JULY, reviewer))
    application.refresh_from_db()
    assert (application.state, application.reviewed, application.reviewer) == ("contracted", IN_JULY, reviewer)
    assert (exhibitor.number, exhibitor.scope, exhibitor.origin_id, exhibitor.signed) == (
        "06-00001",
        "enterprise",
        "BJ",
        DAY,
    )
    assert events() == ["application.made", "application.submitted", "application.approved", "contract.signed"]
    notice = Notice.objects.get()
    assert (notice.recipient, notice.template, notice.context["organisation"]) == (
        "shea@fair.example", "application_approved", {"proper_name": ["Shea", "", False]},
    )  # fmt: skip


def test_doing_it_twice_does_it_once(edition: Edition) -> None:
    application = submitted(edition)
    submit(application, context=ActionContext(IN_JULY))
    for _ in range(2):
        approve(application, context=ActionContext(IN_JULY))
    first, second = (sign_contract(application, day=DAY, context=ActionContext(IN_JULY)) for _ in range(2))
    assert first == second
    assert events() == ["application.made", "application.submitted", "application.approved", "contract.signed"]
    assert Notice.objects.count() == 1
    assert Application.objects.get().submitted == IN_JUNE


def test_an_organisation_applies_once_to_an_edition(edition: Edition) -> None:
    application = made(edition)
    with pytest.raises(AlreadyApplied, match="“Shea” has already applied to this edition"):
        apply(edition, application.organisation, NINE_M2, area=application.area, context=ActionContext(IN_JUNE))
    assert events() == ["application.made"]


def test_what_may_not_be_asked_is_refused(edition: Edition) -> None:
    other_area = make_area(make_edition(7, free_booth_quota=2))
    with pytest.raises(ApplicationsClosed):
        made(edition, "Late", context=ActionContext(IN_NOVEMBER))
    with pytest.raises(AreaOfOtherEdition):
        made(edition, "Elsewhere", area=other_area)
    with pytest.raises(RawSpaceTooSmall):
        made(edition, "Small", stand="raw", area_m2=35)
    with pytest.raises(FreeBoothNotForCountry):
        made(edition, "Quito Cacao", "EC", requests_free_booth=True)
    assert not Application.objects.exists()


def test_a_rejection_tells_its_reason_and_needs_one(edition: Edition) -> None:
    application = submitted(edition)
    with pytest.raises(ReasonNeeded):
        reject(application, reason="  ", context=ActionContext(IN_JULY))
    for _ in range(2):
        reject(application, reason="The licence has expired.", context=ActionContext(IN_JULY))
    with pytest.raises(StateForbids, match="An application that is rejected cannot be approved"):
        approve(application, context=ActionContext(IN_JULY))
    assert Notice.objects.get().context["reason"] == "The licence has expired."


def test_a_decision_is_taken_back_and_the_next_one_is_told_anew(edition: Edition) -> None:
    application = submitted(edition)
    reject(application, reason="The licence has expired.", context=ActionContext(IN_JUNE))
    for _twice in range(2):
        reopen(application, context=ActionContext(IN_JULY))
    application.refresh_from_db()
    assert (application.state, application.reason) == ("submitted", "")
    reject(application, reason="The hall is full.", context=ActionContext(IN_JULY))
    reopen(application, context=ActionContext(IN_JULY + timedelta(hours=1)))
    assert approve_all(edition, context=ActionContext(IN_JULY + timedelta(hours=2))) == 1
    assert list(Notice.objects.order_by("id").values_list("template", flat=True)) == [
        "application_rejected", "application_reopened", "application_rejected", "application_reopened",
        "application_approved",
    ]  # fmt: skip


def test_a_contract_is_not_reopened(edition: Edition) -> None:
    application = submitted(edition)
    approve(application, context=ActionContext(IN_JULY))
    reopen(application, context=ActionContext(IN_JULY))
    approve(application, context=ActionContext(IN_JULY + timedelta(hours=1)))
    sign_contract(application, day=DAY, context=ActionContext(IN_JULY))
    with pytest.raises(StateForbids, match="under contract cannot be reopened"):
        reopen(application, context=ActionContext(IN_JULY))


def test_without_an_address_nobody_can_be_told(edition: Edition) -> None:
    application = submitted(edition, contact_email="")
    with pytest.raises(ContactNeeded):
        approve(application, context=ActionContext(IN_JULY))


def test_co_exhibitors_follow_their_main_into_its_contract(edition: Edition) -> None:
    main = submitted(edition, "Glas")
    guest = submitted(edition, "Lens", main=main, area_m2=0)
    with pytest.raises(MainIsCoExhibitor):
        made(edition, "Guest of a guest", main=guest, area_m2=0)
    approve(main, context=ActionContext(IN_JULY))
    approve(guest, context=ActionContext(IN_JULY))
    with pytest.raises(MainWithoutContract):
        sign_contract(guest, day=DAY, context=ActionContext(IN_JULY))
    sign_contract(main, day=DAY, context=ActionContext(IN_JULY))
    exhibitor = sign_contract(guest, day=DAY, context=ActionContext(IN_JULY))
    assert (exhibitor.number, exhibitor.main.number) == ("06-00001-C1", "06-00001")


def test_withdrawing_takes_the_co_exhibitors_along(edition: Edition) -> None:
    main = submitted(edition, "Glas")
    guest = submitted(edition, "Lens", main=main, area_m2=0)
    withdraw(main, context=ActionContext(IN_JULY))
    guest.refresh_from_db()
    assert guest.state == "withdrawn"
    with pytest.raises(StateForbids):
        approve(main, context=ActionContext(IN_JULY))


def test_all_that_wait_are_accepted_and_signed_in_order(edition: Edition) -> None:
    glass = submitted(edition, "Glas")
    for name in ("Lens", "Prism"):
        submitted(edition, name, main=glass, area_m2=0, contact_email="")
    submitted(edition, "Shea")
    submitted(edition, "Silent", contact_email="")
    assert approve_all(edition, context=ActionContext(IN_JULY)) == 4
    assert approve_all(edition, context=ActionContext(IN_JULY)) == 0
    assert sign_contracts(edition, day=DAY, context=ActionContext(IN_JULY)) == 4
    assert sign_contracts(edition, day=DAY, context=ActionContext(IN_JULY)) == 0
    numbers = Exhibitor.objects.order_by("number").values_list("number", "organisation__name")
    assert list(numbers) == [
        ("06-00001", "Glas"), ("06-00001-C1", "Lens"), ("06-00001-C2", "Prism"), ("06-00002", "Shea"),
    ]  # fmt: skip
    assert Application.objects.get(organisation__name="Silent").state == "submitted"
    assert events()[-2:] == ["applications.approved", "contracts.signed"]
    assert Notice.objects.count() == 2
    late = submitted(edition, "Late", main=glass, area_m2=0)
    approve(late, context=ActionContext(IN_JULY))
    assert sign_contract(late, day=DAY, context=ActionContext(IN_JULY)).number == "06-00001-C3"


@pytest.mark.parametrize("count", [1, 3])
def test_signing_takes_as_many_queries_for_one_as_for_three(
    edition: Edition, count: int, django_assert_num_queries
) -> None:
    for n in range(count):
        submitted(edition, f"Firm {n}")
    with django_assert_num_queries(8):
        approve_all(edition, context=ActionContext(IN_JULY))
    with django_assert_num_queries(15):
        sign_contracts(edition, day=DAY, context=ActionContext(IN_JULY))


@pytest.fixture
def open_fair(transactional_db: None) -> Edition:
    make_countries()
    edition = make_edition(6, free_booth_quota=2)
    make_area(edition, "food")
    make_phases(edition)
    return edition


def at_once(*events: object) -> list[object]:
    """Do the events at the same moment, each on a connection of its own; what came of each, refusals included."""
    outcomes: list[object] = []
    start = threading.Barrier(len(events))

    def do(action) -> None:
        start.wait()
        try:
            outcomes.append(action())
        except Exception as error:
            outcomes.append(error)
        connection.close()

    threads = [threading.Thread(target=do, args=(action,)) for action in events]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_who_apply_at_once_one_is_told_it_has_been_done(open_fair: Edition) -> None:
    shea, area = make_organisation("Shea", "BJ"), open_fair.areas.get()
    outcomes = at_once(*[lambda: apply(open_fair, shea, NINE_M2, area=area, context=ActionContext(IN_JUNE))] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyApplied", "Application"]
    assert Application.objects.count() == 1


def test_two_who_sign_at_once_draw_different_numbers(open_fair: Edition) -> None:
    applications = [submitted(open_fair, f"Firm {n}") for n in range(4)]
    approve_all(open_fair, context=ActionContext(IN_JULY))
    at_once(*[lambda one=one: sign_contract(one, day=DAY, context=ActionContext(IN_JULY)) for one in applications])
    numbers = Exhibitor.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["06-00001", "06-00002", "06-00003", "06-00004"]


def test_a_decision_taken_twice_at_once_is_one_decision(open_fair: Edition) -> None:
    application = submitted(open_fair)
    at_once(
        lambda: approve(application, context=ActionContext(IN_JULY)),
        lambda: reject(application, reason="No licence.", context=ActionContext(IN_JULY)),
    )
    application.refresh_from_db()
    assert events().count(f"application.{application.state}") == 1
    assert len(events()) == 3 and Notice.objects.count() == 1


def test_whom_it_wants_to_meet_may_be_said_at_any_time(edition: Edition) -> None:
    application = submitted(edition, buyers_wanted="importers of shea butter")
    approve(application, context=ActionContext(IN_JULY))
    sign_contract(application, day=DAY, context=ActionContext(IN_JULY))
    for _ in range(2):
        want_buyers(application, " makers of cosmetics ", least_purchases=2, context=ActionContext(IN_JULY))
    stored = Application.objects.get()
    assert (stored.buyers_wanted, stored.least_purchases, stored.state) == ("makers of cosmetics", 2, "contracted")
    assert events().count("application.buyers_wanted") == 1


def test_an_organisation_with_a_wrong_credit_code_does_not_apply(edition: Edition) -> None:
    organisation = make_organisation("示例", "DE")
    organisation.country_id, organisation.registered_number = "CN", "91330100799655058X"
    with pytest.raises(CreditCodeWrong):
        apply(edition, organisation, NINE_M2, area=edition.areas.get(code="food"), context=ActionContext(IN_JUNE))
    assert events() == []
