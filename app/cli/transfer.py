"""What comes in from other programs, and what goes out."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.codes import DONE
from app.cli.opening import compared_with, existing, journal_of, unlocked

if TYPE_CHECKING:
    from app.core.transfer.records import Found, Reader


def bring(options: argparse.Namespace) -> int:
    """Bring another program's diary in, or say what would come."""
    from app.core import clock
    from app.core.transfer import bringing

    reader, found = _found(options)
    with compared_with(options) if options.dry_run else journal_of(options) as store:
        by_file = options.undated == "file"
        plan = bringing.plan(store, reader.name, options.path.name, found, by_file=by_file)
        known = len(plan.remarks)
        if not options.dry_run:
            bringing.bring(store, plan, now=clock.now(), zone=(options.zone or clock.zone()).key)
        for outcome in plan.outcomes:
            if outcome.why:
                print(f"{outcome.where}: {outcome.why}", file=sys.stderr)
        for remark in plan.remarks[known:]:
            print(f"{remark.where}: {remark.said}", file=sys.stderr)
        if options.report:
            bringing.write_report(plan, options.report)
    verb = "would be imported" if options.dry_run else "imported"
    print(f"{reader.name}: {len(plan.fresh)} {verb}, {plan.known} already there, {len(plan.skipped)} skipped")
    return DONE


def _found(options: argparse.Namespace) -> tuple[Reader, Iterable[Found]]:
    """The reader of what is to be imported, and what it finds there."""
    from app.core import clock
    from app.core.transfer import csv_files, found_by, northing_journal, reader_for, steps_csv

    reader, zone = reader_for(options.path), options.zone or clock.zone()
    if reader is northing_journal:  # an archive of pictures looks like noise as well
        unlocked(options, options.path)
    if reader is not csv_files:
        return reader, found_by(reader, options.path, zone=zone)
    if options.kind == "steps":
        table = csv_files.table(options.path)
        steps = steps_csv.chosen(table, dict(options.column), options.dates)
        return reader, steps_csv.records(table, steps, today=clock.wall().date(), now=clock.now())
    columns = csv_files.chosen(csv_files.table(options.path), dict(options.column), options.dates)
    return reader, csv_files.records(options.path, zone=zone, columns=columns)


def write_out(options: argparse.Namespace) -> int:
    """Write the journal, or a part of it, in an open format."""
    from app.core import clock
    from app.core.transfer import exporting
    from app.core.transfer.own.scope import WHOLE, Scope
    from app.core.words import counted

    path = existing(options)
    format = options.format or _format_by(options.path)
    is_part = options.first or options.last or options.tag or options.objective
    is_copy = not is_part and (format == "json" or (format == "markdown" and options.private))
    objective = exporting.objective_named(path, options.objective) if options.objective else ""
    scope = Scope(options.first, options.last, options.tag, objective, private=options.private)
    made = exporting.export(path, options.path, format=format, scope=WHOLE if is_copy else scope, now=clock.now())
    hashed = f", sha256 {made.sha256}" if made.sha256 else ""
    items = counted(made.items, "one item", "{count} items")
    files = counted(made.files, "one attachment", "{count} attachments")
    print(f"“{made.path}”: {items}, {files}{hashed}")
    return DONE


def _format_by(path: Path) -> str:
    """The format that the ending of a name says; Markdown for a folder, whose name has none."""
    from app.core.errors import UserError

    ending = path.suffix.lower()
    if found := {".json": "json", ".html": "html", ".htm": "html"}.get(ending):
        return found
    if _OF_A_FILE.fullmatch(ending) and not path.is_dir():
        raise UserError(
            f"“{path.name}” ends in neither .json nor .html; for a folder of that name say --format markdown "
            "or --format csv."
        )
    return "markdown"


_OF_A_FILE: Final = re.compile(r"\.[a-z]{2,4}")
