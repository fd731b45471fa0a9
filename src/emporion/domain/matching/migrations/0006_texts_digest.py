"""The digest of the texts that a profile was made of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_squashed_0005_interest")]
    operations = [
        migrations.RenameField("exhibitortexts", "said", "texts_digest"),
        migrations.RenameField("unittexts", "said", "texts_digest"),
    ]
