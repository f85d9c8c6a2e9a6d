"""The command line: write, find, bring in, back up, restore and check, without a window.

Exit codes: 0 done, 2 the words of the call are off, 3 refused with one sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Final

from app import paths
from app.cli import entries, safety, transfer
from app.cli.codes import DONE, MISUSED, REFUSED
from app.cli.opening import unlocked
from app.cli.words import arguments, parser

__all__ = ["DONE", "MISUSED", "REFUSED", "arguments", "has_unlocked", "parser", "run"]


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


def unlock(options: argparse.Namespace) -> int:
    """Only open what is locked."""
    return DONE if unlocked(options, options.journal or paths.default_journal()) else REFUSED


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "add": entries.add,
    "search": entries.search,
    "import": transfer.bring,
    "export": transfer.write_out,
    "check": safety.check,
    "backup": safety.backup,
    "restore": safety.restore,
    "salvage": safety.salvage,
    "passphrase": safety.passphrase,
    "unlock": unlock,
    "migrate": safety.migrate,
}
