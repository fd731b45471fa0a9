"""``emporion exhibits``: goods under temporary import for the fair, and the ledger of what becomes of them."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from emporion.cli.arguments import day, required_amount
from emporion.cli.edition_options import add_edition_options, named_edition
from emporion.cli.schedules import has_database
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.marketaccess import actions, queries
from emporion.domain.marketaccess.models import Exhibit, ExhibitOutcome
from emporion.domain.marketaccess.rules import exhibits
from emporion.domain.marketaccess.rules.answer import DISCLAIMER, digits_of
from emporion.domain.refusal import Refusal


class Command(BaseCommand):
    """The rules for exhibits (how long they stay, what may be sold free of duty), and the ledger of an edition."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rules = actions.add_parser("rules", help="the rules; for a code its quota, for a day of admission the last day")
        rules.add_argument("--hs", metavar="841950", help="goods of this code")
        rules.add_argument("--admitted", metavar="DATE", help="the day on which they were admitted")
        rules.add_argument("--extensions", type=int, default=0, metavar="N", help="how often the stay was extended")
        rules.add_argument("--market", default="CN", metavar="CC", help="whose general rules (default: %(default)s)")
        add_edition_options(rules)
        change = actions.add_parser("set", help="set the rules of an edition, in place of all before")
        change.add_argument("quotas", type=Path, help=f"CSV with {','.join(exhibits.QUOTA_COLUMNS)}")
        change.add_argument("--months", type=int, default=6, help="how long exhibits stay")
        change.add_argument("--extension-months", type=int, default=6, help="how long one extension lasts")
        change.add_argument("--extensions", type=int, default=1, help="how often the stay is extended")
        change.add_argument("--source", required=True, help="the notice that says so, as cited")
        admit = actions.add_parser("admit", help="enter goods that came in for an exhibitor")
        admit.add_argument("exhibitor", metavar="NUMBER", help="number of the exhibitor's contract: 09-00123")
        admit.add_argument("--hs", required=True, help="their HS code")
        admit.add_argument("--description", required=True, help="what they are")
        settle = actions.add_parser("settle", help="enter what became of pieces of an exhibit")
        settle.add_argument("exhibit", type=int, help="number of the exhibit in the ledger")
        settle.add_argument("kind", choices=ExhibitOutcome.Kind.values)
        for one in (admit, settle):
            one.add_argument("--pieces", type=int, required=True)
            one.add_argument("--value", required=True, metavar="USD", help="customs value of these pieces")
        extend = actions.add_parser("extend", help="extend an exhibit's stay once more")
        extend.add_argument("exhibit", type=int, help="number of the exhibit in the ledger")
        ledger = actions.add_parser("ledger", help="every exhibit: pieces left, last day, what became of the others")
        ledger.add_argument("exhibitor", nargs="?", metavar="NUMBER", help="of one exhibitor only")
        for one in (change, admit, settle, extend, ledger):
            add_edition_options(one)
        for one in (admit, settle, extend, ledger):
            one.add_argument("--on", metavar="DATE", help="the day of it; else today")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["action"] != "rules" or options["edition"]) and not has_database():
            raise CommandError("There is no database yet: emporion prepare makes one.")
        try:
            getattr(self, f"_{options['action']}")(options)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _rules(self, options: dict[str, Any]) -> None:
        edition = named_edition(options) if options["edition"] else None
        market = options["market"]
        stay = queries.stay_of(edition) if edition else queries.stay_in(market)
        quotas = queries.exhibit_quotas(edition) if edition else queries.quotas_in(market)
        if options["hs"]:
            quotas = [exhibits.quota_for(digits_of(options["hs"]), quotas)]
        for quota in quotas:
            self.stdout.write(f"{quota.name}: {_bound(quota)}")
        times = "once" if stay.extensions == 1 else f"{stay.extensions} times"
        self.stdout.write(f"Stay: {stay.months} months, extended {times} by {stay.extension_months} months")
        if options["admitted"]:
            admitted, extensions = day(options["admitted"]), options["extensions"]
            if not 0 <= extensions <= stay.extensions:
                raise exhibits.StayNotExtendable(
                    extensions=stay.extensions, due=exhibits.due(admitted, stay.extensions, stay)
                )
            self.stdout.write(f"Admitted on {admitted}: last day {exhibits.due(admitted, extensions, stay)}")
        for source in dict.fromkeys([*(one.source for one in quotas), stay.source]):
            self.stdout.write(f"Source: {source}")
        self.stdout.write(DISCLAIMER)

    def _set(self, options: dict[str, Any]) -> None:
        edition = _edition(options)
        try:
            with options["quotas"].open(encoding="utf-8-sig", newline="") as file:
                quotas = exhibits.read_quotas(csv.DictReader(file))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['quotas']} cannot be read ({error}): give a CSV file in UTF-8.") from error
        stay = exhibits.Stay(options["months"], options["extension_months"], options["extensions"], options["source"])
        actions.set_exhibit_rules(edition, stay, quotas, context=ActionContext(timezone.now()))
        self.stdout.write(f"{edition}: {len(quotas)} quotas and a stay of {stay.months} months are set.")

    def _admit(self, options: dict[str, Any]) -> None:
        edition = _edition(options)
        made = actions.admit(
            edition, _exhibitor(edition, options["exhibitor"]).organisation, hs=options["hs"],
            description=options["description"], pieces=options["pieces"], value_usd=required_amount(options["value"]),
            on=day(options["on"]), context=ActionContext(timezone.now()),
        )  # fmt: skip
        self._show(made, queries.stay_of(edition))

    def _settle(self, options: dict[str, Any]) -> None:
        found = _exhibit(options)
        actions.settle(
            found, options["kind"], pieces=options["pieces"], value_usd=required_amount(options["value"]),
            on=day(options["on"]), context=ActionContext(timezone.now()),
        )  # fmt: skip
        self._show(_exhibit(options), queries.stay_of(found.edition))

    def _extend(self, options: dict[str, Any]) -> None:
        found = actions.extend_stay(_exhibit(options), on=day(options["on"]), context=ActionContext(timezone.now()))
        self._show(found, queries.stay_of(found.edition))

    def _ledger(self, options: dict[str, Any]) -> None:
        edition, on = _edition(options), day(options["on"])
        whose = _exhibitor(edition, options["exhibitor"]).organisation if options["exhibitor"] else None
        found, stay = queries.exhibits_of(edition, whose), queries.stay_of(edition)
        for one in found:
            self._show(one, stay)
        late = {one.pk for one in queries.overdue(edition, on)} & {one.pk for one in found}
        self.stdout.write(f"{len(found)} exhibits, {len(late)} with pieces still here after their last day.")
        if whose:
            sold = queries.sold_free(edition, whose)
            for quota in queries.exhibit_quotas(edition):
                self.stdout.write(f"{quota.name}: {_bound(quota)}, {_left(quota, exhibits.left_of(quota, sold))}")

    def _show(self, exhibit: Exhibit, stay: exhibits.Stay) -> None:
        due = exhibits.due(exhibit.admitted_on, exhibit.extensions, stay)
        gone = "".join(f"; {one.pieces} {one.get_kind_display()} on {one.on}" for one in exhibit.outcomes.all())
        self.stdout.write(
            f"{exhibit.pk}  {exhibit.organisation}: {exhibit.description} (HS {exhibit.hs}), {exhibit.pieces} pieces, "
            f"admitted {exhibit.admitted_on}; {queries.pieces_left(exhibit)} left until {due}{gone}"
        )


def _bound(quota: exhibits.Quota) -> str:
    if quota.pieces == 0:
        return "never free of duty"
    return f"{quota.pieces} pieces" if quota.pieces is not None else f"USD {quota.value_usd:,.2f}"


def _left(quota: exhibits.Quota, left: Any) -> str:
    return f"{left} left" if quota.pieces is not None else f"USD {left:,.2f} left"


def _edition(options: dict[str, Any]) -> Edition:
    return named_edition(options)


def _exhibitor(edition: Edition, number: str) -> Exhibitor:
    found = Exhibitor.objects.select_related("organisation").filter(edition=edition, number=number).first()
    if found is None:
        raise CommandError(f"{edition} has no exhibitor {number}: give the number of its contract.")
    return found


def _exhibit(options: dict[str, Any]) -> Exhibit:
    found = {one.pk: one for one in queries.exhibits_of(_edition(options))}
    if options["exhibit"] not in found:
        raise CommandError(f"The ledger has no exhibit {options['exhibit']}: emporion exhibits ledger lists them.")
    return found[options["exhibit"]]
