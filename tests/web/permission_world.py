"""The world in which the permission table is walked: one of everything, and one person of every kind.

Visitor V of a delegation meets exhibitor A, whose deal waits for her; exhibitor B has a co-exhibitor; a leader acts
for the unit that leads V's delegation. Every record that stands in an address is V's, A's or the fair's.
"""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.utils import timezone

from emporion.domain.accounts.actions import open_vouched_account
from emporion.domain.accounts.models import User
from emporion.domain.admission.models import MorePasses, StaffMember
from emporion.domain.billing.actions import enter_payment, issue_invoices, record_contracts
from emporion.domain.billing.models import Contract, Document, Invoice
from emporion.domain.booths.queries import hall_plan
from emporion.domain.catalogue.actions import add_picture
from emporion.domain.catalogue.models import Product
from emporion.domain.deals.models import Deal, Investment
from emporion.domain.designs.models import DesignFile, DesignVersion, StandDesign
from emporion.domain.desk.actions import begin_message
from emporion.domain.drafts.models import PlanVersion
from emporion.domain.editions.rules.floors import rectangle
from emporion.domain.exhibitors.models import ApplicationPaper, ApplicationQuestion, Pavilion
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import CalendarLink, DelegationLink
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import opt_out_token
from emporion.domain.organisations.actions import appoint, claim_organisation
from emporion.domain.organisations.models import LikelyDuplicate, Organisation
from emporion.domain.people.actions import invite_colleague, invite_member, invite_staff, invite_visitor
from emporion.domain.people.models import Invitation
from emporion.domain.plans.actions.drawings import bring_drawing, propose_plan
from emporion.domain.plans.models import PlanDrawing
from emporion.domain.plans.rules.differences import Proposal, ProposedStand
from emporion.domain.programme.models import Session
from emporion.domain.reference.models import HSCode
from emporion.domain.selling.models import Drawing, StandSale
from emporion.domain.services.models import Service
from emporion.domain.staff.actions import grant_role
from emporion.domain.staff.rules import ROLES
from emporion.domain.stored_files import fill
from emporion.domain.uploads import PDF
from emporion.domain.visitors.actions import appoint_leader, list_likely_visitors
from emporion.domain.visitors.models import LikelyVisitorDuplicate, PurchaseNeed, RegistrationQuestion, Visitor
from emporion.domain.work.actions import create_task, upload_list
from emporion.domain.work.models import TaskDocument
from emporion.domain.work.rules import OF_EXHIBITOR, OF_PAVILION
from emporion.web.accounts.claim import claim_token
from tests import fair as open_today
from tests import make
from tests.domain.billing.prices import make_prices
from tests.domain.catalogue.drawing import make_picture


class World:
    """The records by their names, as the table's parameters name them: ``a.organisation_id``, ``meeting.pk``."""

    def __init__(self) -> None:
        now = timezone.now()
        self.context = ActionContext(now)
        self.edition = open_today.open_fair()
        self.fair = self.edition.fair
        self.fair.colour = "#0b6e6e"
        self.fair.save()
        self.other_fair = make.make_fair("accra")
        self.a, self.a_user = open_today.make_seller(self.edition, "Shea du Bénin", "BJ")
        self.b, self.b_user = open_today.make_seller(self.edition, "Aurora Valves", "DE")
        self.co = make.make_exhibitor(self.edition, "Aurora Pumps", "DE", main=self.b)
        self.co_user = open_today.speak_for(self.co.organisation, "co@aurora.example")
        self.colleague_user = open_vouched_account("colleague@shea.example")
        self.colleague = appoint(self.a.organisation, self.colleague_user, roles=["deals"], context=self.context)
        self.hall = self.edition.halls.get()
        self.stand = self.a.occupancy.stand
        self._make_visitors()
        self._make_meetings()
        self._make_records()
        self._make_papers()
        self.plan_drawing = self._bring_drawing()
        self._invite()
        self.staff = {role: self._staff(role) for role in ROLES}
        self.gate_role = self.staff["gate"].staff_roles.get()

    def _make_visitors(self) -> None:
        self.visitor, self.visitor_user = open_today.make_buyer(self.edition)
        self.other_visitor, self.other_user = open_today.make_buyer(self.edition, "Li Wei", "Ningbo Foods")
        self.unit = self.visitor.unit
        self.delegation = make.make_delegation(self.edition, "07")
        self.unit.delegation = self.delegation
        self.unit.save()
        leading = make.make_unit(self.edition, "Shanghai Bureau", delegation="07")
        self.leader_user = open_today.speak_for(leading.organisation, "leader@bureau.example")
        appoint_leader(self.delegation, self.leader_user, context=self.context)
        sub_group = make.make_delegation(self.edition, "07.031")
        self.sub_leader = appoint_leader(sub_group, self.other_user, context=self.context)
        self.listed = make.make_visitor(self.edition, "Zhao Min", self.unit)
        Visitor.objects.filter(pk=self.listed.pk).update(email="zhao@foods.example")
        self.listed.refresh_from_db()
        before = make.make_edition(5, fair=self.fair)
        self.visit_with_address = make.make_visitor(before, "Wang Lan")
        Visitor.objects.filter(pk=self.visit_with_address.pk).update(email=self.visitor_user.email)
        make.make_visitor(self.edition, "Zhao Min", self.unit)
        list_likely_visitors(self.edition, context=self.context)
        self.double = LikelyVisitorDuplicate.objects.get()

    def _make_meetings(self) -> None:
        open_today.suggest_all([self.a, self.b], [self.visitor, self.other_visitor])
        self.meeting = open_today.meet(self.visitor, self.a, 10)
        self.request = open_today.make_request(self.visitor, self.b)
        self.pending = open_today.make_request(self.other_visitor, self.a)
        self.pending_of_a = open_today.make_request(self.listed, self.a, by_exhibitor=True)
        self.proposed = open_today.make_request(self.visitor, self.co, by_exhibitor=True)
        self.calendar = CalendarLink.objects.create(visitor=self.visitor, token="calendar-token", made=self.context.at)
        self.sheets = DelegationLink.objects.create(
            delegation=self.delegation, token="sheets-token", made=self.context.at
        )

    def _make_records(self) -> None:
        self.product: Product = make.make_product(self.a, "Shea butter", debut="asia")
        self.deal = Deal.objects.create(
            edition=self.edition, number="D1", exhibitor=self.a, buyer=self.unit, amount=Decimal(1000),
            currency=make.make_currency("USD"), signed=self.edition.first_day, kind="goods",
            exhibitor_confirmed=self.context.at,
        )  # fmt: skip
        self.session_day = self.context.at.astimezone(self.edition.zone).date()
        self.session = Session.objects.create(
            edition=self.edition, number="S1", kind="forum", title_en="Open markets", title_zh="开放市场",
            starts=self.context.at, ends=self.context.at + timedelta(hours=1), hall=self.hall,
        )  # fmt: skip
        make.make_published(6, "exhibitors", "all", "3400", "exhibitors")
        make.make_badge(self.edition, visitor=self.visitor)
        make.make_free_booth(self.a)
        self.task = create_task("allocation", self.edition, {}, context=self.context)
        self.group_message = begin_message(self.edition, "visitors", {}, context=self.context)
        self.opt_out_token = opt_out_token(self.fair, "reader@foods.example")
        export = {"queue": "visitors", "filter": {}, "format": "parquet", "language": "en"}
        self.task_of_file = create_task("list_export", self.edition, export, context=self.context)
        TaskDocument.objects.create(task=self.task_of_file, name="v.csv", content_type="text/csv", content=b"name")
        self.list = upload_list(self.edition, "halls", "halls.csv", b"code", context=self.context)
        self.members = upload_list(
            self.edition, "members", "people.csv", b"name", path=self.delegation.path, context=self.context
        )
        self._make_pavilion()
        drawing = make_picture(8, 6)
        self.picture = add_picture(self.product, "b.png", drawing, alt_en="A jar.", context=self.context)
        for brought in (self.list, self.members, self.product_list, self.pavilion_list):
            arguments = {"list": brought.pk, "language": "en"}
            check = create_task("list_check", self.edition, arguments, context=self.context)
            TaskDocument.objects.create(task=check, name=brought.name, content_type="text/csv", content=b"code")
        make.make_international("un"), make.make_sector("food")
        HSCode.objects.create(code="15", level=2, title_en="Fats", title_zh="油脂", section="III")
        self.question = ApplicationQuestion.objects.create(
            application=self.a.application, text="Which licence?", asked=self.context.at
        )
        self.paper = ApplicationPaper(edition=self.edition, organisation=self.a.organisation, kind="licence")
        fill(self.paper, "licence.pdf", b"%PDF-1.7 %%EOF", PDF, at=self.context.at)
        self.paper.save()
        self.service = Service.objects.create(
            edition=self.edition, code="power", category="power", name_en="Power", unit_en="socket", price=1,
            currency=self.edition.currency, deadline=self.context.at, closes=self.context.at,
        )  # fmt: skip
        self.design = StandDesign.objects.create(exhibitor=self.a, version=1, handed_in=self.context.at)
        version = DesignVersion.objects.create(design=self.design, number=1, handed_in=self.context.at)
        self.drawing = DesignFile(version=version)
        fill(self.drawing, "plan.pdf", b"%PDF-1.7 %%EOF", PDF, at=self.context.at)
        self.drawing.save()
        plan = hall_plan(self.hall).geojson
        self.plan_version = PlanVersion.objects.create(hall=self.hall, number=1, at=self.context.at, plan=plan)
        StandSale.objects.create(stand=self.stand, state="confirmed", application=self.a.application)
        self.draw = Drawing.objects.create(edition=self.edition, at=self.context.at)
        self.member = StaffMember.objects.create(
            exhibitor=self.a, kind="staff", name="Ada Adjovi", registered=self.context.at
        )
        self.more_passes = MorePasses.objects.create(
            exhibitor=self.a, kind="staff", passes=2, reason="Tasting", asked=self.context.at
        )
        self.visitor_question = RegistrationQuestion.objects.create(
            visitor=self.visitor, text="Which goods?", asked=self.context.at
        )
        self.unit_question = RegistrationQuestion.objects.create(unit=self.unit, text="Whose?", asked=self.context.at)
        self.need = PurchaseNeed.objects.create(unit=self.unit, number="1", text="Shea butter")
        Investment.objects.create(
            number="I1", organisation=self.a.organisation, first_year=2020, last_year=2024, amount=1,
            currency=make.make_currency("USD"), announced=self.edition.first_day,
        )  # fmt: skip
        twin = Organisation.objects.create(name="Shea du Benin", name_key="shea-twin", country_id="BJ")
        self.organisation_double = LikelyDuplicate.objects.create(first=self.a.organisation, second=twin, why="alike")

    def _make_pavilion(self) -> None:
        """A manages the pavilion in which its own application and nobody else's stands."""
        self.pavilion = Pavilion.objects.create(
            edition=self.edition, code="BJ", name_en="Benin", name_zh="贝宁", area=self.a.area,
            manager=self.a.organisation,
        )  # fmt: skip
        self.a.application.pavilion = self.pavilion
        self.a.application.save()
        paths = (f"{OF_EXHIBITOR}/{self.a.number}", f"{OF_PAVILION}/BJ")
        self.product_list, self.pavilion_list = (
            upload_list(self.edition, "products", "own.csv", b"name", path=path, context=self.context) for path in paths
        )

    def _bring_drawing(self) -> PlanDrawing:
        """A drawing of the hall that waits for decisions."""
        square = {"type": "Polygon", "coordinates": [[[0, 0], [3, 0], [3, -3], [0, -3], [0, 0]]]}
        stand = {"type": "Feature", "properties": {"kind": "stand", "number": "X1"}, "geometry": square}
        content = json.dumps({"type": "FeatureCollection", "unit": "m", "features": [stand]}).encode()
        drawing = bring_drawing(self.hall, "hall.geojson", content, context=self.context)
        propose_plan(drawing, Proposal(None, (ProposedStand("X1", rectangle(0, 0, 3, 3)),), (), ()), {})
        return drawing

    def _make_papers(self) -> None:
        """A's contract with its papers, and its invoice."""
        make_prices(self.edition)
        record_contracts(self.edition, context=self.context)
        issue_invoices(self.edition, context=self.context)
        self.invoice = Invoice.objects.get(application=self.a.application)
        self.payment = enter_payment(
            self.edition, self.invoice, day=self.edition.first_day, amount=Decimal(1), text="", context=self.context
        )
        facts = {"content": b"%PDF-1.7", "sha256": "", "made": self.context.at}
        papers = [Document.objects.create(name=f"{name}.pdf", **facts) for name in ("contract", "signed")]
        papered = {"document": papers[0], "signed_paper": papers[1]}
        Contract.objects.filter(application=self.a.application).update(**papered)

    def _invite(self) -> None:
        fair, context = self.fair, self.context
        self.colleague_invitation = invite_colleague(
            fair, self.a.organisation, "new@shea.example", roles=["deals"], context=context
        )
        self.member_invitation = invite_member(self.delegation, "new@foods.example", context=context)
        self.staff_invitation = invite_staff(fair, "new@expo.example", "gate", context=context)
        self.visitor_invitation: Invitation = invite_visitor(self.listed, context=context)
        self.token = Notice.objects.latest("id").context["token"]
        self.claim = claim_organisation(
            self.b.organisation, self.other_user, fair=fair, evidence="Call us", at=context.at
        )
        self.claim_token = claim_token(self.b.organisation, self.visitor_user)

    def _staff(self, role: str) -> User:
        user = open_vouched_account(f"{role}@expo.example")
        grant_role(self.fair, user, role, context=self.context)
        return _with_second_factor(user)

    def person(self, name: str) -> User | None:
        """The person of a column of the table."""
        if name == "anonymous":
            return None
        return self._people[name]

    @cached_property
    def _people(self) -> dict[str, User]:
        other_owner = open_vouched_account("owner@accra.example")
        grant_role(self.other_fair, other_owner, "owner", context=self.context)
        return {
            "visitor": self.visitor_user, "other_visitor": self.other_user, "exhibitor_a": self.a_user,
            "colleague_of_a": self.colleague_user, "exhibitor_b": self.b_user, "co_exhibitor": self.co_user,
            "leader": self.leader_user, **self.staff, "owner_elsewhere": _with_second_factor(other_owner),
            "operator": _with_second_factor(User.objects.create_superuser("root@expo.example")),
        }  # fmt: skip

    def value(self, dotted: str) -> Any:
        """What a parameter of an address is: a record's field, ``model:room.Model`` for the key of any, or a word."""
        if dotted.startswith("model:"):
            if dotted.startswith("model:procrastinate"):
                return 0  # no job has this key; whoever may not see jobs is refused before that is noticed
            record = apps.get_model(dotted.removeprefix("model:"))._default_manager.first()
            assert record is not None, f"the world of the permission table has no {dotted}"
            return record.pk
        if dotted.startswith("'"):
            return dotted.strip("'")
        return attrgetter(dotted)(self)


def _with_second_factor(user: User) -> User:
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    return user
