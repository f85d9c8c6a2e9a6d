"""Pages of an encrypted journal without SQLCipher, which gives none of a page that is damaged anywhere.

AES-256 in CBC mode, backwards only, after FIPS 197. Here damage to a page spoils 32 bytes of it at most.
Bytes that stand at the same place of all blocks are kept together, so that a page takes a millisecond.
"""

from __future__ import annotations

from typing import Final

from app.core.keys import PAGE, PLAIN_HEAD, SALT, Key
from app.core.salvage.pages import RESERVED

BLOCK: Final = 16
ROUNDS: Final = 14


class Cipher:
    """Decrypts pages that were written with `key`."""

    def __init__(self, key: Key) -> None:
        rounds = _round_keys(key.raw)
        self._first = _number(rounds[ROUNDS])
        self._last = [bytes(_INVERSE[byte] ^ mask for byte in range(256)) for mask in rounds[0]]
        self._tables = [
            [
                [bytes(times[_INVERSE[byte] ^ mask] for byte in range(256)) for times in (_M14, _M11, _M13, _M9)]
                for mask in rounds[number]
            ]
            for number in range(ROUNDS - 1, 0, -1)
        ]

    def page(self, number: int, page: bytes) -> bytes:
        """The page, counted from 1, as an unencrypted file would have it; its reserved bytes are zero."""
        start = SALT if number == 1 else 0
        secret = page[start : PAGE - RESERVED]
        mixed_with = page[PAGE - RESERVED : PAGE - RESERVED + BLOCK] + secret[:-BLOCK]
        mixed = self._blocks(secret)
        plain = (_number(mixed) ^ _number(mixed_with)).to_bytes(len(secret), "little")
        return (PLAIN_HEAD if number == 1 else b"") + plain + bytes(RESERVED)

    def _blocks(self, secret: bytes) -> bytes:
        count = len(secret) // BLOCK
        mask = int.from_bytes(self._first.to_bytes(BLOCK, "little") * count, "little")
        begun = (_number(secret) ^ mask).to_bytes(len(secret), "little")
        state = [begun[place::BLOCK] for place in range(BLOCK)]
        for tables in self._tables:
            moved = [state[source] for source in _SHIFTED]
            parts = [
                [_number(bytes_at.translate(table)) for table in four]
                for bytes_at, four in zip(moved, tables, strict=True)
            ]
            state = [
                (
                    parts[place][0]
                    ^ parts[_next(place, 1)][1]
                    ^ parts[_next(place, 2)][2]
                    ^ parts[_next(place, 3)][3]
                ).to_bytes(count, "little")
                for place in range(BLOCK)
            ]
        made = bytearray(len(secret))
        for place, source in enumerate(_SHIFTED):
            made[place::BLOCK] = state[source].translate(self._last[place])
        return bytes(made)


def _next(place: int, by: int) -> int:
    """The place in the same column of a block, so many rows on."""
    return place // 4 * 4 + (place % 4 + by) % 4


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _times(one: int, other: int) -> int:
    made = 0
    while other:
        if other & 1:
            made ^= one
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return made


def _substitutes() -> bytes:
    made = bytearray(256)
    value = inverse = 1
    while True:
        value = _times(value, 3)
        inverse = _times(inverse, 0xF6)
        rotated = inverse | inverse << 8
        made[value] = (inverse ^ rotated >> 4 ^ rotated >> 5 ^ rotated >> 6 ^ rotated >> 7) & 0xFF ^ 0x63
        if value == 1:
            break
    made[0] = 0x63
    return bytes(made)


def _round_keys(raw: bytes) -> list[bytes]:
    words = [raw[at : at + 4] for at in range(0, len(raw), 4)]
    constant = 1
    for number in range(8, 4 * (ROUNDS + 1)):
        word = words[-1]
        if number % 8 == 0:
            word = (word[1:] + word[:1]).translate(_FORWARD)
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _times(constant, 2)
        elif number % 8 == 4:
            word = word.translate(_FORWARD)
        words.append(bytes(one ^ other for one, other in zip(words[-8], word, strict=True)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


_FORWARD: Final = _substitutes()
_INVERSE: Final = bytes(_FORWARD.index(byte) for byte in range(256))
_M9, _M11, _M13, _M14 = (bytes(_times(byte, by) for byte in range(256)) for by in (9, 11, 13, 14))
_SHIFTED: Final = [4 * ((place // 4 - place % 4) % 4) + place % 4 for place in range(BLOCK)]
"""Where the byte at each place of a block was before its rows were shifted."""
