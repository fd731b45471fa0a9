"""Sectors are no reference data: each fair has its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0002_loaded_file"),
        ("catalogue", "0004_sectors_of_the_fair"),
        ("exhibitors", "0004_sectors_of_the_fair"),
        ("organisations", "0004_sectors_of_the_fair"),
        ("visitors", "0006_sectors_of_the_fair"),
    ]
    operations = [
        migrations.RunSQL("DELETE FROM reference_loadedfile WHERE name = 'sectors/sectors.csv'", migrations.RunSQL.noop),
        migrations.DeleteModel("Sector"),
    ]
