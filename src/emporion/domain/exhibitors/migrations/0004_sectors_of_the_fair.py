"""Sectors belong to a fair: records name those of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0003_area_m2"), ("editions", "0004_sectors")]
    operations = [
        migrations.AddField(
            "application", "of_fair",
            models.ForeignKey(
                "editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
            ),
        ),
        migrations.RunSQL(
            """SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE exhibitors_application record SET of_fair_id = sector.id FROM editions_edition edition, editions_sector sector
            WHERE edition.id = record.edition_id AND sector.fair_id = edition.fair_id
                AND sector.code = record.sector_id""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("application", "sector"),
        migrations.RenameField("application", "of_fair", "sector"),
        migrations.AlterField(
            "application", "sector",
            models.ForeignKey("editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT),
        ),
        migrations.AddField(
            "exhibitor", "of_fair",
            models.ForeignKey(
                "editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
            ),
        ),
        migrations.RunSQL(
            """SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE exhibitors_exhibitor record SET of_fair_id = sector.id FROM editions_edition edition, editions_sector sector
            WHERE edition.id = record.edition_id AND sector.fair_id = edition.fair_id
                AND sector.code = record.sector_id""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("exhibitor", "sector"),
        migrations.RenameField("exhibitor", "of_fair", "sector"),
        migrations.AlterField(
            "exhibitor", "sector",
            models.ForeignKey("editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT),
        ),
    ]
