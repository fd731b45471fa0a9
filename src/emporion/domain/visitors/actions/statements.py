"""The statements of the visitors' import, each over the whole list at once."""

from __future__ import annotations

CREATE_STAGED = """
CREATE TEMPORARY TABLE staged_visitor (
    row integer NOT NULL, number text NOT NULL, name text NOT NULL, found_by tsvector NOT NULL,
    country text NOT NULL, email text NOT NULL,
    phone text NOT NULL, position text NOT NULL, place integer, sectors smallint[] NOT NULL,
    hs_headings text[] NOT NULL, registered timestamptz, document text NOT NULL, name_latin text NOT NULL,
    days date[] NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_unit (
    place integer NOT NULL, organisation bigint NOT NULL, delegation bigint, size smallint NOT NULL,
    registered timestamptz NOT NULL
) ON COMMIT DROP
"""
COPY_STAGED = "COPY staged_visitor FROM STDIN"
COPY_UNITS = "COPY staged_unit FROM STDIN"
DROP_STAGED = "DROP TABLE staged_visitor, staged_unit"

# A number differs from none by its capitals alone: a row is that of whom the number is known for, as it is written.
SPELL_NUMBERS = """
UPDATE staged_visitor s SET number = v.number FROM visitors_visitor v
WHERE v.edition_id = %(edition)s AND lower(v.number) = lower(s.number) AND v.number <> s.number
"""
# The first row that uses a number keeps it.
TAKE_REPEATED = """
DELETE FROM staged_visitor s
USING (SELECT row, min(row) OVER (PARTITION BY lower(number)) AS first FROM staged_visitor) place
WHERE place.row = s.row AND place.first < s.row
RETURNING s.row, s.number, place.first
"""
# Rows whose address, or document and its country, is that of somebody who is registered under another number.
_TAKE_TAKEN = """
DELETE FROM staged_visitor s USING visitors_visitor v
WHERE v.edition_id = %(edition)s AND {same} AND v.number <> s.number
RETURNING s.row, s.{column}, NULL, v.number
"""
TAKE_TAKEN_ADDRESSES = _TAKE_TAKEN.format(
    column="email", same="s.email <> '' AND v.email <> '' AND lower(v.email) = lower(s.email)"
)
TAKE_TAKEN_DOCUMENTS = _TAKE_TAKEN.format(
    column="document",
    same="s.document <> '' AND v.document <> '' AND v.document = s.document AND v.country_id = s.country",
)
# Of the rows that share one, the first keeps it.
_TAKE_SHARED = """
DELETE FROM staged_visitor s
USING (SELECT row, min(row) OVER (PARTITION BY {key}) AS first FROM staged_visitor WHERE {column} <> '') place
WHERE place.row = s.row AND place.first < s.row
RETURNING s.row, s.{column}, place.first, NULL
"""
TAKE_SHARED_ADDRESSES = _TAKE_SHARED.format(column="email", key="lower(email)")
TAKE_SHARED_DOCUMENTS = _TAKE_SHARED.format(column="document", key="document, country")
# People beyond a delegation's quota, its sub-groups included, in the order of the list; who is registered stays.
TAKE_BEYOND_QUOTA = """
WITH members AS (
    SELECT s.row, row_number() OVER (ORDER BY s.row) AS rank
    FROM staged_visitor s
    JOIN staged_unit n USING (place)
    LEFT JOIN visitors_visitingunit u ON u.edition_id = %(edition)s AND u.organisation_id = n.organisation
    JOIN visitors_delegation d ON d.id = coalesce(n.delegation, u.delegation_id)
    WHERE (d.path = %(path)s OR starts_with(d.path, %(path)s || '.')) AND NOT EXISTS (
        SELECT FROM visitors_visitor v WHERE v.edition_id = %(edition)s AND v.number = s.number)
)
DELETE FROM staged_visitor s USING members m WHERE m.row = s.row AND m.rank > %(free)s RETURNING s.row
"""
# The same for a day of the show: people who come on it, whom it has not counted yet.
TAKE_BEYOND_DAY_QUOTA = """
WITH members AS (
    SELECT s.row, row_number() OVER (ORDER BY s.row) AS rank
    FROM staged_visitor s
    JOIN staged_unit n USING (place)
    LEFT JOIN visitors_visitingunit u ON u.edition_id = %(edition)s AND u.organisation_id = n.organisation
    JOIN visitors_delegation d ON d.id = coalesce(n.delegation, u.delegation_id)
    LEFT JOIN visitors_visitor v ON v.edition_id = %(edition)s AND v.number = s.number
    WHERE (d.path = %(path)s OR starts_with(d.path, %(path)s || '.'))
      AND (cardinality(coalesce(nullif(s.days, '{}'), v.days, '{}')) = 0
          OR %(day)s::date = ANY(coalesce(nullif(s.days, '{}'), v.days, '{}')))
      AND (v.id IS NULL OR v.state IN ('registered', 'approved')
          AND cardinality(v.days) > 0 AND %(day)s::date <> ALL(v.days))
)
DELETE FROM staged_visitor s USING members m WHERE m.row = s.row AND m.rank > %(free)s RETURNING s.row
"""
# Rows whose organisation is registered outside the delegation whose leader brings the list.
TAKE_OUTSIDE = """
WITH outside AS (
    SELECT n.place FROM staged_unit n
    JOIN visitors_visitingunit u ON u.edition_id = %(edition)s AND u.organisation_id = n.organisation
    LEFT JOIN visitors_delegation d ON d.id = u.delegation_id
    WHERE d.path IS NULL OR d.path <> %(path)s AND NOT starts_with(d.path, %(path)s || '.')
), gone AS (
    DELETE FROM staged_unit n USING outside o WHERE n.place = o.place
)
DELETE FROM staged_visitor s USING outside o WHERE s.place = o.place RETURNING s.row
"""
# New units for which no row names a delegation are of the leader's own.
PUT_INTO_OWN = """
UPDATE staged_unit n SET delegation = %(delegation)s
WHERE n.delegation IS NULL AND NOT EXISTS (
    SELECT FROM visitors_visitingunit u WHERE u.edition_id = %(edition)s AND u.organisation_id = n.organisation)
"""
# People without a number are given the next ones, in the order of the list.
GIVE_NUMBERS = """
WITH new AS (
    SELECT s.row, row_number() OVER (ORDER BY s.row) AS rank FROM staged_visitor s
    WHERE starts_with(s.number, %(unnumbered)s)
)
UPDATE staged_visitor s SET number = %(form)s || lpad((%(highest)s + new.rank)::text, 7, '0')
FROM new WHERE new.row = s.row RETURNING s.number
"""
# Names of one organisation that were written differently meet here; where they disagree the first row speaks.
UPSERT_UNITS = """
INSERT INTO visitors_visitingunit AS u
    (edition_id, organisation_id, delegation_id, purchasing_size, state, registered)
SELECT %(edition)s, organisation, (array_agg(delegation ORDER BY place) FILTER (WHERE delegation IS NOT NULL))[1],
    max(size), 'registered', min(registered)
FROM staged_unit GROUP BY organisation ORDER BY organisation
ON CONFLICT (edition_id, organisation_id) DO UPDATE SET
    delegation_id = coalesce(excluded.delegation_id, u.delegation_id),
    purchasing_size = CASE WHEN excluded.purchasing_size > 0 THEN excluded.purchasing_size ELSE u.purchasing_size END
WHERE (coalesce(excluded.delegation_id, u.delegation_id),
       CASE WHEN excluded.purchasing_size > 0 THEN excluded.purchasing_size ELSE u.purchasing_size END)
    IS DISTINCT FROM (u.delegation_id, u.purchasing_size)
"""
UPSERT_VISITORS = """
WITH merged AS (
    SELECT s.row, s.number, s.name, s.found_by, s.country, v.id,
        coalesce(u.id, v.unit_id) AS unit_id,
        coalesce(nullif(s.email, ''), v.email, '') AS email,
        coalesce(nullif(s.phone, ''), v.phone, '') AS phone,
        coalesce(nullif(s.position, ''), v.position, '') AS position,
        coalesce(nullif(s.document, ''), v.document, '') AS document,
        coalesce(nullif(s.sectors, '{}'), v.sectors, '{}') AS sectors,
        coalesce(nullif(s.hs_headings, '{}')::varchar(6)[], v.hs_headings, '{}') AS hs_headings,
        coalesce(nullif(s.days, '{}'), v.days, '{}') AS days,
        coalesce(s.registered, v.registered, %(at)s) AS registered,
        -- Somebody who is called otherwise now is not called in Latin letters as before.
        CASE WHEN s.name_latin = '' AND v.name = s.name THEN v.name_latin ELSE s.name_latin END AS name_latin,
        v.id IS NOT NULL AND (v.name, v.country_id) = (s.name, s.country) AS same_person,
        v.unit_id AS old_unit, v.email AS old_email, v.phone AS old_phone, v.position AS old_position,
        v.document AS old_document, v.name_latin AS old_latin,
        v.sectors AS old_sectors, v.hs_headings AS old_headings, v.registered AS old_registered,
        v.days AS old_days
    FROM staged_visitor s
    LEFT JOIN staged_unit n USING (place)
    LEFT JOIN visitors_visitingunit u ON u.edition_id = %(edition)s AND u.organisation_id = n.organisation
    LEFT JOIN visitors_visitor v ON v.edition_id = %(edition)s AND v.number = s.number
), written AS (
    INSERT INTO visitors_visitor
        (edition_id, number, unit_id, name, found_by, name_latin, country_id, email, phone, position, document, sectors,
         hs_headings, state, registered, days)
    SELECT %(edition)s, number, unit_id, name, found_by, name_latin, country, email, phone, position, document, sectors,
        hs_headings, 'registered', registered, days
    FROM merged
    WHERE NOT same_person
        OR (unit_id, email, phone, position, document, name_latin, sectors, hs_headings, registered, days)
        IS DISTINCT FROM
        (old_unit, old_email, old_phone, old_position, old_document, old_latin, old_sectors, old_headings,
         old_registered, old_days)
    ORDER BY row
    ON CONFLICT (edition_id, number) DO UPDATE SET
        unit_id = excluded.unit_id, name = excluded.name, found_by = excluded.found_by,
        country_id = excluded.country_id, email = excluded.email,
        phone = excluded.phone, position = excluded.position, document = excluded.document, sectors = excluded.sectors,
        hs_headings = excluded.hs_headings, registered = excluded.registered, name_latin = excluded.name_latin,
        days = excluded.days
    RETURNING xmax = 0 AS created
)
SELECT count(*) FILTER (WHERE created), count(*) FILTER (WHERE NOT created), (SELECT count(*) FROM staged_visitor)
FROM written
"""
