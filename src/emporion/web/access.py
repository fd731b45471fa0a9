"""Loaders that authorise: what the public may see of the current edition, and nothing else.

Loading is authorising. What a loader does not give is answered as not found, so that nobody learns what exists.
"""

from __future__ import annotations

import datetime as dt

from django.http import Http404
from django.utils.translation import gettext as _

from emporion.domain.booths import queries as booths
from emporion.domain.booths.models import Stand
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.queries import current_editions
from emporion.domain.exhibitors.models import Exhibitor


def current_edition() -> Edition:
    """The edition that the public site shows: of the first fair that has a current one."""
    edition = next(iter(current_editions()), None)
    if edition is None:
        raise Http404(_("No edition is open to the public yet. The organiser marks one as current in the back office."))
    return edition


def public_exhibitor(edition: Edition, number: str) -> Exhibitor:
    """An exhibitor of the edition by its contract number; applicants without a contract are not shown."""
    shown = Exhibitor.objects.select_related("organisation__international", "origin", "area", "sector", "pavilion")
    # Fetched apart: PostgreSQL takes longer to plan one join of twelve tables than to answer these.
    shown = shown.prefetch_related("occupancy__stand__hall", "main__organisation", "main__occupancy__stand__hall")
    found = shown.filter(edition=edition, number=number).first()
    if found is None:
        raise Http404(_("There is no exhibitor with this number in this edition."))
    return found


def public_product(edition: Edition, pk: int) -> Product:
    """A product of the edition."""
    try:
        return catalogue.product(edition, pk)
    except Product.DoesNotExist:
        raise Http404(_("There is no such product in this edition.")) from None


def public_hall(edition: Edition, code: str) -> Hall:
    """A hall of the edition by its code."""
    found = Hall.objects.filter(edition=edition, code=code).first()
    if found is None:
        raise Http404(_("There is no hall with this code in this edition."))
    return found


def public_stand(edition: Edition, hall: Hall, number: str) -> Stand:
    """A stand of the hall by its number."""
    try:
        found = booths.stand(edition, number)
    except Stand.DoesNotExist:
        found = None
    if found is None or found.hall_id != hall.pk:
        raise Http404(_("There is no stand with this number in this hall."))
    return found


def day_of_programme(days: list[dt.date], day: dt.date) -> dt.date:
    """A day on which the programme has sessions."""
    if day not in days:
        raise Http404(_("There is no programme on this day."))
    return day
