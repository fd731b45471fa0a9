"""Call the area that an application asks ``area_m2``, as forms and lists call it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0002_application_buyers_wanted_and_more")]

    operations = [migrations.RenameField("application", "requested_area_m2", "area_m2")]
