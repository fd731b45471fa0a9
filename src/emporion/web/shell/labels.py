"""What the public site calls the kinds and states that records carry, in words to be translated."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from emporion.domain.admission.models import Badge
from emporion.domain.booths.models import Stand
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.programme.models import Session
from emporion.web.shell.states import DEAL_KINDS, OWNERSHIPS, REQUEST, WISHES

DEBUTS = {
    Debut.Kind.WORLD.value: _("World debut"),
    Debut.Kind.ASIA.value: _("Asian debut"),
    Debut.Kind.HOST.value: _("Debut in the host's market"),
}
PRODUCT_KINDS = {
    Product.Kind.PRODUCT.value: _("Product"),
    Product.Kind.TECHNOLOGY.value: _("Technology"),
    Product.Kind.SERVICE.value: _("Service"),
}
SESSIONS = {
    Session.Kind.FORUM.value: _("Forum"),
    Session.Kind.SUPPORTING.value: _("Supporting event"),
    Session.Kind.LAUNCH.value: _("Product launch"),
    Session.Kind.SIGNING.value: _("Signing ceremony"),
}
STANDS = {
    Stand.Kind.STANDARD.value: _("Standard booth"),
    Stand.Kind.SPECIAL.value: _("Special-built booth"),
}
OPEN_SIDES = {
    1: _("row, one open side"),
    2: _("corner, two open sides"),
    3: _("peninsula, three open sides"),
    4: _("island, four open sides"),
}
# What the parts of a hall's floor are, besides stands.
FLOOR_PLACES = {
    "lounge": _("Lounge"),
    "stage": _("Stage"),
    "check_in": _("Check-in"),
    "service": _("Service desk"),
    "cafe": _("Café"),
    "first_aid": _("First aid"),
    "toilets": _("Toilets"),
    "lift": _("Lift"),
    "stairs": _("Stairs"),
    "escalator": _("Escalator"),
    "closed": _("Closed area"),
}
QUALIFIERS = {"": "", "about": _("about"), "over": _("over"), "under": _("just under")}
SCOPES = {
    "all": _("all exhibitions"),
    "country": _("country exhibition"),
    "enterprise": _("enterprise exhibition"),
    "indoor": _("halls indoors"),
    "outdoor": _("grounds outdoors"),
    "business+country": _("enterprise and country exhibition, in- and outdoors"),
}
# Sources of published figures that are told in words; an address stands as it is.
SOURCES = {
    "public news pages on the editions, compiled 2026-11": _(
        "Public news pages on the editions, compiled in November 2026"
    ),
    "cctv.com 2023: 69 countries and 3 international organisations": _(
        "69 countries and 3 international organisations (cctv.com 2023)"
    ),
}
PASSES = {
    Badge.Kind.EXHIBITOR.value: _("Exhibitor's staff"),
    Badge.Kind.PRESS.value: _("Press"),
    Badge.Kind.ORGANISER.value: _("Organiser's staff"),
    Badge.Kind.CONTRACTOR.value: _("Service firm"),
}
KINDS = (DEBUTS, PRODUCT_KINDS, SESSIONS, DEAL_KINDS, STANDS, PASSES)
# What the keys of breakdowns and of rows behind figures are called that no record names, by dimension.
PARTS = {
    **{("state", key): state.words for key, state in REQUEST.items()},
    **{("ownership", key): name for key, name in OWNERSHIPS.items()},
    **{("wish", key): name for key, name in WISHES.items()},
    **{("kind", key): name for kinds in KINDS for key, name in kinds.items()},
}
GROUPS = {
    "participation": _("Who takes part"),
    "space": _("Space and stands"),
    "visiting": _("Visitors"),
    "showing": _("What is shown"),
    "meeting": _("Meetings"),
    "turnover": _("Turnover and investment"),
    "sectors": _("Focus sectors"),
}
DIMENSIONS = {
    "area": _("By exhibition area"),
    "country": _("By country or region"),
    "origin": _("By origin"),
    "hall": _("By hall"),
    "delegation": _("By trading group"),
    "ownership": _("By buyers' ownership"),
    "sector": _("By sector"),
    "kind": _("By kind"),
    "state": _("By state"),
    "day": _("By day"),
    "years": _("By the years over which it was made"),
}
# The figures of the first page, each in the scope in which it is published.
HEADLINE = (
    ("participants", "all"),
    ("exhibitors", "enterprise"),
    ("area_gross_m2", "indoor"),
    ("debuts", "all"),
    ("visitors_registered", "all"),
    ("intended_turnover", "all"),
)
CHART_TITLES = {
    "origins": _("Where exhibitors come from"),
    "sectors": _("Focus sectors, change on the edition before"),
}
