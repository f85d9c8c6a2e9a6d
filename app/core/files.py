"""The files of entries as they lie in a folder: plain under their SHA-256, sealed where the journal is encrypted.

A sealed file is an SQLCipher database with one value. Its name and its key are made of the SHA-256 of what it
holds, which stands in the encrypted journal only: so it outlives every change of the passphrase, and any backup of
the journal opens it. Whoever has the very same file can tell that it is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from app import paths
from app.core import disk, keys
from app.core.keys import Key

SEALED: Final = ".sealed"
_FILES: Final = paths.files_dir(Path("x")).suffix


def sealed_name(sha: str) -> str:
    """What the file with that SHA-256 is called when it is sealed."""
    return hashlib.sha256(f"northing file name {sha}".encode()).hexdigest() + SEALED


def is_name(name: str) -> bool:
    """Whether a file of ours may be called so."""
    stem = name.removesuffix(SEALED)
    return len(stem) == 64 and all(letter in "0123456789abcdef" for letter in stem)


def seals(folder: Path) -> bool:
    """Whether new files of the folder are to be sealed: its journal is encrypted."""
    return keys.key_of(folder.with_name(folder.name.removesuffix(_FILES))) is not None


def place(folder: Path, sha: str) -> Path | None:
    """Where the file lies, plain or sealed; None where it does not."""
    return next((path for name in (sha, sealed_name(sha)) if (path := folder / name).is_file()), None)


def read(folder: Path, sha: str) -> bytes | None:
    """What the file holds; None where it is not there or is damaged."""
    found = place(folder, sha)
    if found is None:
        return None
    try:
        return _opened(found, sha) if found.suffix == SEALED else found.read_bytes()
    except OSError:
        return None


def read_at(path: Path) -> bytes | None:
    """What the file holds that would lie at `path` if it were plain."""
    return read(path.parent, path.name) if is_name(path.name) else None


def is_whole(folder: Path, sha: str) -> bool:
    """Whether the file is there and holds what its SHA-256 says."""
    found = place(folder, sha)
    if found is None:
        return False
    if found.suffix == SEALED:
        raw = _opened(found, sha)
        return raw is not None and hashlib.sha256(raw).hexdigest() == sha
    whole = hashlib.sha256()
    try:
        with found.open("rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
    except OSError:
        return False
    return whole.hexdigest() == sha


def write(folder: Path, sha: str, raw: bytes, *, sealed: bool) -> Path:
    """Put the file there, on the disk for good; the folder is there. An `OSError` passes."""
    target = folder / (sealed_name(sha) if sealed else sha)
    with disk.replacing(target) as file:
        if sealed:
            _seal(Path(file.name), sha, raw)
        else:
            file.write(raw)
    disk.sync_folder(folder)
    return target


def settle(folder: Path, shas: Iterable[str], *, sealed: bool) -> int:
    """Seal what lies plain in the folder, or the other way round; returns how many files were.

    Each is written, read again and compared before the other form of it goes. Cut short at any moment, every file
    is there in one form at least, and the next call goes on.

    Args:
        shas: Of all the files that the journal knows: the name of a sealed one does not tell.
    """
    done = 0
    plain = {file.name for file in folder.iterdir() if is_name(file.name) and not file.suffix} if sealed else ()
    for sha in sorted({*shas, *plain}):
        before = folder / (sha if sealed else sealed_name(sha))
        if before.is_file() and is_whole(folder, sha):
            raw = before.read_bytes() if sealed else _opened(before, sha)
            if raw is None or hashlib.sha256(raw).hexdigest() != sha:
                continue  # damaged; it stays as it is
            after = write(folder, sha, raw, sealed=sealed)
            held = _opened(after, sha) if sealed else after.read_bytes()
            if held == raw:
                before.unlink()
                done += 1
    return done


def _key_of(sha: str) -> Key:
    raw = hashlib.sha256(f"northing file key {sha}".encode()).digest()
    return Key(raw, hashlib.sha256(f"northing file salt {sha}".encode()).digest()[: keys.SALT])


def _seal(target: Path, sha: str, raw: bytes) -> None:
    from sqlcipher3 import dbapi2 as sqlite

    try:
        with closing(keys.connect(target, _key_of(sha))) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("CREATE TABLE file (raw BLOB NOT NULL)")
            connection.execute("INSERT INTO file VALUES (?)", (raw,))
    except sqlite.Error as error:
        raise OSError(28, str(error), str(target)) from error


def _opened(path: Path, sha: str) -> bytes | None:
    from sqlcipher3 import dbapi2 as sqlite

    try:
        with closing(
            keys.connect(f"{keys.uri_of(path)}?mode=ro&immutable=1", _key_of(sha), uri=True)
        ) as connection:
            found: Any = connection.execute("SELECT raw FROM file").fetchone()
    except sqlite.Error:
        return None
    return bytes(found[0]) if found else None
