from django.db import migrations, models


class Migration(migrations.Migration):
    """Reasons as code and data. A sentence of an earlier run stays as it was written, in English."""

    dependencies = [("booths", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE booths_unplaced ALTER COLUMN reason TYPE jsonb USING to_jsonb(reason::text)",
            "ALTER TABLE booths_unplaced ALTER COLUMN reason TYPE varchar(300) USING left(reason #>> '{}', 300)",
            state_operations=[migrations.AlterField("unplaced", "reason", models.JSONField())],
        ),
    ]
