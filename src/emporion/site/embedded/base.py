"""Django's PostgreSQL backend over the embedded server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from emporion.site.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper; only where the server is found differs."""

    def get_connection_params(self) -> dict[str, Any]:
        folder = Path(self.settings_dict["OPTIONS"]["folder"])
        database = self.settings_dict["NAME"] or "postgres"
        make = self.settings_dict["OPTIONS"].get("make", True)
        started = server.address(folder, database if database != "postgres" else "emporion", make=make)
        settings = {**self.settings_dict, "HOST": started["host"], "USER": started["user"], "PORT": started["port"]}
        options = {key: value for key, value in settings["OPTIONS"].items() if key not in ("folder", "make")}
        original, self.settings_dict = self.settings_dict, {**settings, "OPTIONS": options}
        try:
            return super().get_connection_params()
        finally:
            self.settings_dict = original
