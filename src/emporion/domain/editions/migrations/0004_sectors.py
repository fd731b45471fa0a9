"""A fair has sectors of its own; each takes over those that its records name, with all of the list they stood in."""

import django.db.models.deletion
from django.db import migrations, models

# The records that named a sector of the list that all fairs shared, with the way to their fair.
RECORDS = (
    ("editions", "ExhibitionArea", "edition__fair", "sector"),
    ("exhibitors", "Application", "edition__fair", "sector"),
    ("exhibitors", "Exhibitor", "edition__fair", "sector"),
    ("organisations", "EarlierParticipation", "edition__fair", "sector"),
    ("visitors", "PurchaseNeed", "unit__edition__fair", "sector"),
    ("visitors", "Visitor", "edition__fair", "sectors"),
    ("visitors", "Delegation", "edition__fair", "remit"),
    ("catalogue", "Product", "edition__fair", "sector"),
)


def take_over(apps, schema_editor):
    shared = list(apps.get_model("reference", "Sector").objects.order_by("parent_id", "number"))
    new = apps.get_model("editions", "Sector")
    for fair in apps.get_model("editions", "Fair").objects.all():
        if not any(names_sectors(apps.get_model(app, model), way, field, fair) for app, model, way, field in RECORDS):
            continue
        columns = ("code", "number", "name_en", "name_zh", "focus")
        made = {
            one.code: new.objects.create(fair=fair, **{name: getattr(one, name) for name in columns}) for one in shared
        }
        for one in shared:
            if one.parent_id:
                new.objects.filter(fair=fair, code=one.code).update(parent=made[one.parent_id])


def names_sectors(model, way, field, fair):
    empty = None if field == "sector" else []
    return model.objects.filter(**{way: fair}).exclude(**{field: empty}).exists()



class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0003_figures_in_the_editions_currency"),
        ("reference", "0002_loaded_file"),
        ("catalogue", "0003_market_eligibility"),
        ("exhibitors", "0003_area_m2"),
        ("organisations", "0003_roles_and_claims"),
        ("visitors", "0005_one_person"),
    ]
    operations = [
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("number", models.PositiveSmallIntegerField(help_text="order in lists")),
                ("name_en", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, max_length=100)),
                ("focus", models.BooleanField(default=False, help_text="reported edition over edition")),
                (
                    "fair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sectors", to="editions.fair"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children",
                        to="editions.sector",
                    ),
                ),
            ],
            options={
                "ordering": ["fair", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("fair", "code"), name="one_sector_per_code"),
                    models.UniqueConstraint(fields=("fair", "number"), name="one_sector_per_number"),
                ],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddField(
            "exhibitionarea", "of_fair",
            models.ForeignKey(
                "editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"
            ),
        ),
        migrations.RunSQL(
            """SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE editions_exhibitionarea record SET of_fair_id = sector.id FROM editions_edition edition, editions_sector sector
            WHERE edition.id = record.edition_id AND sector.fair_id = edition.fair_id
                AND sector.code = record.sector_id""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("exhibitionarea", "sector"),
        migrations.RenameField("exhibitionarea", "of_fair", "sector"),
        migrations.AlterField(
            "exhibitionarea", "sector",
            models.ForeignKey("editions.sector", null=True, blank=True, on_delete=django.db.models.deletion.PROTECT),
        ),
    ]
