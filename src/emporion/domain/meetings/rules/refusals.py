"""Why a meeting, a request, a slot or a timetable is refused."""

from __future__ import annotations

from emporion.domain.refusal import Refusal


class VisitorMayNotMeet(Refusal):
    """Visitor {visitor} is not approved, so no meetings can be arranged; approve the registration first."""


class OtherSideIsOfAnotherEdition(Refusal):
    """{visitor} and {exhibitor} take part in different editions and cannot meet."""


class OwnOrganisationNeedsNoMeeting(Refusal):
    """{organisation} is on both sides: no meeting is arranged within one organisation."""


class AlreadyAskedToMeet(Refusal):
    """{visitor} and {exhibitor} have been asked to meet already; the request is {state}."""


class AlreadyAnswered(Refusal):
    """This request is {state} already and cannot be {wanted}."""


class NotYoursToAnswer(Refusal):
    """Only the side that was asked answers a request; whoever asked may cancel it."""


class SlotsInUse(Refusal):
    """{uses} published or pinned meetings, agreed times and closed halls hang on the slots; they stay as they are."""


class SlotLengthOutOfRange(Refusal):
    """A slot lasts from {low} to {high} minutes; got {minutes}."""


class HoursDoNotRise(Refusal):
    """The hours of meetings must follow on each other, as 09:30–12:00 and 12:30–17:00; got {hours}."""


class NoSlotFits(Refusal):
    """No slot of {minutes} minutes fits into the hours {hours}: lengthen these, leave them out or shorten the slots."""


class SlotTaken(Refusal):
    """{who} has another meeting agreed for {slot}; propose another time."""


class AwayThen(Refusal):
    """{who} has said not to be there at {slot}; propose another time."""


class SlotHasBegun(Refusal):
    """{slot} has begun already; propose a later time."""


class HallClosedThen(Refusal):
    """Hall {hall} is closed to meetings at {slot}; propose another time."""


class NoSuchSlot(Refusal):
    """Slot {slot} is none of this edition's {slots} slots; they are numbered from 0."""


class DailyLimitOutOfRange(Refusal):
    """A limit of meetings in a day must be a whole number from {low} to {high}."""


class HostsOutOfRange(Refusal):
    """The hosts at a stand must be a whole number from {low} to {high}."""


class NotYetHeld(Refusal):
    """This meeting begins at {starts}; its outcome can be told from then on."""


class MeetingHasBegun(Refusal):
    """This meeting began at {starts} and cannot be cancelled any more; note its outcome instead."""


class NothingPublished(Refusal):
    """No meeting is published yet. Make a new timetable instead."""


class ChangedSinceLooked(Refusal):
    """Something has happened since you looked: now {now} meetings would change. Look again."""


class NoSlots(Refusal):
    """There are no slots to meet in; open them first."""


class PublishedMeetingsClash(Refusal):
    """The meetings already published cannot all be kept: {why}."""
