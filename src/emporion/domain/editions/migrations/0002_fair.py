"""Editions belong to a fair, and their number is no longer their key.

An edition's old number becomes its ``id``, so that every row that refers to it stays as it is; ``number`` is then a
column of its own. What is there already becomes one fair for each host country.
"""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import emporion.domain.editions.models

EXPO = "China International Import Expo"


def found_fairs(apps, schema_editor):
    """One fair for the editions of each host; the import expo in China keeps its own name."""
    Fair, Edition = apps.get_model("editions", "Fair"), apps.get_model("editions", "Edition")
    for host in Edition.objects.order_by("host").values_list("host", flat=True).distinct():
        held = Edition.objects.filter(host=host).order_by("-current", "-number")
        latest = held[0]
        if latest.name_en.endswith(EXPO):
            names = {"slug": "ciie", "name_en": EXPO, "name_zh": "中国国际进口博览会"}
        else:
            names = {"slug": f"fair-{host.lower()}", "name_en": latest.name_en, "name_zh": latest.name_zh}
        fair = Fair.objects.create(host_id=host, languages=["en", "zh-hans"], **names)
        held.update(fair=fair)


def copy_number(apps, schema_editor):
    apps.get_model("editions", "Edition").objects.update(number=models.F("id"))


# Constraints that wait for the end of the transaction would forbid a change of a table whose rows have just changed.
CHECK_NOW = migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop)

NEXT_KEY = migrations.RunSQL(
    "SELECT setval(pg_get_serial_sequence('editions_edition', 'id'), max(id)) FROM editions_edition HAVING max(id) > 0",
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial"), ("reference", "0002_loaded_file")]

    operations = [
        migrations.CreateModel(
            name="Fair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        max_length=40, unique=True, validators=[emporion.domain.editions.models.validate_slug]
                    ),
                ),
                ("name_en", models.CharField(max_length=150)),
                ("name_zh", models.CharField(blank=True, max_length=150)),
                ("organiser_en", models.CharField(blank=True, max_length=150)),
                ("organiser_zh", models.CharField(blank=True, max_length=150)),
                (
                    "languages",
                    models.JSONField(
                        default=emporion.domain.editions.models.default_languages,
                        validators=[emporion.domain.editions.models.validate_languages],
                    ),
                ),
                ("website", models.URLField(blank=True)),
                (
                    "sender_name",
                    models.CharField(blank=True, help_text="whose name stands on messages", max_length=150),
                ),
                ("sender_email", models.EmailField(blank=True, max_length=254)),
                ("reply_to", models.EmailField(blank=True, max_length=254)),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        help_text="as in #0b6e6e",
                        max_length=7,
                        validators=[emporion.domain.editions.models.validate_colour],
                    ),
                ),
                ("logo", models.FileField(blank=True, upload_to="fairs")),
                (
                    "host",
                    models.ForeignKey(
                        help_text="the market that goods are to enter",
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.country",
                    ),
                ),
            ],
            options={"ordering": ["slug"]},
        ),
        # Until now every hour was an hour of Shanghai.
        migrations.AddField(
            "venue",
            "time_zone",
            models.CharField(
                default="Asia/Shanghai",
                help_text="as in Africa/Accra",
                max_length=50,
                validators=[emporion.domain.editions.models.validate_time_zone],
            ),
            preserve_default=False,
        ),
        migrations.AlterField("venue", "name_zh", models.CharField(blank=True, max_length=150)),
        migrations.AlterField("venue", "city_zh", models.CharField(blank=True, max_length=100)),
        migrations.AlterField("edition", "name_zh", models.CharField(blank=True, max_length=150)),
        migrations.AlterField("exhibitionarea", "name_zh", models.CharField(blank=True, max_length=100)),
        migrations.AddField(
            "edition",
            "fair",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="editions.fair",
            ),
        ),
        migrations.RunPython(found_fairs, migrations.RunPython.noop),
        CHECK_NOW,
        migrations.RemoveConstraint("edition", "one_current_edition"),
        migrations.RemoveField("edition", "host"),
        migrations.AlterField(
            "edition",
            "fair",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="editions.fair"
            ),
        ),
        migrations.RenameField("edition", "number", "id"),
        migrations.AlterField(
            "edition",
            "id",
            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
        ),
        NEXT_KEY,
        migrations.AddField("edition", "number", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(copy_number, migrations.RunPython.noop),
        CHECK_NOW,
        migrations.AlterField(
            "edition",
            "number",
            models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
        ),
        migrations.AlterModelOptions("edition", {"ordering": ["fair", "number"]}),
        migrations.AddConstraint(
            "edition", models.UniqueConstraint(fields=["fair", "number"], name="one_edition_per_number")
        ),
        migrations.AddConstraint(
            "edition",
            models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("fair",), name="one_current_edition"
            ),
        ),
    ]
