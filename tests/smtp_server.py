"""A real SMTP server on the loopback address, which treats each recipient as a test wants."""

from __future__ import annotations

import base64
import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

HANG_UP = "hang up after the text"


@dataclass
class SMTPServer:
    """``replies``: what a recipient is answered in place of ``250``, or ``HANG_UP`` to end without an answer."""

    port: int = 0
    password: str = ""
    tls: ssl.SSLContext | None = None
    starttls: bool = False
    replies: dict[str, str] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    connections: int = 0

    def addresses(self) -> list[str]:
        """Who got a message, in the order of arrival."""
        return [str(letter["To"]) for letter in self.letters]

    @property
    def settings(self) -> dict[str, Any]:
        """Django's settings that lead to this server."""
        signed = {"EMAIL_HOST_USER": "fair", "EMAIL_HOST_PASSWORD": self.password} if self.password else {}
        return {
            "EMAIL_BACKEND": "emporion.jobs.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": self.port,
            "EMAIL_USE_SSL": self.tls is not None and not self.starttls, "EMAIL_USE_TLS": self.starttls,
            "EMAIL_TIMEOUT": 10, **signed,
        }  # fmt: skip


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        plan: SMTPServer = self.server.plan  # type: ignore[attr-defined]
        plan.connections += 1
        if plan.tls is not None and not plan.starttls:
            self._encrypt(plan.tls)
        self.sender, self.to, self.signed_in = "", "", not plan.password
        self._say("220 ready")
        while line := self.rfile.readline():
            if not self._answer(line.decode().strip(), plan):
                return

    def _answer(self, line: str, plan: SMTPServer) -> bool:
        """Answer one command; false when the session is over."""
        match line.upper().split(" ")[0]:
            case "EHLO":
                extra = ["STARTTLS"] * plan.starttls + ["AUTH PLAIN"] * bool(plan.password)
                for one in ["here", *extra]:
                    self._say(f"250-{one}")
                self._say("250 8BITMIME")
            case "STARTTLS":
                self._say("220 go on")
                self._encrypt(plan.tls)
            case "AUTH":
                given = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                self.signed_in = given[1:] == ["fair", plan.password]
                self._say("235 welcome" if self.signed_in else "535 wrong password")
            case "MAIL" if not self.signed_in:
                self._say("530 sign in first")
            case "RCPT":
                self.to = line.split("<")[1].split(">")[0]
                reply = plan.replies.get(self.to, "")
                self._say(reply if reply and reply != HANG_UP else "250 ok")
            case "DATA":
                return self._take(plan)
            case "QUIT":
                self._say("221 bye")
                return False
            case _:
                self._say("250 ok")
        return True

    def _take(self, plan: SMTPServer) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        plan.letters.append(letter)  # type: ignore[arg-type]
        if plan.replies.get(self.to) == HANG_UP:
            return False
        self._say("250 taken")
        return True

    def _encrypt(self, tls: ssl.SSLContext | None) -> None:
        assert tls is not None
        self.connection = tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)  # type: ignore[assignment]

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error here."""


@contextmanager
def smtp_server(**plan: Any) -> Iterator[SMTPServer]:
    """A mail server that runs for the length of a test."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.plan = SMTPServer(port=server.server_address[1], **plan)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.plan  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()
