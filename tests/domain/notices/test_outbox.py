"""What is told is told once, and two senders at once send different messages."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from emporion.domain.notices.actions import Message, begin_delivery, mark_sent, notify, notify_all
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import waiting


@pytest.fixture(autouse=True)
def _public_address(settings: Any) -> None:
    """Without one, messages with a link wait."""
    settings.PUBLIC_URL = "https://fair.example"


AT, LATER = datetime(2023, 7, 1, tzinfo=UTC), datetime(2023, 7, 2, tzinfo=UTC)


def message(number: int, recipient: str = "fair@shea.example", *, urgent: bool = False) -> Message:
    facts = {"organisation": "Shea"}
    return Message(f"application.approved:{number}", recipient, "application_approved", facts, urgent=urgent)


@pytest.mark.django_db
def test_a_message_with_one_key_goes_out_once() -> None:
    stated = {"recipient": "fair@shea.example", "template": "application_approved", "context": {"edition": 6}}
    assert [notify("application.approved:1", **stated, at=at) for at in (AT, LATER)] == [True, False]
    notice = Notice.objects.get()
    assert (notice.created, notice.sent, notice.language, notice.context) == (AT, None, "en", {"edition": 6})


@pytest.mark.django_db
def test_those_without_an_address_are_left_out() -> None:
    assert notify_all([message(1), message(2, recipient=""), message(1)], at=AT) == 1
    assert Notice.objects.get().key == "application.approved:1"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_many_messages_take_two_queries(count: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert notify_all([message(number) for number in range(count)], at=AT) == count


@pytest.mark.django_db
def test_what_went_out_is_not_sent_again() -> None:
    notify_all([message(1), message(2)], at=AT)
    first, second = waiting()
    mark_sent(first, at=LATER)
    mark_sent(first, at=AT)
    first.refresh_from_db()
    assert (first.sent, list(waiting())) == (LATER, [second])


@pytest.mark.django_db
def test_a_code_that_somebody_waits_for_goes_before_ten_thousand_invitations() -> None:
    notify_all([message(1), message(2)], at=AT)
    notify_all([message(3, urgent=True)], at=AT)
    taken = [notice.key for notice in iter(lambda: begin_delivery(at=LATER), None) if notice]
    assert taken == [f"application.approved:{number}" for number in (3, 1, 2)]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_take_different_messages() -> None:
    notify_all([message(number) for number in range(4)], at=AT)
    taken: list[list[str]] = []
    both = threading.Barrier(2)

    def send() -> None:
        both.wait()
        notices = [begin_delivery(at=AT) for _ in range(2)]
        taken.append([notice.key for notice in notices if notice])
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(key for mine in taken for key in mine) == [f"application.approved:{number}" for number in range(4)]


@pytest.mark.django_db(transaction=True)
def test_the_same_told_by_two_at_once_goes_out_once() -> None:
    start = threading.Barrier(2)

    def say() -> None:
        start.wait()
        notify_all([message(number) for number in range(50)], at=AT)
        connection.close()

    threads = [threading.Thread(target=say) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Notice.objects.count() == 50
