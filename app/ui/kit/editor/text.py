"""What the editor can hold, and how Qt counts it."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 5_000_000
"""Characters that one text may have; more is refused in one sentence, never a hang."""

REPLACED: Final = "\ufffd"
"""Stands for the few characters that Qt's documents use for themselves: NUL, U+FDD0, U+FDD1, lone surrogates."""

_UNSTORABLE: Final = re.compile("[\x00\ufdd0\ufdd1\ud800-\udfff]")
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2029]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNBREAKABLE: Final = r"[^\s\u2e80-\uffff\U00020000-\U0003ffff]{1500}"  # a millisecond to compile, seldom needed


def storable(text: str) -> str:
    """`text` as the editor holds and gives it back: LF line ends, and U+FFFD for what cannot be kept."""
    return _UNSTORABLE.sub(REPLACED, _LINE_ENDS.sub("\n", text))


def as_units(text: str) -> str:
    """`text` with a character for each UTF-16 unit, so that positions in it are positions in Qt's documents."""
    return text if text.isascii() else _ASTRAL.sub(_pair, text)


def from_units(text: str) -> str:
    """The inverse of `as_units`."""
    return text if text.isascii() else _PAIR.sub(_whole, text)


def has_unbreakable_stretch(text: str) -> bool:
    """Whether `text` has so long a run without a place to break that Qt would take minutes to wrap it."""
    return len(text) >= 1500 and re.search(_UNBREAKABLE, text) is not None


def changed_span(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts differ: (start, end in `old`, end in `new`); never in the middle of a surrogate pair."""
    start = _common_prefix(old, new)
    if start and "\ud800" <= old[start - 1] <= "\udbff":
        start -= 1
    end = _common_suffix(old, new, min(len(old), len(new)) - start)
    if end and "\udc00" <= old[-end] <= "\udfff":
        end -= 1
    return start, len(old) - end, len(new) - end


def _common_prefix(old: str, new: str) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:  # halving compares slices at the speed of memcmp
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(old: str, new: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _pair(match: re.Match[str]) -> str:
    point = ord(match[0]) - 0x10000
    return chr(0xD800 + (point >> 10)) + chr(0xDC00 + (point & 0x3FF))


def _whole(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
