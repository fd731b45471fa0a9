import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="visitorsuggestions",
            name="places",
            # Lists made before the difference was known held places only.
            field=models.SmallIntegerField(default=20),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_exhibitor", models.BooleanField()),
                (
                    "kind",
                    models.CharField(choices=[("favourite", "favourite"), ("hidden", "hidden")], max_length=10),
                ),
                ("at", models.DateTimeField()),
                (
                    "exhibitor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="exhibitors.exhibitor"),
                ),
                ("visitor", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="visitors.visitor")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("visitor", "exhibitor", "by_exhibitor"), name="one_mark_per_side")
                ],
            },
        ),
    ]
