"""Lists out in a file that takes longer to write than a page may: the task keeps it for whoever asked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone, translation

from emporion.domain.desk.queries import exhibition, pairs, show
from emporion.domain.desk.queries.lists import APPLICATIONS, UNITS, VISITORS
from emporion.domain.work.models import TaskDocument
from emporion.jobs.running import Outcome, Run
from emporion.spreadsheets.exports import FORMATS, rows_of, write_parquet, write_xlsx

QUEUES = {
    queue.key: queue for queue in (APPLICATIONS, UNITS, VISITORS, *exhibition.QUEUES, *show.QUEUES, *pairs.QUEUES)
}
WRITERS = {"xlsx": write_xlsx, "parquet": write_parquet}


def list_export(run: Run) -> Outcome:
    """Write what the filter of a list finds, in the language asked for."""
    arguments = run.task.arguments
    queue, ending = QUEUES[arguments["queue"]], arguments["format"]
    found = queue.narrowed(run.edition, arguments["filter"])
    with TemporaryDirectory() as folder, translation.override(arguments["language"]):
        file = Path(folder) / f"list.{ending}"
        count = WRITERS[ending](queue.key, rows_of(queue.key, found, run.edition.zone), file)
        name = f"{queue.key}-{timezone.localdate(run.context.at):%Y-%m-%d}.{ending}"
        document = TaskDocument(name=name, content_type=FORMATS[ending], content=file.read_bytes())
    return Outcome({"rows": count}, document)
