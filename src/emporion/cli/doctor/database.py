"""The database: whether it answers, is new enough, and holds what a fair needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError, ProgrammingError

from emporion.cli.doctor.findings import Check, Finding, error, warning
from emporion.domain.deals.queries import editions_with_old_rates
from emporion.domain.editions.models import Edition, Fair, Venue
from emporion.domain.editions.queries import current_editions
from emporion.domain.reference.models import Country, Currency, HSCode
from emporion.domain.reference.queries import is_rated

OLDEST_VERSION = 15
MAX_SKEW, NOTED_SKEW = 30, 2
PREPARE = "Run `emporion prepare`."


def database() -> Iterator[Finding]:
    """All of it; what needs an earlier part is looked at only when that part is fine."""
    steps: list[Check] = [_connection, _server, _tables, _reference, _fair]
    for step in steps:
        findings = list(step())
        yield from findings
        if any(finding.level == "error" for finding in findings):
            return


def _connection() -> Iterator[Finding]:
    from emporion.site.embedded.server import NoDatabase

    try:
        connection.ensure_connection()
    except OperationalError as failure:
        if isinstance(failure.__cause__, NoDatabase):
            yield error("database-missing", "There is no database yet.", "Run `emporion prepare`, or set DATABASE_URL.")
            return
        wrong = f"The database does not answer: {' '.join(str(failure).split())}"
        log = settings.HOME / "postgres" / "log"
        fix = f"Look into {log}" if _is_embedded() else "Check DATABASE_URL and the server."
        yield error("database-unreachable", wrong, fix)


def _server() -> Iterator[Finding]:
    """Version, encoding and clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
        before = datetime.now(UTC)
        cursor.execute("SELECT clock_timestamp()")
        (server_time,) = cursor.fetchone()
        skew = abs((server_time - before - (datetime.now(UTC) - before) / 2).total_seconds())
    if version < OLDEST_VERSION:
        wrong = f"PostgreSQL {version} is too old; {OLDEST_VERSION} is the oldest that works."
        yield error("database-old", wrong, f"Move the database to PostgreSQL {OLDEST_VERSION} or newer.")
    if encoding != "UTF8":
        wrong = f"The database keeps text as {encoding}, which lacks most of the world's letters."
        yield error("database-encoding", wrong, "Create the database anew with ENCODING 'UTF8' and restore it there.")
    if skew > NOTED_SKEW:
        level = error if skew > MAX_SKEW else warning
        wrong = f"This machine's clock and the database's are {skew:.0f} seconds apart: deadlines move by that much."
        yield level("clock-skew", wrong, "Keep both in time with NTP (chrony or systemd-timesyncd).")


def _tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        applied = bool(executor.loader.applied_migrations)
        wrong = (
            f"The tables are older than this version of Emporion; changes that are missing: {len(plan)}."
            if applied
            else "The tables were never made."
        )
        yield error("migrations-missing", wrong, PREPARE)


def _reference() -> Iterator[Finding]:
    wanted = {"countries": Country, "currencies": Currency, "HS codes": HSCode}
    missing = [name for name, model in wanted.items() if not model._default_manager.exists()]
    if missing:
        yield error("reference-missing", f"Reference data are missing: {', '.join(missing)}.", PREPARE)


def _fair() -> Iterator[Finding]:
    if not Fair.objects.exists():
        yield error("fair-missing", "There is no fair yet.", "Run `emporion fair create`, or use the back office.")
    elif not Edition.objects.exists():
        yield error("edition-missing", "There is no edition of a fair yet.", "Create one in the back office (/admin/).")
    elif not Edition.objects.filter(current=True).exists():
        wrong = "No edition is current: the public pages show nothing."
        yield error("edition-none-current", wrong, "Mark one as current in the back office (/admin/).")
    for code, zone in Venue.objects.values_list("code", "time_zone"):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            wrong = f"The time zone {zone} of venue {code} is not known on this machine."
            yield error("venue-zone", wrong, "Correct it in the back office, or install the package tzdata again.")


def rates() -> Iterator[Finding]:
    """Amounts can be converted into the currency of an edition, and one that takes deals has rates of today."""
    try:
        old = editions_with_old_rates(datetime.now(UTC))
        unrated = [one for one in current_editions() if not is_rated(one.currency_id)]
    except (OperationalError, ProgrammingError):
        # The database's own check tells that it does not answer, or lacks its tables.
        connection.close()
        return
    for edition in unrated:
        wrong = f"There is no reference rate of {edition.currency_id}, the currency of {edition}: deals in others fail."
        fix = f"Run `emporion rates load FILE` with a CSV of rates of {edition.currency_id} by its central bank."
        yield warning("rates-none", wrong, fix)
    for edition, newest in old:
        of_day = f"The newest reference rate is of {newest}" if newest else "There is no reference rate"
        wrong = (
            f"{of_day}: {edition} counts rates of at most {edition.rate_days} days, and refuses deals that need one."
        )
        fix = "Run `emporion rates load FILE` with the European Central Bank's eurofxref-hist.zip, or use the office."
        yield warning("rates-old", wrong, fix)


def embedded_database() -> Iterator[Finding]:
    """The embedded server serves one machine and is backed up by nobody."""
    if settings.PUBLIC_URL and _is_embedded():
        wrong = "A public site runs on the embedded database, which one machine alone can use."
        fix = "For several machines set DATABASE_URL to a PostgreSQL server; back this one up with pg_dump."
        yield warning("database-embedded", wrong, fix)


def _is_embedded() -> bool:
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return engine == "emporion.site.embedded"
