"""Words that rules fill into their sentences by value: states, actions and phases in the middle of a sentence."""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a word for the catalogue; it is translated where a sentence is written."""
    return message


WORDS = frozenset({
    # Of applications, registrations and requests.
    _("draft"), _("submitted"), _("registered"), _("approved"), _("rejected"), _("withdrawn"), _("under contract"),
    _("changed"), _("pending"), _("accepted"), _("declined"), _("cancelled"),
    # Of phases.
    _("exhibitors apply"), _("applications are reviewed"), _("contracts are signed"), _("booths are allocated"),
    _("visitors register"), _("suggestions are made"), _("meetings are requested and answered"), _("the show is open"),
    _("deals are recorded and confirmed"),
})  # fmt: skip
