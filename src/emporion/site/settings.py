"""Django's settings: what differs between installations comes from the environment, everything else is a constant."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from emporion.site import environment
from emporion.site.account_settings import *  # noqa: F403

HOME = Path(os.environ.get("EMPORION_HOME", ".emporion")).resolve()
DEBUG = os.environ.get("EMPORION_DEBUG") == "1"
# One public address given, everything follows: hosts, trusted origins, cookies, HTTPS, links in messages.
PUBLIC_URL = environment.public_url(os.environ)
PROXIES = environment.proxies(os.environ, PUBLIC_URL)
BEHIND_HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = environment.allowed_hosts(os.environ, PUBLIC_URL)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
# Only a proxy that is there may say that its reader came by HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS and PROXIES else None
SECURE_SSL_REDIRECT = BEHIND_HTTPS
# Monitors on this machine ask without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = environment.hsts_seconds(os.environ, PUBLIC_URL)
SECURE_HSTS_INCLUDE_SUBDOMAINS = bool(SECURE_HSTS_SECONDS)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "emporion.web.shell.errors.untrusted_form"
# Nothing comes from elsewhere and nothing is written inline: a page that was tampered with runs no script.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "upgrade-insecure-requests": BEHIND_HTTPS,
    }
}
# W021 asks for HSTS preloading: with it anybody may enter the domain in browsers' own lists, which takes months to
# undo. That is the domain owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W021"]


def _secret_key() -> str:
    """The key of this installation: from the environment, else made once and kept under its home."""
    if key := os.environ.get("EMPORION_SECRET_KEY"):
        return key
    file = HOME / "secret-key"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        # Exclusive creation: of two processes that start together one writes and both read the same key.
        try:
            with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return file.read_text()


def _database(url: str | None) -> dict[str, Any]:
    """The database named by ``DATABASE_URL``, or the embedded one."""
    if not url:
        return {
            "ENGINE": "emporion.site.embedded",
            "NAME": os.environ.get("EMPORION_DATABASE", "emporion"),
            "OPTIONS": {"folder": str(HOME / "postgres")},
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    parts = environment.database_url(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _state_of_kernels() -> str:
    """A name for the kernels' source as it is, by its files' sizes and times."""
    kernels = Path(__file__).resolve().parent.parent / "kernels"
    facts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(kernels.rglob("*.py"))]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


# Numba notices a changed file but not a change in what that file calls: compiled code is kept for one state of all.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(sys.prefix) / "compiled" / _state_of_kernels()))
# Made when something is first signed: a command that answers from files leaves nothing behind where it was run.
SECRET_KEY = SimpleLazyObject(_secret_key)
DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}

ROOMS = [
    "emporion.domain.reference",
    "emporion.domain.accounts",
    "emporion.domain.journal",
    "emporion.domain.notices",
    "emporion.domain.editions",
    "emporion.domain.work",
    "emporion.domain.staff",
    "emporion.domain.organisations",
    "emporion.domain.marketaccess",
    "emporion.domain.exhibitors",
    "emporion.domain.visitors",
    "emporion.domain.booths",
    "emporion.domain.plans",
    "emporion.domain.drafts",
    "emporion.domain.designs",
    "emporion.domain.services",
    "emporion.domain.catalogue",
    "emporion.domain.programme",
    "emporion.domain.admission",
    "emporion.domain.preparation",
    "emporion.domain.matching",
    "emporion.domain.meetings",
    "emporion.domain.deals",
    "emporion.domain.billing",
    "emporion.domain.selling",
    "emporion.domain.people",
    "emporion.domain.desk",
]
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    # The back office is loaded with the addresses, so that a command that needs neither stays fast.
    "emporion.web.shell.admin_config.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "lucide",
    "procrastinate.contrib.django",
    *ROOMS,
    "emporion.web",
    # After this site's own templates, which give its pages their look.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "emporion.jobs",
    "emporion.cli",
]
# 0 makes every page anew, for measurements and for who edits templates.
PAGE_CACHE = os.environ.get("EMPORION_PAGE_CACHE") != "0" and not DEBUG
MIDDLEWARE = [
    # First of all: what it has stored needs nothing of the others.
    "emporion.web.shell.page_cache.PageCacheMiddleware",
    "emporion.site.security.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "emporion.site.security.BrowserIsolation",
    "emporion.site.security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "emporion.web.shell.addresses.FairMiddleware",
    # After that one: what it turns down is told on a page, and every page asks for the request's fair.
    "emporion.web.shell.addresses.NoNulMiddleware",
    "emporion.web.shell.venue_time.VenueTimeMiddleware",
    "emporion.web.shell.unsent.UnsentFormMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "emporion.web.shell.second_factor.SecondFactorMiddleware",
]
ROOT_URLCONF = "emporion.site.urls"
WSGI_APPLICATION = "emporion.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "billing": "emporion.web.billing.templatetags.billing",
                "fair": "emporion.web.shell.templatetags.fair",
                "market": "emporion.web.market.templatetags.market",
                "work": "emporion.web.work.templatetags.work",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "emporion.web.shell.context.fair",
            ],
        },
    }
]
# The second reads passwords that were stored before; they are stored anew when their owner signs in.
PASSWORD_HASHERS = [
    "emporion.site.passwords.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "emporion.language.formats"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "language" / "locale"]
# Every hour that is shown or read is of a venue, whose time zone the door puts in force.
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
# What organisers upload: the logos of fairs.
MEDIA_ROOT = HOME / "media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
globals().update(environment.mail_settings(os.environ, PUBLIC_URL))
# What a page fails of is told on the console with its place in the code; the page itself stays polite.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "plain"}},
    "loggers": {"django": {"handlers": ["errors"]}, "emporion": {"handlers": ["errors"]}},
}
# Jobs are asked for by name; only a worker imports them, and the kernels with them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["emporion.jobs.tasks"]
# The back office in the colours of the house: the tints of harbour, from paper to ink.
_TINTS = {
    50: "#edf7f6", 100: "#d3ecea", 200: "#a9d9d6", 300: "#74c0bc", 400: "#3fa19d", 500: "#178684", 600: "#0b6e6e",
    700: "#0a5859", 800: "#0a4647", 900: "#0b393a", 950: "#052122",
}  # fmt: skip


def _favicon(_request: object) -> str:
    """Its address; commands that show no page do not wait for Django's templates."""
    from django.templatetags.static import static

    return static("emporion/favicon.svg")


UNFOLD = {
    "SITE_TITLE": _("Organiser's office"),
    "SITE_HEADER": _("Organiser's office"),
    "SITE_SYMBOL": "anchor",
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _favicon}],
    "COLORS": {"primary": {str(step): colour for step, colour in _TINTS.items()}},
}
