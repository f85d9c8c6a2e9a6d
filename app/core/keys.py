"""Keys of encrypted journals: made from a passphrase, held in memory only, found again by the salt of a file.

An encrypted journal is an SQLCipher 4 database with its defaults. Its first 16 bytes are the salt with which the
key was made, so every copy of a journal (a backup, one set aside) is opened by the key that opens the journal.
No SQLAlchemy here: the first page is read with a key, too. What only a
passphrase needs is imported when there is one.
"""

from __future__ import annotations

import os
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

PAGE: Final = 4096
SALT: Final = 16
TAG: Final = 64
ROUNDS: Final = 256_000
"""Of PBKDF2-HMAC-SHA512, as SQLCipher 4 has it."""

PLAIN_HEAD: Final = b"SQLite format 3\0"
_SAMPLES: Final = 9
_PROBE: Final = f"PRAGMA key = \"x'{'0' * 64}'\""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What encrypts the pages of a file; never written anywhere, never shown."""

    raw: bytes
    salt: bytes

    @property
    def spec(self) -> str:
        """As SQLCipher takes it in KEY and PRAGMA key."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


_known: Final[dict[bytes, Key]] = {}
"""By the first bytes of a file; gone with the process, which is why locking replaces the process."""


def remember(key: Key, head: bytes = b"") -> None:
    """Open with `key`, from now on, every file that begins with its salt, or with `head` where that is damaged."""
    _known[head or key.salt] = key


def forget() -> None:
    """Know no key any more."""
    _known.clear()


def key_of(path: Path) -> Key | None:
    """The known key of the file; None where it is plain, not there, or locked."""
    if not _known:
        return None
    return _known.get(_salt_of(path))


def connect(place: Path | str, key: Key | None, **options: Any) -> Any:
    """A connection of the SQLite module, with the key turned."""
    from sqlcipher3 import dbapi2 as sqlite

    connection = sqlite.connect(place, isolation_level=None, **options)
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is told in a sentence
        connection.execute(f'PRAGMA key = "{key.spec}"')
    return connection


def uri_of(path: Path) -> str:
    """The path as SQLite takes it with options behind a question mark."""
    name = quote(str(path.absolute()).replace(os.sep, "/"))
    return f"file://{name}" if name.startswith("//") else f"file:{name}"  # a computer's name is none of a host


def writing_uri(path: Path) -> str:
    """By which one writes to a journal that is there; none is made where it is not."""
    return f"{uri_of(path)}?mode=rw"


def reading_uri(path: Path) -> str:
    """By which one looks at a journal and changes no byte on the disk, also where only reading is allowed."""
    try:
        pending = path.with_name(path.name + "-wal").exists()
    except OSError:
        pending = True
    # Without a write-ahead log nobody has the file open, and SQLite need not make one to look at it.
    return f"{uri_of(path)}?mode=ro" if pending else f"{uri_of(path)}?mode=ro&immutable=1"


# ---------------------------------------------------------------- passphrases


def new_key(passphrase: str) -> Key:
    """A key that no file has yet."""
    return derived(passphrase, os.urandom(SALT))


def derived(passphrase: str, salt: bytes) -> Key:
    """The key that `passphrase` makes with `salt`; takes a tenth of a second on purpose."""
    import hashlib

    said = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return Key(hashlib.pbkdf2_hmac("sha512", said, salt, ROUNDS, 32), salt)


# ---------------------------------------------------------------- files
#
# These read the file by itself, which drops SQLite's locks: only before the journal is open in this process, or
# when it cannot be opened.


def is_locked(path: Path) -> bool:
    """Whether the file is encrypted, as far as can be told, and no key of it is known."""
    return head_of(path) not in _known and is_encrypted(path)


def head_of(path: Path) -> bytes:
    """The first bytes of the file, b"" where there are none."""
    try:
        with path.open("rb") as file:
            return file.read(SALT)
    except OSError:
        return b""


def is_encrypted(path: Path) -> bool:
    """Whether the file looks like noise all over, as nothing but an encrypted journal should here."""
    try:
        if path.stat().st_size < PAGE or head_of(path) == PLAIN_HEAD:
            return False
        pages = [page for _, page in _sample(path)]
    except OSError:
        return False
    noisy = sum(len(zlib.compress(page, 1)) >= len(page) for page in pages)
    return noisy * 2 > len(pages)


def proves(path: Path, key: Key) -> bool:
    """Whether `key` is the one of the file: whether it made the tag of any page, whatever the others are."""
    try:
        return any(is_genuine(page, number, key) for number, page in _sample(path))
    except OSError:
        return False


def tag_key(key: Key) -> bytes:
    """What the tags of pages are made with."""
    import hashlib

    return hashlib.pbkdf2_hmac("sha512", key.raw, bytes(byte ^ 0x3A for byte in key.salt), 2, 32)


def is_genuine(page: bytes, number: int, key: Key, made_with: bytes = b"") -> bool:
    """Whether the page, counted from 1, is as it was written with `key`; `made_with` is its `tag_key`."""
    import hmac

    signed = page[SALT if number == 1 else 0 : PAGE - TAG] + number.to_bytes(4, "little")
    found = hmac.digest(made_with or tag_key(key), signed, "sha512")
    return hmac.compare_digest(found, page[PAGE - TAG : PAGE])


def _sample(path: Path) -> Iterator[tuple[int, bytes]]:
    """Some whole pages of the file with their numbers, spread over it; the first one first."""
    count = path.stat().st_size // PAGE
    numbers: Iterable[int] = sorted({1 + count * place // _SAMPLES for place in range(_SAMPLES)})
    with path.open("rb") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            page = file.read(PAGE)
            if len(page) == PAGE:
                yield number, page


def _salt_of(path: Path) -> bytes:
    """The file's first bytes as SQLite reads them: opening it by itself would drop the locks of SQLite."""
    from sqlcipher3 import dbapi2 as sqlite

    try:
        if path.stat().st_size < PAGE:
            return b""
        with closing(sqlite.connect(f"{uri_of(path)}?mode=ro", uri=True, isolation_level=None)) as probe:
            probe.execute(_PROBE)
            return bytes.fromhex(probe.execute("PRAGMA cipher_salt").fetchone()[0])
    except (OSError, sqlite.Error, ValueError, TypeError):
        return b""
