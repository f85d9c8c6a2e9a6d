"""The command line: write, find, bring in, back up, restore and check, without a window.

Exit codes: 0 done, 2 the words of the call are off, 3 refused with one sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import APP_NAME, __version__, paths

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from app.core.backups import Backup
    from app.core.store import Store
    from app.core.transfer.records import Found, Reader

DONE: Final = 0
MISUSED: Final = 2
REFUSED: Final = 3
PASSPHRASE_FILE: Final = "NORTHING_PASSPHRASE_FILE"
"""The variable that may name the file with passphrases for every call."""

MOST_TO_SEAL: Final = 64 * 2**20


def parser() -> argparse.ArgumentParser:
    """Every command with its options; without a command the window opens."""
    made = argparse.ArgumentParser(prog="northing", description="A private journal and goal tracker.")
    made.add_argument("--version", action="version", version=f"{APP_NAME} {__version__}")
    made.add_argument("--journal", type=Path, metavar="FILE", help="the journal to use instead of your own")
    made.add_argument(
        "--passphrase-file", type=Path, metavar="FILE",
        help="opens an encrypted journal; each line is tried. Without it the terminal is asked",
    )  # fmt: skip
    made.add_argument("--write", action="store_true", help="open a small box to write one thing down")
    made.add_argument("--in-background", action="store_true", help="open in the tray, or minimised without one")
    made.add_argument("--look", action="store_true", help="open the journal for reading only")
    made.add_argument("--self-test", action="store_true", help="see whether this installation works, and end")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Command)

    add = commands.add_parser("add", help="write a note on today's page of the journal")
    add.add_argument("text", nargs="+", help="what to write; #tags are kept; - reads standard input")
    add.is_wordy = True

    find = commands.add_parser("search", help="entries that say QUERY, newest first")
    find.add_argument("query", nargs="+", metavar="QUERY")
    find.add_argument("-n", "--limit", type=int, default=20, metavar="N", help="at most N entries (20)")
    find.add_argument("--json", action="store_true", help="one JSON object a line")
    find.is_wordy = True

    bring = commands.add_parser("import", help="bring another program's diary into the journal")
    bring.add_argument("path", type=Path, metavar="PATH")
    bring.add_argument("--dry-run", action="store_true", help="say what would come, write nothing")
    bring.add_argument("--report", type=Path, metavar="FILE", help="write what becomes of each record as CSV")
    bring.add_argument(
        "--column", action="append", default=[], type=_column, metavar="PART=NAME",
        help="which column of a table is the day, time, title, text, tags, mood or starred; of a step "
        "title, notes, form, state, first, last, hours, cost, provider, url or tags; guessed otherwise",
    )  # fmt: skip
    bring.add_argument(
        "--as", dest="kind", choices=["entries", "steps"], default="entries", help="rows of a table"
    )
    bring.add_argument("--dates", choices=["dmy", "mdy"], help="how a table's days such as 03/04/2026 read")
    bring.add_argument("--zone", type=_zone, metavar="NAME", help="of times without a zone, such as Europe/Berlin")
    bring.add_argument(
        "--undated", choices=["file", "today"], default="file",
        help="whether notes without a date come on the day of their file's last change (file) or today",
    )  # fmt: skip

    out = commands.add_parser("export", help="write the journal, or a part of it, in an open format")
    out.add_argument("path", type=Path, metavar="PATH", help="a file for JSON and HTML, a new folder otherwise")
    out.add_argument("--format", choices=["json", "markdown", "csv", "html"], help="by the ending of PATH")
    out.add_argument("--from", dest="first", type=_day, metavar="DAY", help="from this day on (2026-01-31)")
    out.add_argument("--to", dest="last", type=_day, metavar="DAY", help="up to and with this day")
    out.add_argument("--tag", default="", help="only what carries this tag")
    out.add_argument("--objective", default="", metavar="TITLE", help="only what belongs to this objective")
    out.add_argument("--private", action="store_true", help="with what is private")

    _add_safety(commands)
    return made


class _Command(argparse.ArgumentParser):
    """A command; of a wordy one, what begins with - and is none of its options is a word like any other: -beta."""

    is_wordy = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        words = list(args or ())
        if self.is_wordy:
            end = words.index("--") if "--" in words else len(words)
            words[:end] = [word if _OPTION.fullmatch(word) else f" {word}" for word in words[:end]]
        return super().parse_known_args(words, namespace)


_OPTION: Final = re.compile(r"(?!-.).*|-n\d*|-h|--(help|json|limit)(=.*)?", re.DOTALL)
"""Words without a dash before them, and the options of wordy commands."""


def _add_safety(commands: argparse._SubParsersAction[_Command]) -> None:
    look = commands.add_parser("check", help="look for damage in the journal, without changing a byte")
    look.add_argument("file", type=Path, nargs="?", metavar="FILE", help="another journal or a backup")
    look.add_argument("--json", action="store_true", help="one JSON object: entries, items, sha")

    back = commands.add_parser("backup", help="make a verified backup now, or list those there are")
    back.add_argument("--list", action="store_true", help="list the backups, newest first")

    again = commands.add_parser("restore", help="make the journal what a backup holds; it is backed up before")
    again.add_argument("backup", type=Path, nargs="?", metavar="BACKUP", help="the newest one by default")

    save = commands.add_parser("salvage", help="save what can still be read of a damaged journal")
    save.add_argument("file", type=Path, metavar="FILE", help="the damaged journal; it is only read")
    save.add_argument("out", type=Path, metavar="OUT", help="the new journal")

    secret = commands.add_parser("passphrase", help="set, change or remove the passphrase of the journal")
    secret.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="its first line is the new one")
    secret.add_argument("--remove", action="store_true", help="make it a plain journal again")
    secret.add_argument("--drop-earlier-backups", action="store_true", help="those that it does not open")
    secret.add_argument("--no-recovery-code", action="store_true", help="make none; print none")

    commands.add_parser("lock", help="have the window that shows the journal locked")
    commands.add_parser("migrate", help="bring the journal to this version's schema; it is backed up before")


def run(options: argparse.Namespace) -> int:
    """Carry out one command; what went wrong is said in one sentence on standard error."""
    from app.core.errors import UserError

    try:
        return _COMMANDS[options.command](options)
    except UserError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"“{error.filename or 'The disk'}” failed: {error.strerror or error}.", file=sys.stderr)
    return REFUSED


def has_unlocked(options: argparse.Namespace) -> bool:
    """Open the journal by the passphrase that is given, before a window shows it; says why where it cannot."""
    options.command = "unlock"
    return run(options) == DONE


def _add(options: argparse.Namespace) -> int:
    from app.core import capture, clock, journal
    from app.core.errors import UserError

    said = " ".join(options.text)
    text = sys.stdin.read() if said == "-" else said
    if not text.strip():
        raise UserError("There is nothing to write down.")
    now, zone = clock.now(), clock.zone()
    with _journal(options) as store, store.write() as session:
        day = journal.today(session, now, zone)
        entry = capture.capture(session, text, day=day, now=now, zone=zone.key)
    print(f"{entry.day}  {entry.title}")
    return DONE


def _search(options: argparse.Namespace) -> int:
    from app.core import clock, journal

    with _looked_at(_existing(options)) as store, store.read() as session:
        today = journal.today(session, clock.now(), clock.zone())
        query = journal.query_for(session, " ".join(options.query), today=today)
        for typed, reason in query.problems:
            print(f"“{typed}” is left out. {reason}", file=sys.stderr)
        for typed, how in query.remarks:
            print(f"“{typed}”: {how}", file=sys.stderr)
        ids = journal.entry_ids(session, matching=query, limit=options.limit)
        if not ids:
            print("No entry says that.", file=sys.stderr)
        for row in journal.entry_rows(session, ids, matching=query):
            snippet = " ".join(row.snippet.translate({2: None, 3: None}).split())
            if options.json:
                print(
                    json.dumps(
                        {"day": row.day.isoformat(), "title": row.title, "snippet": snippet}, ensure_ascii=False
                    )
                )
            else:
                print(f"{row.day}  {row.title}")
                if snippet:
                    print(f"            {snippet}")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from app.core import clock
    from app.core.transfer import bringing

    reader, found = _found(options)
    with _journal(options) as store:
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
    from app.core.transfer import csv_files, northing_journal, reader_for, steps_csv

    reader, zone = reader_for(options.path), options.zone or clock.zone()
    if reader is northing_journal:  # an archive of pictures looks like noise as well
        _unlocked(options, options.path)
    if reader is not csv_files:
        return reader, reader.records(options.path, zone=zone)
    if options.kind == "steps":
        table = csv_files.table(options.path)
        steps = steps_csv.chosen(table, dict(options.column), options.dates)
        return reader, steps_csv.records(table, steps, today=clock.wall().date(), now=clock.now())
    columns = csv_files.chosen(csv_files.table(options.path), dict(options.column), options.dates)
    return reader, csv_files.records(options.path, zone=zone, columns=columns)


def _zone(said: str) -> ZoneInfo:
    from app.core.transfer.instants import zone_named

    found = zone_named(said)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{said}” is no time zone; write it as Europe/Berlin")
    return found


def _column(said: str) -> tuple[str, str]:
    part, is_one, name = said.partition("=")
    if not is_one:
        raise argparse.ArgumentTypeError(f"“{said}” says no part and column; write it as day=When")
    return part, name


def _export(options: argparse.Namespace) -> int:
    from app.core import clock
    from app.core.transfer import exporting
    from app.core.transfer.own.scope import WHOLE, Scope

    path = _existing(options)
    format = options.format or {".json": "json", ".html": "html"}.get(options.path.suffix.lower(), "markdown")
    is_part = options.first or options.last or options.tag or options.objective
    is_copy = format == "json" or options.private
    objective = exporting.objective_named(path, options.objective) if options.objective else ""
    scope = Scope(options.first, options.last, options.tag, objective, private=options.private or format == "json")
    made = exporting.export(
        path, options.path, format=format, scope=WHOLE if is_copy and not is_part else scope, now=clock.now()
    )
    hashed = f", sha256 {made.sha256}" if made.sha256 else ""
    print(f"“{made.path}”: {made.items} items, {made.files} attachments{hashed}")
    return DONE


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{said}” is no day; write it as 2026-01-31") from None


def _check(options: argparse.Namespace) -> int:
    from app.core import integrity
    from app.core.errors import UserError

    try:
        report = integrity.check(_unlocked(options, options.file) if options.file else _existing(options))
    except UserError as error:
        print(error)  # what a check finds is its result
        return REFUSED
    if report.problems:
        print(f"“{report.path}” is damaged: restore a backup, or save what can be read with “northing salvage”.")
        for problem in report.problems:
            print(f"  {problem}")
        return REFUSED
    if report.is_search_damaged:
        print(f"“{report.path}”: the search index is damaged; it is made again when Northing opens the journal.")
        return REFUSED
    lost = integrity.lost_files(report.path) if not options.file else []
    for sha, name in lost:
        print(f"“{report.path}”: the file “{name}” ({sha[:12]}…) is lost or damaged.")
    if options.json:
        print(json.dumps({"entries": report.entries, "items": report.items, "sha": report.sha256}))
    else:
        damage = "no other damage" if lost else "no damage"
        print(f"“{report.path}”: {report.items} items, {report.entries} entries, {damage} found")
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from app.core import backups, clock

    if options.list:
        for backup in backups.listed(_backup_folder(options)):
            print(f"{_described(backup)}  {backup.path}")
        return DONE
    with _journal(options, must_exist=True) as store:
        made = backups.take(store, reason="asked", now=clock.now())
    print(f"{_described(made)}  {made.path}")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from app.core import backups, clock
    from app.core.errors import UserError
    from app.core.store import JournalDamaged, JournalMissing, NotAJournal

    path = _unlocked(options, options.journal or paths.default_journal())
    newest = None if options.backup else backups.latest(_backup_folder(options), path)
    source = options.backup or (newest.path if newest else None)
    if source is None:
        raise UserError(f"There is no verified backup of “{path}”; name the one to restore.")
    _unlocked(options, source)
    try:
        with _journal(options) as store:
            aside = backups.restore(store, source, now=clock.now()).path
    except (JournalDamaged, NotAJournal, JournalMissing) as error:
        aside = backups.replace_damaged(path, source, now=clock.now())
        if backups.lost_its_passphrase(path, source):
            print("This backup has no passphrase, nor has the journal now: “northing passphrase” encrypts it.")
        if isinstance(error, JournalMissing):
            print(f"“{path}” is there again, as it was in “{source.name}”.")
            return DONE
    print(f"“{path}” is as it was in “{source.name}”. What it was until now is kept as “{aside}”.")
    return DONE


def _salvage(options: argparse.Namespace) -> int:
    from app.core.salvage import salvage

    made = salvage(_unlocked(options, options.file), options.out)
    print(f"“{made.path}”: {made.whole} items as they were, {made.in_part} in part (tagged “damaged”)")
    return DONE


def _migrate(options: argparse.Namespace) -> int:
    from app.core import migrations

    with _journal(options, must_exist=True):
        print(f"The journal has schema {migrations.HEAD}.")
    return DONE


def _backup_folder(options: argparse.Namespace) -> Path:
    """Where the backups are, as far as the journal can still tell."""
    from app.core import backups
    from app.core.errors import UserError
    from app.core.store import open_store

    path = _unlocked(options, options.journal or paths.default_journal())
    try:
        with open_store(path, read_only=True) as store:
            return backups.place_of(store)
    except UserError:
        return backups.folder_of(path)


def _described(backup: Backup) -> str:
    verified = f"{backup.items} items" if backup.is_verified else "not verified"
    return f"{backup.at:%Y-%m-%d %H:%M:%S}Z  {backup.size:>12,} bytes  {verified}"


def _existing(options: argparse.Namespace) -> Path:
    from app.core.errors import UserError

    path: Path = options.journal or paths.default_journal()
    if not path.exists():
        raise UserError(f"There is no journal at “{path}” yet.")
    return _unlocked(options, path)


def _unlocked(options: argparse.Namespace, path: Path) -> Path:
    """The file, opened by the passphrase that is given or typed where it is locked."""
    from app.core import keys, passphrase

    if not keys.is_locked(path):
        return path
    *others, last = _given(options.passphrase_file or os.environ.get(PASSPHRASE_FILE)) or [
        _typed(
            f"Passphrase of “{path.name}”: ",
            f"“{path.name}” is locked. Give its passphrase with --passphrase-file FILE",
        )
    ]
    for said in others:
        with suppress(passphrase.WrongPassphrase):
            passphrase.unlock(path, said)
            return path
    passphrase.unlock(path, last)
    return path


def _given(file: Path | str | None) -> list[str]:
    """The lines of a file with passphrases."""
    return [line for line in Path(file).read_text(encoding="utf-8").splitlines() if line] if file else []


def _typed(ask: str, otherwise: str) -> str:
    """What somebody types unseen."""
    from getpass import getpass

    from app.core.errors import UserError

    if not sys.stdin.isatty():
        raise UserError(f"{otherwise}, or run this in a terminal.")
    return getpass(ask)


def _passphrase(options: argparse.Namespace) -> int:
    from app.core import clock, keys, passphrase
    from app.core.errors import UserError

    path = _existing(options)
    if options.remove:
        if keys.key_of(path) is None:
            raise UserError(f"“{path}” has no passphrase.")
        passphrase.renew(path, None, drops_earlier=options.drop_earlier_backups, now=clock.now())
        print(f"“{path}” is a plain journal again. Backups made before still need their passphrase.")
        return DONE
    given = _given(options.new_passphrase_file)[:1]
    otherwise = "Give the new passphrase with --new-passphrase-file FILE"
    said, again = given * 2 or [_typed("New passphrase: ", otherwise), _typed("Once more: ", otherwise)]
    passphrase.require_good(said, again)
    key, code = keys.new_key(said), passphrase.new_code()
    slot = None if options.no_recovery_code else passphrase.slot_for(key, code)
    passphrase.renew(path, key, slot=slot, drops_earlier=options.drop_earlier_backups, now=clock.now())
    print(f"“{path}” is encrypted. Without the passphrase nobody can read it, not even you.")
    if not options.drop_earlier_backups:
        print("Backups made before are as they were; --drop-earlier-backups deletes them.")
    if slot:
        print(f"This recovery code opens it, too, and is shown only once. Write it down:\n\n    {code}\n")
    return DONE


def _looked_at(path: Path) -> Store:
    """The journal, not a byte of it changed, unless an older Northing wrote it."""
    from app.core import migrations
    from app.core.store import open_store, schema_of, told

    with told(path):
        is_current = schema_of(path) == migrations.HEAD
    return open_store(path, read_only=is_current)


@contextmanager
def _journal(options: argparse.Namespace, *, must_exist: bool = False) -> Iterator[Store]:
    """The journal, sealed again when it was written and that does not take long."""
    from app.core import backups, integrity
    from app.core.errors import UserError
    from app.core.store import open_store

    if must_exist:
        _existing(options)
    path = options.journal or paths.default_journal()
    backups.require_there(path)
    with open_store(_unlocked(options, path)) as store:
        yield store
        if store.has_written and store.path.stat().st_size < MOST_TO_SEAL:
            with suppress(UserError):  # done it is; it stays unsealed, as after a crash
                integrity.seal(store)


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "add": _add,
    "search": _search,
    "import": _import,
    "check": _check,
    "backup": _backup,
    "export": _export,
    "restore": _restore,
    "salvage": _salvage,
    "passphrase": _passphrase,
    "unlock": lambda options: DONE if _unlocked(options, options.journal or paths.default_journal()) else REFUSED,
    "migrate": _migrate,
}


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The parsed call. A single word that is a file opens that journal, as a double click does."""
    if len(words) == 1 and words[0].endswith(paths.JOURNAL_SUFFIX):
        words = ["--journal", words[0]]
    return parser().parse_args(words)
