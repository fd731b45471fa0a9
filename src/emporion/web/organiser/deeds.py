"""What every part of the back office shares: deeds that are done through actions, and records that are only read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from emporion.domain.refusal import Refusal

MOST_REFUSALS_TOLD = 5


class ReadOnlyAdmin(ModelAdmin):
    """Records that come from lists and actions: looked at here, never typed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def do_to_each(request: HttpRequest, chosen: Iterable[Any], deed: Callable[[Any], object]) -> None:
    """Do a deed to each record; say how many it was done to, and why it was refused to the others."""
    done, refused = 0, []
    for record in chosen:
        try:
            deed(record)
            done += 1
        except Refusal as refusal:
            refused.append(f"{record}: {refusal.sentence}")
    if done:
        messages.success(
            request, ngettext("Done for %(count)d record.", "Done for %(count)d records.", done) % {"count": done}
        )
    for sentence in refused[:MOST_REFUSALS_TOLD]:
        messages.error(request, sentence)
    if len(refused) > MOST_REFUSALS_TOLD:
        messages.error(request, _("… and %(count)d more.") % {"count": len(refused) - MOST_REFUSALS_TOLD})
