"""What an item said before: listed, compared, brought back, and thinned out with age."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Final, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.core import items, journal
from app.core.errors import UserError
from app.core.model import Version
from app.core.progress import in_chunks
from app.core.store import touch
from app.core.words import word_count

ALL_KEPT: Final = timedelta(days=90)
"""Versions younger than this are all kept; of older ones the last of each day and the one that says most."""

_PIECE: Final = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCE: Final = re.compile(r"[^.!?。！？]+[.!?。！？]*\s*|[.!?。！？]+\s*")
_LONGEST_BY_WORDS: Final = 4_000
_MANY_PAIRS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What an item said until `at`; `extra` is what its fields said, as JSON."""

    id: int
    at: datetime
    text: str
    words: int
    extra: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts compared: in both, only in the newer, or only in the older."""

    change: Literal["same", "added", "removed"]
    text: str


# ---------------------------------------------------------------- queries


def versions_of(session: Session, item_id: int) -> list[VersionRow]:
    """The versions of an item, newest first."""
    query = select(Version.id, Version.at, Version.text, Version.extra).where(Version.item_id == item_id)
    found = session.execute(query.order_by(Version.at.desc(), Version.id.desc()))
    return [VersionRow(row.id, row.at, row.text, word_count(row.text), row.extra) for row in found]


def has_old(session: Session, *, now: datetime) -> bool:
    """Whether `thin` would drop anything."""
    return bool(_old(session, now))


def compared(old: str, new: str) -> list[Piece]:
    """The two texts as one: line by line, sentence by sentence where lines differ, and word by word within."""
    return list(_compared(old, new, (_lines, _SENTENCE.findall, _PIECE.findall)))


# ---------------------------------------------------------------- commands


def restore_version(session: Session, item_id: int, version_id: int, *, rev: int, now: datetime) -> int:
    """Let an entry last seen at `rev` say again what it said; what it says now becomes a version. New `rev`.

    Raises:
        UserError: the version or the entry is gone. ChangedMeanwhile: somebody else wrote the entry since.
    """
    version = session.get(Version, version_id)
    if version is None or version.item_id != item_id:
        raise UserError("This version is no longer kept.")
    text = items.living(session, item_id, rev=rev).text
    after = journal.edit_text(session, item_id, version.text, rev=rev, now=now)
    if text.strip() and text != version.text:
        items.keep_text(session, item_id, text, now=now)
    return after


def thin(session: Session, *, now: datetime) -> int:
    """Drop versions older than `ALL_KEPT` but for the last and the longest of each day; returns how many."""
    gone = _old(session, now)
    for some in in_chunks(gone, 10_000):
        session.execute(delete(Version).where(Version.id.in_(some)))
    if gone:
        touch(session, Version)
    return len(gone)


def spare(rows: Sequence[tuple[int, int, datetime, int]]) -> list[int]:
    """The ids that may go of old versions (id, item, instant, length), newest first within an item.

    Of each day its last stays, and the longest: where a text was emptied and begun anew, the last says little.
    """
    last: dict[tuple[int, date], int] = {}
    fullest: dict[tuple[int, date], tuple[int, int]] = {}
    for version_id, item_id, at, length in rows:
        key = (item_id, at.date())
        last.setdefault(key, version_id)
        if key not in fullest or length > fullest[key][0]:
            fullest[key] = (length, version_id)
    kept = {*last.values(), *(version_id for _, version_id in fullest.values())}
    return [version_id for version_id, *_ in rows if version_id not in kept]


def _old(session: Session, now: datetime) -> list[int]:
    columns = Version.id, Version.item_id, Version.at, func.length(Version.text)
    query = select(*columns).where(Version.at < now - ALL_KEPT)
    rows = session.execute(query.order_by(Version.item_id, Version.at.desc(), Version.id.desc()))
    return spare([(version_id, item_id, at, length) for version_id, item_id, at, length in rows])


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _compared(old: str, new: str, cuts: Sequence[Callable[[str], list[str]]]) -> Iterator[Piece]:
    cut, *finer = cuts
    before, after = cut(old), cut(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    if head:
        yield Piece("same", "".join(before[:head]))
    yield from _between(before[head : len(before) - tail], after[head : len(after) - tail], finer)
    if tail:
        yield Piece("same", "".join(before[len(before) - tail :]))


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """How many parts are the same from the beginning on."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))


def _between(before: list[str], after: list[str], finer: Sequence[Callable[[str], list[str]]]) -> Iterator[Piece]:
    if not finer and sum(map(len, (*before, *after))) > _LONGEST_BY_WORDS:
        before, after = ["".join(before)], ["".join(after)]
    is_long = len(before) * len(after) > _MANY_PAIRS  # then what stands there often tells little, and takes long
    for change, low, high, first, last in SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes():
        gone, come = "".join(before[low:high]), "".join(after[first:last])
        if change == "equal":
            yield Piece("same", gone)
        elif change == "replace" and finer:
            yield from _compared(gone, come, finer)
        else:
            if gone:
                yield Piece("removed", gone)
            if come:
                yield Piece("added", come)
