import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables

# The journal is append only: the database refuses to change or remove a row, whoever asks.
FORBID = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is append only: add an entry that corrects, never change one.';
END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
"""
ALLOW = """
DROP TRIGGER journal_is_append_only ON journal_journalentry;
DROP FUNCTION journal_is_append_only();
"""
# The public version of each edition: a number that moves when a transaction with a public event commits.
# Fires at the commit. Commits with public events take turns from here to their end, which is a moment, so the numbers
# rise in the order of the commits. A transaction that has moved the number already does not wait a second time.
MOVE = """
CREATE TABLE journal_publicversion (
    edition bigint PRIMARY KEY, number bigint NOT NULL, transaction bigint NOT NULL
);
INSERT INTO journal_publicversion VALUES (0, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, 0);
CREATE FUNCTION journal_move_public_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
STAY = """
DROP TRIGGER journal_move_public_version ON journal_journalentry;
DROP FUNCTION journal_move_public_version();
DROP TABLE journal_publicversion;
"""


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial'), ('journal', '0002_append_only'), ('journal', '0003_edition_by_key'), ('journal', '0004_public_version'), ('journal', '0005_structured'), ('journal', '0006_public_trigger')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='JournalEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('event', models.CharField(max_length=60)),
                    ('subject_kind', models.CharField(help_text='kind of record, as in application', max_length=40)),
                    ('subject_id', models.CharField(blank=True, help_text='its key; empty for many records at once', max_length=60)),
                    ('subject_label', models.CharField(help_text='its number or name at the time', max_length=200)),
                    ('schema', models.PositiveSmallIntegerField(default=1, help_text="version of the data's shape, by event")),
                    ('public', models.BooleanField(default=False, help_text='changes what readers without an account see')),
                    ('edition', models.PositiveBigIntegerField(blank=True, help_text='key of the edition', null=True)),
                    ('data', models.JSONField(blank=True, default=dict)),
                    ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'journal entries',
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='journal_jou_subject_179be0_idx'), models.Index(fields=['event', 'edition'], name='journal_jou_event_beed21_idx')],
                },
            ),
        ]),
        migrations.RunSQL(FORBID, ALLOW),
        migrations.RunSQL(MOVE, STAY),
    ]
