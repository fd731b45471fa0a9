"""Names as they look: what nobody can tell apart on a screen is one name."""

from __future__ import annotations

import unicodedata


def look_of(name: str) -> str:
    """The name by which two spellings are compared: composed or not, in capitals or not, with whatever blanks.

    Full-width letters, no-break spaces and signs that nobody sees make no difference.
    """
    plain = unicodedata.normalize("NFKC", name)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc") or sign.isspace())
    return "".join(unicodedata.normalize("NFC", seen.casefold()).split())
