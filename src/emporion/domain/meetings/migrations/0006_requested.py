"""When a meeting was requested."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_squashed_0005_delegations_links")]
    operations = [
        migrations.RenameField("meetingrequest", "asked", "requested"),
    ]
