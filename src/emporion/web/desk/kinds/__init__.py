"""The kinds of records that the desk lists, each in a module of its own."""

from emporion.web.desk.kinds import areas, deals, exhibitors, halls, meetings, pairs, products, sessions, stands

KINDS = (
    exhibitors.KIND, stands.KIND, halls.KIND, areas.KIND, products.KIND, sessions.KIND, meetings.KIND, deals.KIND,
    *pairs.KINDS,
)  # fmt: skip
