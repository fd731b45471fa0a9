"""What is asked about applications and exhibitors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair
from emporion.domain.editions.queries import areas_by_code, sectors_by_code
from emporion.domain.exhibitors.models import (
    Application,
    ApplicationDraft,
    ApplicationPaper,
    ApplicationQuestion,
    Exhibitor,
    Pavilion,
)
from emporion.domain.exhibitors.rules.listing import Known, OwnerOfListGone
from emporion.domain.exhibitors.rules.mains import Main, MainIndex
from emporion.domain.exhibitors.rules.space import is_for_free_booths
from emporion.domain.marketaccess.queries import free_booth_rule, has_free_booths
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.reference.models import Country, InternationalOrganisation
from emporion.domain.reference.queries import may_be_members


@dataclass(frozen=True)
class Attendance:
    """An edition by its number and year, and whether an organisation exhibited in it."""

    number: int
    year: int
    came: bool


def applications_for(user: User) -> QuerySet[Application]:
    """The applications of the organisations that a person acts for."""
    found = Application.objects.select_related("edition", "organisation", "area", "origin", "main")
    return found.filter(organisation__representatives__user=user)


def exhibitors_for(user: User) -> QuerySet[Exhibitor]:
    """The exhibitors that a person acts for."""
    found = Exhibitor.objects.select_related("edition", "organisation", "area", "origin", "main")
    return found.filter(organisation__representatives__user=user)


def may_request_free_booth(organisation: Organisation, edition: Edition, day: date) -> bool:
    """Whether the edition has free booths and the organisation comes from where they are for, on that day."""
    if not has_free_booths(edition):
        return False
    return is_for_free_booths(organisation.country_id or "", may_be_members(free_booth_rule(edition).group, day))


def exhibitors_of(edition: Edition) -> QuerySet[Exhibitor]:
    """An edition's exhibitors with what a list shows of them, by number; co-exhibitors after their main."""
    joined = Exhibitor.objects.select_related("organisation", "origin", "area", "sector", "pavilion")
    return joined.filter(edition=edition).order_by("number")


def waiting(edition: Edition) -> QuerySet[Application]:
    """The applications that wait for a decision, main exhibitors first, the oldest first."""
    joined = Application.objects.select_related("organisation", "origin", "area", "main__organisation")
    found = joined.filter(edition=edition, state=Application.State.SUBMITTED)
    return found.order_by(F("main").asc(nulls_first=True), "submitted", "id")


def draft_of(organisation: Organisation, edition: Edition) -> ApplicationDraft | None:
    """What an organisation has filled in of an application that is not sent yet."""
    return ApplicationDraft.objects.filter(organisation=organisation, edition=edition).first()


def papers_of(organisation: Organisation, edition: Edition) -> QuerySet[ApplicationPaper]:
    """The papers that an organisation has added to its application, the oldest first."""
    return ApplicationPaper.objects.filter(organisation=organisation, edition=edition).order_by("id")


def handed_in_paper(fair: Fair, pk: int) -> tuple[ApplicationPaper, Application] | None:
    """A paper with its application, once that is handed in: drafts are their applicants' own."""
    paper = ApplicationPaper.objects.filter(pk=pk, edition__fair=fair).first()
    if paper is None:
        return None
    found = Application.objects.select_related("area").exclude(state=Application.State.DRAFT)
    application = found.filter(edition=paper.edition_id, organisation=paper.organisation_id).first()
    return (paper, application) if application else None


def questions_of(application: Application) -> QuerySet[ApplicationQuestion]:
    """What the organiser has asked the applicant, with the answers, the oldest first."""
    return ApplicationQuestion.objects.filter(application=application).select_related("asked_by", "answered_by")


def unanswered_questions(edition: Edition) -> QuerySet[ApplicationQuestion]:
    """The questions that wait for an applicant's answer while its application is reviewed, the oldest first."""
    found = ApplicationQuestion.objects.filter(answered=None, application__edition=edition)
    found = found.filter(application__state=Application.State.SUBMITTED)
    return found.select_related("application__organisation").order_by("asked", "id")


def editions_of(fair: int, organisations: Iterable[int]) -> dict[int, set[int]]:
    """The numbers of the fair's editions in which each organisation exhibited, by contracts and by earlier lists."""
    came: dict[int, set[int]] = {organisation: set() for organisation in organisations}
    for source in (Exhibitor, EarlierParticipation):
        listed = source.objects.filter(organisation__in=came, edition__fair=fair)
        rows = listed.values_list("organisation_id", "edition__number")
        for organisation, edition in rows:
            came[organisation].add(edition)
    return came


def attendance_of(organisation: Organisation, edition: Edition) -> list[Attendance]:
    """Each edition of the fair up to this one, with whether the organisation exhibited in it; two queries."""
    earlier = EarlierParticipation.objects.filter(organisation=organisation).values("edition")
    came = Exhibitor.objects.filter(organisation=organisation).values("edition").union(earlier)
    attended = {row["edition"] for row in came}
    held = Edition.objects.filter(fair=edition.fair_id, number__lte=edition.number)
    rows = held.annotate(year=F("first_day__year")).values_list("pk", "number", "year")
    return [Attendance(number, year, pk in attended) for pk, number, year in rows]


def areas_with_exhibitors(edition: Edition) -> QuerySet[ExhibitionArea]:
    """The edition's exhibition areas by number, each with its ``exhibitor_count``."""
    counted = ExhibitionArea.objects.filter(edition=edition).annotate(exhibitor_count=Count("exhibitors"))
    return counted.order_by("number")


def application_with_contact(edition: Edition, address: str) -> Application | None:
    """The edition's application whose contact has this e-mail address."""
    found = Application.objects.select_related("organisation").filter(edition=edition)
    return found.filter(contact_email__iexact=address).first() if address else None


def known_codes(edition: Edition) -> Known:
    """The codes that the rows of an edition's lists may use."""
    earlier = Edition.objects.filter(fair=edition.fair_id, number__lt=edition.number)
    return Known(
        countries=frozenset(Country.objects.values_list("pk", flat=True)),
        internationals=frozenset(InternationalOrganisation.objects.values_list("pk", flat=True)),
        sectors=frozenset(sectors_by_code(edition)),
        areas=frozenset(areas_by_code(edition)),
        earlier_editions=frozenset(earlier.values_list("number", flat=True)),
    )


def mains_of(edition: Edition) -> MainIndex:
    """An edition's applications, to find a co-exhibitor's main one by number or name."""
    named = Application.objects.filter(edition=edition).select_related("organisation")
    return MainIndex(
        Main(
            application=application.pk,
            name=application.organisation.name,
            name_zh=application.organisation.name_zh,
            number=application.organisation.registered_number,
            country=application.organisation.country_id or "",
            state=application.state,
            is_co_exhibitor=application.main_id is not None,
            area=application.area_id,
            sector=application.sector_id,
        )
        for application in named
    )


def exhibitor_of_list(edition: Edition, number: str) -> Exhibitor:
    """The exhibitor with that contract number whose list is read. Raises: OwnerOfListGone."""
    found = Exhibitor.objects.filter(edition=edition, number=number).first()
    if found is None:
        raise OwnerOfListGone(owner=number)
    return found


def pavilion_of_list(edition: Edition, code: str) -> Pavilion:
    """The pavilion with that code whose list is read. Raises: OwnerOfListGone."""
    found = Pavilion.objects.filter(edition=edition, code=code).select_related("edition__fair").first()
    if found is None:
        raise OwnerOfListGone(owner=code)
    return found


def pavilions_managed_by(organisation: Organisation, edition: Edition) -> QuerySet[Pavilion]:
    """The pavilions of an edition that an organisation manages."""
    return Pavilion.objects.filter(edition=edition, manager=organisation).order_by("code")


def members_of(pavilion: Pavilion) -> QuerySet[Application]:
    """The applications within a pavilion that were handed in, by name."""
    handed_in = Application.objects.filter(pavilion=pavilion).exclude(state=Application.State.DRAFT)
    return handed_in.select_related("organisation__country", "area").order_by("organisation__name", "pk")
