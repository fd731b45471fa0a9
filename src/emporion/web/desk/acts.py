"""What may be done to many records of a list at once, each by background work of a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from emporion.domain.desk.queries import effects
from emporion.domain.desk.queries.effects import Foreseen


@dataclass(frozen=True)
class BulkAction:
    """Something done to many records: the background work that does it, and what it would do.

    ``title`` is what its button in the list says, ``consequence`` what it does to how many. ``reason``: the staff give
    one, and those whom it concerns read it. ``key``: the key that chooses it. ``sends_message``: they get a message.
    ``final``: it cannot be taken back.
    """

    kind: str
    title: str | Promise
    consequence: Callable[[int], str]
    foreseen: Foreseen
    reason: bool = False
    key: str = ""
    sends_message: bool = True
    final: bool = False

    def button(self, count: int) -> str:
        """What the button says that does it to so many."""
        return self.consequence(count) % {"count": count}


APPLICATIONS = {
    "approve": BulkAction(
        "applications_approval", gettext_lazy("Approve"),
        lambda count: ngettext("Approve %(count)d application", "Approve %(count)d applications", count),
        effects.approval_of_applications, key="a",
    ),
    "reject": BulkAction(
        "applications_rejection", gettext_lazy("Reject …"),
        lambda count: ngettext("Reject %(count)d application", "Reject %(count)d applications", count),
        effects.move_of_applications("rejected", "rejected"), reason=True, key="r",
    ),
    "review": BulkAction(
        "applications_reopening", gettext_lazy("Review again"),
        lambda count: ngettext("Review %(count)d application again", "Review %(count)d applications again", count),
        effects.move_of_applications("reopened", "submitted"),
    ),
    "sign": BulkAction(
        "contracts", gettext_lazy("Sign contracts"),
        lambda count: ngettext("Sign %(count)d contract", "Sign %(count)d contracts", count),
        effects.contracts_of_applications, sends_message=False,
    ),
}  # fmt: skip
UNITS = {
    "approve": BulkAction(
        "units_approval", gettext_lazy("Approve"),
        lambda count: ngettext("Approve %(count)d unit", "Approve %(count)d units", count),
        effects.move("approved", "registered", "rejected"), key="a", sends_message=False,
    ),
    "reject": BulkAction(
        "units_rejection", gettext_lazy("Reject …"),
        lambda count: ngettext(
            "Reject %(count)d unit with its people", "Reject %(count)d units with their people", count
        ),
        effects.move("rejected", "registered", "approved"), reason=True, key="r", sends_message=False,
    ),
    "review": BulkAction(
        "units_review", gettext_lazy("Review again"),
        lambda count: ngettext("Review %(count)d unit again", "Review %(count)d units again", count),
        effects.move("registered", "approved", "rejected"), sends_message=False,
    ),
}  # fmt: skip
VISITORS = {
    "approve": BulkAction(
        "visitors_approval", gettext_lazy("Approve"),
        lambda count: ngettext("Approve %(count)d visitor", "Approve %(count)d visitors", count),
        effects.approval_of_visitors, key="a",
    ),
    "reject": BulkAction(
        "visitors_rejection", gettext_lazy("Reject …"),
        lambda count: ngettext("Reject %(count)d visitor", "Reject %(count)d visitors", count),
        effects.move("rejected", "registered", "approved"), reason=True, key="r",
    ),
    "review": BulkAction(
        "visitors_review", gettext_lazy("Review again"),
        lambda count: ngettext("Review %(count)d visitor again", "Review %(count)d visitors again", count),
        effects.review_again_of_visitors,
    ),
    "badges": BulkAction(
        "visitors_badges", gettext_lazy("Make badges"),
        lambda count: ngettext("Make %(count)d badge", "Make %(count)d badges", count),
        effects.badges_of_visitors, sends_message=False,
    ),
    "invite": BulkAction(
        "visitors_invitation", gettext_lazy("Invite"),
        lambda count: ngettext("Invite %(count)d visitor", "Invite %(count)d visitors", count),
        effects.invitation_of_visitors,
    ),
}  # fmt: skip
