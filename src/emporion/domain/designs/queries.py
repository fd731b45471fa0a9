"""What is asked of designs: whose, which wait, and who may see them."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.booths.construction import breaches
from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import construction_rules, site_of, stand_of
from emporion.domain.designs.models import Contractor, DesignComment, DesignFile, DesignVersion, StandDesign
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.reason import Reason

# Whose stand is special-built: by its place on the plan, and before the halls are allocated by its application.
SPECIAL = Q(occupancy__stand__kind=Stand.Kind.SPECIAL) | Q(
    occupancy=None, application__stand=Application.Stand.RAW, main=None
)


def builders(edition: Edition) -> QuerySet[Exhibitor]:
    """The main exhibitors of an edition that build their own stand."""
    return Exhibitor.objects.filter(SPECIAL, edition=edition, main=None)


def needs_design(exhibitor: Exhibitor) -> bool:
    """Whether the exhibitor builds its own stand, so that it hands in a design."""
    return Exhibitor.objects.filter(SPECIAL, pk=exhibitor.pk, main=None).exists()


def design_of(exhibitor: Exhibitor) -> StandDesign | None:
    """The design that an exhibitor has handed in."""
    return StandDesign.objects.filter(exhibitor=exhibitor).first()


def is_approved(exhibitor: Exhibitor) -> bool:
    """Whether the exhibitor's design is approved."""
    return StandDesign.objects.filter(exhibitor=exhibitor, state=StandDesign.State.APPROVED).exists()


def versions_of(design: StandDesign) -> QuerySet[DesignVersion]:
    """The versions of a design with their drawings and comments, the newest first; three queries."""
    comments = Prefetch("files__comments", DesignComment.objects.select_related("by").order_by("id"))
    return design.versions.select_related("handed_in_by").prefetch_related("files", comments).order_by("-number")


def breaches_of(design: StandDesign) -> list[Reason]:
    """The rules of construction that the newest version breaks, where its stand lies on the plan now."""
    newest = design.versions.order_by("-number").first()
    exhibitor = design.exhibitor
    rules = construction_rules(exhibitor.edition_id)
    stand = stand_of(exhibitor)
    return breaches(rules, newest.built, site_of(stand, rules) if stand else None) if newest else []


def breaches_on_plan(edition: Edition) -> list[tuple[StandDesign, list[Reason]]]:
    """The designs that break a rule of construction on the plan as it is, by contract number."""
    designs = designs_of(edition).exclude(state=StandDesign.State.REJECTED).order_by("exhibitor__number")
    found = [(design, breaches_of(design)) for design in designs]
    return [(design, broken) for design, broken in found if broken]


def file_of(exhibitor: Exhibitor, pk: int) -> DesignFile | None:
    """A drawing of the exhibitor's design."""
    return DesignFile.objects.filter(version__design__exhibitor=exhibitor, pk=pk).first()


def designs_of(edition: Edition) -> QuerySet[StandDesign]:
    """The designs of an edition with their exhibitors and stands, those that wait longest first."""
    joined = StandDesign.objects.select_related("exhibitor__organisation", "exhibitor__occupancy__stand__hall")
    return joined.filter(exhibitor__edition=edition).order_by("handed_in", "id")


def contractors_of(exhibitor: Exhibitor) -> QuerySet[Contractor]:
    """Who builds an exhibitor's stand."""
    return Contractor.objects.filter(exhibitor=exhibitor).select_related("user").order_by("id")


def built_by(user: User) -> QuerySet[Exhibitor]:
    """The exhibitors whose stands a person builds, the newest edition first."""
    found = Exhibitor.objects.filter(contractors__user=user)
    return found.select_related("organisation", "edition__fair", "edition__venue").order_by("-edition", "number")
