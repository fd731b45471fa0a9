"""Mail: try the mail server, look at the outbox."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

NOT_SET = "No mail server is set: messages wait in the outbox. Give one, as in EMPORION_SMTP_URL="


class Command(BaseCommand):
    """``emporion mail test ADDRESS`` and ``emporion mail outbox``."""

    help = "Send a test message, or show what waits in the outbox."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        test = actions.add_parser("test", help="send a test message and say how far it came")
        test.add_argument("address", help="who is to get it")
        actions.add_parser("outbox", help="how many messages wait or were given up, and why")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "test":
            self._test(options["address"])
        else:
            self._outbox()

    def _test(self, address: str) -> None:
        from django.conf import settings

        from emporion.domain.notices.queries import mail_is_set
        from emporion.jobs.mail_server import send_test
        from emporion.site.environment import SMTP_EXAMPLE

        if not mail_is_set():
            raise CommandError(NOT_SET + SMTP_EXAMPLE)
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, from {settings.DEFAULT_FROM_EMAIL}"
        text = f"This is a test message of Emporion ({settings.PUBLIC_URL or 'no public address is set'}).\n"
        self.stdout.write(where)
        for step in send_test(EmailMessage("Test message of Emporion", text, to=[address])):
            if step.trouble is not None:
                self.stdout.write(f"  failed  {step.name}: {step.trouble.wrong}")
                raise CommandError(step.trouble.fix or step.trouble.wrong)
            self.stdout.write(f"  ok      {step.name}")
        self.stdout.write(f"The mail server has accepted the message to {address}.")

    def _outbox(self) -> None:
        from emporion.domain.notices.queries import address_is_set, failed, mail_is_set, outbox_state

        state = outbox_state()
        since = f", the oldest of {state.oldest:%Y-%m-%d %H:%M} UTC" if state.oldest else ""
        self.stdout.write(f"{state.waiting:,} waiting{since}; {state.failed:,} given up.")
        if not mail_is_set():
            self.stdout.write("No mail server is set: nothing leaves until EMPORION_SMTP_URL names one.")
        if not address_is_set():
            self.stdout.write("No public address is set: messages with a link wait until EMPORION_PUBLIC_URL names it.")
        if state.last_error:
            self.stdout.write(f"Last trouble: {state.last_error}")
        for notice in failed()[:20]:
            self.stdout.write(f"  {notice.failed:%Y-%m-%d %H:%M}  {notice.recipient}: {notice.last_error}")
