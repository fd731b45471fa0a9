"""What a badge says and whom the gate lets in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.admission import rules

SHOW = {"first_day": date(2023, 11, 5), "last_day": date(2023, 11, 10)}
BADGE = rules.Pass("expo", 6, "V06-0000123", "visitor", **SHOW)
PRIVATE, PUBLIC = rules.make_key()


def code(badge: rules.Pass = BADGE, private: bytes = PRIVATE) -> str:
    text = rules.badge_text(badge)
    return rules.badge_code(text, rules.sign_all(private, [text])[0])


def noon(day: int) -> datetime:
    return datetime(2023, 11, day, 12, tzinfo=UTC)


def test_a_badge_reads_as_it_was_made():
    assert rules.badge_text(BADGE) == "E2:expo:6:V06-0000123:V:20231105:20231110"
    assert rules.verify(PUBLIC, code()) == BADGE


def test_the_longest_badge_fits_its_code():
    assert len(code(rules.Pass("x" * 40, 32767, "X" * 20, "exhibitor", **SHOW))) < rules.LONGEST_CODE


def test_the_signature_is_that_of_the_standard():
    # RFC 8032, section 7.1, test 1: the signature over the empty message.
    private = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    [signature] = rules.sign_all(private, [""])
    assert signature.hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


@given(place=st.integers(0, 10_000), letter=st.characters(codec="utf-8"))
def test_one_changed_character_is_no_badge_of_ours(place, letter):
    true = code()
    place %= len(true) - 1  # The last base64 character holds spare bits that say nothing.
    forged = true[:place] + letter + true[place + 1 :]
    if forged.strip() == true:
        return
    with pytest.raises((rules.BadgeForged, rules.BadgeUnreadable)):
        rules.verify(PUBLIC, forged)


def test_another_editions_key_signs_no_badge_of_this_one():
    with pytest.raises(rules.BadgeForged, match="The signature of badge V06-0000123 is not valid"):
        rules.verify(PUBLIC, code(private=rules.make_key()[0]))


@pytest.mark.parametrize(
    "text", ["", ":", "hello", "E2:expo:6:V:V:20231105:20231310:x", "E2:6:V:V:20231105:20231110:x"]
)
def test_what_is_no_badge_is_unreadable(text):
    with pytest.raises(rules.BadgeUnreadable):
        rules.verify(PUBLIC, text)


def test_a_badge_serves_in_its_edition_and_on_its_days_only():
    rules.require_valid(BADGE, fair="expo", edition=6, day=date(2023, 11, 10))
    with pytest.raises(rules.BadgeOfAnotherEdition):
        rules.require_valid(BADGE, fair="expo", edition=7, day=date(2023, 11, 10))
    with pytest.raises(rules.BadgeOutsideItsDays, match="from 2023-11-05 to 2023-11-10"):
        rules.require_valid(BADGE, fair="expo", edition=6, day=date(2023, 11, 11))


def test_a_revoked_badge_is_refused_from_that_moment_on():
    badge = rules.KnownBadge("V1", revoked=noon(7))
    rules.require_entry("V1", badge, at=noon(6), **SHOW)
    with pytest.raises(rules.BadgeRevoked, match="revoked on 2023-11-07 12:00"):
        rules.require_entry("V1", badge, at=noon(7), **SHOW)


def test_an_unknown_badge_and_a_day_outside_the_show_are_refused():
    with pytest.raises(rules.BadgeUnknown):
        rules.require_entry("V1", None, at=noon(6), **SHOW)
    with pytest.raises(rules.BadgeOutsideItsDays):
        rules.require_entry("V1", rules.KnownBadge("V1", None), at=noon(4), **SHOW)


def test_a_visitors_badge_needs_approval_and_is_made_once_and_never_for_an_exhibitors_staff():
    rules.require_visitor("V1", "Ann", approved=True, has_badge=False, exhibits_as="")
    with pytest.raises(rules.VisitorNotApproved):
        rules.require_visitor("V1", "Ann", approved=False, has_badge=False, exhibits_as="")
    with pytest.raises(rules.BadgeAlreadyIssued):
        rules.require_visitor("V1", "Ann", approved=True, has_badge=True, exhibits_as="")
    with pytest.raises(rules.ExhibitorsPassIsNoVisitor, match="Ann works for Kessel, which exhibits"):
        rules.require_visitor("V1", "Ann", approved=True, has_badge=False, exhibits_as="Kessel")
