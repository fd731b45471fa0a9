from django.db import migrations, models


class Migration(migrations.Migration):
    """The key of an edition takes the place of its number; keys of editions that were there are their numbers."""

    dependencies = [("journal", "0002_append_only")]

    operations = [
        migrations.AlterField(
            "journalentry",
            "edition",
            models.PositiveBigIntegerField(blank=True, help_text="key of the edition", null=True),
        ),
    ]
