"""The public version of each edition: a number that moves when a transaction with a public event commits."""

from django.db import migrations

# Entries of these kinds change nothing that readers without an account see.
APART = (
    "badge", "badges", "calendar", "deal", "delegation", "delegations", "entries", "hall", "investment", "meeting",
    "needs", "organisation", "presence", "representative", "requests", "slots", "suggestion", "texts", "timetable",
    "unit", "visitor", "visitors", "matching", "application",
)  # fmt: skip
# Fires at the commit. Commits with public events take turns from here to their end, which is a moment, so the numbers
# rise in the order of the commits. A transaction that has moved the number already does not wait a second time.
# An entry says itself whether it is public; those that do not say are judged by their kind.
MOVE = """
CREATE TABLE journal_publicversion (
    edition bigint PRIMARY KEY, number bigint NOT NULL, transaction bigint NOT NULL
);
INSERT INTO journal_publicversion VALUES (0, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, 0);
CREATE FUNCTION journal_move_public_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry jsonb := to_jsonb(NEW);
    kind text := split_part(coalesce(entry ->> 'event', entry ->> 'deed'), '.', 1);
    moved bigint := coalesce(NEW.edition, 0);
    this bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF NOT coalesce((entry ->> 'public')::boolean, kind <> ALL ('{%s}')) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM journal_publicversion WHERE edition = moved AND transaction = this;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal.public_version'));
    INSERT INTO journal_publicversion AS own (edition, number, transaction)
        VALUES (moved, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, this)
        ON CONFLICT (edition) DO UPDATE SET number = greatest(own.number + 1, EXCLUDED.number), transaction = this;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_move_public_version AFTER INSERT ON journal_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_move_public_version();
""" % ",".join(APART)
STAY = """
DROP TRIGGER journal_move_public_version ON journal_journalentry;
DROP FUNCTION journal_move_public_version();
DROP TABLE journal_publicversion;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_edition_by_key")]
    operations = [migrations.RunSQL(MOVE, STAY)]
