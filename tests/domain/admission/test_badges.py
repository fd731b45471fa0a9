"""Badges are made once, signed, and never for the wrong side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from django.db import IntegrityError, connection

from emporion.domain.admission import queries, rules
from emporion.domain.admission.actions import (
    import_passes,
    issue_badge,
    issue_badges,
    issue_exhibitor_badges,
    revoke_badge,
)
from emporion.domain.admission.actions.passes import PassRow
from emporion.domain.admission.models import Badge
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.visitors.models import VisitingUnit
from tests import make

pytestmark = pytest.mark.django_db


def test_all_approved_visitors_get_a_badge_that_gates_can_verify(edition):
    visitors = [make.make_visitor(edition, name) for name in ("Ann\tTab", "李\\雷", "Bob")]
    make.make_visitor(edition, "Waiting", state="registered")
    done = issue_badges(edition, context=ActionContext(make.NOON))
    assert (done.issued, done.left_out) == (3, 0)
    for visitor in visitors:
        badge = Badge.objects.get(visitor=visitor)
        assert badge.holder == visitor.name
        read = rules.verify(queries.public_key(edition), queries.code_of(badge))
        assert (read.number, read.kind) == (visitor.number, "visitor")


def test_making_all_again_makes_nothing_twice(edition):
    make.make_visitor(edition, "Ann")
    issue_badges(edition, context=ActionContext(make.NOON))
    make.make_visitor(edition, "Bob")
    assert issue_badges(edition, context=ActionContext(make.NOON)).issued == 1
    assert issue_badges(edition, context=ActionContext(make.NOON)).issued == 0
    assert JournalEntry.objects.filter(event="badges.issued").count() == 2


def test_an_executor_makes_the_same_badges(edition):
    make.make_visitor(edition, "Ann")
    steps = []
    with ThreadPoolExecutor(2) as pool:
        issue_badges(
            edition, context=ActionContext(make.NOON), executor=pool, progress=lambda *step: steps.append(step)
        )
    badge = Badge.objects.get()
    assert rules.verify(queries.public_key(edition), queries.code_of(badge)).number == badge.number
    assert steps == [(1, 1, "badges signed")]


def test_a_run_that_dies_leaves_nothing_and_the_next_one_makes_all(edition):
    for name in ("Ann", "Bob"):
        make.make_visitor(edition, name)

    def die(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issue_badges(edition, context=ActionContext(make.NOON), progress=die)
    assert (Badge.objects.count(), JournalEntry.objects.count()) == (0, 0)
    assert issue_badges(edition, context=ActionContext(make.NOON)).issued == 2


def test_who_works_for_an_exhibitor_gets_no_visitors_badge(edition):
    kessel = make.make_exhibitor(edition, "Kessel")
    unit = VisitingUnit.objects.create(
        edition=edition, organisation=kessel.organisation, state="approved", registered=make.NOON
    )
    ann = make.make_visitor(edition, "Ann", unit)
    done = issue_badges(edition, context=ActionContext(make.NOON))
    assert (done.issued, done.left_out) == (0, 1)
    with pytest.raises(rules.ExhibitorsPassIsNoVisitor):
        issue_badge(ann, context=ActionContext(make.NOON))


def test_one_badge_for_one_visitor(edition):
    ann = make.make_visitor(edition, "Ann")
    badge = issue_badge(ann, context=ActionContext(make.NOON))
    assert badge.number == ann.number
    with pytest.raises(rules.BadgeAlreadyIssued):
        issue_badge(ann, context=ActionContext(make.NOON))
    with pytest.raises(rules.VisitorNotApproved):
        issue_badge(make.make_visitor(edition, "Bob", state="rejected"), context=ActionContext(make.NOON))


def test_passes_of_those_who_work_are_signed_numbered_by_kind_and_made_once(edition):
    rows = [
        PassRow(2, "press", "Ama Mensah", "Daily Graphic"), PassRow(3, "organiser", "Ann"),
        PassRow(4, "contractor", "Ben", "Booth Builders"), PassRow(5, "press", "Ama Mensah", "Daily Graphic"),
    ]  # fmt: skip
    done = import_passes(edition, rows, context=ActionContext(make.NOON))
    assert (done.created, [(one.row, str(one.wrong)) for one in done.problems]) == (
        3,
        [(5, "repeats Ama Mensah of row 2")],
    )
    numbers = Badge.objects.order_by("number").values_list("number", "kind", "firm")
    assert list(numbers) == [
        ("C06-00001", "contractor", "Booth Builders"), ("O06-00001", "organiser", ""),
        ("P06-00001", "press", "Daily Graphic"),
    ]  # fmt: skip
    for badge in Badge.objects.all():
        assert rules.verify(queries.public_key(edition), queries.code_of(badge)).kind == badge.kind
    again = import_passes(
        edition, [*rows[:1], PassRow(3, "press", "Li Lei", "人民日报")], context=ActionContext(make.NOON)
    )
    assert (again.created, again.unchanged) == (1, 1)
    assert Badge.objects.get(holder="Li Lei").number == "P06-00002"


def test_the_database_keeps_a_visitor_out_of_a_working_pass(edition):
    ann = make.make_visitor(edition, "Ann")
    with pytest.raises(IntegrityError, match="only_a_visitors_badge_is_a_visitor"):
        Badge.objects.create(
            edition=edition, number="P1", kind="press", visitor=ann, holder="Ann", signature=b"x", issued=make.NOON
        )


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_badge_each(edition):
    for name in "ABCDE":
        make.make_visitor(edition, name)
    done = []

    def run() -> None:
        done.append(issue_badges(edition, context=ActionContext(make.NOON)).issued)
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 5]
    assert Badge.objects.count() == 5


def test_exhibitors_staff_get_numbered_passes_once(edition):
    kessel = make.make_exhibitor(edition, "Kessel")
    assert (
        issue_exhibitor_badges(
            edition, [(kessel, "Ann"), (kessel, "Bob"), (kessel, "Ann")], context=ActionContext(make.NOON)
        )
        == 2
    )
    assert issue_exhibitor_badges(edition, [(kessel, "Ann"), (kessel, "Cy")], context=ActionContext(make.NOON)) == 1
    numbers = list(Badge.objects.order_by("number").values_list("number", "holder", "kind"))
    expected = [(f"X{kessel.number}-0{place}", name, "exhibitor") for place, name in enumerate(["Ann", "Bob", "Cy"], 1)]
    assert numbers == expected
    code = queries.code_of(Badge.objects.get(holder="Cy"))
    assert rules.verify(queries.public_key(edition), code).kind == "exhibitor"


def test_revoking_twice_keeps_the_first_time(edition):
    badge = issue_badge(make.make_visitor(edition, "Ann"), context=ActionContext(make.NOON))
    revoke_badge(badge, context=ActionContext(make.NOON), why="lost")
    revoke_badge(badge, context=ActionContext(make.NOON.replace(hour=13)), why="lost again")
    assert badge.revoked == make.NOON
    assert JournalEntry.objects.filter(event="badge.revoked").count() == 1
