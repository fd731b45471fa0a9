"""What the back office calls its records and their rooms, in the reader's language.

Rooms and models name themselves in English alone; a translation is a matter of the door.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

ROOMS = {
    "procrastinate": _("Background jobs"),
    "accounts": _("Accounts"),
    "organisations": _("Organisations"),
    "deals": _("Deals"),
    "editions": _("Editions of the fair"),
    "exhibitors": _("Exhibitors"),
    "booths": _("Booths"),
    "journal": _("Journal"),
    "notices": _("Notices"),
    "reference": _("Reference data"),
    "visitors": _("Visitors"),
}
RECORDS = {
    "procrastinate.procrastinatejob": (_("background job"), _("background jobs")),
    "accounts.user": (_("user"), _("users")),
    "organisations.representative": (_("representative"), _("representatives")),
    "deals.deal": (_("deal"), _("deals")),
    "deals.investment": (_("investment"), _("investments")),
    "editions.fair": (_("fair"), _("fairs")),
    "editions.edition": (_("edition"), _("editions")),
    "editions.venue": (_("venue"), _("venues")),
    "editions.hall": (_("hall"), _("halls")),
    "editions.publishedfigure": (_("published figure"), _("published figures")),
    "exhibitors.application": (_("application"), _("applications")),
    "exhibitors.exhibitor": (_("exhibitor"), _("exhibitors")),
    "exhibitors.pavilion": (_("joint pavilion"), _("joint pavilions")),
    "organisations.organisation": (_("organisation"), _("organisations")),
    "organisations.likelyduplicate": (_("likely duplicate"), _("likely duplicates")),
    "booths.stand": (_("stand"), _("stands")),
    "booths.freeboothgrant": (_("free booth grant"), _("free booth grants")),
    "journal.journalentry": (_("journal entry"), _("journal entries")),
    "notices.notice": (_("notice"), _("notices")),
    "reference.country": (_("country or region"), _("countries and regions")),
    "reference.groupmembership": (_("group membership"), _("group memberships")),
    "reference.internationalorganisation": (_("international organisation"), _("international organisations")),
    "reference.currency": (_("currency"), _("currencies")),
    "reference.referencerate": (_("reference rate"), _("reference rates")),
    "reference.hscode": (_("HS code"), _("HS codes")),
    "visitors.delegation": (_("trading group"), _("trading groups")),
    "visitors.visitingunit": (_("visiting unit"), _("visiting units")),
    "visitors.visitor": (_("visitor"), _("visitors")),
    "visitors.purchaseneed": (_("purchase need"), _("purchase needs")),
}

FIELDS = {
    "name_en": _("name in English"),
    "name_zh": _("name in Chinese"),
    "name_latin": _("name in Latin letters"),
    "title_en": _("title in English"),
    "title_zh": _("title in Chinese"),
    "about_en": _("description in English"),
    "about_zh": _("description in Chinese"),
    "organiser_en": _("organiser in English"),
    "organiser_zh": _("organiser in Chinese"),
    "city_en": _("city in English"),
    "city_zh": _("city in Chinese"),
    "place_en": _("place in English"),
    "place_zh": _("place in Chinese"),
    "area_m2": _("area (m²)"),
    "gross_area_m2": _("gross area (m²)"),
    "value_usd": _("value (US dollars)"),
    "width_modules": _("width in modules of 3 m"),
    "depth_modules": _("depth in modules of 3 m"),
    "ceiling_m": _("clear height (m)"),
    "floor_load_kg_m2": _("floor load (kg/m²)"),
    "site_x": _("place on the site, to the east (m)"),
    "site_y": _("place on the site, to the south (m)"),
    "site_turn": _("turned clockwise (degrees)"),
    "iso2": _("ISO code of two letters"),
    "iso3": _("ISO code of three letters"),
    "hs": _("HS code"),
    "hs_headings": _("HS headings"),
}


def name() -> None:
    """Name every record that the back office shows, with its fields, and its room."""
    for model in apps.get_models():
        for field in model._meta.fields:
            field.verbose_name = FIELDS.get(field.name, field.verbose_name)
    for model in admin.site._registry:
        model._meta.verbose_name, model._meta.verbose_name_plural = RECORDS[model._meta.label_lower]
        room = model._meta.app_label
        apps.get_app_config(room).verbose_name = ROOMS[room]
