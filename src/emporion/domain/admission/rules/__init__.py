"""What a badge says, the badge signature and how it is read, and whom the gate lets in.

A badge carries ``E2:<fair>:<edition>:<number>:<kind>:<first day>:<last day>`` and an Ed25519 signature over that text
(RFC 8032), so that a gate without a line can tell a true badge from a forged one with the public key alone.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from emporion.domain.refusal import Refusal

FORM = "E2"
KIND_LETTERS = {"visitor": "V", "exhibitor": "X", "press": "P", "organiser": "O", "contractor": "C"}
LETTER_KINDS = {letter: kind for kind, letter in KIND_LETTERS.items()}
# A code of up to 230 characters is still read from a printed badge at arm's length.
LONGEST_CODE = 230


class BadgeUnreadable(Refusal):
    """This is not a badge of this fair; scan it again, or look its holder up by name."""


class BadgeForged(Refusal):
    """The signature of badge {number} is not valid; keep the badge and call the supervisor."""


class BadgeOfAnotherEdition(Refusal):
    """Badge {number} is of edition {edition} of {fair}, not of this one."""


class BadgeOutsideItsDays(Refusal):
    """Badge {number} is valid from {first_day} to {last_day}, not today."""


class BadgeUnknown(Refusal):
    """No badge has the number {number} in this edition; send its holder to the service desk."""


class BadgeRevoked(Refusal):
    """Badge {number} was revoked on {revoked}; send its holder to the service desk."""


class RegistrationEnded(Refusal):
    """The registration of badge {number} was cancelled or rejected on {ended}; send its holder to the service desk."""


class VisitorNotApproved(Refusal):
    """Visitor {number} is not approved and gets no badge; approve the registration first."""


class BadgeAlreadyIssued(Refusal):
    """{number} already has a badge; revoke that one before you issue another."""


class ExhibitorsPassIsNoVisitor(Refusal):
    """{name} works for {organisation}, which exhibits: make an exhibitor's pass, which never counts as a visitor."""


@dataclass(frozen=True)
class Pass:
    """What a badge's text says; ``kind`` is ``visitor`` or ``exhibitor``."""

    fair: str
    edition: int
    number: str
    kind: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class KnownBadge:
    """What the records know of the badge that was scanned: when it was revoked, when its registration ended."""

    number: str
    revoked: datetime | None
    ended: datetime | None = None


def badge_text(badge: Pass) -> str:
    """The text that is signed."""
    days = f"{badge.first_day:%Y%m%d}:{badge.last_day:%Y%m%d}"
    return f"{FORM}:{badge.fair}:{badge.edition}:{badge.number}:{KIND_LETTERS[badge.kind]}:{days}"


def badge_code(text: str, signature: bytes) -> str:
    """What the badge's QR code holds: the text and the signature in URL-safe base64, some 130 characters."""
    return f"{text}:{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def make_key() -> tuple[bytes, bytes]:
    """A new pair of keys, private and public, raw bytes."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def sign_all(private: bytes, texts: Sequence[str]) -> list[bytes]:
    """The signatures over ``texts``, 64 bytes each; some 30,000 a second and core."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    return [key.sign(text.encode()) for text in texts]


def verify(public: bytes, code: str) -> Pass:
    """Read a badge's QR code and check its signature against the edition's public key.

    Raises BadgeUnreadable when it is no badge's text and BadgeForged when the signature is not by our key.
    """
    text, _, signed = code.strip().rpartition(":")
    badge = _read(text)
    try:
        signature = base64.b64decode(signed + "=" * (-len(signed) % 4), altchars=b"-_", validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise BadgeForged(number=badge.number) from error
    return badge


def require_valid(badge: Pass, *, fair: str, edition: int, day: date) -> None:
    """Raise BadgeOfAnotherEdition or BadgeOutsideItsDays for a badge that does not serve there on ``day``."""
    if (badge.fair, badge.edition) != (fair, edition):
        raise BadgeOfAnotherEdition(number=badge.number, fair=badge.fair, edition=badge.edition)
    if not badge.first_day <= day <= badge.last_day:
        raise BadgeOutsideItsDays(number=badge.number, first_day=badge.first_day, last_day=badge.last_day)


def require_entry(number: str, badge: KnownBadge | None, *, first_day: date, last_day: date, at: datetime) -> None:
    """Raise the reason for which a scan at ``at`` (in the venue's time) lets nobody in, if there is one.

    BadgeUnknown, BadgeRevoked or RegistrationEnded (a scan before the revocation or the end stands), or
    BadgeOutsideItsDays.
    """
    if badge is None:
        raise BadgeUnknown(number=number)
    if badge.revoked is not None and at >= badge.revoked:
        raise BadgeRevoked(number=number, revoked=f"{badge.revoked:%Y-%m-%d %H:%M}")
    if badge.ended is not None and at >= badge.ended:
        raise RegistrationEnded(number=number, ended=f"{badge.ended:%Y-%m-%d %H:%M}")
    if not first_day <= at.date() <= last_day:
        raise BadgeOutsideItsDays(number=number, first_day=first_day, last_day=last_day)


def require_visitor(number: str, name: str, *, approved: bool, has_badge: bool, exhibits_as: str) -> None:
    """Raise the reason for which a registered person gets no visitor's badge, if there is one.

    ``exhibits_as`` is the name of the person's organisation when that exhibits in the same edition, else empty.
    Raises ExhibitorsPassIsNoVisitor, VisitorNotApproved or BadgeAlreadyIssued.
    """
    if exhibits_as:
        raise ExhibitorsPassIsNoVisitor(name=name, organisation=exhibits_as)
    if not approved:
        raise VisitorNotApproved(number=number)
    if has_badge:
        raise BadgeAlreadyIssued(number=number)


def number_after(number: str, registration: str) -> str:
    """The number of a badge made anew: ``V06-0000123-2`` after ``V06-0000123``, then ``-3``."""
    count = number.removeprefix(f"{registration}-")
    return f"{registration}-{int(count) + 1 if count.isdecimal() else 2}"


def _read(text: str) -> Pass:
    match text.split(":"):
        case [form, fair, edition, number, letter, first_day, last_day] if form == FORM and letter in LETTER_KINDS:
            try:
                days = [datetime.strptime(day, "%Y%m%d").date() for day in (first_day, last_day)]
                return Pass(fair, int(edition), number, LETTER_KINDS[letter], *days)
            except ValueError as error:
                raise BadgeUnreadable from error
    raise BadgeUnreadable
