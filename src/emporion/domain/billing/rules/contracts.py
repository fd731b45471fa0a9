"""When a contract may be offered, accepted and cancelled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf

from emporion.domain.refusal import Refusal

MEGABYTE = 1024 * 1024
MAX_PAPER = 10 * MEGABYTE


class NoPriceList(Refusal):
    """This edition has no price list, so there is no contract to accept here; the organiser signs it with you."""


class CoveredByMain(Refusal):
    """A co-exhibitor has no contract of its own: its main exhibitor's covers it."""


class NotYetApproved(Refusal):
    """A contract is offered once the application is approved."""


class ContractChanged(Refusal):
    """The contract has changed since you opened it; read it again before you accept it."""


class CancellationReasonNeeded(Refusal):
    """A cancellation needs a reason; the exhibitor receives it."""


class NoContractToCancel(Refusal):
    """There is no contract to cancel."""


class DealsRecorded(Refusal):
    """The exhibitor has deals on record ({deals}); its contract stays with them."""


class ShowHasBegun(Refusal):
    """The show began on {day}; a contract cannot be cancelled any more."""


class PaperTooLarge(Refusal):
    """The file has more than {most} MB; save the contract as a smaller PDF."""


class PaperIsNoPDF(Refusal):
    """The file is no PDF that can be opened; scan the signed contract and save it as a PDF without a password."""


class ContractNotAccepted(Refusal):
    """A signed paper is added to a contract that is accepted; accept the contract first."""


def digest(content: bytes) -> str:
    """The SHA-256 of a document, by which it is known again."""
    return hashlib.sha256(content).hexdigest()


def content_key(content: Mapping[str, Any]) -> str:
    """The same for what a contract says: two that say the same have the same key."""
    return digest(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())


def require_offer(*, state: str, is_co_exhibitor: bool, has_prices: bool) -> None:
    """Refuse to offer a contract where there can be none.

    Raises: CoveredByMain, NoPriceList, NotYetApproved.
    """
    if is_co_exhibitor:
        raise CoveredByMain()
    if not has_prices:
        raise NoPriceList()
    if state != "approved":
        raise NotYetApproved()


def require_cancellable(*, deals: int, first_day: date, today: date) -> None:
    """Refuse to cancel what has taken place.

    Raises: ShowHasBegun, DealsRecorded.
    """
    if today >= first_day:
        raise ShowHasBegun(day=first_day)
    if deals:
        raise DealsRecorded(deals=deals)


def require_pdf(content: bytes) -> None:
    """Refuse a file that is not a PDF of bearable size which opens without a password and has a page.

    Raises: PaperTooLarge, PaperIsNoPDF.
    """
    if len(content) > MAX_PAPER:
        raise PaperTooLarge(most=MAX_PAPER // MEGABYTE)
    if not content.startswith(b"%PDF-"):
        raise PaperIsNoPDF()
    try:
        with pikepdf.open(BytesIO(content)) as paper:
            pages = len(paper.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise PaperIsNoPDF() from None
    if not pages:
        raise PaperIsNoPDF()
