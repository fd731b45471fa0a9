"""``emporion match-files``: suggestions for two lists, exhibitors and visitors, into a workbook; without a database."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.core.management.base import BaseCommand, CommandError

from emporion.cli.language import speaking
from emporion.cli.match_files.columns import explained
from emporion.domain.refusal import Refusal
from emporion.language import CHINESE, ENGLISH, translate
from emporion.language import written as written_out
from emporion.spreadsheets.files import WORKBOOK_ENDINGS
from emporion.spreadsheets.refusals import ColumnsMissing

if TYPE_CHECKING:
    from emporion.domain.matching.without_database import Matched, Profile
    from emporion.kernels.text.encoder import Encoder


class Command(BaseCommand):
    """Suggest exhibitors to visitors (20 each) and visitors to exhibitors (100 each), each with its reasons."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = explained()
        parser.add_argument("exhibitors", type=Path, nargs="?", help="the list of exhibitors, .csv or .xlsx")
        parser.add_argument("visitors", type=Path, nargs="?", help="the list of visitors, .csv or .xlsx")
        parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--template", type=Path, metavar="FOLDER", help="write two lists of examples to begin with")
        parser.add_argument(
            "--language", choices=(ENGLISH, CHINESE), default=ENGLISH, help="in which notices and problems are written"
        )
        parser.add_argument("--seed", type=int, default=0, help="another seed spreads alike visitors another way")
        parser.add_argument(
            "--texts", choices=("meaning", "words"),
            help="compare texts by their meaning across languages, which is done where the text model is installed, or "
            "by their words alone (faster)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        # The columns are those of the fair's own lists, which belong to applications; no database is asked.
        django.setup()
        with speaking(options["language"]):
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        try:
            if options["template"]:
                self._write_templates(options["template"])
            elif options["exhibitors"] and options["visitors"] and options["out"]:
                self._match(options["exhibitors"], options["visitors"], options["out"], options)
            else:
                raise CommandError("Name the two lists and --out FILE.xlsx, or begin with --template FOLDER.")
        except ColumnsMissing as missing:
            facts = missing.data
            raise CommandError(
                f"{facts['file']} lacks columns ({facts['columns']}): add what is missing, or begin with "
                f"emporion match-files --template FOLDER. Its first row reads: {facts['header']}."
            ) from missing
        except Refusal as refusal:
            raise CommandError(translate(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error

    def _write_templates(self, folder: Path) -> None:
        from emporion.cli.match_files.lists import write_templates

        write_templates(folder)
        self.stdout.write(f"{folder}: exhibitors.csv and visitors.csv, with examples to write over.")

    def _match(self, sellers: Path, buyers: Path, out: Path, options: dict[str, Any]) -> None:
        from emporion.cli.match_files.lists import read_both
        from emporion.cli.match_files.workbook import write
        from emporion.cli.progress import progress_bars
        from emporion.domain.matching.without_database import match_profiles

        _require_out(out, sellers, buyers)
        exhibitors, visitors = read_both(sellers, buyers, lambda one: self.stderr.write(translate(one)))
        encoder = _encoder(options["texts"])
        with progress_bars() as report:
            matched = match_profiles(exhibitors, visitors, encoder, seed=options["seed"], progress=report)
            written, alone = write(out, matched, exhibitors, visitors, report)
        self.stdout.write(
            f"{out}: {len(visitors):,} visitors × {len(exhibitors):,} exhibitors, {written:,} suggestions."
        )
        self._report_alone(alone, exhibitors, visitors, encoder)
        if written:
            self.stdout.write(f"The plan behind them: {_plan(matched)}.")

    def _report_alone(
        self, alone: list[list[int]], exhibitors: Sequence[Profile], visitors: Sequence[Profile], encoder: Encoder
    ) -> None:
        """Who has nothing in common with anybody: their rows would say what to fill in."""
        from emporion.kernels.text.encoder import SentenceEncoder
        from emporion.spreadsheets.notices import some_of

        by_words = not isinstance(encoder, SentenceEncoder)
        advice = "; --texts meaning compares across languages" if by_words and SentenceEncoder.installed() else ""
        alike = "no words with" if by_words else "nothing alike in their texts with"
        for rows, side, other in zip(alone, (visitors, exhibitors), ("exhibitor", "visitor"), strict=True):
            if rows:
                named = written_out(some_of([f"{side[row].name} (row {side[row].row})" for row in rows]), ENGLISH)
                self.stderr.write(
                    f"Nothing in common with any {other}: {named}. They share no sector, no HS code and {alike} "
                    f"the other list{advice}."
                )


def _encoder(texts: str | None) -> Encoder:
    """How texts are compared: as asked for, else by meaning where the text model is installed."""
    from emporion.kernels.text.encoder import LexicalEncoder, SentenceEncoder, default_encoder

    if texts == "words":
        return LexicalEncoder()
    if texts == "meaning" and not SentenceEncoder.installed():
        raise CommandError("Comparing by meaning needs the text model, which is not installed; use --texts words.")
    return default_encoder()


def _require_out(out: Path, *lists: Path) -> None:
    if out.suffix.lower() not in WORKBOOK_ENDINGS:
        raise CommandError(f"{out.name} does not end in .xlsx: name the workbook so.")
    if out.resolve() in [one.resolve() for one in lists]:
        raise CommandError(f"{out.name} is one of the lists itself: write the suggestions to another file.")
    if not out.resolve().parent.is_dir():
        raise CommandError(f"There is no folder {out.parent}: make it, or name another.")


def _plan(matched: Matched) -> str:
    """The plan in words: meetings of pairs that are suggested, and what stands beside them."""
    (listed, worth), result = matched.explained_plan(), matched.result
    if not (unlisted := len(result.plan) - listed):
        return str(result)
    beside = f"{unlisted:,} of pairs with nothing in common, which are not suggested"
    total = f"together worth {result.objective:,.1f} of at most {result.bound:,.1f} (gap {result.gap:.2%})"
    return f"{listed:,} meetings worth {worth:,.1f}, and {beside}; {total}; {result.stopped}"
