"""From bytes to text: which encoding it is, and what no text may hold."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import Final

from app.core.errors import UserError, reason_of

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BAD: Final = re.compile("[\x00\ud800-\udfff]")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MULTIBYTE: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")

GUESSED: Final = "is not UTF-8; it was read as {encoding}, so check its accented letters."
BROKEN: Final = "holds bytes that are no valid UTF-8; each is shown as \ufffd."
REPLACED_ONE: Final = "held a character that no text can hold; it is shown as \ufffd."
REPLACED: Final = "held {count} characters that no text can hold; each is shown as \ufffd."


def raw_of(path: Path, largest: int, too_large: str) -> bytes:
    """What is in a file of at most `largest` bytes.

    Raises:
        UserError: it cannot be read, or it is larger: then with the sentence `too_large`.
    """
    try:
        if path.stat().st_size > largest:
            raise UserError(too_large)
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be read: {reason_of(error)}.") from error


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of `raw` and, where its encoding had to be guessed, a sentence (without subject) that says so."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace"), ""
    if encoding := _wide_encoding(raw):
        return raw.decode(encoding, "replace"), GUESSED.format(encoding=encoding.upper())
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        bad = error
    try:  # lone surrogates written out as if they were characters
        return raw.decode("utf-8", "surrogatepass"), ""
    except UnicodeDecodeError:
        pass
    wrong = raw.decode("utf-8", "replace").count("\ufffd")
    known = len(_MULTIBYTE.findall(raw))
    if known > 4 * wrong or (known and bad.start >= len(raw) - 3):
        return raw.decode("utf-8", "replace"), BROKEN
    try:
        return raw.decode("cp1252"), GUESSED.format(encoding="Windows-1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1"), GUESSED.format(encoding="Latin-1")


def cleaned(text: str) -> tuple[str, str]:
    """`text` as the journal keeps it (NFC, LF), and a sentence (without subject) if characters were replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, count = _BAD.subn("\ufffd", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text, "" if not count else REPLACED_ONE if count == 1 else REPLACED.format(count=count)


def shown(text: str, most: int = 80) -> str:
    """A name or id from a file as a message can show it: no control or direction marks, cut in the middle."""
    safe, _ = cleaned(_UNSEEN.sub("\ufffd", text[: 4 * most]))
    return safe if len(safe) <= most else f"{safe[: most - 20]}…{safe[-19:]}"


def _wide_encoding(raw: bytes) -> str:
    """UTF-16 without a mark: every second byte of western text is NUL."""
    head = raw[:4096]
    half = len(head) // 2
    if half < 4:
        return ""
    if head[1::2].count(0) > 0.6 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""
