"""How to fix what is wrong with a scan of a gate."""

from __future__ import annotations

from emporion.domain.reason import Reason


class LetServiceDeskLook(Reason):
    """let the service desk look at the badge; scans of unknown or revoked badges are not entries"""
