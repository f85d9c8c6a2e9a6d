"""The command line: add, search, import, check, without a window.

Exit codes: 0 done, 2 the words of the call are off, 3 refused with one sentence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import APP_NAME, __version__, paths

if TYPE_CHECKING:
    from app.core.store import Store

DONE: Final = 0
MISUSED: Final = 2
REFUSED: Final = 3


def parser() -> argparse.ArgumentParser:
    """Every command with its options; without a command the window opens."""
    made = argparse.ArgumentParser(prog="northing", description="A private journal and goal tracker.")
    made.add_argument("--version", action="version", version=f"{APP_NAME} {__version__}")
    made.add_argument("--journal", type=Path, metavar="FILE", help="the journal to use instead of your own")
    commands = made.add_subparsers(dest="command", metavar="COMMAND")

    add = commands.add_parser("add", help="write a note on today's page of the journal")
    add.add_argument("text", nargs="+", help="what to write; #tags are kept; - reads standard input")

    find = commands.add_parser("search", help="entries that say QUERY, newest first")
    find.add_argument("query", nargs="+", metavar="QUERY")
    find.add_argument("-n", "--limit", type=int, default=20, metavar="N", help="at most N entries (20)")
    find.add_argument("--json", action="store_true", help="one JSON object a line")

    bring = commands.add_parser("import", help="bring another program's diary into the journal")
    bring.add_argument("path", type=Path, metavar="PATH")
    bring.add_argument("--dry-run", action="store_true", help="say what would come, write nothing")

    commands.add_parser("check", help="look for damage in the journal")
    return made


def run(options: argparse.Namespace) -> int:
    """Carry out one command; what went wrong is said in one sentence on standard error."""
    from app.core.errors import UserError

    try:
        return _COMMANDS[options.command](options)
    except UserError as error:
        print(error, file=sys.stderr)
        return REFUSED


def _add(options: argparse.Namespace) -> int:
    from app.core import clock, journal
    from app.core.errors import UserError

    said = " ".join(options.text)
    text = sys.stdin.read() if said == "-" else said
    if not text.strip():
        raise UserError("There is nothing to write down.")
    with _journal(options) as store, store.write() as session:
        entry = journal.add_entry(
            session,
            day=journal.today(session, clock.now(), clock.zone()),
            now=clock.now(),
            zone=clock.zone().key,
            at=clock.now(),
            text=text,
        )
    print(f"{entry.day}  {entry.title}")
    return DONE


def _search(options: argparse.Namespace) -> int:
    from app.core import journal

    query = " ".join(options.query)
    with _journal(options, must_exist=True) as store, store.read() as session:
        ids = journal.entry_ids(session, matching=query, limit=options.limit)
        for row in journal.entry_rows(session, ids, matching=query):
            snippet = " ".join(row.snippet.translate({2: None, 3: None}).split())
            if options.json:
                print(
                    json.dumps(
                        {"day": row.day.isoformat(), "title": row.title, "snippet": snippet}, ensure_ascii=False
                    )
                )
            else:
                print(f"{row.day}  {row.title}\n            {snippet}")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from app.core import clock
    from app.core.transfer import bringing, reader_for

    reader = reader_for(options.path)
    with _journal(options) as store:
        records = reader.records(options.path, zone=clock.zone())
        plan = bringing.plan(store, reader.name, options.path.name, records)
        for skipped in plan.skipped:
            print(f"{skipped.where}: {skipped.reason}", file=sys.stderr)
        for remark in plan.remarks:
            print(f"{remark.where}: {remark.said}", file=sys.stderr)
        if not options.dry_run:
            bringing.bring(store, plan, now=clock.now(), zone=clock.zone().key)
    verb = "would be imported" if options.dry_run else "imported"
    print(f"{reader.name}: {len(plan.fresh)} {verb}, {plan.known} already there, {len(plan.skipped)} skipped")
    return DONE


def _check(options: argparse.Namespace) -> int:
    from app.core import integrity
    from app.core.errors import UserError

    with _journal(options, must_exist=True) as store:
        report = integrity.check(store)
    if report.problems:
        for problem in report.problems:
            print(problem, file=sys.stderr)
        raise UserError(f"“{report.path}” is damaged: restore a backup.")
    print(f"“{report.path}”: {report.items} items, {report.entries} entries, no damage found")
    return DONE


def _journal(options: argparse.Namespace, *, must_exist: bool = False) -> Store:
    from app.core.errors import UserError
    from app.core.store import open_store

    path: Path = options.journal or paths.default_journal()
    if must_exist and not path.exists():
        raise UserError(f"There is no journal at “{path}” yet.")
    return open_store(path)


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "add": _add,
    "search": _search,
    "import": _import,
    "check": _check,
}


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The parsed call. A single word that is a file opens that journal, as a double click does."""
    if len(words) == 1 and words[0].endswith(paths.JOURNAL_SUFFIX):
        words = ["--journal", words[0]]
    return parser().parse_args(words)
