"""The words of every command; without a command the window opens."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import APP_NAME, __version__, paths

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """The parsed call. A single word that is a file opens that journal, as a double click does."""
    if len(words) == 1 and words[0].endswith(paths.JOURNAL_SUFFIX):
        words = ["--journal", words[0]]
    return parser().parse_args(words)


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
    find.add_argument("query", nargs="+", metavar="QUERY", help="words and operators, as in the window")
    find.add_argument("-n", "--limit", type=_count, default=20, metavar="N", help="at most N entries (20)")
    find.add_argument("--json", action="store_true", help="one JSON object a line")
    find.is_wordy = True

    bring = commands.add_parser("import", help="bring another program's diary into the journal")
    bring.add_argument("path", type=Path, metavar="PATH", help="what the other program exported, file or folder")
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
    out.add_argument(
        "--private", action="store_true", help="with what is private; the whole as JSON has it anyway"
    )

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


def _count(said: str) -> int:
    if not said.isdecimal() or not int(said):
        raise argparse.ArgumentTypeError(f"“{said.strip()}” is no number from 1 on")
    return int(said)


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


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{said}” is no day; write it as 2026-01-31") from None
