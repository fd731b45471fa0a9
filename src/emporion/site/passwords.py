"""How passwords are stored."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: the setting that OWASP's Password Storage Cheat Sheet names first
    among equals. Its time is a tenth of PBKDF2's with a million rounds, so two hundred people can sign up at once.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
