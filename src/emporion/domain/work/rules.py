"""When background work may be asked for, and how long its record is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from emporion.domain.refusal import Refusal


def _(message: str) -> str:
    """Marks a name for the catalogue; it is translated where it is shown."""
    return message


# What a worker does in the background, by kind; the name stands in lists and messages.
KINDS = {
    "allocation": _("Allocate the halls"),
    "allocation_publication": _("Publish the draft of the halls"),
    "free_booths": _("Grant the free booths in order of application"),
    "badges": _("Make the badges of approved visitors"),
    "matching": _("Make suggestions to both sides"),
    "timetable": _("Make the timetable of meetings"),
    "publication": _("Publish the timetable"),
    "replan": _("Replan the timetable"),
    "duplicates": _("List organisations that may be one"),
    "visitors_approval": _("Approve visitors"),
    "invite_visitors": _("Invite visitors to their registrations"),
    "invite_contacts": _("Invite the contacts of exhibitors"),
    "billing": _("Record contracts and issue invoices"),
    "services_invoices": _("Invoice ordered services"),
    "visitor_duplicates": _("List registrations that may be one person's"),
    "replan_preview": _("Look at what a replan would change"),
    "delegation_sheets": _("Make the PDF of a delegation's meetings"),
    "units_approval": _("Approve units"),
    "units_rejection": _("Reject units with their people"),
    "units_review": _("Review units again"),
    "visitors_rejection": _("Reject visitors"),
    "visitors_review": _("Review visitors again"),
    "visitors_badges": _("Make the badges of chosen visitors"),
    "visitors_invitation": _("Invite chosen visitors to their registrations"),
    "applications_approval": _("Approve applications"),
    "applications_rejection": _("Reject applications"),
    "applications_reopening": _("Review applications again"),
    "contracts": _("Sign contracts with applicants"),
    "contacts_invitation": _("Invite the contacts of chosen applications"),
    "free_booth_grants": _("Grant free booths to chosen exhibitors"),
    "stands_locking": _("Lock stands"),
    "stands_unlocking": _("Unlock stands"),
    "organisation_pairs_merge": _("Merge organisations"),
    "organisation_pairs_apart": _("Keep organisations apart"),
    "visitor_pairs_merge": _("Merge registrations"),
    "visitor_pairs_apart": _("Keep registrations apart"),
    "list_check": _("Check a list"),
    "list_import": _("Import a list"),
    "group_message": _("Send a message to a group"),
    "list_export": _("Write a list to a file"),
}
# What only reads need not wait for what writes.
READING = frozenset({"replan_preview", "delegation_sheets", "list_export"})

# What was done is of use until everybody has seen it; what failed until somebody has fixed it.
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)


# So many workers may end at a piece of work: it may be what ends them.
MOST_WORKERS = 3

# Whose a list is that the office does not bring: ``exhibitor/`` and a contract number, ``pavilion/`` and a code.
OF_EXHIBITOR, OF_PAVILION = "exhibitor", "pavilion"

# A list of half a million visitors has thirty; what is larger is imported by the command line.
MAX_LIST_MB = 32


class ListTooLarge(Refusal):
    """{file} has {size} MB; pages take {limit} at most. Leave out columns that nobody needs, split the list, or have it
    imported with `emporion import`."""


class TaskUnderWay(Refusal):
    """This is already in progress."""


class UnexpectedFailure(Refusal):
    """The work stopped because of an unexpected error ({fault}). Run it again. If it fails again, send the worker's
    log of that moment to the system administrator, who can also run `emporion doctor`."""


class WorkersEnded(Refusal):
    """The worker ended {times} times in the middle of this work, as it does when memory runs out. Run it again when
    less else is under way; a list can be split first. If it fails again, ask the system administrator, who can also
    run `emporion doctor`."""


class PDFLibraryMissing(Refusal):
    """The server cannot make PDFs because the Pango library is missing. Print the page instead, or ask whoever runs
    this installation to install Pango."""


class TaskNotFailed(Refusal):
    """Only work that has failed can be run again."""


def key_of(kind: str, edition: int | None, arguments: Mapping[str, Any]) -> str:
    """The same for the same work: its kind, the edition's key, and a digest of its arguments."""
    digest = hashlib.sha256(json.dumps(arguments, sort_keys=True).encode()).hexdigest()[:32]
    return f"{kind}:{edition or ''}:{digest if arguments else ''}"


def locks_of(pk: int, kind: str, edition: int | None) -> dict[str, str]:
    """The locks of a task's job: work that writes for one edition runs one after another; one job is for one task."""
    writing = f"edition-{edition}" if edition else "installation"
    return {"lock": f"task-{pk}" if kind in READING else writing, "queueing_lock": f"task-{pk}"}


def require_list_size(file: str, size: int) -> None:
    """``size`` in bytes. Raises: ListTooLarge."""
    if size > MAX_LIST_MB * 2**20:
        raise ListTooLarge(file=file, size=-(-size // 2**20), limit=MAX_LIST_MB)
