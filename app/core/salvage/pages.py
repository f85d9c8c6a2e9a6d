"""Rows from the pages of an SQLite file, without SQLite, trusting nothing that it says of itself.

Written after https://www.sqlite.org/fileformat2.html. Damage raises nothing: what cannot be read is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.core.salvage.cipher import Cipher

LEAF: Final = 0x0D
INTERIOR: Final = 0x05
SIZES: Final = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
USUAL: Final = 4096
RESERVED: Final = 80
"""Bytes at the end of each page of an encrypted journal: what its first block was mixed with (16), and its tag."""

MOST_PAYLOAD: Final = 1 << 30

Value = None | int | float | str | bytes
_DAMAGE: Final = (IndexError, struct.error, ValueError, OverflowError)
_WIDTHS: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `is_whole` is False where its end was lost with an overflow page."""

    rowid: int
    values: tuple[Value, ...]
    is_whole: bool = True


class Pages:
    """The pages of a file, with those of its write-ahead log in their places.

    Those of an encrypted one are read in plain, by `cipher`.
    """

    def __init__(self, raw: bytes, log: bytes = b"", cipher: Cipher | None = None) -> None:
        self._raw = raw
        said = int.from_bytes(raw[16:18], "big")
        said = 65536 if said == 1 else said
        self.size = said if said in SIZES and cipher is None else USUAL
        self._cipher = cipher
        self._plain: dict[int, bytes] = {}
        self._usable = self.size - (RESERVED if cipher else 0)
        self._newer: dict[int, bytes] = _frames(log, self.size)
        self.count = max(-(-len(raw) // self.size), max(self._newer, default=0))

    def page(self, number: int) -> bytes:
        """The page, counted from 1; filled up with zeros where the file ends in it."""
        if number in self._plain:
            return self._plain[number]
        found = self._newer.get(number) or self._raw[(number - 1) * self.size : number * self.size]
        whole = found.ljust(self.size, b"\0") if found else b""
        if self._cipher is not None and whole:
            whole = self._plain[number] = self._cipher.page(number, whole)
        return whole

    def kind(self, number: int) -> int:
        """What the page says it is, such as `LEAF`."""
        page, head = self.page(number), self._head(number)
        return page[head] if len(page) > head else 0

    def leaves_below(self, root: int) -> list[int]:
        """The leaf pages of a table's tree, as far as it can be walked."""
        leaves: list[int] = []
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 0 < number <= self.count:
                continue
            seen.add(number)
            kind = self.kind(number)
            if kind == LEAF:
                leaves.append(number)
            elif kind == INTERIOR:
                waiting += self._children(number)
        return leaves

    def free(self) -> set[int]:
        """Pages that hold nothing any more, as far as the list of them can be followed."""
        found: set[int] = set()
        first = self.page(1)
        trunk = int.from_bytes(first[32:36], "big") if len(first) >= 36 else 0
        while 0 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            trunk, many = struct.unpack(">II", page[:8])
            if many > self.size // 4 - 2:
                break
            found.update(struct.unpack(f">{many}I", page[8 : 8 + 4 * many]))
        return found

    def rows(self, number: int) -> Iterator[Row]:
        """Every row on a leaf page that can be read."""
        page, head = self.page(number), self._head(number)
        if len(page) < head + 8 or page[head] != LEAF:
            return
        (cells,) = struct.unpack_from(">H", page, head + 3)
        for place in range(min(cells, self.size // 4)):
            try:
                (start,) = struct.unpack_from(">H", page, head + 8 + 2 * place)
                if row := self._row(page, start):
                    yield row
            except _DAMAGE:
                continue

    def _row(self, page: bytes, start: int) -> Row | None:
        total, start = _varint(page, start)
        rowid, start = _varint(page, start)
        if not 0 < total <= MOST_PAYLOAD:
            return None
        rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
        payload = self._payload(page, start, total)
        return Row(rowid, _values(payload), len(payload) == total)

    def _payload(self, page: bytes, start: int, total: int) -> bytes:
        most, least = self._usable - 35, (self._usable - 12) * 32 // 255 - 23
        if total <= most:
            return page[start : start + total]
        local = least + (total - least) % (self._usable - 4)
        local = least if local > most else local
        parts = [page[start : start + local]]
        (following,) = struct.unpack_from(">I", page, start + local)
        got = local
        seen: set[int] = set()
        while got < total and 0 < following <= self.count and following not in seen:
            seen.add(following)
            more = self.page(following)
            (following,) = struct.unpack_from(">I", more)
            parts.append(more[4 : min(4 + total - got, self._usable)])
            got += len(parts[-1])
        return b"".join(parts)

    def _children(self, number: int) -> list[int]:
        page, head = self.page(number), self._head(number)
        (cells,) = struct.unpack_from(">H", page, head + 3)
        found = [struct.unpack_from(">I", page, head + 8)[0]]
        for place in range(min(cells, self.size // 2)):
            try:
                (start,) = struct.unpack_from(">H", page, head + 12 + 2 * place)
                found.append(struct.unpack_from(">I", page, start)[0])
            except _DAMAGE:
                continue
        return found

    def _head(self, number: int) -> int:
        return 100 if number == 1 else 0


def _values(payload: bytes) -> tuple[Value, ...]:
    length, at = _varint(payload, 0)
    sorts = []
    while at < length:
        sort, at = _varint(payload, at)
        sorts.append(sort)
    values = []
    at = length
    for sort in sorts:
        width = _WIDTHS[sort] if sort < 10 else (sort - 12) // 2
        if sort in (10, 11) or width < 0:
            raise ValueError
        values.append(_value(sort, payload[at : at + width], width))
        at += width
    return tuple(values)


def _value(sort: int, raw: bytes, width: int) -> Value:
    if sort >= 12:
        return raw if sort % 2 == 0 else raw.decode("utf-8", "replace")
    if sort == 0 or len(raw) < width:
        return None
    if sort == 7:
        return float(struct.unpack(">d", raw)[0])
    return sort - 8 if sort >= 8 else int.from_bytes(raw, "big", signed=True)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = raw[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at + place + 1
    raise ValueError


def _frames(log: bytes, size: int) -> dict[int, bytes]:
    """The newest committed copy of each page in a write-ahead log."""
    if len(log) < 32 or log[:3] != b"\x37\x7f\x06" or int.from_bytes(log[8:12], "big") != size:
        return {}
    salt = log[16:24]
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(32, len(log) - size - 23, size + 24):
        number, commits = struct.unpack_from(">II", log, at)
        if log[at + 8 : at + 16] != salt:
            break
        pending[number] = log[at + 24 : at + 24 + size]
        if commits:
            committed.update(pending)
            pending.clear()
    return committed
