"""The kinds of lists, one module each; a new kind is a new module and a line here."""

from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.kinds import (
    deals,
    delegations,
    exhibitors,
    fapiaos,
    halls,
    investments,
    needs,
    participations,
    passes,
    products,
    sessions,
    visitors,
)
from emporion.spreadsheets.refusals import UnknownKind

MODULES = (
    exhibitors, products, visitors, needs, halls, deals, delegations, participations, investments, sessions,
    passes, fapiaos,
)  # fmt: skip
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in MODULES}


def kind_named(name: str) -> Kind:
    """The kind of list with that name, in English or Chinese. Raises: UnknownKind."""
    found = KINDS.get(name) or next((kind for kind in KINDS.values() if kind.zh == name), None)
    if found is None:
        raise UnknownKind(kind=name, kinds=", ".join(KINDS))
    return found
