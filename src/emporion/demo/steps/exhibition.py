"""From the opened edition to stands with products on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from emporion.demo import calendar, exhibitors, halls, products
from emporion.demo.steps import billing
from emporion.demo.steps.fair import Fair, Progress, Step
from emporion.domain.accounts.actions import open_vouched_account
from emporion.domain.booths.actions import allocate, grant_free_booths, set_construction_rules
from emporion.domain.booths.construction import ConstructionRules
from emporion.domain.catalogue.actions.eligibility import store_eligibility
from emporion.domain.editions.actions import open_edition
from emporion.domain.exhibitors.actions import approve_all, reject, sign_contracts
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext

PEOPLE = (
    ("organiser@emporion.example", "Organiser", True),
    ("exhibitor@emporion.example", "Exhibitor", False),
    ("buyer@emporion.example", "Buyer", False),
)
PASSWORD = "harbour"
# Height, decks and open sides as the fourth China International Import Expo asked of stands in 2021
# (http://www.wcxzbtb.cn/news/2021101114371017.html); the width of a main aisle is invented. Fire lanes from all doors
# would cut these halls into pieces shorter than their pavilions, so none are set.
RULES = ConstructionRules(height_m=Decimal(6), decks=2, single_on_main=True, open_faces=2, main_aisle_m=6.0)
RULES_SOURCE = "Booth rules of the 4th CIIE, 2021; the width of a main aisle is invented"


@dataclass(frozen=True)
class Earlier:
    """One row of the list of an earlier edition's exhibitors."""

    name: str
    country: str
    registered_number: str
    sector: str


def open_fair(fair: Fair, progress: Progress) -> None:
    """People who sign in, and the edition with its areas and phases."""
    for email, name, staff in PEOPLE:
        person = open_vouched_account(email, name=name, password=PASSWORD)
        person.is_superuser = staff
        person.save(update_fields=["is_superuser"])
    open_edition(
        fair.edition,
        areas=calendar.AREAS,
        phases=calendar.PHASES,
        free_booth_quota=fair.size.free_booth_quota,
        context=ActionContext(calendar.moment(1, 1), fair.organiser),
    )


def take_applications(fair: Fair, progress: Progress) -> None:
    """The exhibitors' spreadsheet."""
    fair.take("exhibitors", fair.applicants, calendar.APPLIED, progress)


def take_the_edition_before(fair: Fair, progress: Progress) -> None:
    """The list of the fifth edition's exhibitors: those who come again, and those who do not."""
    again = [one for one in fair.contracted if 5 in one.earlier_editions and not one.main]
    fair.take("participations", _before(fair, again), calendar.APPLIED, progress, edition=5)


def _before(fair: Fair, again: list[exhibitors.Applicant]) -> list[Earlier]:
    """Focus sectors of the edition before have the sizes that the published growth follows from."""
    rng = np.random.default_rng([fair.seed, 9])
    wanted = {sector: exhibitors.focus_counts(fair.size, sector)[1] for sector in exhibitors.FOCUS}
    rows, left = [], Counter(wanted)
    for one in again:
        sector = one.sector
        if sector in wanted:
            # Those beyond the sector's size in the edition before showed something else of their area then.
            sector = sector if left[sector] > 0 else one.area
            left[one.sector] -= 1 if sector == one.sector else 0
        rows.append(Earlier(one.name, one.country, one.registered_number, sector))
    missing = [sector for sector, number in left.items() for _ in range(number)]
    general = list(exhibitors.AREAS)
    missing += [general[index] for index in rng.integers(len(general), size=_gone(fair, rows, missing))]
    return rows + [_gone_since(fair, index, sector) for index, sector in enumerate(missing)]


def _gone(fair: Fair, rows: list[Earlier], missing: list[str]) -> int:
    return max(0, fair.size.exhibitors_before - len(rows) - len(missing))


def _gone_since(fair: Fair, index: int, sector: str) -> Earlier:
    lands = [land for land in fair.lands if not land.international]
    land = lands[index % len(lands)]
    return Earlier(f"Formerly {land.code} {index + 1:04d} Trading", land.code, "", sector)


def review(fair: Fair, progress: Progress) -> None:
    """Applications that name no contact are rejected with that reason; the others are approved and sign."""
    edition, actor = fair.edition, fair.organiser
    for application in Application.objects.filter(edition=edition, state="submitted", contact_email=""):
        reject(application, reason="The application names no contact.", context=ActionContext(calendar.REVIEWED, actor))
    approve_all(edition, context=ActionContext(calendar.REVIEWED, actor))
    sign_contracts(edition, day=calendar.SIGNED.date(), context=ActionContext(calendar.SIGNED, actor))


def grant_booths(fair: Fair, progress: Progress) -> None:
    """Free booths for least developed countries, within the quota."""
    grant_free_booths(
        fair.edition, day=calendar.GRANTED.date(), context=ActionContext(calendar.GRANTED, fair.organiser)
    )


def take_halls(fair: Fair, progress: Progress) -> None:
    """The halls' spreadsheet; areas are given halls by the space their exhibitors asked for."""
    net = Counter({area.code: 0 for area in calendar.AREAS})
    for one in fair.contracted:
        net[one.area] += one.area_m2
    fair.take("halls", halls.floors(fair.size, net), calendar.GRANTED, progress)


def place_stands(fair: Fair, progress: Progress) -> None:
    """The rules of construction are set, and every contract gets its stand from the optimiser."""
    set_construction_rules(
        fair.edition, RULES, source=RULES_SOURCE, context=ActionContext(calendar.GRANTED, fair.organiser)
    )
    allocate(
        fair.edition,
        context=ActionContext(calendar.ALLOCATED, fair.organiser),
        seed=fair.seed,
        executor=fair.executor,
        progress=progress,
    )


def take_products(fair: Fair, progress: Progress) -> None:
    """The products' spreadsheet, debuts marked; what the host's tariff says of each is looked up once."""
    fair.take("products", products.shown(fair.size, fair.contracted, fair.seed), calendar.LISTED, progress)
    store_eligibility(fair.edition)


STEPS = (
    Step("Open the edition", open_fair),
    billing.PRICE,
    Step("Take applications", take_applications),
    Step("Take the list of the edition before", take_the_edition_before),
    Step("Review and sign contracts", review),
    Step("Grant free booths", grant_booths),
    billing.BILL,
    Step("Take the halls", take_halls),
    Step("Allocate stands", place_stands),
    Step("Take products and debuts", take_products),
)
