"""What the doors of signed-in people share: who may enter, how a page is rendered, how a deed ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.queries import applications_for, exhibitors_for
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import visitors_for
from emporion.web.public.page import page
from emporion.web.refusals import sentence

UNPROCESSABLE = 422


def private_page(
    request: HttpRequest, template: str, edition: Edition | None, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page for one person: no cache keeps it."""
    response = page(request, template, edition, context, status=status)
    add_never_cache_headers(response)
    return response


def form_page(request: HttpRequest, template: str, edition: Edition | None, context: dict[str, Any]) -> HttpResponse:
    """A page with a form; answered as not processed when what was typed has errors."""
    status = UNPROCESSABLE if any(form.errors for form in _forms(context)) else 200
    return private_page(request, template, edition, context, status=status)


def _forms(context: dict[str, Any]) -> list[forms.BaseForm]:
    return [value for value in context.values() if isinstance(value, forms.BaseForm)]


def done(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    """Do a deed and say so on the next page, or say there why it was refused."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return False
    messages.success(request, said)
    return True


def refused_in(form: forms.BaseForm, refusal: Refusal, fields: Mapping[str, str]) -> None:
    """Put a refusal's sentence beside the field it speaks of; ``fields`` gives that by the refusal's code."""
    field = fields.get(refusal.code)
    form.add_error(field if field in form.fields else None, sentence(refusal))


def person(request: HttpRequest) -> User:
    """The person who is signed in; pages that ask for it are behind the sign-in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def action_context(request: HttpRequest) -> ActionContext:
    """What actions are told by a page: the time now and who is signed in."""
    return ActionContext(timezone.now(), person(request))


def own_organisation(user: User, pk: int) -> Organisation:
    """An organisation that the person represents; the office looks at others in its own room."""
    found = organisations_for(user).filter(pk=pk, representatives__user=user).first()
    if found is None:
        raise Http404(_("You do not act for an organisation at this address."))
    return found


def own_application(user: User, organisation: Organisation, edition: Edition) -> Application | None:
    """The organisation's application to the edition, when it has one."""
    return applications_for(user).filter(organisation=organisation, edition=edition).first()


def own_exhibitor(user: User, organisation: Organisation, edition: Edition) -> Exhibitor | None:
    """The organisation's contract for the edition with its stand, when it has one."""
    found = exhibitors_for(user).select_related("edition", "organisation", "origin", "area", "application")
    # Fetched apart: PostgreSQL takes longer to plan one join of thirteen tables than to answer these.
    apart = ("occupancy__stand__hall", "main__organisation", "main__occupancy__stand__hall", "free_booth")
    found = found.prefetch_related(*apart, "fee_currency")
    return found.filter(organisation=organisation, edition=edition).first()


def own_visit(user: User, edition: Edition) -> Visitor | None:
    """The person's own registration for the edition, when there is one."""
    return visitors_for(user, edition).filter(user=user).first()
