"""Figures of money are named without a currency: the edition has it."""

from django.db import migrations

KEYS = {
    "intended_turnover_usd": "intended_turnover",
    "intended_turnover_usd_cumulated": "intended_turnover_cumulated",
    "investment_usd": "investments",
}


def rename(apps, schema_editor):
    figures = apps.get_model("editions", "PublishedFigure").objects
    for before, after in KEYS.items():
        figures.filter(figure=before).update(figure=after)


def name_as_before(apps, schema_editor):
    figures = apps.get_model("editions", "PublishedFigure").objects
    for before, after in KEYS.items():
        figures.filter(figure=after).update(figure=before)


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_fair")]
    operations = [migrations.RunPython(rename, name_as_before)]
