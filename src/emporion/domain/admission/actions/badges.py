"""Visitors' badges: one, or all of an edition at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from emporion.domain.admission.models import Badge, SigningKey
from emporion.domain.admission.queries import pass_of
from emporion.domain.admission.rules import badge_text, make_key, number_after, require_visitor, sign_all
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors.models import Visitor

Progress = Callable[[int, int, str], None]
AT_A_TIME = 20_000
# Approved visitors without a badge; whoever's organisation exhibits in the same edition gets an exhibitor's pass.
_WAITING = """
    FROM visitors_visitor v LEFT JOIN visitors_visitingunit u ON u.id = v.unit_id
    WHERE v.edition_id = %(edition)s AND v.state = 'approved'
    AND NOT EXISTS (SELECT FROM admission_badge b WHERE b.visitor_id = v.id)
    AND {} EXISTS (SELECT FROM exhibitors_exhibitor e
        WHERE e.edition_id = v.edition_id AND e.organisation_id = u.organisation_id)"""


@dataclass(frozen=True)
class BadgesIssued:
    """How many badges were made, and for how many approved visitors none because their organisation exhibits."""

    issued: int
    left_out: int


@transaction.atomic
def issue_badge(visitor: Visitor, *, context: ActionContext) -> Badge:
    """Make and sign one visitor's badge. Raises what ``rules.require_visitor`` does."""
    organisation = visitor.unit.organisation if visitor.unit else None
    exhibits = Exhibitor.objects.filter(edition_id=visitor.edition_id, organisation=organisation).exists()
    key = lock_key(visitor.edition)
    before = Badge.objects.filter(visitor=visitor).first()
    require_visitor(
        visitor.number,
        visitor.name,
        approved=visitor.state == Visitor.State.APPROVED,
        has_badge=before is not None and before.revoked is None,
        exhibits_as=str(organisation) if organisation and exhibits else "",
    )
    if before is not None:
        return make_anew(before, visitor, context=context)
    text = badge_text(pass_of(visitor.edition, visitor.number, Badge.Kind.VISITOR))
    [signature] = sign_all(bytes(key.private), [text])
    facts = {"edition": visitor.edition, "number": visitor.number, "kind": Badge.Kind.VISITOR, "holder": visitor.name}
    badge = Badge.objects.create(**facts, visitor=visitor, signature=signature, issued=context.at)
    record("badge.issued", visitor, context=context, edition=visitor.edition_id)
    return badge


@transaction.atomic
def make_anew(badge: Badge, visitor: Visitor, *, context: ActionContext) -> Badge:
    """Make a visitor's badge anew, under a number of its own: the code of the old one opens no gate any more.

    Its entries stay with it, so that the person is counted once.
    """
    key, edition = lock_key(visitor.edition), visitor.edition
    locked = Badge.objects.select_for_update().get(pk=badge.pk)
    before, locked.number = locked.number, number_after(locked.number, visitor.number)
    [locked.signature] = sign_all(bytes(key.private), [badge_text(pass_of(edition, locked.number, locked.kind))])
    locked.holder, locked.issued, locked.revoked = visitor.name, context.at, None
    locked.save(update_fields=["number", "signature", "holder", "issued", "revoked"])
    record("badge.made_anew", locked, context=context, edition=edition.pk, instead_of=before)
    return locked


@transaction.atomic
def issue_badges(
    edition: Edition,
    *,
    context: ActionContext,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> BadgesIssued:
    """Make and sign the badges of all approved visitors who have none; one journal entry for the list.

    Doing it again makes nothing twice. ``executor`` (of processes: signing keeps its thread busy) signs side by side.
    """
    key = lock_key(edition)
    total, left_out = _count(edition, "NOT"), _count(edition, "")
    issued = 0
    for visitors in _waiting(edition):
        texts = [badge_text(pass_of(edition, number, Badge.Kind.VISITOR)) for _, number, _ in visitors]
        _copy(edition, visitors, _sign(bytes(key.private), texts, executor), context.at)
        issued += len(visitors)
        if progress:
            progress(issued, total, "badges signed")
    if issued >= AT_A_TIME:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE admission_badge")
    if issued:
        record("badges.issued", edition, context=context, edition=edition.pk, issued=issued)
    return BadgesIssued(issued, left_out)


@transaction.atomic
def revoke_badge(badge: Badge, *, context: ActionContext, why: str) -> None:
    """Refuse a badge at the gates from ``at`` on; entries before stand. Revoking twice keeps the first time."""
    if Badge.objects.filter(pk=badge.pk, revoked__isnull=True).update(revoked=context.at):
        record("badge.revoked", badge, context=context, edition=badge.edition_id, why=why)
    badge.refresh_from_db()


def lock_key(edition: Edition) -> SigningKey:
    """The edition's signing key, made when it has none, locked: badges of an edition are made by one at a time."""
    if not SigningKey.objects.filter(edition=edition).exists():
        private, public = make_key()
        SigningKey.objects.get_or_create(edition=edition, defaults={"private": private, "public": public})
    return SigningKey.objects.select_for_update().get(edition=edition)


def _count(edition: Edition, exhibits: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*)" + _WAITING.format(exhibits), {"edition": edition.pk})
        return int(cursor.fetchone()[0])


def _waiting(edition: Edition) -> Iterator[list[tuple[int, str, str]]]:
    """Visitors (id, number, name) who wait for a badge, some at a time, in the order of their ids."""
    after = 0
    sql = (
        "SELECT v.id, v.number, v.name" + _WAITING.format("NOT") + " AND v.id > %(after)s ORDER BY v.id LIMIT %(some)s"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"edition": edition.pk, "after": after, "some": AT_A_TIME})
            visitors = cursor.fetchall()
        if not visitors:
            return
        yield visitors
        after = visitors[-1][0]


def _sign(private: bytes, texts: list[str], executor: Executor | None) -> list[bytes]:
    if executor is None:
        return sign_all(private, texts)
    parts = [texts[first : first + 2000] for first in range(0, len(texts), 2000)]
    return [signature for done in executor.map(sign_all, [private] * len(parts), parts) for signature in done]


def _copy(edition: Edition, visitors: Sequence[tuple[int, str, str]], signatures: list[bytes], at: datetime) -> None:
    columns = "edition_id, number, kind, visitor_id, holder, signature, issued"
    with connection.cursor() as cursor, cursor.copy(f"COPY admission_badge ({columns}) FROM STDIN") as copy:
        for (visitor, number, name), signature in zip(visitors, signatures, strict=True):
            copy.write_row((edition.pk, number, "visitor", visitor, name, signature, at))
