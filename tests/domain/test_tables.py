"""The tables of a room are made together, and taken away again."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from emporion.domain.tables import CreateTables

KEY = ("id", models.BigAutoField(primary_key=True))
SHIP = CreateModel("Ship", [KEY])
CARGO = CreateModel("Cargo", [KEY, ("ship", models.ForeignKey("harbour.Ship", models.CASCADE))])
BOTH = {"harbour_ship", "harbour_cargo"}


def tables() -> set[str]:
    return BOTH & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_tables_that_refer_to_each_other_are_made_and_taken_away() -> None:
    both = CreateTables([SHIP, CARGO])
    before, after = ProjectState(), ProjectState()
    both.state_forwards("harbour", after)
    with connection.schema_editor() as editor:
        both.database_forwards("harbour", editor, before, after)
    assert tables() == BOTH
    assert both.describe() == "Create the tables of Ship, Cargo"
    with connection.schema_editor() as editor:
        both.database_backwards("harbour", editor, after, before)
    assert tables() == set()


def test_models_that_were_built_before_know_those_that_now_refer_to_them() -> None:
    state = ProjectState()
    CreateTables([SHIP]).state_forwards("harbour", state)
    assert [relation.name for relation in state.apps.get_model("harbour", "ship")._meta.related_objects] == []
    CreateTables([CARGO]).state_forwards("harbour", state)
    assert [relation.name for relation in state.apps.get_model("harbour", "ship")._meta.related_objects] == ["cargo"]
