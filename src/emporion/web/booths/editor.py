"""The editor of a hall's plan: its page, the state of the draft, and the commands that the page sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from emporion.domain.drafts.actions import Applied, do_command, place_exhibitor, redo, undo
from emporion.domain.drafts.models import DraftCommand, DraftObject
from emporion.domain.drafts.queries import (
    DraftFloor,
    commands_after,
    draft_floor,
    objects_after,
    open_draft,
    own_states,
    versions_of,
    waiting_exhibitors,
)
from emporion.domain.drafts.rules.commands import Asked, DecisionNeeded
from emporion.domain.drafts.rules.things import ThingMalformed, as_json, read
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.versions import public_version
from emporion.domain.plans.rules.checks import Finding
from emporion.domain.refusal import Refusal
from emporion.language import in_language, translate
from emporion.web.booths.editor_words import KINDS, words
from emporion.web.shell import access
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import private_page

CONFLICT, UNPROCESSABLE, MALFORMED = 409, 422, 400
LONGEST_NAME = 20


@require_GET
def editor(request: HttpRequest, code: str) -> HttpResponse:
    """The page on which a hall's plan is drawn."""
    edition = access.edition_of(request)
    hall = access.public_hall(edition, code)
    context = {
        "hall": hall, "words": words(), "kinds": KINDS, "versions": versions_of(hall)[:10],
        "state": _whole(request, hall),
    }  # fmt: skip
    return private_page(request, "booths/office/editor.html", edition, context)


@require_GET
def editor_state(request: HttpRequest, code: str) -> HttpResponse:
    """What changed since the page looked last; the whole draft when the page has none, or looked at another."""
    hall = access.public_hall(access.edition_of(request), code)
    seen = {name: _number(request.GET.get(name, "")) for name in ("draft", "since", "live")}
    draft, live = open_draft(hall), public_version(hall.edition_id) or 0
    if (draft.pk if draft else 0) == seen["draft"] and live == seen["live"]:
        if (draft.sequence if draft else 0) == seen["since"]:
            return _answer({"same": True})
        return _answer(_update(request, hall, seen["since"]))
    if draft and not seen["draft"] and live == seen["live"]:
        return _answer(_update(request, hall, 0))
    return _answer(_whole(request, hall))


@require_POST
def editor_commands(request: HttpRequest, code: str) -> HttpResponse:
    """Do one command and say what became of it, with all that changed since the page looked last."""
    hall = access.public_hall(access.edition_of(request), code)
    try:
        sent = _sent(request)
        outcome = _do(request, hall, sent)
    except DecisionNeeded as refusal:
        keys = list(refusal.data["keys"])
        return _answer({"result": "decision", "sentence": sentence(refusal), "keys": keys}, UNPROCESSABLE)
    except Refusal as refusal:
        return _answer({"result": "refused", "sentence": sentence(refusal)}, UNPROCESSABLE)
    except ValueError:
        return _answer({"result": "refused", "sentence": sentence(ThingMalformed(field="command"))}, MALFORMED)
    update = _update(request, hall, sent["since"])
    if isinstance(outcome, Applied):
        return _answer({**update, "result": "applied", "number": outcome.command.number})
    return _answer({**update, "result": "conflict", "keys": outcome.keys}, CONFLICT)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The command in the body of a request. Raises: ValueError."""
    if request.content_type != "application/json":
        raise ValueError("not a command")
    sent = json.loads(request.body)
    if not isinstance(sent, dict) or not isinstance(sent.get("name"), str) or not isinstance(sent.get("since"), int):
        raise ValueError("not a command")
    decided, changes = sent.get("decided", []), sent.get("changes", [])
    if not isinstance(decided, list) or not isinstance(changes, list):
        raise ValueError("not a command")
    return {**sent, "token": UUID(str(sent.get("token"))), "decided": list(map(str, decided)), "changes": changes}


def _do(request: HttpRequest, hall: Hall, sent: Mapping[str, Any]) -> Any:
    context, token = access.action_context(request), sent["token"]
    if sent["name"] in ("undo", "redo"):
        return (undo if sent["name"] == "undo" else redo)(hall, token=token, context=context)
    if sent["name"] == "place" and sent.get("exhibitor"):
        return place_exhibitor(hall, str(sent["exhibitor"]), token=token, context=context)
    asked = [_asked(one) for one in sent["changes"]]
    name = sent["name"][:LONGEST_NAME]
    return do_command(hall, name, asked, token=token, decided=sent["decided"], context=context)


def _asked(change: Any) -> Asked:
    """One change of a command. Raises: ValueError, and what ``rules.things`` refuses."""
    if not isinstance(change, Mapping) or not isinstance(change.get("version"), int):
        raise ValueError("not a change")
    key, after = str(UUID(str(change.get("key")))), change.get("after")
    return Asked(key, change["version"], None if after is None else read(key, after))


def _whole(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    floor = draft_floor(hall)
    versions = floor.versions
    things = [
        {"key": key, "version": versions.get(key, 0), "thing": as_json(thing)} for key, thing in floor.things.items()
    ]
    aisles = [one.shape.geojson for one in floor.plan.elements if one.is_allocated]
    return {
        "whole": True, "things": things, "outline": floor.plan.outline.geojson, "aisles": aisles,
        "facts": _facts(floor), "areas": _areas(hall.edition), "live": public_version(hall.edition_id) or 0,
        "commands": [], **_common(request, floor),
    }  # fmt: skip


def _update(request: HttpRequest, hall: Hall, since: int) -> dict[str, Any]:
    floor = draft_floor(hall)
    if floor.draft is None:
        return _whole(request, hall)
    commands = [_command(one, request) for one in commands_after(floor.draft, since)]
    objects = [_object(one) for one in objects_after(floor.draft, since)]
    return {"objects": objects, "commands": commands, **_common(request, floor)}


def _common(request: HttpRequest, floor: DraftFloor) -> dict[str, Any]:
    """What every answer says of the draft as a whole."""
    draft = floor.draft
    states = own_states(draft, access.person(request)) if draft else set()
    waiting = waiting_exhibitors(floor.plan.hall.edition, but=draft)
    return {
        "draft": draft.pk if draft else 0, "sequence": draft.sequence if draft else 0,
        "undo": DraftCommand.State.STANDING in states, "redo": DraftCommand.State.UNDONE in states,
        "findings": [_finding(one) for one in floor.findings()],
        "waiting": [{**vars(one), "name": in_language(one.name, one.name_zh)} for one in waiting],
    }  # fmt: skip


def _object(one: DraftObject) -> dict[str, Any]:
    return {"key": str(one.key), "version": one.version, "thing": one.present}


def _command(one: DraftCommand, request: HttpRequest) -> dict[str, Any]:
    author = one.author
    return {
        "number": one.number, "name": one.name, "own": author == request.user,
        "author": (author.name or author.email) if author else "",
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {"sentence": translate(one.reason), "severity": one.severity, "at": one.at, "keys": one.keys}


def _facts(floor: DraftFloor) -> dict[str, Any]:
    """What is true of published stands besides their place: who stands there, and whether they are free of charge."""
    return {
        one.key: {
            "free": one.free,
            "exhibitors": [
                {"number": who.number, "name": in_language(who.name, who.name_zh)} for who in one.exhibitors
            ],
        }
        for one in floor.plan.stands
    }


def _areas(edition: Edition) -> list[dict[str, Any]]:
    areas = edition.areas.order_by("number")
    return [{"code": one.code, "tint": one.number, "name": in_language(one.name_en, one.name_zh)} for one in areas]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def _answer(data: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(data, status=status)
    add_never_cache_headers(response)
    return response
