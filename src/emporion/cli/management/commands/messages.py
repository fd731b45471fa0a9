"""``emporion messages``: bring the catalogue of messages up to date and compile it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emporion.language import messages


class Command(BaseCommand):
    help = "Bring the Chinese catalogue of messages up to date and compile it; names what is not translated."

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = messages.update()
        if untranslated := messages.missing(catalogue):
            raise CommandError("not translated yet:\n" + "\n".join(untranslated))
        self.stdout.write(f"{len(catalogue)} messages, all translated")
