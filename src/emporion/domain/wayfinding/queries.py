"""What is asked of ways: from here to there, through a list of stands, how far halls are from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from emporion.domain.booths.queries import HallPlan
from emporion.domain.editions.models import Edition
from emporion.domain.reason import Reason
from emporion.domain.wayfinding import rules
from emporion.domain.wayfinding.site import Hop, Place, Site, site_of
from emporion.kernels import ways

# So many places are put into a good order at once.
MOST_PLACES = 40


@dataclass(frozen=True)
class Leg:
    """The part of a way that lies in one hall; ``points`` in metres of the hall's plan."""

    hall: str
    points: tuple[rules.Point, ...]


@dataclass(frozen=True)
class Way:
    """A way with its length in metres and minutes, part by part and in words; ``problem`` says why there is none."""

    start: str
    goal: str
    metres: float
    minutes: float
    legs: tuple[Leg, ...]
    steps: tuple[Reason, ...]
    problem: Reason | None = None


def way(edition: Edition, start: str, goal: str, *, step_free: bool = False) -> Way:
    """The quickest way between two stands or entrances. ``step_free``: without stairs and escalators.

    Raises: UnknownPlace.
    """
    site = site_of(edition)
    return _way(site, site.place(start), site.place(goal), step_free=step_free)


def round_trip(edition: Edition, places: Sequence[str], *, step_free: bool = False, ordered: bool = False) -> list[Way]:
    """The ways through places, one after the other as given; ``ordered``: in a good order from the first on.

    Raises: UnknownPlace, TooManyPlaces.
    """
    if len(places) > MOST_PLACES:
        raise rules.TooManyPlaces(most=MOST_PLACES, places=len(places))
    site = site_of(edition)
    found = [site.place(one) for one in dict.fromkeys(places)]
    if ordered:
        found = [found[at] for at in ways.order(site.minutes_among(found, step_free=step_free))]
    return [_way(site, one, other, step_free=step_free) for one, other in pairwise(found)]


def entrances(edition: Edition) -> list[Place]:
    """Where one comes in, by hall."""
    return site_of(edition).entrances


def minutes_between_halls(edition: Edition) -> dict[tuple[str, str], float]:
    """How many minutes one walks between two halls, by their codes; without pairs between which no way is known.

    From a stand in the middle of all by its distance from the doors, through the doors that are quickest.
    """
    site = site_of(edition)
    inside = {code: _inside(hall.plan, site, code) for code, hall in site.halls.items()}
    found = {}
    for (one, other), minutes in site.minutes_between_doors().items():
        found[one, other] = minutes + inside[one] + inside[other]
    return found


def _inside(plan: HallPlan, site: Site, code: str) -> float:
    """How many minutes a middling stand of a hall is from the nearest door."""
    doors = [portal.point for portal in site.halls[code].portals]
    if not doors or not plan.stands:
        return 0.0
    across = [stand.shape.middle for stand in plan.stands]
    # Aisles run along the walls: the way to a door is about as long as both sides of the corner.
    away = [min(abs(x - door[0]) + abs(y - door[1]) for door in doors) for x, y in across]
    return rules.minutes_for(median(away))


def _way(site: Site, start: Place, goal: Place, *, step_free: bool) -> Way:
    hops = site.hops(start, goal, step_free=step_free)
    if hops is None:
        return Way(start.key, goal.key, 0.0, 0.0, (), (), _why_not(site, start, goal, step_free=step_free))
    legs = tuple(Leg(hop.hall, hop.path.points) for hop in hops if hop.path)
    steps = tuple(step for hop in hops for step in _steps(site, hop))
    metres, minutes = sum(hop.metres for hop in hops), sum(hop.minutes for hop in hops)
    return Way(start.key, goal.key, metres, minutes, legs, (*steps, rules.Arrive(goal.key)))


def _steps(site: Site, hop: Hop) -> list[Reason]:
    if hop.path:
        return rules.told(hop.path.points, hop.name, hop.hall, site.halls[hop.hall].signs)
    if hop.connector:
        return [rules.TakeConnector(rules.CONNECTORS[hop.connector], hop.name, hop.to_hall)]
    return [rules.ChangeHall(hop.hall, hop.to_hall, round(hop.metres))]


def _why_not(site: Site, start: Place, goal: Place, *, step_free: bool) -> Reason:
    if step_free and site.hops(start, goal, step_free=False) is not None:
        return rules.NoStepFreeWay(start.key, goal.key)
    if start.hall != goal.hall and not site.leads_on(start.hall, goal.hall):
        return rules.HallsNotPlaced(start.hall, goal.hall)
    return rules.NoWay(start.key, goal.key)
