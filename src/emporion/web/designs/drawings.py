"""What every page of a design shows: its versions, drawings with their places, comments; and their addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.booths.construction import Built
from emporion.domain.booths.queries import construction_rule
from emporion.domain.designs.actions import Drawing, comment_on, hand_in_design
from emporion.domain.designs.models import DesignFile, StandDesign
from emporion.domain.designs.queries import breaches_of, design_of, file_of, versions_of
from emporion.domain.designs.rules import MOST_BYTES, decision_due
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.designs.forms import COMMENT_FIELDS, DESIGN, DESIGN_FIELDS, CommentForm, DesignForm
from emporion.web.shell.access import action_context
from emporion.web.shell.files import content_of, sent
from emporion.web.shell.respond import accepted, done, form_page

# The address of a drawing by its key.
Address = Callable[[int], str]


def shown(exhibitor: Exhibitor, address: Address) -> dict[str, Any]:
    """The design for a page: its state, until when a decision is due, and each version's drawings."""
    design = design_of(exhibitor)
    if design is None:
        return {"design": None, "versions": [], "rule": construction_rule(exhibitor.edition_id)}
    zone = exhibitor.edition.zone
    versions = [
        {"version": version, "files": [_drawn(file, address) for file in version.files.all()]}
        for version in versions_of(design)
    ]
    return {
        "design": design,
        "state": DESIGN[design.state],
        "decision_due": decision_due(design.handed_in.astimezone(zone).date()),
        "versions": versions,
        "breaches": breaches_of(design),
        "rule": construction_rule(exhibitor.edition_id),
    }


def _drawn(file: DesignFile, address: Address) -> dict[str, Any]:
    return {"file": file, "address": address(file.pk), "comments": file.comments.all()}


def handed_in(request: HttpRequest, exhibitor: Exhibitor, form: DesignForm) -> StandDesign | None:
    """Hand in what the form brings; none while the form has errors."""
    return accepted(form, lambda: _hand_in(request, exhibitor, form), DESIGN_FIELDS)


def _hand_in(request: HttpRequest, exhibitor: Exhibitor, form: DesignForm) -> StandDesign:
    drawings: list[Drawing] = [
        (file.name or "", content_of(file, most_bytes=MOST_BYTES)) for file in form.cleaned_data["drawings"]
    ]
    typed = form.cleaned_data
    built = Built(typed["height_m"], typed["decks"], typed["open_faces"])
    return hand_in_design(exhibitor, drawings, note=typed["note"], built=built, context=action_context(request))


def drawing(
    request: HttpRequest, exhibitor: Exhibitor, pk: int, template: str, context: dict[str, Any], *, of_office: bool
) -> HttpResponseBase:
    """One drawing with its comments and a form for one more; with ``?file`` the file, with ``?picture`` drawn."""
    file = file_of(exhibitor, pk)
    if file is None:
        raise Http404
    if "picture" in request.GET or "file" in request.GET:
        return sent(file, inline="picture" in request.GET)
    return _commented(request, file, template, context, of_office=of_office)


def _commented(
    request: HttpRequest, file: DesignFile, template: str, context: dict[str, Any], *, of_office: bool
) -> HttpResponse:
    form = CommentForm(request.POST or None)
    said = accepted(
        form,
        lambda: comment_on(file, **form.cleaned_data, of_office=of_office, context=action_context(request)),
        COMMENT_FIELDS,
    )
    if said:
        done(request, lambda: None, _("Your comment is there."))
        return redirect(request.path)
    comments = list(file.comments.select_related("by").order_by("id"))
    page = {"file": file, "form": form, "comments": comments, **context}
    return form_page(request, template, file.version.design.exhibitor.edition, page)
