"""Django's admin with the office's site. Apart from it: this is read before there are models."""

from django.contrib.admin.apps import SimpleAdminConfig


class OfficeConfig(SimpleAdminConfig):
    """Records are registered when the addresses are loaded, so that a command that needs neither stays fast."""

    default_site = "emporion.web.shell.admin_site.OfficeSite"
