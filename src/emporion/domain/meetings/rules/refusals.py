"""Why a meeting, a request, a slot or a timetable is refused."""

from __future__ import annotations

from emporion.domain.refusal import Refusal


class VisitorMayNotMeet(Refusal):
    """Visitor {visitor} is not approved, so no meetings can be arranged; approve the registration first."""


class OtherSideIsOfAnotherEdition(Refusal):
    """{visitor} and {exhibitor} take part in different editions and cannot meet."""


class OwnOrganisationNeedsNoMeeting(Refusal):
    """{organisation} is on both sides: meetings are between different organisations."""


class AlreadyAskedToMeet(Refusal):
    """There is already a request between {visitor} and {exhibitor}; it is {state}."""


class AlreadyAnswered(Refusal):
    """This request is already {state} and cannot be {target}."""


class NotYoursToAnswer(Refusal):
    """Only the side that received a request can answer it; the side that sent it can cancel it."""


class SlotsInUse(Refusal):
    """Cannot change the slots: {uses} meetings, proposals or closures use them."""


class SlotLengthOutOfRange(Refusal):
    """A slot lasts from {low} to {high} minutes; got {minutes}."""


class HoursDoNotRise(Refusal):
    """The hours of meetings must follow each other, as in 09:30–12:00 and 12:30–17:00; got {hours}."""


class NoSlotFits(Refusal):
    """No slot of {minutes} minutes fits into the hours {hours}: lengthen these, leave them out or shorten the slots."""


class SlotTaken(Refusal):
    """{who} has another meeting agreed for {slot}; propose another time."""


class AwayThen(Refusal):
    """{who} is not available at {slot}; propose another time."""


class SlotHasBegun(Refusal):
    """{slot} has already begun; propose a later time."""


class HallClosedThen(Refusal):
    """Hall {hall} is closed to meetings at {slot}; propose another time."""


class NoSuchSlot(Refusal):
    """There is no slot {slot}: this edition has {slots} slots, numbered from 0."""


class DailyLimitOutOfRange(Refusal):
    """A limit of meetings in a day must be a whole number from {low} to {high}."""


class HostsOutOfRange(Refusal):
    """The hosts at a stand must be a whole number from {low} to {high}."""


class NotYetHeld(Refusal):
    """This meeting begins at {starts}; its outcome can be recorded from then on."""


class MeetingHasBegun(Refusal):
    """This meeting began at {starts} and can no longer be cancelled; record its outcome instead."""


class NothingPublished(Refusal):
    """No meeting is published yet. Make a new timetable instead."""


class ChangedSinceLooked(Refusal):
    """The timetable has changed since you opened this page: now {now} meetings would change. Look again."""


class TooManySheets(Refusal):
    """{people} people are too many for one PDF: take the sub-groups one by one, or print the page."""


class NoSlots(Refusal):
    """There are no meeting slots yet; open them first."""


class PublishedMeetingsClash(Refusal):
    """The meetings already published cannot all be kept: {why}."""
