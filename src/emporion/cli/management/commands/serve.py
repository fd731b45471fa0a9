"""Serve the site."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.http import urlencode

from emporion.domain.accounts.queries import first_operator_key, has_operator


def cores() -> int:
    """How many cores this process may use; a container may have fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Command(BaseCommand):
    """``emporion serve``: the site with Granian, one worker process per core."""

    help = "Serve the site (Granian)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=cores(), help="worker processes (default: one per core)")
        parser.add_argument("--threads", type=int, default=4, help="requests that one worker answers at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        # A database that is missing or unprepared is told here, by the command line, before anybody can ask a page.
        operated = has_operator()
        connections.close_all()
        from granian import Granian
        from granian.constants import Interfaces

        address = settings.PUBLIC_URL or f"http://{options['host'].replace('127.0.0.1', 'localhost')}:{options['port']}"
        self.stdout.write(address)
        if not operated:
            key = urlencode({"key": first_operator_key()})
            self.stdout.write(f"Nobody runs this installation yet. Begin here: {address}/setup/?{key}")
        Granian(
            "emporion.site.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            log_access=False,
            # Otherwise the site ends with the first process that the system ends, as when memory runs out.
            respawn_failed_workers=True,
        ).serve()
