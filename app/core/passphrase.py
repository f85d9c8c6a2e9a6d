"""The passphrase of a journal: unlocking it, setting, changing and removing it, and the code that replaces it.

The journal becomes another file by being copied, read again, compared and renamed: whenever the program is killed,
the one or the other is there, whole.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app import paths
from app.core import files, integrity, keys
from app.core.backups.place import FILES, Backup, found_for, listed, note_of
from app.core.backups.taking import take
from app.core.disk import sync, sync_folder, write_synced
from app.core.errors import FieldError, UserError, reason_of
from app.core.keys import Key
from app.core.refusals import JournalBusy, JournalDamaged, PlaceRefused, told
from app.core.store import BUSY_MS, Store, bare, open_store

LEAST: Final = 8
"""Characters of a passphrase."""

LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Of a recovery code: none that is taken for another one."""

_GROUPS: Final = 6
_GROUP: Final = 5
_VERSION: Final = 1


class WrongPassphrase(UserError):
    """It does not open the file, which was left as it is."""


# ---------------------------------------------------------------- unlocking


def unlock(path: Path, said: str) -> Key:
    """Open the file with a passphrase or its recovery code, from now on and until this process ends.

    Call it before the journal is opened. A wrong passphrase is told from a damaged file by the tags of its pages.

    Raises:
        WrongPassphrase: nothing in the file was written with it.
    """
    head = keys.head_of(path)
    slots = _slots_beside(path)
    salts = dict.fromkeys([head, *(bytes.fromhex(slot["salt"]) for slot in slots), *_salts_of_backups(path)])
    by_code = (key for slot in slots if (key := _opened(slot, said)))
    by_passphrase = (keys.derived(said, salt) for salt in salts if len(salt) == keys.SALT)
    for made in (by_code, by_passphrase):
        for key in made:
            if keys.proves(path, key):
                keys.remember(key, head)
                return key
    said = f"This passphrase does not open “{path.name}”. Nothing was changed; try again."
    if not is_known(path):
        said += " If it is the right one, this is no journal, or nothing of one is left: both look the same."
    raise WrongPassphrase(said)


def is_known(path: Path) -> bool:
    """Whether what lies beside the locked file tells that it is a journal; by itself it looks like noise."""
    slots = (bytes.fromhex(slot["salt"]) for slot in _slots_beside(path))
    return keys.head_of(path) in {*slots, *_salts_of_backups(path)}


def is_right(store: Store, said: str) -> bool:
    """Whether `said` is the passphrase or the recovery code of an open, encrypted journal."""
    key = store.key
    if key is None:
        return False
    tried = [_opened(slot, said) for slot in _slots_beside(store.path)]
    tried.append(keys.derived(said, key.salt))
    return any(other is not None and hmac.compare_digest(other.raw, key.raw) for other in tried)


def require_good(passphrase: str, again: str) -> None:
    """Refuse what is too short or was mistyped.

    Raises:
        FieldError: about `passphrase` or `again`.
    """
    if len(passphrase) < LEAST:
        raise FieldError("passphrase", f"Choose at least {LEAST} characters; four or five words are better.")
    if passphrase != again:
        raise FieldError("again", "The two are not the same.")


# ---------------------------------------------------------------- changing


def renew(
    path: Path,
    new: Key | None,
    *,
    slot: dict[str, str] | None = None,
    drops_earlier: bool = False,
    now: datetime,
) -> None:
    """Change the passphrase between two backups: one as the journal was, one as it is from now on.

    Args:
        drops_earlier: Delete the backups that `new` does not open, once one that it opens was verified.

    Raises:
        UserError: as `change`; the journal is as it was then.
    """
    with open_store(path) as store:
        take(store, reason="passphrase", now=now)
        integrity.seal(store)
    change(path, new, slot=slot)
    with suppress(PlaceRefused), open_store(path) as store:  # done it is; the next backup will say what is wrong
        settle_files(store)
        made = take(store, reason="passphrase", now=now, always=True)
        if drops_earlier:
            _drop_others(made, new)


def settle_files(store: Store) -> int:
    """Seal the files of entries where the journal is encrypted, open them where it is not; how many were touched.

    Quick where nothing is to do. A change of the passphrase does it; where that was cut short, the next start.
    """
    folder = paths.files_dir(store.path)
    if not folder.is_dir() or store.is_read_only:
        return 0
    with told(store.path), closing(bare(store.path)) as connection:
        shas = [sha for (sha,) in connection.execute("SELECT DISTINCT sha256 FROM attachment")]
    try:
        return files.settle(folder, shas, sealed=store.key is not None)
    except OSError:  # each file is there in one form at least, and any form is read; the next start goes on
        return 0


def _drop_others(kept: Backup, key: Key | None) -> None:
    """Delete the backups of the same journal that `key` does not open."""
    for backup in listed(kept.path.parent):
        if backup.of == kept.of and keys.key_of(backup.path) != key and backup.path != kept.path:
            for path in (note_of(backup.path), backup.path):
                with suppress(OSError):
                    path.unlink()
    left = listed(kept.path.parent)
    named = {name for backup in left for name in backup.files}
    if all(backup.is_verified for backup in left):
        for file in (kept.path.parent / FILES).glob("*"):
            if files.is_name(file.name) and file.name not in named:
                with suppress(OSError):
                    file.unlink()


def change(path: Path, new: Key | None, *, slot: dict[str, str] | None = None) -> None:
    """Make the journal one that `new` opens; a plain one without a key. What it holds stays the same.

    Nobody may have the journal open, in this process or another one. Whoever calls it takes a backup before.

    Args:
        slot: What `slot_for` made for `new`, so that its recovery code opens the journal, too.

    Raises:
        JournalBusy: somebody has it open. JournalDamaged: it is, or the copy was not the same.
        PlaceRefused: there is no room beside it.
    """
    part = paths.rekeyed_file(path)
    with told(path), _alone(path) as live, _refused(path):
        try:
            with suppress(FileNotFoundError):
                part.unlink()
            before = integrity.content_of(live)
            if before.wrong:
                raise JournalDamaged(f"“{path}” is damaged: {before.wrong[0]}. Its passphrase was not changed.")
            export(live, part, new)
            _compare(part, new, before.sha256)
            sync(part)
            kept = _slots_in(paths.recovery_file(path))
            _write_slots(path, [*kept, *([slot] if slot else [])])
            if os.name == "nt":
                live.close()  # an open file cannot be replaced there
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink()
    if new is not None:
        keys.remember(new)
    with suppress(OSError):  # changed it is; what is left beside it opens nothing but what it always did
        sync_folder(path.parent)
        _write_slots(path, [slot] if slot else [])


def export(source: Any, target: Path, key: Key | None) -> None:
    """Write all that the connection `source` reads into the new file `target`, encrypted by `key`, plain without.

    The rows keep their numbers and the schema its words, so that `integrity.content_of` is the same.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    source.execute("ATTACH ? AS other KEY ?", (f"{keys.uri_of(target)}?mode=rwc", key.spec if key else ""))
    try:
        source.execute("PRAGMA other.journal_mode = DELETE")
        source.execute("SELECT sqlcipher_export('other')").fetchall()
        for name in ("application_id", "user_version"):
            (value,) = source.execute(f"PRAGMA main.{name}").fetchone()
            source.execute(f"PRAGMA other.{name} = {int(value)}")
    finally:
        if source.in_transaction:
            source.execute("COMMIT")
        source.execute("DETACH other")


def converted(source: Path, target: Path, key: Key | None) -> None:
    """A copy of the journal file `source` in the new file `target` that `key` opens, plain without one."""
    with told(source), closing(bare(source)) as connection:
        export(connection, target, key)
    sync(target)


# ---------------------------------------------------------------- the recovery code


def new_code() -> str:
    """A recovery code, 147 bits of chance: six groups of five."""
    letters = [secrets.choice(LETTERS) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP))


def is_like_code(said: str) -> bool:
    """Whether it has the form of a recovery code."""
    return len(_letters_of(said)) == _GROUPS * _GROUP


def slot_for(key: Key, code: str) -> dict[str, str]:
    """What lies beside the journal so that `code` gives its key: that key under a pad of the code, and a tag."""
    salt = os.urandom(keys.SALT)
    pad, tag = _pad(code, salt)
    wrapped = bytes(one ^ other for one, other in zip(key.raw, pad, strict=True))
    check = hmac.digest(tag, key.salt + wrapped, "sha256")
    return {"salt": key.salt.hex(), "code_salt": salt.hex(), "wrapped": wrapped.hex(), "check": check.hex()}


def keep_slots_with(journal: Path, folder: Path) -> None:
    """Let the recovery code open backups in `folder`, too: those of earlier passphrases by their earlier codes."""
    source = paths.recovery_file(journal)
    target = folder / source.name
    held, more = _slots_in(target), _slots_in(source)
    if fresh := [slot for slot in more if slot not in held]:
        write_synced(target, _slots_text([*held, *fresh]))


def _opened(slot: dict[str, str], code: str) -> Key | None:
    said = _letters_of(code)
    if len(said) != _GROUPS * _GROUP:
        return None
    salt, wrapped = bytes.fromhex(slot["salt"]), bytes.fromhex(slot["wrapped"])
    pad, tag = _pad(said, bytes.fromhex(slot["code_salt"]))
    if not hmac.compare_digest(hmac.digest(tag, salt + wrapped, "sha256"), bytes.fromhex(slot["check"])):
        return None
    return Key(bytes(one ^ other for one, other in zip(wrapped, pad, strict=True)), salt)


def _letters_of(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def _pad(code: str, salt: bytes) -> tuple[bytes, bytes]:
    said = code.replace("-", "").encode("ascii")
    made = hashlib.pbkdf2_hmac("sha512", said, salt, keys.ROUNDS, 64)
    return made[:32], made[32:]


def _slots_beside(path: Path) -> list[dict[str, str]]:
    return [slot for file in sorted(path.parent.glob("*.recovery")) for slot in _slots_in(file)]


def _salts_of_backups(path: Path) -> list[bytes]:
    """How the encrypted backups of a journal begin, whose own beginning may be damaged."""
    heads = (keys.head_of(backup.path) for backup in found_for(path))
    return [head for head in heads if head != keys.PLAIN_HEAD]


def _slots_in(file: Path) -> list[dict[str, str]]:
    """The slots in a file; what cannot be read is none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["slots"]
        return [slot for slot in found if all(bytes.fromhex(slot[name]) for name in _NAMES)]
    except (OSError, ValueError, TypeError, KeyError):
        return []


_NAMES: Final = ("salt", "code_salt", "wrapped", "check")


def _slots_text(slots: list[dict[str, str]]) -> str:
    return json.dumps({"version": _VERSION, "slots": slots}, indent=1) + "\n"


def _write_slots(path: Path, slots: list[dict[str, str]]) -> None:
    file = paths.recovery_file(path)
    if slots:
        write_synced(file, _slots_text(slots))
        sync_folder(file.parent)
    else:
        with suppress(FileNotFoundError):
            file.unlink()


# ---------------------------------------------------------------- inside


@contextmanager
def _alone(path: Path) -> Iterator[Any]:
    """A connection beside which nobody reads or writes the journal."""
    with closing(keys.connect(path, keys.key_of(path), timeout=BUSY_MS / 1000)) as live:
        (mode,) = live.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise JournalBusy(f"Another program holds the journal “{path.name}”. Close it, then try again.")
        live.execute("PRAGMA locking_mode = EXCLUSIVE")
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")  # the lock stays until the connection is closed
        yield live


def _compare(part: Path, key: Key | None, sha256: str) -> None:
    with closing(keys.connect(part, key)) as copy:
        found = [said for (said,) in copy.execute("PRAGMA integrity_check(5)").fetchall() if said != "ok"]
        if found or integrity.content_of(copy).sha256 != sha256:
            raise JournalDamaged(f"The copy beside “{part}” is not the same, so nothing was changed. Try again.")


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PlaceRefused(
            f"“{path.parent}” cannot be written: {reason_of(error)}. The passphrase was not changed."
        ) from error
