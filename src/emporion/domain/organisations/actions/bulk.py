"""Recognising the organisations of a list, tens of thousands at a time.

The list goes into a temporary table in one COPY; a handful of statements over whole sets find each row's
organisation, create what is missing and bring what is known up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from emporion.domain.name_terms import renew
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules import name_key, number_key
from emporion.domain.organisations.rules.refusals import require_countries, require_named, require_number
from emporion.domain.reference.models import Country


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as a list names it. ``country``: ISO 3166 letters, empty for an international organisation.

    ``kind`` and ``ownership`` are values of ``Organisation.Kind`` and ``Organisation.Ownership``; ``international``
    the code of an international organisation of states. What is empty is not stated.
    """

    name: str
    name_zh: str = ""
    country: str = ""
    registered_number: str = ""
    kind: str = "enterprise"
    ownership: str = ""
    international: str = ""
    website: str = ""
    about_en: str = ""
    about_zh: str = ""


@dataclass(frozen=True)
class Recognised:
    """The organisation of each row, and which organisations the list created or brought up to date."""

    ids: list[int]
    created: frozenset[int]
    updated: frozenset[int]


_Key = tuple[str, str, str]  # country, registered number, name key; the name key counts only where the number is empty
_ATTEMPTS = 3


def recognise(rows: Sequence[OrganisationRow]) -> list[int]:
    """The ids of the rows' organisations in the rows' order; those not known yet are created.

    A row is recognised by country and registered number, else by country and normalised name when just one
    organisation has it. An organisation known by name alone takes over the first number that a list gives it. What
    the list states and the record lacks is filled in; nothing stated before is changed. Rows may repeat one another.

    Call it inside the transaction of the import. Two imports at once wait for one another here, one row alone does
    not wait.

    Raises: UnknownCountries, OrganisationWithoutName, NameTooLong, NumberTooLong.
    """
    return recognise_list(rows, authoritative=False).ids


def recognise_by_outsider(rows: Sequence[OrganisationRow]) -> list[int]:
    """As :func:`recognise`, for a list of somebody who need not speak for the organisations that it names.

    What such a list states of an organisation that is known changes nothing there.
    """
    before = transaction.savepoint()
    first = recognise_list(rows, authoritative=False)
    if not first.updated:
        transaction.savepoint_commit(before)
        return first.ids
    transaction.savepoint_rollback(before)
    new = [row for row, known in zip(rows, first.ids, strict=True) if known in first.created]
    made = iter(recognise(new))
    return [next(made) if known in first.created else known for known in first.ids]


def recognise_list(rows: Sequence[OrganisationRow], *, authoritative: bool) -> Recognised:
    """As :func:`recognise`, and tells what was created and updated.

    ``authoritative``: what the rows state replaces what was stated before, names included.
    """
    distinct, places = _distinct(rows)
    _require_storable(distinct)
    for _ in range(_ATTEMPTS):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                found, created, updated = _recognise(cursor, distinct, authoritative)
        except IntegrityError:
            # Someone else has just registered one of these numbers; the next attempt sees and recognises it.
            continue
        if len(found) == len(distinct):
            renew(Organisation, created | updated)
            return Recognised([found[place] for place in places], created, updated - created)
    raise RuntimeError("Organisations were removed again and again while a list of them was read; import it again.")


def _distinct(rows: Iterable[OrganisationRow]) -> tuple[list[tuple[str, OrganisationRow]], list[int]]:
    """The rows without repetition, each with its name key, and for each row the place of its own among them."""
    seen: dict[_Key, int] = {}
    distinct: list[tuple[str, OrganisationRow]] = []
    places: list[int] = []
    for row in rows:
        tidy, key = _tidy(row)
        identity = (tidy.country, tidy.registered_number, "" if tidy.registered_number else key)
        place = seen.setdefault(identity, len(distinct))
        if place == len(distinct):
            distinct.append((key, tidy))
        elif tidy != distinct[place][1]:
            distinct[place] = (distinct[place][0], _together(distinct[place][1], tidy))
        places.append(place)
    return distinct, places


def _tidy(row: OrganisationRow) -> tuple[OrganisationRow, str]:
    """The row with its name, country and number in their stored form, and its name key."""
    name, number = row.name.strip(), number_key(row.registered_number)
    if name != row.name or number != row.registered_number:
        row = replace(row, name=name, registered_number=number)
    return row, name_key(name)


def _together(first: OrganisationRow, then: OrganisationRow) -> OrganisationRow:
    """Two rows of one organisation as one: what the first does not state the later one may."""
    return replace(then, **{name: value for name, value in vars(first).items() if value})


def _require_storable(distinct: list[tuple[str, OrganisationRow]]) -> None:
    """Refuse the list when a row cannot be stored; lists are expected to have told so by row before."""
    for _, row in distinct:
        require_named(row.name)
        require_number(row.registered_number)
    require_countries((row.country for _, row in distinct), frozenset(Country.objects.values_list("iso2", flat=True)))


def _recognise(
    cursor: CursorWrapper, distinct: list[tuple[str, OrganisationRow]], authoritative: bool
) -> tuple[dict[int, int], frozenset[int], frozenset[int]]:
    """Place → organisation, and the organisations created and updated."""
    if len(distinct) > 1:
        # Two lists at once would lock the same names in different orders and stop each other.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisations.recognise'))")
    _copy(cursor, distinct)
    cursor.execute(_BY_NUMBER + _BY_ALIAS_NUMBER)
    updated = _ids(cursor, _ADOPT_NUMBER)
    created = _ids(cursor, _CREATE_NUMBERED)
    cursor.execute(_BY_NUMBER + _BY_NAME + _BY_ALIAS_NAME + _BY_ONLY_NUMBERED)
    created |= _ids(cursor, _CREATE_UNNUMBERED)
    cursor.execute(_BY_NAME)
    updated |= _ids(cursor, _REPLACE if authoritative else _FILL)
    cursor.execute("SELECT place, organisation FROM listed WHERE organisation IS NOT NULL")
    found = dict(cursor.fetchall())
    cursor.execute("DROP TABLE listed")
    return found, frozenset(created), frozenset(updated)


def _ids(cursor: CursorWrapper, statement: str) -> set[int]:
    cursor.execute(statement)
    return {row[0] for row in cursor.fetchall()}


def _copy(cursor: CursorWrapper, distinct: list[tuple[str, OrganisationRow]]) -> None:
    """Put the rows into the temporary table ``listed``."""
    cursor.execute(_LISTED)
    with cursor.copy(f"COPY listed (place, name_key, {_COLUMNS}) FROM STDIN") as copy:
        for place, (key, row) in enumerate(distinct):
            copy.write_row((place, key, *astuple(row)))
    cursor.execute("ANALYZE listed")


_COLUMNS = "name, name_zh, country, registered_number, kind, ownership, international, website, about_en, about_zh"
_LISTED = """
CREATE TEMPORARY TABLE listed (
    place integer NOT NULL, organisation bigint, name_key text NOT NULL, name text NOT NULL, name_zh text NOT NULL,
    country text NOT NULL, registered_number text NOT NULL, kind text NOT NULL, ownership text NOT NULL,
    international text NOT NULL, website text NOT NULL, about_en text NOT NULL, about_zh text NOT NULL
) ON COMMIT DROP
"""
_BY_NUMBER = """
UPDATE listed SET organisation = o.id FROM organisations_organisation o
WHERE listed.organisation IS NULL AND listed.registered_number <> ''
  AND o.registered_number = listed.registered_number AND coalesce(o.country_id, '') = listed.country;
"""
_BY_ALIAS_NUMBER = """
UPDATE listed SET organisation = a.organisation_id FROM organisations_alias a
WHERE listed.organisation IS NULL AND listed.registered_number <> ''
  AND a.registered_number = listed.registered_number AND coalesce(a.country_id, '') = listed.country;
"""
# Only one organisation of that name is known, it has no number yet, and only one number is offered for it.
_ADOPT_NUMBER = """
UPDATE organisations_organisation o SET registered_number = offered.number
FROM (
    SELECT country, name_key, min(registered_number) AS number FROM listed
    WHERE organisation IS NULL AND registered_number <> '' GROUP BY country, name_key HAVING count(*) = 1
) offered
WHERE o.registered_number = '' AND o.name_key = offered.name_key AND coalesce(o.country_id, '') = offered.country
  AND NOT EXISTS (
    SELECT FROM organisations_organisation other
    WHERE other.name_key = o.name_key AND coalesce(other.country_id, '') = offered.country
      AND other.registered_number <> ''
  )
RETURNING o.id
"""
_CREATE = """
INSERT INTO organisations_organisation
    (kind, name, name_zh, name_key, country_id, international_id, registered_number, ownership, website, about_en,
     about_zh)
SELECT kind, name, name_zh, name_key, nullif(country, ''), nullif(international, ''), registered_number, ownership,
    website, about_en, about_zh
FROM listed WHERE organisation IS NULL AND {which}
ORDER BY country, registered_number, name_key
ON CONFLICT DO NOTHING RETURNING id
"""
_CREATE_NUMBERED = _CREATE.format(
    which="registered_number <> '' AND NOT EXISTS ("
    + """
    SELECT FROM organisations_organisation o
    WHERE o.registered_number = listed.registered_number AND coalesce(o.country_id, '') = listed.country)"""
)
_CREATE_UNNUMBERED = _CREATE.format(which="registered_number = ''")
_BY_NAME = """
UPDATE listed SET organisation = o.id FROM organisations_organisation o
WHERE listed.organisation IS NULL AND listed.registered_number = '' AND o.registered_number = ''
  AND o.name_key = listed.name_key AND coalesce(o.country_id, '') = listed.country;
"""
_BY_ALIAS_NAME = """
UPDATE listed SET organisation = a.organisation_id FROM organisations_alias a
WHERE listed.organisation IS NULL AND listed.registered_number = '' AND a.registered_number = ''
  AND a.name_key = listed.name_key AND coalesce(a.country_id, '') = listed.country;
"""
_BY_ONLY_NUMBERED = """
UPDATE listed SET organisation = known.id FROM (
    SELECT l.place, min(o.id) AS id FROM listed l
    JOIN organisations_organisation o ON o.name_key = l.name_key AND coalesce(o.country_id, '') = l.country
    WHERE l.organisation IS NULL AND l.registered_number = '' GROUP BY l.place HAVING count(*) = 1
) known
WHERE listed.place = known.place;
"""
_STATED = ("name_zh", "ownership", "website", "about_en", "about_zh")
# One row speaks for an organisation: one with its number before one with its name, the last before the first.
_SPEAKERS = """
(SELECT DISTINCT ON (organisation) * FROM listed WHERE organisation IS NOT NULL
 ORDER BY organisation, registered_number DESC, place DESC) l
"""
_FILL = f"""
UPDATE organisations_organisation o
SET {", ".join(f"{c} = CASE WHEN o.{c} = '' THEN l.{c} ELSE o.{c} END" for c in _STATED)}
FROM {_SPEAKERS}
WHERE o.id = l.organisation AND ({" OR ".join(f"o.{c} = '' AND l.{c} <> ''" for c in _STATED)})
RETURNING o.id
"""
# A row that reached its organisation by an alias does not rename it.
_OWN = "(o.name_key = l.name_key OR l.registered_number <> '' AND o.registered_number = l.registered_number)"
_REPLACE = f"""
UPDATE organisations_organisation o
SET name = CASE WHEN {_OWN} THEN l.name ELSE o.name END,
    name_key = CASE WHEN {_OWN} THEN l.name_key ELSE o.name_key END,
    {", ".join(f"{c} = CASE WHEN l.{c} <> '' THEN l.{c} ELSE o.{c} END" for c in _STATED)}
FROM {_SPEAKERS}
WHERE o.id = l.organisation AND ({_OWN} AND o.name <> l.name
    OR {" OR ".join(f"l.{c} <> '' AND o.{c} <> l.{c}" for c in _STATED)})
RETURNING o.id
"""
