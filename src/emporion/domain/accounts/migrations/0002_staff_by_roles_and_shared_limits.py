"""Whether somebody is staff follows from roles; the limits of sign-in are counted in one table of the database."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE accounts_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RemoveField("user", "is_staff"),
        migrations.RunSQL(TABLE, "DROP TABLE accounts_cache"),
    ]
