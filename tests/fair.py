"""A fair that is open today: every phase has begun, none is over; people who act for its organisations."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User, confirm_address
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Phase
from emporion.domain.exhibitors.models import ApplicationDraft, Exhibitor
from emporion.domain.exhibitors.rules.drafts import STEPS
from emporion.domain.matching.models import ExhibitorSuggestions, MatchingRun, VisitorSuggestions
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot, TimetableRun
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.staff.models import StaffRole
from emporion.domain.visitors.models import Visitor
from tests import make

VENUE = ZoneInfo("Asia/Shanghai")
PASSWORD = "lantern over the harbour"


def open_fair(**edition: Any) -> Edition:
    """The sixth edition, current, its first day today, with the dollar and the euro at a rate of today."""
    today, now = timezone.localdate(timezone=VENUE), timezone.now()
    days = {"first_day": today, "last_day": today + timedelta(days=5), "current": True}
    opened = make.make_edition(edition.pop("number", 6), **{**days, "free_booth_quota": 2, **edition})
    for kind in Phase.Kind.values:
        Phase.objects.create(edition=opened, kind=kind, opens=now - timedelta(days=1), closes=now + timedelta(days=6))
    make.make_member("ldc", "BJ")
    make.make_rate("USD", today, "1.10")
    make.make_currency("EUR")
    return opened


def close(edition: Edition, kind: str) -> None:
    """Let a phase of the edition be over since an hour."""
    Phase.objects.filter(edition=edition, kind=kind).update(closes=timezone.now() - timedelta(hours=1))


def make_person(email: str, name: str = "", *, staff: bool = False, **fields: Any) -> User:
    """A person whose address is confirmed; ``staff``: an owner of the only fair, with a second factor."""
    user = User.objects.create_user(email, PASSWORD, name=name or email, **fields)
    confirm_address(user)
    if staff or user.is_superuser:
        make_staff(user, "owner")
    return user


def make_staff(user: User, role: str, *, area: str = "", fair: Fair | None = None) -> User:
    """The same person, with a role at the fair, the only one unless told otherwise, and a second factor."""
    StaffRole.objects.create(user=user, fair=fair or make.make_fair(), role=role, area=area, granted=timezone.now())
    return make_second_factor(user)


def make_second_factor(user: User) -> User:
    """The same person, with an authenticator app."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    return user


def speak_for(organisation: Organisation, email: str) -> User:
    """A person who acts for the organisation."""
    user = User.objects.filter(email=email).first() or make_person(email)
    Representative.objects.get_or_create(organisation=organisation, user=user)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_area(edition: Edition) -> ExhibitionArea:
    return make.make_area(edition, "food-agriculture")


def make_seller(edition: Edition, name: str = "Shea du Bénin", country: str = "BJ") -> tuple[Exhibitor, User]:
    """An exhibitor with a stand in hall 4.1, and the person who acts for it."""
    exhibitor = make.make_exhibitor(edition, name, country)
    hall = edition.halls.first() or make.make_hall(edition, "4.1")
    number = f"4.1-A{exhibitor.pk:03}"
    stand = Stand.objects.create(
        edition=edition, hall=hall, number=number, kind="standard", x=0, y=0, width=3, depth=3, area_m2=9,
        open_sides=1, area=exhibitor.area,
    )  # fmt: skip
    Occupancy.objects.create(stand=stand, exhibitor=exhibitor, area_m2=9)
    return exhibitor, speak_for(exhibitor.organisation, f"seller{exhibitor.pk}@shea.example")


def make_buyer(edition: Edition, name: str = "Wang Lan", unit: str = "Shanghai Foods") -> tuple[Visitor, User]:
    """An approved visitor who acts for her unit, and her account."""
    where = make.make_unit(edition, unit)
    user = speak_for(where.organisation, f"{name.split()[-1].lower()}@foods.example")
    visitor = make.make_visitor(edition, name, where)
    visitor.user, visitor.email = user, user.email
    visitor.save()
    return visitor, user


def suggest(visitor: Visitor, *exhibitors: Exhibitor) -> MatchingRun:
    """A current run in which these are suggested to each other."""
    return suggest_all(list(exhibitors), [visitor])


def suggest_all(exhibitors: list[Exhibitor], visitors: list[Visitor]) -> MatchingRun:
    """A current run, in place of the one before, that suggests each of one side to each of the other."""
    MatchingRun.objects.all().delete()
    found = {"objective": 1.0, "bound": 1.0, "stopped": "at the bound", "current": True}
    run = MatchingRun.objects.create(edition=visitors[0].edition, finished=timezone.now(), seed=0, **found)
    ids, people = [one.pk for one in exhibitors], [one.pk for one in visitors]
    for visitor in visitors:
        VisitorSuggestions.objects.create(
            run=run, visitor=visitor, exhibitors=ids, scores=[1.0] * len(ids), places=len(ids)
        )
    for exhibitor in exhibitors:
        ExhibitorSuggestions.objects.create(run=run, exhibitor=exhibitor, visitors=people, scores=[1.0] * len(people))
    return run


def make_request(
    visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool = False, state: str = "pending"
) -> MeetingRequest:
    return MeetingRequest.objects.create(
        edition=visitor.edition, visitor=visitor, exhibitor=exhibitor, by_exhibitor=by_exhibitor, state=state,
        requested=timezone.now(),
    )  # fmt: skip


def meet(visitor: Visitor, exhibitor: Exhibitor, hour: int) -> Meeting:
    """A published meeting of the two at that hour of the first day, in the venue's time."""
    edition = visitor.edition
    starts = datetime.combine(edition.first_day, datetime.min.time(), VENUE)
    starts = starts.replace(hour=hour)
    slot = MeetingSlot.objects.create(edition=edition, number=hour, starts=starts, ends=starts + timedelta(minutes=30))
    facts = {"method": "cp-sat", "accepted": 1, "placed": 1, "bound": 1, "stopped": "at the bound"}
    run = TimetableRun.objects.create(edition=edition, finished=timezone.now(), seed=0, **facts)
    request = make_request(visitor, exhibitor, state="accepted")
    return Meeting.objects.create(request=request, run=run, slot=slot, published=True)


def save_step(client: Client, organisation: Organisation, step: str, typed: dict[str, Any]) -> Any:
    """Fill in one step of an application, as whoever has just read it."""
    draft = ApplicationDraft.objects.filter(organisation=organisation).first()
    seen = draft.revisions.get(step, 0) if draft else 0
    return client.post(f"/expo/my/exhibitor/{organisation.pk}/apply/{step}/", {"seen": seen, **typed})


def apply(client: Client, organisation: Organisation, typed: dict[str, Any]) -> Any:
    """Fill in every step of an application and hand it in; the first answer that leads nowhere, else the last."""
    for step, fields in STEPS.items():
        answer = save_step(client, organisation, step, {name: typed[name] for name in fields if name in typed})
        if answer.status_code != 302:
            return answer
    draft = ApplicationDraft.objects.filter(organisation=organisation).first()
    seen = draft.revision if draft else 0
    return client.post(f"/expo/my/exhibitor/{organisation.pk}/apply/check/", {"seen": seen})


def register(client: Client, typed: dict[str, Any], *, at: str = "/expo/signup/visitor/") -> Any:
    """Register as a visitor, step by step; the answer that ends it, or the step that is refused."""
    for step in ("", "unit/"):
        answer = client.post(f"{at}{step}", typed)
        if not answer.headers.get("Location", "").endswith(("unit/", "check/")):
            return answer
    check = client.get(f"{at}check/")
    seen = re.search(r'name="seen" value="(\w+)"', check.content.decode())
    return client.post(f"{at}check/", {"seen": seen[1]}) if seen else check


def page_text(answer: Any) -> str:
    """A page as it is read: a template's line breaks beside a tag are none, others are a space."""
    html = re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", answer.content.decode())
    return re.sub(r"\s*\n\s*", " ", html)
