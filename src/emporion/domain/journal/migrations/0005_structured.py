"""Events with a subject by kind and key, in place of prose; the trigger rests while what is there is rewritten."""

from django.db import migrations, models

# Names that had no dot.
RENAMED = {
    "tariff_loaded": "tariff.loaded",
    "tariff_replaced": "tariff.replaced",
    "tariff_unloaded": "tariff.unloaded",
    "exhibit_rules_set": "exhibit_rules.set",
    "exhibit_admitted": "exhibit.admitted",
    "exhibit_stay_extended": "exhibit.stay_extended",
    "exhibit_settled": "exhibit.settled",
}
# What events were about by the first part of their names, where it is not the edition's lists.
KINDS = {
    "organisation": "organisation", "duplicate": "organisation", "duplicates": "organisation",
    "organisations": "organisation", "representative": "organisation", "tariff": "tariff", "exhibit": "exhibit",
    "application": "application", "unit": "visiting_unit", "visitor": "visitor", "stand": "stand",
    "product": "product", "badge": "badge", "free_booth": "exhibitor", "contract": "exhibitor",
    "suggestion": "visitor", "matching": "matching_run", "calendar": "visitor", "presence": "visitor",
    "hall": "hall", "deal": "deal", "investment": "investment", "delegation": "delegation", "demo": "demo_step",
}  # fmt: skip
# Those that differ from their like.
KINDS_OF_EVENTS = {
    "badge.issued": "visitor", "booths.allocated": "allocation_run", "timetable.made": "timetable_run",
    "timetable.replanned": "timetable_run", "meeting.pinned": "meeting", "meeting.unpinned": "meeting",
    "meeting.outcome": "meeting", "meeting.asked": "meeting_request", "meeting.accepted": "meeting_request",
    "meeting.declined": "meeting_request", "meeting.cancelled": "meeting_request",
    "meeting.unwanted": "meeting_request", "meeting.wished": "meeting_request",
    "meeting.proposed": "meeting_request",
}  # fmt: skip
PUBLIC = [
    "edition.opened", "halls.imported", "organisations.merged", "tariff.loaded", "tariff.replaced",
    "tariff.unloaded", "exhibit_rules.set", "exhibit.admitted", "exhibit.stay_extended", "exhibit.settled",
    "contract.signed", "contracts.signed", "exhibitors.imported", "participations.imported",
    "delegation.approved", "visitors.approved", "visitors.imported", "booths.allocated",
    "free_booths.granted", "product.added", "product.changed", "product.removed", "product.debut",
    "products.imported", "sessions.imported", "deals.imported", "investments.imported", "demo.step",
]  # fmt: skip
# "application 12: Benin Shea" is application 12, called Benin Shea; "exhibit:7" is exhibit 7.
REWRITE = """
UPDATE journal_journalentry SET
    event = coalesce(%(renamed)s::jsonb ->> event, event);
UPDATE journal_journalentry SET
    subject_kind = coalesce(%(events)s::jsonb ->> event, %(kinds)s::jsonb ->> split_part(event, '.', 1), 'edition'),
    public = event = ANY(%(public)s);
UPDATE journal_journalentry SET
    subject_id = CASE
        WHEN subject_kind = 'edition' THEN coalesce(edition::text, '')
        WHEN subject_kind = 'demo_step' THEN subject_label
        ELSE coalesce(substring(subject_label FROM '^(?:application|organisation|product|run|meeting) (\\d+)'),
                      substring(subject_label FROM '^(?:exhibit|tariff):(.+)$'), '') END,
    subject_label = regexp_replace(
        subject_label, '^((application|organisation) \\d+: |(visitor|exhibitor|deal|badge|stand|unit|delegation) |'
        '(exhibit|tariff):)(?=.)', '');
"""
REST = "ALTER TABLE journal_journalentry {} TRIGGER journal_is_append_only"


def rewrite(apps, schema_editor):
    import json

    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM journal_journalentry)")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(REST.format("DISABLE"))
        # A table cannot be altered while checks of its rows wait for the commit.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        given = {
            "renamed": json.dumps(RENAMED), "events": json.dumps(KINDS_OF_EVENTS), "kinds": json.dumps(KINDS),
            "public": PUBLIC,
        }  # fmt: skip
        for statement in REWRITE.split(";\n"):
            if statement.strip():
                cursor.execute(statement, given)
        cursor.execute(REST.format("ENABLE"))


class Migration(migrations.Migration):
    # Rows are rewritten in one transaction and the indexes made in another.
    dependencies = [("journal", "0004_public_version")]
    operations = [
        migrations.RemoveIndex("journalentry", "journal_jou_subject_bff33d_idx"),
        migrations.RemoveIndex("journalentry", "journal_jou_deed_966b1e_idx"),
        migrations.RenameField("journalentry", "deed", "event"),
        migrations.RenameField("journalentry", "subject", "subject_label"),
        migrations.AlterField(
            "journalentry", "subject_label",
            models.CharField(help_text="its number or name at the time", max_length=200),
        ),
        migrations.AddField(
            "journalentry", "subject_kind",
            models.CharField(default="", help_text="kind of record, as in application", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            "journalentry", "subject_id",
            models.CharField(blank=True, default="", help_text="its key; empty for many records at once", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            "journalentry", "schema",
            models.PositiveSmallIntegerField(default=1, help_text="version of the data's shape, by event"),
        ),
        migrations.AddField(
            "journalentry", "public",
            models.BooleanField(default=False, help_text="changes what readers without an account see"),
        ),
        migrations.RunPython(rewrite, migrations.RunPython.noop),
        migrations.AddIndex(
            "journalentry", models.Index(fields=["subject_kind", "subject_id"], name="journal_jou_subject_179be0_idx"),
        ),
        migrations.AddIndex(
            "journalentry", models.Index(fields=["event", "edition"], name="journal_jou_event_beed21_idx"),
        ),
        migrations.AddIndex(
            "journalentry",
            models.Index(
                fields=["edition", "-id"], condition=models.Q(("public", True)), name="journal_public_entries"
            ),
        ),
    ]
