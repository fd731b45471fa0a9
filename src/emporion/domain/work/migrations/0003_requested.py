"""Who requested work, and when."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("work", "0002_uploaded_lists")]
    operations = [
        migrations.RenameField("backgroundtask", "asked", "requested"),
        migrations.RenameField("backgroundtask", "asked_by", "requested_by"),
    ]
