"""The wish for a free booth is a request."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0001_squashed_0004_sectors_of_the_fair")]
    operations = [
        migrations.RenameField("application", "asks_free_booth", "requests_free_booth"),
    ]
