"""What each task of an exhibitor is called, where it is done, and its states in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from emporion.domain.organisations.rules.representation import CATALOGUE, MANAGES
from emporion.domain.preparation import rules
from emporion.web.shell.states import State


class Words(NamedTuple):
    """A task in words, its page's address by name, and the role that opens it."""

    title: Promise
    address: str
    role: str


WORDS: Mapping[str, Words] = {
    rules.CONTRACT: Words(_("Sign the contract"), "my_contract", MANAGES),
    rules.PAYMENT: Words(_("Pay your invoices"), "my_costs", MANAGES),
    rules.PAPERS: Words(_("Bring your business licence"), "my_papers", MANAGES),
    rules.PROFILE: Words(_("Describe your organisation"), "my_profile", CATALOGUE),
    rules.BUYERS: Words(_("Say whom you want to meet"), "my_buyers_wanted", MANAGES),
    rules.PRODUCTS: Words(_("Enter your products"), "my_products", CATALOGUE),
    rules.DESIGN: Words(_("Get your stand design approved"), "my_design", MANAGES),
    rules.SERVICES: Words(_("Order power and other services"), "my_services", MANAGES),
    rules.STAFF: Words(_("Register your staff"), "my_staff", MANAGES),
}
STATES: Mapping[str, State] = {
    rules.DONE: State(_("Done"), "good", "circle-check"),
    rules.WITH_ORGANISER: State(_("With the organiser"), "wait", "clock"),
    rules.OPEN: State(_("To do"), "wait", "circle"),
    rules.LATE: State(_("Late"), "bad", "circle-alert"),
}
