"""What the desk does for an exhibitor: corrects what is public of it, puts it on a stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from emporion.domain.booths.actions import put_on_stand
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.desk import rules
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import set_sector
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.actions import correct_name, describe


@transaction.atomic
def set_public_data(exhibitor: Exhibitor, stated: Mapping[str, Any], *, context: ActionContext) -> None:
    """Change what visitors read of an exhibitor: its name, description, website and sector.

    Raises: OrganisationWithoutName, NameTooLong, NameOfAnother.
    """
    organisation = exhibitor.organisation
    correct_name(organisation, name=stated["name"], name_zh=stated["name_zh"], context=context)
    public = {name: stated[name] for name in ("website", "about_en", "about_zh")}
    describe(organisation, **public, context=context)
    set_sector(exhibitor, stated["sector"], context=context)


@transaction.atomic
def put_exhibitor(edition: Edition, exhibitor: str, stand: str, *, context: ActionContext) -> Occupancy:
    """Put an exhibitor, by its contract's number, on a stand by its number, with all that is left of its net area.

    Raises: NoSuchExhibitor, NoSuchStand, HasStandAlready.
    """
    who = Exhibitor.objects.filter(edition=edition, number__iexact=exhibitor.strip()).first()
    if who is None:
        raise rules.NoSuchExhibitor(number=exhibitor)
    where = Stand.objects.filter(edition=edition, number__iexact=stand.strip()).first()
    if where is None:
        raise rules.NoSuchStand(number=stand)
    taken = sum(where.occupancies.values_list("area_m2", flat=True))
    return put_on_stand(where, who, area_m2=max(where.area_m2 - taken, 0), context=context)
