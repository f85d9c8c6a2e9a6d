"""What a person may choose to import, a file, a folder or a ZIP archive, seen as one set of named files.

Nothing is ever unpacked to disk. A member whose name would lead out of a folder, a link, or a name that no
system can hold is left out and named; an archive that would unpack to far more than it is, is refused.
"""

from __future__ import annotations

import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError, reason_of
from app.core.transfer.decoding import cleaned, decoded, shown
from app.core.transfer.instants import of_epoch, resolved
from app.core.transfer.records import Attachment, Remark, Skipped

MOST_FILES: Final = 250_000
MOST_TEXT: Final = 256 * 2**20
MOST_ATTACHMENT: Final = 256 * 2**20
MOST_RATIO: Final = 200
"""Text packs to a fifth, repetitive JSON to a fiftieth; beyond two hundred it is made to fill a disk."""
RATIO_FROM: Final = 32 * 2**20
HEAD: Final = 64 * 1024

_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DAMAGES: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, ValueError, OverflowError, NotImplementedError, RuntimeError, LookupError,
)  # fmt: skip
"""What reading a broken file or archive raises."""

_ASIDE: Final = (".git", ".obsidian", ".trash", ".stfolder", ".stversions", ".logseq", "__MACOSX")
"""Folders in which programs keep their own things, and what was thrown away."""
_CLUTTER: Final = re.compile(
    rf"(^|/)(({'|'.join(re.escape(name) for name in _ASIDE)})/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)"
)
_DEEPEST: Final = 64
_LONGEST: Final = 255


class Damaged(UserError):
    """A file or archive cannot be read to its end; nothing of it should be brought in."""


class Bundle(ABC):
    """A set of named files; `names` are relative, with forward slashes, in order.

    Attributes:
        path: What the person chose. damaged: Files that a look could not read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._left_out: list[Skipped] = []
        self.damaged: list[str] = []
        self._heads: dict[str, bytes] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._sizes, key=_natural))

    @property
    def left_out(self) -> list[Skipped]:
        """Files that cannot come along, and why."""
        _ = self.names  # listing finds them
        return self._left_out

    @cached_property
    def _by_file_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name.rpartition("/")[2].casefold(), []).append(name)
        return found

    @cached_property
    @abstractmethod
    def _sizes(self) -> dict[str, int]: ...

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """The file's bytes as a stream."""

    @abstractmethod
    def changed(self, name: str, zone: ZoneInfo) -> datetime | None:
        """When the file was last changed; archives keep that without a zone, so it is read in `zone`."""

    def size(self, name: str) -> int:
        """Bytes that the file says it has."""
        return self._sizes[name]

    def named(self, *endings: str) -> Iterator[str]:
        """Names that end so, whatever their case."""
        return (name for name in self.names if name.casefold().endswith(endings))

    def head(self, name: str) -> bytes:
        """The first bytes, for a look; b"" where they cannot be read (`damaged` then names the file)."""
        if name not in self._heads:
            try:
                with self.open(name) as stream:
                    self._heads[name] = stream.read(HEAD)
            except DAMAGES:
                self._heads[name] = b""
                self.damaged.append(name)
        return self._heads[name]

    def read(self, name: str, *, most: int = MOST_TEXT) -> bytes:
        """The whole file.

        Raises:
            Damaged: it cannot be read. UserError: it is larger than `most`.
        """
        try:
            with self.open(name) as stream:
                raw = stream.read(most + 1)
        except DAMAGES as error:
            raise self.damage(name) from error
        if len(raw) > most:
            raise UserError(f"“{shown(name)}” is larger than {most >> 20} MB, too large to bring in.")
        return raw

    def damage(self, name: str) -> Damaged:
        """What to say about a file that cannot be read."""
        which = f"“{shown(name)}” in “{self.path.name}”" if name != self.path.name else f"“{name}”"
        return Damaged(f"{which} is damaged or cannot be read. Make the export again.")

    def text(self, name: str) -> tuple[str, list[Remark]]:
        """The file as text, with a remark where its encoding had to be guessed."""
        text, how = decoded(self.read(name))
        return text, [Remark(name, f"The file {how}")] if how else []

    def find(self, name: str, *, beside: str = "") -> str | None:
        """The file that `name`, written in the file `beside`, means: that very path, else one so called."""
        name = cleaned(name)[0].replace("\\", "/").removeprefix("./")
        for base in (beside.rpartition("/")[0], ""):
            if (full := _joined(base, name)) in self._sizes:
                return full
        found = self._by_file_name.get(name.rpartition("/")[2].casefold(), [])
        if len(found) > 1:
            tail = [other for other in found if other.casefold().endswith(name.casefold())]
            found = tail or found
        return found[0] if found else None

    def attachment(self, name: str, *, called: str = "", kind: str = "") -> Attachment | Skipped:
        """The file as an attachment, or why it cannot be one."""
        if self.size(name) > MOST_ATTACHMENT:
            return Skipped(
                name, f"The file is larger than {MOST_ATTACHMENT >> 20} MB, too large to keep in a journal."
            )
        called = called or name.rpartition("/")[2]
        return Attachment(called, lambda: self.read(name, most=MOST_ATTACHMENT), kind, self.size(name))


class SingleFile(Bundle):
    """One file, seen as a set of one."""

    @cached_property
    def _sizes(self) -> dict[str, int]:
        try:
            return {cleaned(self.path.name)[0]: self.path.stat().st_size}
        except OSError as error:
            raise UserError(f"“{self.path.name}” cannot be read: {reason_of(error)}.") from error

    def named(self, *endings: str) -> Iterator[str]:
        """Its name, too, where it ends otherwise but holds JSON and that is looked for."""
        names = list(super().named(*endings))
        if not names and ".json" in endings and self._is_json:
            names = list(self.names)
        return iter(names)

    @cached_property
    def _is_json(self) -> bool:
        is_note = self.path.suffix.casefold() in (".md", ".markdown", ".org")
        return not is_note and decoded(self.head(self.names[0]))[0].lstrip()[:1] in ("{", "[")

    def changed(self, name: str, zone: ZoneInfo) -> datetime | None:
        return _touched(self.path)

    def open(self, name: str) -> IO[bytes]:
        return self.path.open("rb")


class Folder(Bundle):
    """A folder with all below it; links are not followed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._paths: dict[str, Path] = {}

    @cached_property
    def _sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for place, folders, files in os.walk(self.path):
            folders[:] = sorted(f for f in folders if f not in _ASIDE)
            for file in files:
                full = Path(place, file)
                name, _ = cleaned(full.relative_to(self.path).as_posix())
                if not _CLUTTER.search(name) and (size := self._size_of(full, name)) is not None:
                    sizes[name], self._paths[name] = size, full
            if len(sizes) > MOST_FILES:
                raise UserError(
                    f"“{self.path.name}” holds more than {MOST_FILES:,} files; choose the journal's own folder."
                )
        return sizes

    def _size_of(self, full: Path, name: str) -> int | None:
        try:
            status = full.lstat()
        except OSError as error:
            self._left_out.append(Skipped(shown(name), f"The file cannot be read: {reason_of(error)}."))
            return None
        if not stat.S_ISREG(status.st_mode):
            self._left_out.append(Skipped(shown(name), "This is a link or a device, which is not followed."))
            return None
        return status.st_size

    def changed(self, name: str, zone: ZoneInfo) -> datetime | None:
        return _touched(self._path(name))

    def open(self, name: str) -> IO[bytes]:
        return self._path(name).open("rb")

    def _path(self, name: str) -> Path:
        """Where a file lies; they are listed at the first question about one."""
        return self._paths[name] if name in self._sizes else self.path / name


class Archive(Bundle):
    """A ZIP archive, read in place."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGES as error:
            raise UserError(
                f"“{path.name}” is damaged or not a ZIP archive; nothing was brought in. Make the export again."
            ) from error

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {name: member.file_size for name, member in self._members.items()}

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        listed = self._zip.infolist()
        self._refuse_bombs(listed)
        members: dict[str, zipfile.ZipInfo] = {}
        for member in listed:
            name = _true_name(member)
            if (name.endswith("/") and not member.file_size) or _CLUTTER.search(name):
                continue
            if reason := _fault_of(name, member) or (
                "Another file in the archive has the same name." * (name in members)
            ):
                self._left_out.append(Skipped(shown(name), reason))
            else:
                members[name] = member
        return members

    def _refuse_bombs(self, listed: list[zipfile.ZipInfo]) -> None:
        packed = self.path.stat().st_size
        total = sum(member.file_size for member in listed)
        if len(listed) > MOST_FILES:
            raise UserError(f"“{self.path.name}” holds more than {MOST_FILES:,} files, too many to bring in.")
        overlapping = sum(member.compress_size for member in listed) > packed
        if overlapping or (total > RATIO_FROM and total > MOST_RATIO * packed):
            raise UserError(
                f"“{self.path.name}” would unpack to far more than an export does; nothing was read from it."
            )
        if any(member.flag_bits & 1 for member in listed):
            raise UserError(
                f"“{self.path.name}” is protected by a password; unpack it first, then choose the folder."
            )

    def changed(self, name: str, zone: ZoneInfo) -> datetime | None:
        stamp = self._members[name].date_time
        try:
            return resolved(datetime(*stamp, tzinfo=zone), zone) if stamp[0] > 1980 else None
        except ValueError:
            return None

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(self._members[name])


def open_bundle(path: Path) -> Bundle:
    """The file, folder or archive at `path`.

    Raises:
        UserError: it is not there, damaged, or made to do harm.
    """
    try:
        if path.is_dir():
            return Folder(path)
        if not path.exists():
            raise UserError(f"“{path.name}” is not there any more.")
        if not path.is_file():
            raise UserError(f"“{path.name}” is a device or a pipe, not a file.")
        with path.open("rb") as stream:
            magic = stream.read(4)
        zipped = magic[:2] == b"PK" or (path.suffix.casefold() == ".zip" and zipfile.is_zipfile(path))
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be read: {reason_of(error)}.") from error
    return Archive(path) if zipped and magic[2:4] in (b"\x03\x04", b"\x05\x06") else SingleFile(path)


def _touched(path: Path) -> datetime | None:
    try:
        return of_epoch(path.stat().st_mtime, unit=1)
    except OSError:
        return None


def _true_name(member: zipfile.ZipInfo) -> str:
    """With what other systems get wrong mended.

    macOS writes UTF-8 without saying so, which `zipfile` reads as code page 437; old .NET writes backslashes.
    """
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return cleaned(name)[0].replace("\\", "/")


def _fault_of(name: str, member: zipfile.ZipInfo) -> str:
    """Why a member cannot be used, "" if it can."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or re.match(r"^[A-Za-z]:", name):
        return "Its name would lead out of the archive, so the file was left out."
    if _CONTROL.search(member.orig_filename) or not name or name.endswith("/"):
        return "Its name hides what the file is, so the file was left out."
    if len(parts) > _DEEPEST or any(len(part.encode("utf-8", "replace")) > _LONGEST for part in parts):
        return "Its name is longer than a file name can be, so the file was left out."
    if any(_RESERVED.match(part) for part in parts):
        return "Its name belongs to a device on Windows, so the file was left out."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "This is a link, which is not followed."
    return ""


def _joined(base: str, name: str) -> str:
    parts = [part for part in base.split("/") if part]
    for part in name.split("/"):
        if part == "..":
            if parts:
                parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Sorts “2” before “10”."""
    return tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() and len(part) < 20 else 0, part)
        for part in re.split(r"(\d+)", name.casefold())
    )
