"""Entries say themselves whether they are public: the trigger of the public version fires for those alone."""

from django.db import migrations

MOVE = """
DROP TRIGGER journal_move_public_version ON journal_journalentry;
CREATE OR REPLACE FUNCTION journal_move_public_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint := coalesce(NEW.edition, 0);
    this bigint := pg_current_xact_id()::text::bigint;
BEGIN
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
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.public) EXECUTE FUNCTION journal_move_public_version();
"""
FOR_EACH = """
DROP TRIGGER journal_move_public_version ON journal_journalentry;
CREATE CONSTRAINT TRIGGER journal_move_public_version AFTER INSERT ON journal_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_move_public_version();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_structured")]
    operations = [
        migrations.RemoveIndex("journalentry", "journal_public_entries"),
        migrations.RunSQL(MOVE, FOR_EACH),
    ]
