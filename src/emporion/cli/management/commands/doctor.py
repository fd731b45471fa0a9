"""Find what is wrong with an installation."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``emporion doctor``: each problem with the way to fix it; status 1 when one keeps the fair from working."""

    help = "Find what is wrong with this installation and how to fix it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the findings as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        from emporion.cli.doctor import database, installation, public_address, work

        checks = [
            installation.secret_key, installation.debug, installation.addresses, public_address.public_address,
            database.database, database.rates, database.embedded_database, work.mail, work.outbox, work.worker,
            installation.disk_space, installation.folders, installation.time_zones, installation.static_files,
            installation.pdf,
        ]  # fmt: skip
        findings = [finding for check in checks for finding in check()]
        errors = sum(finding.level == "error" for finding in findings)
        if options["json"]:
            found = [asdict(finding) for finding in findings]
            self.stdout.write(json.dumps({"ok": not errors, "findings": found}, indent=2))
        else:
            for finding in findings:
                self.stdout.write(f"{finding.level:<8} {finding.wrong}\n         Fix: {finding.fix}  [{finding.code}]")
            warnings = len(findings) - errors
            self.stdout.write(f"Errors: {errors}. Warnings: {warnings}." if findings else "Nothing is wrong.")
        if errors:
            sys.exit(1)
