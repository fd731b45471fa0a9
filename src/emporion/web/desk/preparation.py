"""What remains to be done before a fair opens its doors, for the first page of its office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from emporion.domain.billing.queries import price_list_of
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import window_of
from emporion.domain.notices.queries import address_is_set, mail_is_set
from emporion.domain.staff.queries import staff_of
from emporion.web.shell.addresses import fair_url


@dataclass(frozen=True)
class Preparation:
    """A thing to prepare: whether it is done, and the page on which it is; empty where no page does it."""

    title: str
    done: bool
    address: str = ""


def preparations(request: HttpRequest, edition: Edition, at: datetime) -> list[Preparation]:
    """What there is to prepare; nothing once all is done, or once the show has begun."""
    show = window_of(edition, "show")
    steps = [] if show is None or at >= show.opens else _preparations(request, edition)
    return steps if any(not step.done for step in steps) else []


def _preparations(request: HttpRequest, edition: Edition) -> list[Preparation]:
    fair = edition.fair
    look = reverse("admin:editions_fair_change", args=[fair.pk])
    return [
        Preparation(
            _("Days on which exhibitors apply"),
            window_of(edition, "application") is not None,
            fair_url(request, "office_dates"),
        ),
        Preparation(_("Exhibition areas"), edition.areas.exists(), fair_url(request, "office_areas")),
        Preparation(_("A mail server, so that messages leave: EMPORION_SMTP_URL"), mail_is_set()),
        Preparation(_("The public address to which links in messages lead: EMPORION_PUBLIC_URL"), address_is_set()),
        Preparation(_("Somebody who works here with you"), staff_of(fair).exists(), fair_url(request, "office_staff")),
        Preparation(_("Colour or logo of the fair"), bool(fair.colour or fair.logo), look),
        Preparation(_("Sectors, by which visitors look for exhibitors"), fair.sectors.exists(), look),
        Preparation(_("Halls, before stands are allocated"), edition.halls.exists(), fair_url(request, "office_halls")),
        Preparation(
            _("A price list, before contracts are accepted"),
            price_list_of(edition) is not None,
            fair_url(request, "office_prices"),
        ),
    ]
