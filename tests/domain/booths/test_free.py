"""Free booths are granted on the records."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from emporion.domain.booths.actions import grant_free_booth, grant_free_booths
from emporion.domain.booths.models import FreeBoothGrant
from emporion.domain.booths.rules import FreeBoothQuotaUsed, LeastDevelopedDisputed, NotLeastDeveloped
from emporion.domain.exhibitors.queries import may_request_free_booth
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.reference.models import GroupMembership
from emporion.domain.refusal import Refusal
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2023, 9, 1)


@pytest.fixture
def edition():
    make.make_member("ldc", "BJ")
    make.make_member("ldc", "WS", ends=date(2014, 1, 1))
    return make.make_show(free_booth_quota=2)


def ask(edition, name, country="BJ", **wishes):
    return make.make_exhibitor(edition, name, country, requests_free_booth=True, **wishes)


def test_benin_gets_its_free_booth_and_is_told(edition):
    ananas = ask(edition, "Ananas", contact_email="ananas@example.org")
    grant = grant_free_booth(ananas, day=DAY, context=ActionContext(make.NOON))
    assert (grant.country_id, grant.area_m2, grant.granted) == ("BJ", 18, DAY)
    assert Notice.objects.get().recipient == "ananas@example.org"
    assert JournalEntry.objects.get().event == "free_booth.granted"


def test_ecuador_and_a_graduate_get_none(edition):
    for name, country in (("Rosas", "EC"), ("Koko", "WS")):
        with pytest.raises(NotLeastDeveloped):
            grant_free_booth(ask(edition, name, country), day=DAY, context=ActionContext(make.NOON))
    koko = ask(edition, "Niu", "WS")
    assert grant_free_booth(koko, day=date(2013, 12, 31), context=ActionContext(make.NOON)).exhibitor == koko


def test_a_country_whose_graduation_is_disputed_may_ask_and_its_booth_waits(edition):
    make.make_member("ldc", "BT", ends=date(2023, 8, 1))
    GroupMembership.objects.filter(country="BT").update(deferred=date(2024, 8, 1), proposal="a committee")
    druk, ananas = ask(edition, "Druk", "BT"), ask(edition, "Ananas")
    assert may_request_free_booth(druk.organisation, edition, DAY)
    done = grant_free_booths(edition, day=DAY, context=ActionContext(make.NOON))
    assert [grant.exhibitor for grant in done.granted] == [ananas]
    [(who, refusal)] = done.refused
    assert (who, type(refusal)) == (druk.pk, LeastDevelopedDisputed)
    assert refusal.sentence == (
        "A free booth waits for a decision: whether BT is still a least developed country is disputed: its graduation "
        "is scheduled for 2023-08-01, and to defer it to 2024-08-01 was recommended and is not decided (a committee)."
    )
    with pytest.raises(LeastDevelopedDisputed):
        grant_free_booth(druk, day=DAY, context=ActionContext(make.NOON))
    with pytest.raises(NotLeastDeveloped):
        grant_free_booth(druk, day=date(2024, 8, 1), context=ActionContext(make.NOON))
    GroupMembership.objects.filter(country="BT").update(ends=date(2024, 8, 1), deferred=None)
    assert grant_free_booth(druk, day=DAY, context=ActionContext(make.NOON)).exhibitor == druk


def test_the_quota_goes_by_the_time_of_application(edition):
    third, first, second = (
        ask(edition, name, submitted=make.NOON.replace(hour=hour)) for name, hour in (("A", 9), ("B", 7), ("C", 8))
    )
    ask(edition, "Rosas", "EC", submitted=make.NOON.replace(hour=1))
    done = grant_free_booths(edition, day=DAY, context=ActionContext(make.NOON))
    assert [grant.exhibitor for grant in done.granted] == [first, second]
    assert {r.code for _, r in done.refused} == {"not_least_developed", "free_booth_quota_used"}
    assert third.pk in [exhibitor for exhibitor, _ in done.refused]


def test_granting_again_grants_nothing_twice(edition):
    for name in "ABC":
        ask(edition, name)
    assert len(grant_free_booths(edition, day=DAY, context=ActionContext(make.NOON)).granted) == 2
    assert len(grant_free_booths(edition, day=DAY, context=ActionContext(make.NOON)).granted) == 0
    assert FreeBoothGrant.objects.count() == 2
    assert JournalEntry.objects.filter(event="free_booths.granted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_ask_for_the_last_booth_at_once_get_one(edition):
    edition.free_booth_quota = 1
    edition.save()
    both, answers, start = [ask(edition, name) for name in "AB"], [], Barrier(2)

    def run(exhibitor) -> None:
        start.wait()
        try:
            answers.append(grant_free_booth(exhibitor, day=DAY, context=ActionContext(make.NOON)))
        except Refusal as refusal:
            answers.append(refusal)
        connection.close()

    threads = [Thread(target=run, args=[exhibitor]) for exhibitor in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert FreeBoothGrant.objects.count() == 1
    assert sorted(isinstance(answer, FreeBoothQuotaUsed) for answer in answers) == [False, True]
