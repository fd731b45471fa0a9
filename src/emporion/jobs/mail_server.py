"""What a mail server's answer means, and how to fix what it complains of."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection

from emporion.jobs.smtp import OutcomeUnknown


@dataclass(frozen=True)
class Trouble:
    """What is wrong and how to fix it."""

    wrong: str
    fix: str

    def __str__(self) -> str:
        return f"{self.wrong} {self.fix}"


@dataclass(frozen=True)
class Step:
    """A step of a test message: its name, and what went wrong, if anything."""

    name: str
    trouble: Trouble | None = None


CONNECTION = "connection and TLS"
SIGN_IN = "sign-in"
ACCEPTANCE = "acceptance"
# Kinds of failure without a reply, each with its meaning; the first that fits counts.
MEANINGS: list[tuple[type[BaseException], str, str]] = [
    (socket.gaierror, "The mail server's name is not known.", "Check the host in EMPORION_SMTP_URL."),
    (ConnectionRefusedError, "Nothing listens at the mail server's port.", "Check host and port in EMPORION_SMTP_URL."),
    (
        ssl.SSLCertVerificationError,
        "The mail server's certificate is not valid for its name.",
        "Give the host by the name in its certificate, or renew the certificate.",
    ),
    (
        ssl.SSLError,
        "The mail server does not speak TLS at this port.",
        "Use smtp:// with port 587 to switch to TLS, or smtps:// with port 465.",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "The mail server lacks what was asked of it.",
        "Where it has no TLS, add ?tls=no to EMPORION_SMTP_URL; where it has no sign-in, leave out user and password.",
    ),
    (
        OutcomeUnknown,
        "The connection broke before the mail server answered: the message may have arrived.",
        "Look whether it arrived before you send it again.",
    ),
    (TimeoutError, "The mail server does not answer in time.", "Check host, port and the firewall between."),
    (
        smtplib.SMTPServerDisconnected,
        "The mail server hung up.",
        "Check the port, and whether it expects TLS from the start (smtps://).",
    ),
]


def explain(error: BaseException) -> Trouble:
    """A failure of a mail server in words, with the way to fix it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        fix = "Check user and password in EMPORION_SMTP_URL; encode special characters, @ as %40."
        return Trouble(f"The mail server refuses the sign-in ({_reply(error.smtp_code, error.smtp_error)}).", fix)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        address, (code, reply) = next(iter(error.recipients.items()))
        return Trouble(f"The mail server refuses {address} ({_reply(code, reply)}).", "Check the address.")
    if isinstance(error, smtplib.SMTPSenderRefused):
        wrong = f"The mail server refuses the sender {error.sender} ({_reply(error.smtp_code, error.smtp_error)})."
        return Trouble(wrong, "Give a sender that this server may send for: EMPORION_MAIL_FROM, or the fair's sender.")
    if isinstance(error, smtplib.SMTPResponseException):
        return Trouble(f"The mail server refuses the message ({_reply(error.smtp_code, error.smtp_error)}).", "")
    for kind, wrong, fix in MEANINGS:
        if isinstance(error, kind):
            return Trouble(wrong, fix)
    return Trouble(f"The mail server cannot be used: {error}.", "Check EMPORION_SMTP_URL.")


def check_server() -> Iterator[Step]:
    """Connect and sign in; the steps, the last one with its trouble when something fails."""
    connection = get_connection()
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        yield Step(CONNECTION)
        yield Step(SIGN_IN, explain(error))
    except OSError as error:
        yield Step(CONNECTION, explain(error))
    else:
        yield Step(CONNECTION)
        yield Step(SIGN_IN)
    finally:
        connection.close()


def send_test(message: EmailMessage) -> Iterator[Step]:
    """Connect, sign in and hand over a message, step by step."""
    for step in check_server():
        yield step
        if step.trouble:
            return
    try:
        get_connection().send_messages([message])
    except OSError as error:
        yield Step(ACCEPTANCE, explain(error))
    else:
        yield Step(ACCEPTANCE)


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(text.split())}"
