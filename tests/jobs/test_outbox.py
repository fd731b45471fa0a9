"""What the outbox holds goes out once by a real mail server; what cannot go out waits and holds nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from emporion.domain.notices.actions import begin_delivery, discard, notify, send_again
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import failed, outbox_state, waiting
from emporion.jobs.outbox import Pass, send_all
from tests.certificates import make_certificate, server_context
from tests.fair import make_person
from tests.make import MORNING
from tests.smtp_server import HANG_UP, SMTPServer, smtp_server

pytestmark = pytest.mark.django_db
ADA, BEN, COY = "ada@shea.example", "ben@shea.example", "coy@shea.example"
_keys = count(1)


@pytest.fixture
def server(settings: Any) -> Iterator[SMTPServer]:
    with smtp_server() as running:
        use(settings, running)
        yield running


def use(settings: Any, server: SMTPServer) -> None:
    settings.PUBLIC_URL = "https://fair.example"
    for name, value in server.settings.items():
        setattr(settings, name, value)


def put(recipient: str = ADA, **context: Any) -> Notice:
    facts = {"organisation": "Müller & Söhne", "edition": "Harbour Fair", "reason": "", **context}
    key = f"cause {next(_keys)}"
    notify(key, recipient=recipient, template="application_approved", context=facts, at=MORNING)
    return Notice.objects.get(key=key)


def send(at: datetime = MORNING) -> Pass:
    return send_all(clock=lambda: at)


def test_a_message_goes_out_once_as_it_was_written(server: SMTPServer) -> None:
    put()
    assert [send().sent, send().sent] == [1, 0]
    [letter] = server.letters
    assert letter["Subject"] == "Your application to Harbour Fair is approved"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Müller & Söhne may exhibit at Harbour Fair.")
    assert letter["To"] == ADA
    assert Notice.objects.get().sent == MORNING


def test_many_messages_share_one_connection(server: SMTPServer) -> None:
    for recipient in (ADA, BEN, COY):
        put(recipient)
    assert send().sent == 3
    assert (server.addresses(), server.connections) == ([ADA, BEN, COY], 1)


def test_without_a_public_address_only_messages_about_accounts_leave(server: SMTPServer, settings: Any) -> None:
    settings.PUBLIC_URL = ""
    put(ADA)
    facts = {"subject": "A code", "body": "12-34"}
    notify("code", recipient=BEN, template="account_mail", context=facts, at=MORNING)
    assert (send().sent, server.addresses(), [one.recipient for one in waiting()]) == (1, [BEN], [ADA])
    settings.PUBLIC_URL = "https://fair.example"
    assert (send().sent, server.addresses()) == (1, [BEN, ADA])


def test_who_reads_chinese_is_told_in_chinese(server: SMTPServer) -> None:
    make_person("lan@foods.example", language="zh-hans")
    put("Lan@foods.example")
    send()
    assert server.letters[0]["Subject"] == "Harbour Fair参展申请已通过"


def test_a_line_break_in_a_name_makes_no_second_header(server: SMTPServer) -> None:
    put(edition="Harbour\nBcc: everybody@else.example")
    send()
    assert server.letters[0]["Subject"] == "Your application to Harbour Bcc: everybody@else.example is approved"


def test_without_a_mail_server_messages_wait_and_do_not_count_as_sent(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    put()
    assert send() == Pass()
    notice = Notice.objects.get()
    assert (notice.sent, notice.attempts) == (None, 0)
    with smtp_server() as server:
        use(settings, server)
        assert send(MORNING + timedelta(days=9)).sent == 1


def test_an_address_that_the_server_refuses_is_given_up_with_its_reply_and_the_others_go_out(
    server: SMTPServer,
) -> None:
    server.replies[ADA] = "550 no such person"
    put(ADA)
    put(BEN)
    done = send()
    assert (done.sent, done.failed, server.addresses()) == (1, 1, [BEN])
    notice = failed().get()
    assert (notice.recipient, notice.attempts, notice.failed) == (ADA, 1, MORNING)
    assert notice.last_error == "The mail server refuses ada@shea.example (550 no such person). Check the address."


def test_a_person_corrects_the_address_book_and_sends_again(server: SMTPServer) -> None:
    server.replies[ADA] = "550 no such person"
    put(ADA)
    send()
    server.replies.clear()
    assert send_again(failed()) == 1
    assert send(MORNING + timedelta(hours=1)).sent == 1
    assert (server.addresses(), failed().count()) == ([ADA], 0)


def test_a_refusal_for_now_is_tried_again_after_a_wait_that_doubles(server: SMTPServer) -> None:
    server.replies[ADA] = "451 come back later"
    put(ADA)
    at, attempts = MORNING, []
    for _minute in range(8):
        attempts.append(send(at).postponed)
        at += timedelta(minutes=1)
    assert attempts == [1, 1, 0, 1, 0, 0, 0, 1]
    assert (
        Notice.objects.get().last_error
        == "The mail server refuses ada@shea.example (451 come back later). Check the address."
    )
    server.replies.clear()
    assert send(at + timedelta(minutes=8)).sent == 1


def test_after_three_days_of_refusals_for_now_a_message_is_given_up(server: SMTPServer) -> None:
    server.replies[ADA] = "451 come back later"
    put(ADA)
    at = MORNING
    while not send(at).failed:
        at = waiting().get().due or at
    # 1 + 2 + 4 + … + 256 minutes, then ten times six hours.
    assert at - MORNING == timedelta(minutes=511 + 10 * 360)
    assert failed().get().attempts == 20


def test_a_dead_server_costs_one_attempt_a_pass_and_no_message(settings: Any) -> None:
    with smtp_server() as gone:
        use(settings, gone)
    for _number in range(120):
        put()
    done = send()
    assert (done.sent, done.postponed) == (0, 1)
    assert done.server_error.startswith("Nothing listens at the mail server's port.")
    state = outbox_state()
    assert (state.waiting, state.failed, state.last_error) == (120, 0, done.server_error)


def test_a_connection_that_breaks_before_the_answer_is_never_tried_again_by_itself(server: SMTPServer) -> None:
    server.replies[ADA] = HANG_UP
    put(ADA)
    send()
    server.replies.clear()
    assert send(MORNING + timedelta(days=1)).sent == 0
    assert server.addresses() == [ADA]
    assert (
        failed().get().last_error == "The sender ended before the mail server answered: the message may have arrived."
    )


def test_a_sender_killed_in_the_middle_leaves_one_message_whose_outcome_a_person_decides(server: SMTPServer) -> None:
    put(ADA)
    put(BEN)
    assert begin_delivery(at=MORNING) is not None  # and then the sender is killed
    assert send(MORNING + timedelta(minutes=1)).sent == 1
    assert (server.addresses(), waiting().count()) == ([BEN], 1)
    send(MORNING + timedelta(minutes=16))
    assert (server.addresses(), failed().get().recipient) == ([BEN], ADA)


def test_a_message_that_cannot_be_written_holds_nothing_up(server: SMTPServer) -> None:
    notify("odd", recipient=ADA, template="no_such_template", context={}, at=MORNING)
    put(BEN)
    done = send()
    assert (done.sent, done.failed) == (1, 1)
    assert failed().get().last_error == "The message cannot be written: there is no message no_such_template"


def test_a_pass_ends_after_its_time_so_that_a_worker_can_end(server: SMTPServer) -> None:
    for _number in range(5):
        put()
    seconds = count(0, 10)
    done = send_all(clock=lambda: MORNING + timedelta(seconds=next(seconds)))
    assert 0 < done.sent < 5
    assert send().sent == 5 - done.sent


def test_messages_that_are_out_of_date_can_be_discarded_but_not_those_sent(server: SMTPServer) -> None:
    put(ADA)
    send()
    put(BEN)
    assert discard(Notice.objects.all()) == 1
    assert Notice.objects.get().recipient == ADA


@pytest.mark.parametrize("starttls", [False, True])
def test_mail_goes_over_tls_to_a_server_that_is_signed_in_to(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starttls: bool
) -> None:
    certificate = make_certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_server(tls=server_context(certificate), starttls=starttls, password="lantern") as server:
        use(settings, server)
        put()
        assert send().sent == 1
        settings.EMAIL_HOST_PASSWORD = "wrong"
        put()
        error = "The mail server refuses the sign-in (535 wrong password)."
        assert send().server_error.startswith(error)


def test_a_certificate_that_nobody_vouches_for_is_told(settings: Any, tmp_path: Path) -> None:
    with smtp_server(tls=server_context(make_certificate(tmp_path, "127.0.0.1"))) as server:
        use(settings, server)
        put()
        assert send().server_error.startswith("The mail server's certificate is not valid for its name.")
        assert server.letters == []


def test_the_test_message_says_that_it_was_accepted(server: SMTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("mail", "test", ADA)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  ok      connection and TLS", "  ok      sign-in", "  ok      acceptance",
        "The mail server has accepted the message to ada@shea.example.",
    ]  # fmt: skip
    assert server.addresses() == [ADA]


def test_the_test_message_says_how_far_it_came(server: SMTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.replies[ADA] = "550 no such person"
    with pytest.raises(CommandError, match="Check the address"):
        call_command("mail", "test", ADA)
    assert capsys.readouterr().out.splitlines()[-1] == (
        "  failed  acceptance: The mail server refuses ada@shea.example (550 no such person)."
    )


def test_the_test_message_says_what_to_set_where_no_server_is(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(CommandError, match=r"EMPORION_SMTP_URL=smtps://user:password@mail\.example\.org:465"):
        call_command("mail", "test", ADA)
    assert mail.outbox == []


def test_the_outbox_is_reported_on_the_command_line(server: SMTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.replies |= {ADA: "550 no such person", BEN: "451 come back later"}
    put(ADA)
    put(BEN)
    send()
    call_command("mail", "outbox")
    assert capsys.readouterr().out.splitlines() == [
        "1 waiting, the oldest of 2023-11-05 01:30 UTC; 1 given up.",
        "Last trouble: The mail server refuses ben@shea.example (451 come back later). Check the address.",
        "  2023-11-05 01:30  ada@shea.example: The mail server refuses ada@shea.example (550 no such person)."
        " Check the address.",
    ]
