"""Reading what somebody wants to import, by what they say of it; done beside the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from app.core import clock, journal
from app.core.progress import Cancelled
from app.core.store import Store
from app.core.transfer import bringing, csv_files, found_by, loop_habits, reader_for, steps_csv
from app.core.transfer.bringing import Plan
from app.core.transfer.csv_files import Columns, Table, in_order
from app.core.transfer.instants import zone_names
from app.core.transfer.steps_csv import StepColumns
from app.ui.kit.background import Progress

STEP = "step"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says of what is to be read.

    Attributes:
        zone: Of times without a zone. by_file: Whether notes without a date stand on the day of their file.
        kind: What each row of a table is. columns: Which of its columns means what; None for a guess.
    """

    zone: ZoneInfo
    by_file: bool = True
    kind: str = "note"
    columns: Columns | StepColumns | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was found: the plan, and the table with its columns where it is one.

    Attributes:
        elsewhere: The kind of its rows, where another dialog reads them.
    """

    plan: Plan
    zones: tuple[str, ...]
    table: Table | None = None
    columns: Columns | StepColumns | None = None
    elsewhere: str = ""


def read(store: Store, path: Path, said: Answers, progress: Progress) -> Read:
    """What would come from `path`.

    Raises:
        UserError: nothing can. Cancelled: `progress` was told so.
    """

    def tell(done: int, total: int) -> None:
        if not progress.report(done, total):
            raise Cancelled

    zones = zone_names()
    if loop_habits.is_export(path):
        return Read(Plan(loop_habits.name, path.name), zones, elsewhere="check_in")
    reader = reader_for(path)
    if reader is not csv_files:
        found = found_by(reader, path, zone=said.zone, progress=tell)
        return Read(bringing.plan(store, reader.name, path.name, found, by_file=said.by_file), zones)
    table = csv_files.table(path)
    if said.kind == STEP:
        steps = steps_csv.suggested(table)
        if isinstance(said.columns, StepColumns):
            steps = in_order(steps_csv.with_order(said.columns, table), said.columns.order)
        with store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
        found = steps_csv.records(table, steps, today=today, now=clock.now())
        return Read(bringing.plan(store, reader.name, path.name, found), zones, table, steps)
    columns = csv_files.suggested(table)
    if isinstance(said.columns, Columns):
        columns = in_order(csv_files.with_order(said.columns, table), said.columns.order)
    found = csv_files.records(path, zone=said.zone, progress=tell, columns=columns)
    return Read(bringing.plan(store, reader.name, path.name, found), zones, table, columns)
