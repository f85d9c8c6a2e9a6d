"""The journal that a call is about, opened by the passphrase that is given or typed."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import paths

if TYPE_CHECKING:
    from app.core.store import Store

PASSPHRASE_FILE: Final = "NORTHING_PASSPHRASE_FILE"
"""The variable that may name the file with passphrases for every call."""

MOST_TO_SEAL: Final = 64 * 2**20


@contextmanager
def journal_of(options: argparse.Namespace, *, must_exist: bool = False) -> Iterator[Store]:
    """The journal, sealed again when it was written and that does not take long."""
    from app.core import backups, integrity
    from app.core.errors import UserError
    from app.core.store import open_store

    if must_exist:
        existing(options)
    path = options.journal or paths.default_journal()
    backups.require_there(path)
    with open_store(unlocked(options, path)) as store:
        yield store
        if store.has_written and store.path.stat().st_size < MOST_TO_SEAL:
            with suppress(UserError):  # done it is; it stays unsealed, as after a crash
                integrity.seal(store)


@contextmanager
def compared_with(options: argparse.Namespace) -> Iterator[Store]:
    """The journal to compare with, not a byte of it changed; where there is none, an empty one for a while."""
    from app.core import backups
    from app.core.store import open_store

    path = options.journal or paths.default_journal()
    if path.exists():
        with looked_at(unlocked(options, path)) as store:
            yield store
        return
    backups.require_there(path)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, path.name)) as store:
        yield store


def looked_at(path: Path) -> Store:
    """The journal, not a byte of it changed, unless an older Northing wrote it."""
    from app.core import migrations
    from app.core.refusals import told
    from app.core.store import open_store, schema_of

    with told(path):
        is_current = schema_of(path) == migrations.HEAD
    return open_store(path, read_only=is_current)


def existing(options: argparse.Namespace) -> Path:
    """The journal that must be there, unlocked."""
    from app.core.errors import UserError

    path: Path = options.journal or paths.default_journal()
    if not path.exists():
        raise UserError(f"There is no journal at “{path}” yet.")
    return unlocked(options, path)


def unlocked(options: argparse.Namespace, path: Path) -> Path:
    """The file, opened by the passphrase that is given or typed where it is locked."""
    from app.core import keys, passphrase

    if not keys.is_locked(path):
        return path
    is_journal = passphrase.is_known(path)
    otherwise = "is locked" if is_journal else "is locked, or no journal: only the passphrase can tell"
    *others, last = given(options.passphrase_file or os.environ.get(PASSPHRASE_FILE)) or [
        typed(
            f"Passphrase of “{path.name}”: ",
            f"“{path.name}” {otherwise}. Give its passphrase with --passphrase-file FILE",
        )
    ]
    for said in others:
        with suppress(passphrase.WrongPassphrase):
            passphrase.unlock(path, said)
            return path
    passphrase.unlock(path, last)
    return path


def given(file: Path | str | None) -> list[str]:
    """The lines of a file with passphrases."""
    return [line for line in Path(file).read_text(encoding="utf-8").splitlines() if line] if file else []


def typed(ask: str, otherwise: str) -> str:
    """What somebody types unseen."""
    from getpass import getpass

    from app.core.errors import UserError

    if not sys.stdin.isatty():
        raise UserError(f"{otherwise}, or run this in a terminal.")
    return getpass(ask)
