"""The lists of the desk by their keys, as their pages show them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries import lists
from emporion.domain.staff.rules import GATE, REGISTRATION, REVIEWER
from emporion.web.desk import acts, filters
from emporion.web.desk.kinds import KINDS
from emporion.web.desk.shown import Shown
from emporion.web.shell.states import APPLICATION, REGISTRATION_OF_UNIT
from emporion.web.shell.states import REGISTRATION as REGISTRATION_STATES

QUEUES = {
    "applications": Shown(
        lists.APPLICATIONS, gettext_lazy("Applications"), gettext_lazy("Organisation or registered number"),
        APPLICATION, "submitted", (filters.AREA, filters.COUNTRY, filters.STAND, filters.ASKS),
        filters.APPLICATION_COLUMNS, acts.APPLICATIONS, (REVIEWER,),
    ),
    "units": Shown(
        lists.UNITS, gettext_lazy("Visiting units"), gettext_lazy("Organisation"), REGISTRATION_OF_UNIT, "registered",
        (filters.DELEGATION, filters.SIZE, filters.ASKED), filters.UNIT_COLUMNS, acts.UNITS, (REGISTRATION,),
    ),
    "visitors": Shown(
        lists.VISITORS, gettext_lazy("Visitors"), gettext_lazy("Name, number, e-mail address or organisation"),
        REGISTRATION_STATES, "registered",
        (filters.COUNTRY, filters.DELEGATION, filters.UNIT, filters.BADGE, filters.ASKED),
        filters.VISITOR_COLUMNS, acts.VISITORS, (REGISTRATION, GATE),
    ),
    **{kind.shown.queue.key: kind.shown for kind in KINDS},
}  # fmt: skip
