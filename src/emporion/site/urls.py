"""All addresses. Every language has its own: English without a prefix, Chinese under zh-hans."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from emporion.site.security import health

admin.autodiscover()

# Pages for one person each, and links that are private by their token: nothing for search engines.
CLOSED = (
    "/accounts/",
    "/admin/",
    "/calendar/",
    "/my/",
    "/setup/",
    "/sheets/",
    "/unsubscribe/",
    "/*/my/",
    "/*/office/",
    "/*/signup/",
)
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {at}\nDisallow: /zh-hans{at}\n" for at in CLOSED)

urlpatterns = [
    path("health/", health),
    path("robots.txt", lambda request: HttpResponse(ROBOTS, content_type="text/plain")),
    path("favicon.ico", lambda request: HttpResponseRedirect(static("emporion/favicon.svg"))),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("emporion.web.urls.accounts")),
        path("", include("emporion.web.urls.installation")),
        path("<slug:fair>/", include("emporion.web.urls.fair")),
        path("<slug:fair>/<int:edition>/", include("emporion.web.urls.fair")),
        prefix_default_language=False,
    ),
]
handler400 = "emporion.web.shell.errors.unreadable"
handler403 = "emporion.web.shell.errors.forbidden"
handler404 = "emporion.web.shell.errors.not_found"
handler500 = "emporion.web.shell.errors.failed"
