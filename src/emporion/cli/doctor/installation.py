"""Settings, files and libraries of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.crypto import get_random_string

from emporion.cli.doctor.findings import Finding, error, warning
from emporion.domain.notices.queries import mail_is_set

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
GIB = 2**30
LEAST_FREE, SCARCE_FREE = GIB // 2, 2 * GIB
NEEDED_FILES = ("emporion/site.css", "emporion/tokens.css", "django_htmx/htmx-2.min.js", "unfold/css/styles.css")
# Zones in each part of the world, one of them with daylight saving.
ZONES = ("Asia/Shanghai", "Africa/Accra", "America/Sao_Paulo", "Europe/Berlin")


def secret_key() -> Iterator[Finding]:
    """A key that can be guessed lets anybody sign in as anybody."""
    file = settings.HOME / "secret-key"
    if "EMPORION_SECRET_KEY" not in os.environ and not file.exists():
        return  # The site makes a good one when it starts; to look is not to make one.
    key = str(settings.SECRET_KEY)
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or "insecure" in key:
        example = get_random_string(60)
        wrong = "The secret key is short or easy to guess: whoever knows it can sign in as anybody."
        yield error("secret-key-weak", wrong, f"Set EMPORION_SECRET_KEY to a long random text, such as {example}")
    if file.exists() and file.stat().st_mode & 0o077:
        wrong = f"Other users of this machine can read the secret key in {file}."
        yield error("secret-key-readable", wrong, f"Run chmod 600 {file}")


def debug() -> Iterator[Finding]:
    """Pages of errors show settings and code to everybody."""
    if settings.DEBUG:
        level = error if settings.PUBLIC_URL else warning
        wrong = "EMPORION_DEBUG is on: pages of errors show the code and its settings to every reader."
        yield level("debug-on", wrong, "Remove EMPORION_DEBUG.")


def addresses() -> Iterator[Finding]:
    """Hosts, public address and proxies fit each other."""
    public = settings.PUBLIC_URL
    if not public:
        level = error if mail_is_set() else warning
        wrong = "No public address is set: messages with a link wait, and cookies travel without protection."
        yield level("public-url-missing", wrong, "Set EMPORION_PUBLIC_URL, as in https://fair.example")
    elif not public.startswith("https://"):
        wrong = f"The public address {public} is not encrypted: passwords can be read on the way."
        fix = "Put a proxy with a certificate in front (see docs/operation.md) and give the address with https://"
        yield warning("public-url-http", wrong, fix)
    elif settings.PROXIES == 0:
        wrong = "EMPORION_PROXIES is 0 with an https:// address: pages redirect for ever behind a proxy that ends TLS."
        yield warning("proxies-none", wrong, "Set EMPORION_PROXIES to the number of proxies in front, usually 1.")
    if "*" in settings.ALLOWED_HOSTS:
        wrong = "EMPORION_HOSTS is *: links can be made to lead anywhere."
        yield error("hosts-any", wrong, "List the host names, or leave it out and set EMPORION_PUBLIC_URL.")


def disk_space() -> Iterator[Finding]:
    """A full disk stops the database."""
    folder = next(place for place in (settings.HOME, *settings.HOME.parents) if place.exists())
    free = shutil.disk_usage(folder).free
    if free < SCARCE_FREE:
        level = error if free < LEAST_FREE else warning
        wrong = f"Only {free / GIB:.1f} GiB are free at {folder}: a full disk stops the database."
        yield level("disk-full", wrong, "Free space there, or move EMPORION_HOME to a larger disk.")


def folders() -> Iterator[Finding]:
    """What the site and its worker write must be theirs to write."""
    for folder, what in ((settings.HOME, "the key and stored pages"), (Path(settings.MEDIA_ROOT), "logos of fairs")):
        if not folder.exists():
            continue
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as failure:
            wrong = f"Nothing can be written into {folder} ({failure.strerror}): it holds {what}."
            fix = f"Make it a folder of the user that runs Emporion, as by: chown -R emporion {folder}"
            yield error("folder-unwritable", wrong, fix)


def time_zones() -> Iterator[Finding]:
    """Without the tables of time zones no hour of a fair can be told."""
    try:
        for zone in ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError as missing:
        yield error(
            "time-zones-missing", f"Time zone data are missing: {missing}.", "Install the package tzdata again."
        )


def static_files() -> Iterator[Finding]:
    """Style sheets and scripts are there, and the Chinese catalogue."""
    missing = [name for name in NEEDED_FILES if finders.find(name) is None]
    catalogue = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if not catalogue.exists():
        missing.append(str(catalogue))
    if missing:
        wrong = f"Files of the pages are missing: {', '.join(missing)}."
        yield error("static-files-missing", wrong, "Install Emporion again: the package is not complete.")


def pdf() -> Iterator[Finding]:
    """PDFs need Pango, and fonts with Chinese characters."""
    try:
        import weasyprint  # noqa: F401
    except OSError as missing:
        wrong = f"PDFs cannot be made: {str(missing).splitlines()[0]}"
        fix = "Install Pango; on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0"
        yield warning("pdf-library-missing", wrong, fix)
    if (finder := shutil.which("fc-list")) is None:
        return
    found = subprocess.run([finder, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    if found.returncode == 0 and not found.stdout.strip():
        wrong = "No font has Chinese characters: PDFs show boxes in their place."
        yield warning("fonts-missing", wrong, "Install one; on Debian: apt install fonts-noto-cjk")
