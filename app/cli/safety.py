"""Damage looked for, backups made and gone back to, passphrases, salvage."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.cli.codes import DONE, REFUSED
from app.cli.opening import existing, given, journal_of, typed, unlocked

if TYPE_CHECKING:
    from app.core.backups import Backup


def check(options: argparse.Namespace) -> int:
    """Look for damage without changing a byte."""
    from app.core import integrity
    from app.core.errors import UserError
    from app.core.words import counted

    try:
        report = integrity.check(unlocked(options, options.file) if options.file else existing(options))
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
        entries = counted(report.entries, "one entry", "{count} entries")
        print(f"“{report.path}”: {_items(report.items)}, {entries}, {damage} found")
    return REFUSED if lost else DONE


def backup(options: argparse.Namespace) -> int:
    """Make a verified backup now, or list those there are."""
    from app.core import backups, clock

    if options.list:
        made_before = backups.listed(folder := backup_folder(options))
        for backup in made_before:
            print(f"{_described(backup)}  {backup.path}")
        if not made_before:
            print(f"There is no backup in “{folder}” yet.", file=sys.stderr)
        return DONE
    with journal_of(options, must_exist=True) as store:
        made = backups.take(store, reason="asked", now=clock.now())
    print(f"{_described(made)}  {made.path}")
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Make the journal what a backup holds; a damaged or missing one is replaced by it."""
    from app.core import backups, clock
    from app.core.errors import UserError
    from app.core.refusals import JournalDamaged, JournalMissing, NotAJournal

    path = unlocked(options, options.journal or paths.default_journal())
    newest = None if options.backup else backups.latest(backup_folder(options), path)
    source = options.backup or (newest.path if newest else None)
    if source is None:
        raise UserError(f"There is no verified backup of “{path}”; name the one to restore.")
    unlocked(options, source)
    try:
        with journal_of(options) as store:
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


def salvage(options: argparse.Namespace) -> int:
    """Save what can still be read of a damaged journal."""
    from app.core.salvage import salvage
    from app.core.words import counted

    made = salvage(unlocked(options, options.file), options.out)
    whole = counted(made.whole, "one item as it was", "{count} items as they were")
    print(f"“{made.path}”: {whole}, {made.in_part:,} in part (tagged “damaged”)")
    return DONE


def migrate(options: argparse.Namespace) -> int:
    """Bring the journal to this version's schema."""
    from app.core import migrations

    with journal_of(options, must_exist=True):
        print(f"The journal has schema {migrations.HEAD}.")
    return DONE


def passphrase(options: argparse.Namespace) -> int:
    """Set, change or remove the passphrase."""
    from app.core import clock, keys, passphrase
    from app.core.errors import UserError

    path = existing(options)
    if options.remove:
        if keys.key_of(path) is None:
            raise UserError(f"“{path}” has no passphrase.")
        passphrase.renew(path, None, drops_earlier=options.drop_earlier_backups, now=clock.now())
        print(f"“{path}” is a plain journal again. Backups made before still need their passphrase.")
        return DONE
    lines = given(options.new_passphrase_file)[:1]
    otherwise = "Give the new passphrase with --new-passphrase-file FILE"
    said, again = lines * 2 or [typed("New passphrase: ", otherwise), typed("Once more: ", otherwise)]
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


def backup_folder(options: argparse.Namespace) -> Path:
    """Where the backups are, as far as the journal can still tell."""
    from app.core import backups
    from app.core.errors import UserError
    from app.core.store import open_store

    path = unlocked(options, options.journal or paths.default_journal())
    try:
        with open_store(path, read_only=True) as store:
            return backups.place_of(store)
    except UserError:
        return backups.folder_of(path)


def _described(backup: Backup) -> str:
    verified = _items(backup.items) if backup.is_verified else "not verified"
    return f"{backup.at:%Y-%m-%d %H:%M:%S}Z  {backup.size:>12,} bytes  {verified}"


def _items(count: int) -> str:
    from app.core.words import counted

    return counted(count, "one item", "{count} items")
