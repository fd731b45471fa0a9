"""Sectors belong to a fair: records name those of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visitors", "0005_one_person"), ("editions", "0004_sectors")]
    operations = [
        migrations.AddField(
            "purchaseneed", "of_fair",
            models.ForeignKey(
                "editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
            ),
        ),
        migrations.RunSQL(
            """SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE visitors_purchaseneed record SET of_fair_id = sector.id FROM visitors_visitingunit unit, editions_edition edition, editions_sector sector
            WHERE edition.id = unit.edition_id AND unit.id = record.unit_id AND sector.fair_id = edition.fair_id
                AND sector.code = record.sector_id""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("purchaseneed", "sector"),
        migrations.RenameField("purchaseneed", "of_fair", "sector"),
        migrations.AlterField(
            "purchaseneed", "sector",
            models.ForeignKey("editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT),
        ),
    ]
