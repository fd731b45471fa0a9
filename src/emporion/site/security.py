"""What every answer carries against tampering (Content-Security-Policy and other headers), and whose request it is."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

# The back office is drawn by django-unfold, whose pages carry inline scripts and styles, and whose Alpine.js evaluates
# attributes. The exception holds for the back office alone.
BACK_OFFICE_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
# What no page of the site uses. A page that needs one of these sets the header itself.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of ``CONTENT_SECURITY_POLICY``, loosened for the back office only."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        found = request.resolver_match
        if found is not None and "admin" in found.app_names:
            parts.replace = {**BACK_OFFICE_POLICY, **(parts.replace or {})}
        return parts


class BrowserIsolation:
    """Middleware: which features of a browser pages may use, and that other sites may not take in our files."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ClientAddress:
    """Middleware: ``REMOTE_ADDR`` becomes the address of the reader, as the proxies in front of the site tell it.

    Each proxy adds the address it was asked from at the end of ``X-Forwarded-For``. Of what a reader writes into that
    header itself nothing is believed: only as many entries count as there are proxies.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        count = settings.PROXIES
        if 0 < count <= len(forwarded) and (address := _address(forwarded[-count])):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _address(text: str) -> str:
    """An IP address as a proxy writes it, with or without a port; empty when it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def health(request: HttpRequest) -> HttpResponse:
    """Whether the site answers, and how the request arrived: as the reader sent it, or changed by a proxy."""
    seen = f"scheme={request.scheme} host={request.get_host()} client={request.META['REMOTE_ADDR']}"
    return HttpResponse(f"ok {seen}\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
