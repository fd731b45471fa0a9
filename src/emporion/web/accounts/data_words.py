"""What the parts of a person's recorded data are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Promise] = {
    "email": _("E-mail address"),
    "name": _("Name"),
    "name_latin": _("Name in Latin letters"),
    "language": _("Language"),
    "confirmed_addresses": _("Confirmed addresses"),
    "edition": _("Edition"),
    "country": _("Country or region"),
    "number": _("Number"),
    "phone": _("Telephone number"),
    "document": _("Identity document"),
    "position": _("Position"),
    "sectors": _("Sectors of interest"),
    "hs_headings": _("HS headings"),
    "days": _("Days on which you come"),
    "state": _("State"),
    "review": _("What the delegation's leader said"),
    "consent": _("What exhibitors may have"),
    "registered": _("Registered on"),
    "decided": _("Decided"),
    "reason": _("Reason"),
    "unit": _("Unit"),
    "delegation": _("Delegation"),
    "badge": _("Badge"),
    "entries": _("Entries"),
    "questions": _("Questions of the organiser"),
    "consents": _("Consents given"),
    "meetings": _("Meetings"),
    "marks": _("Favourites and declines"),
    "sessions": _("Sessions chosen"),
    "roles": _("Roles"),
    "path": _("Place in the tree of delegations"),
    "since": _("Since"),
    "kind": _("Kind"),
    "address": _("Address"),
    "sent": _("Sent"),
    "accepted": _("Accepted"),
}
