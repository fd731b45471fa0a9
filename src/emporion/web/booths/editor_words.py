"""What the editor of plans says: its scripts read these words from the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.web.shell.labels import FLOOR_PLACES

# What else than a stand is drawn, in the order in which it is offered, and the shape that it is drawn in.
KINDS = {
    "aisle": gettext_lazy("Aisle"),
    "column": gettext_lazy("Column"),
    "wall": gettext_lazy("Wall"),
    "entrance": gettext_lazy("Entrance"),
    "exit": gettext_lazy("Emergency exit"),
    "utility": gettext_lazy("Utility point"),
    "zone": gettext_lazy("Zone of an exhibition area"),
    **FLOOR_PLACES,
}


def words() -> dict[str, str]:
    """The sentences of the scripts by name; what stands in braces they fill in."""
    return {
        "saved": _("All changes are kept in the draft."),
        "saving": _("Keeping the changes …"),
        "offline": _("No connection. Commands that wait until it is back: {count}."),
        "conflict": _("Not done: somebody else changed {things} meanwhile. The plan shows what is there now."),
        "theirs": _("{author} changed {things}."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "chosen": _("{count} chosen: {things}"),
        "none": _("Nothing is chosen."),
        "stand": _("Stand {number}"),
        "nobody": _("nobody"),
        "problems": _("Found: {count}"),
        "sound": _("The draft keeps the rules of the edition."),
        "merge_apart": _("These stands do not make one rectangle together."),
        "split_size": _("The cut must lie inside the stand; both parts need 0.5 m or more."),
        "measured": _("{length} m"),
        "area": _("{width} × {depth} m · {area} m²"),
        "waiting_none": _("Every exhibitor has a stand."),
        "place": _("Place for me"),
        "place_here": _("Place on the chosen stand"),
        "wants": _("{area} m², {sides} open sides"),
        "placed": _("{name} is placed on {number}."),
        "unplace": _("Take {name} off this stand"),
        "malformed": _("A field is empty or not a number; nothing was changed."),
        "again": _("The plan was published or changed elsewhere; this is how it is now."),
        "failed": _("The command was not done: the server answered with an error ({status})."),
    }
