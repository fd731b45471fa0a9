"""What came of background work, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language, ngettext

from emporion.domain.work.models import BackgroundTask


def outcome_of(task: BackgroundTask) -> list[str]:
    """The sentences that a page says of the result of work that is done."""
    return list(_sentences(task.result)) if task.state == BackgroundTask.State.DONE else []


def refusals_of(task: BackgroundTask) -> list[tuple[str, str]]:
    """The records to which it was not done, and why, in the reader's language."""
    language = get_language() or "en"
    refusals = task.result.get("refusals", [])
    return [(one["record"], one["why"].get(language) or one["why"]["en"]) for one in refusals]


def _sentences(result: dict[str, int]) -> Iterator[str]:
    if "done" in result:
        yield ngettext("Done for %(count)d record.", "Done for %(count)d records.", result["done"]) % {
            "count": result["done"]
        }
    if already := result.get("already"):
        yield ngettext("%(count)d was so already.", "%(count)d were so already.", already) % {"count": already}
    if refused := result.get("refused"):
        yield ngettext("Refused to %(count)d:", "Refused to %(count)d:", refused) % {"count": refused}
    if units := result.get("units"):
        yield ngettext("%(count)d unit approved.", "%(count)d units approved.", units) % {"count": units}
    if (rows := result.get("rows")) is not None and "bad_rows" not in result:
        yield ngettext("%(count)d row written.", "%(count)d rows written.", rows) % {"count": rows}
    if "people" in result and "units" in result:
        people = result["people"]
        yield ngettext("%(count)d person approved.", "%(count)d people approved.", people) % {"count": people}
    if left := result.get("left"):
        refusals = ngettext(
            "%(count)d was not: the unit is not approved, or nothing was waiting.",
            "%(count)d were not: the unit is not approved, or nothing was waiting.",
            left,
        )
        yield refusals % {"count": left}
    if (changes := result.get("changes")) is not None:
        yield ngettext("%(count)d change made.", "%(count)d changes made.", changes) % {"count": changes}
    if (count := result.get("messages")) is not None:
        yield ngettext("%(count)d message is on its way.", "%(count)d messages are on their way.", count) % {
            "count": count
        }
    if (invoices := result.get("invoices")) is not None:
        yield ngettext("%(count)d invoice issued.", "%(count)d invoices issued.", invoices) % {"count": invoices}
    if credited := result.get("credit_notes"):
        yield ngettext("%(count)d credit note issued.", "%(count)d credit notes issued.", credited) % {
            "count": credited
        }
    if (invited := result.get("invited")) is not None:
        yield ngettext("%(count)d person invited.", "%(count)d people invited.", invited) % {"count": invited}
