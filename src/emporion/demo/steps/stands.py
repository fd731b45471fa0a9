"""What exhibitors prepare before the show: designs of special-built stands, orders, and who works there."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from emporion.demo import calendar
from emporion.demo.steps.fair import Fair, Progress, Step
from emporion.domain.admission.actions import set_pass_rules
from emporion.domain.admission.models import Badge, StaffMember
from emporion.domain.admission.rules.staffing import USUAL_BANDS
from emporion.domain.booths.construction import Built
from emporion.domain.designs.actions import decide_design, hand_in_design
from emporion.domain.designs.queries import builders
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.services.actions import ServiceFacts, offer_service
from emporion.domain.services.models import OrderLine, Service

# code, category, English, Chinese, unit in both, price in dollars
OFFERED = (
    ("power-3kw", "power", "Power, 3 kW", "电力 3 千瓦", "connection", "处", "160"),
    ("power-15kw", "power", "Power, 15 kW", "电力 15 千瓦", "connection", "处", "520"),
    ("water", "water", "Water and drain", "给排水", "connection", "处", "240"),
    ("air", "water", "Compressed air", "压缩空气", "connection", "处", "310"),
    ("internet", "network", "Internet, 50 Mbit/s", "宽带 50 兆", "line", "条", "280"),
    ("table", "furniture", "Meeting table", "洽谈桌", "piece", "张", "25"),
    ("chair", "furniture", "Chair", "椅子", "piece", "把", "8"),
    ("showcase", "furniture", "Glass showcase", "玻璃展柜", "piece", "个", "110"),
    ("rigging", "rigging", "Rigging point, up to 150 kg", "吊点（150 公斤以内）", "point", "个", "190"),
    ("cleaning", "staff", "Stand cleaning", "展位保洁", "day", "天", "35"),
)
# What becomes of the first designs by contract number; nobody draws more for a demonstration.
DECISIONS = ("approved", "approved", "changes", "submitted", "approved", "rejected", "submitted", "approved")
DRAWING = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 420]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length 44>>stream\n60 60 475 300 re S 60 60 120 300 re S 300 60 m\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def prepare_stands(fair: Fair, progress: Progress) -> None:
    """Services offered and ordered, the first designs with their decisions, staff with their passes."""
    _set_rules(fair)
    _order(fair, _offer(fair))
    _draw(fair)
    _register(fair)


def _set_rules(fair: Fair) -> None:
    edition, day = fair.edition, timedelta(days=1)
    set_pass_rules(
        edition,
        USUAL_BANDS,
        build_up=(edition.first_day - 5 * day, edition.first_day - day),
        dismantling=(edition.last_day, edition.last_day + 2 * day),
        context=ActionContext(calendar.SIGNED, fair.organiser),
    )


def _offer(fair: Fair) -> list[Service]:
    context, open_until = ActionContext(calendar.SIGNED, fair.organiser), calendar.LISTED
    known = set(Service.objects.filter(edition=fair.edition).values_list("code", flat=True))
    for code, category, name_en, name_zh, unit_en, unit_zh, price in OFFERED:
        if code not in known:
            facts = ServiceFacts(
                code=code, category=category, name_en=name_en, name_zh=name_zh, unit_en=unit_en, unit_zh=unit_zh,
                price=Decimal(price), deadline=open_until, closes=calendar.BADGED, surcharge_percent=50,
            )  # fmt: skip
            offer_service(fair.edition, facts, context=context)
    return list(Service.objects.filter(edition=fair.edition).order_by("code"))


def _order(fair: Fair, services: list[Service]) -> None:
    """Who builds a stand orders two services, by its place in the list; four in five have."""
    lines = []
    for place, exhibitor in enumerate(builders(fair.edition).order_by("number")):
        if place % 5:
            for step, quantity in ((0, 1 + place % 2), (3, 2 + place % 7)):
                service = services[(place + step) % len(services)]
                lines.append(
                    OrderLine(
                        exhibitor=exhibitor, service=service, quantity=quantity, price=service.price,
                        ordered=calendar.ALLOCATED,
                    )
                )  # fmt: skip
    OrderLine.objects.bulk_create(lines, batch_size=2000, ignore_conflicts=True)


def _draw(fair: Fair) -> None:
    handed_in, decided = ActionContext(calendar.ALLOCATED), ActionContext(calendar.LISTED, fair.organiser)
    first = builders(fair.edition).select_related("organisation", "application", "edition__venue").order_by("number")
    for exhibitor, decision in zip(first, DECISIONS, strict=False):
        built = Built(Decimal("6.5" if decision == "changes" else "5.5"), 1)
        design = hand_in_design(exhibitor, [("stand.pdf", DRAWING)], built=built, context=handed_in)
        if decision != "submitted" and design.decided is None:
            reason = "" if decision == "approved" else "The structure is higher than 6 m. 结构高度超过 6 米。"
            due = calendar.REGISTERED.date() if decision == "changes" else None
            decide_design(design, decision, seen=design.version, reason=reason, due=due, context=decided)


def _register(fair: Fair) -> None:
    """Those who have an exhibitor's pass are on their exhibitor's list."""
    passes = Badge.objects.filter(edition=fair.edition, kind=Badge.Kind.EXHIBITOR, staff_member=None)
    exhibitors = Exhibitor.objects.filter(edition=fair.edition).in_bulk()
    people = [
        StaffMember(exhibitor=exhibitors[owner], kind=StaffMember.Kind.STAFF, name=name, registered=calendar.BADGED)
        for owner, name in passes.values_list("exhibitor", "holder")
    ]
    StaffMember.objects.bulk_create(people, batch_size=5000, ignore_conflicts=True)
    known = dict(StaffMember.objects.filter(exhibitor__edition=fair.edition).values_list("pk", "exhibitor"))
    members = {(known[one.pk], one.name): one.pk for one in StaffMember.objects.filter(pk__in=known)}
    owned = list(passes)
    for badge in owned:
        badge.staff_member_id = members[badge.exhibitor_id or 0, badge.holder]
    Badge.objects.bulk_update(owned, ["staff_member"], batch_size=2000)


STEPS = (Step("Prepare stands", prepare_stands),)
