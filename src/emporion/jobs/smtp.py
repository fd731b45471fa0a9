"""Django's SMTP backend, which also knows when nobody can tell whether the server has taken a message."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.core.mail.backends import smtp

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


class OutcomeUnknown(OSError):
    """The connection broke after the text went out and before the server answered: it may have taken the message."""


class SMTP(smtplib.SMTP):
    """A client that starts without TLS."""

    def data(self, msg: Buffer | str) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except OSError as error:
            raise OutcomeUnknown(str(error)) from error


class SMTPOverTLS(SMTP, smtplib.SMTP_SSL):
    """A client that speaks TLS from the start."""


class EmailBackend(smtp.EmailBackend):
    """Sends through ``EMPORION_SMTP_URL``."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SMTPOverTLS if self.use_ssl else SMTP
