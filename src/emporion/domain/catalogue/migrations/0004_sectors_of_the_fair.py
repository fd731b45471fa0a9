"""Sectors belong to a fair: records name those of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_market_eligibility"), ("editions", "0004_sectors")]
    operations = [
        migrations.AddField(
            "product", "of_fair",
            models.ForeignKey(
                "editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
            ),
        ),
        migrations.RunSQL(
            """SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE catalogue_product record SET of_fair_id = sector.id FROM editions_edition edition, editions_sector sector
            WHERE edition.id = record.edition_id AND sector.fair_id = edition.fair_id
                AND sector.code = record.sector_id""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("product", "sector"),
        migrations.RenameField("product", "of_fair", "sector"),
        migrations.AlterField(
            "product", "sector",
            models.ForeignKey("editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT),
        ),
    ]
