"""What lists show of an item: plain rows, and the SQL that fills them.

No SQLAlchemy here, so that the first page can be on screen before it is imported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from app.core.words import unlinked

EXCERPT_LENGTH: Final = 280
_MARK: Final = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+(?:\[[ xX]\]\s+)?)+|\*\*|__|~~|`")
_CUT_LINK: Final = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*$")
"""A link whose end the excerpt does not have."""

_EMPHASIS: Final = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]+)(?<=\S)\1(?![\w*_])")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a list shows it.

    Attributes:
        at: UTC instant it is about, where known. excerpt: the text's beginning, title line included.
        snippet: in a search, the part that matches, with the matches between ``\\x02`` and ``\\x03``.
        title: the text's own, or for a check-in its value and what it is about.
        tags: names, in the order they stand in the text.
        picture: SHA-256 of the first picture that the text shows, "" without one.
    """

    id: int
    kind: str
    day: date
    at: datetime | None
    zone: str | None
    title: str
    excerpt: str
    starred: bool
    mood: int | None
    energy: int | None
    words: int
    tags: tuple[str, ...] = ()
    snippet: str = ""
    picture: str = ""
    private: bool = False


ENTRY_ROW: Final = f"""
    SELECT item.id, item.kind, entry.day, entry.at, entry.zone, item.title,
           substr(CASE item.text WHEN '' THEN item.facts ELSE item.text END, 1, {EXCERPT_LENGTH}),
           item.starred, entry.mood, entry.energy, entry.words,
           (SELECT group_concat(tag.name, char(31)) FROM item_tag JOIN tag ON tag.id = item_tag.tag_id
            WHERE item_tag.item_id = item.id),
           CASE item.kind WHEN 'check_in' THEN
               (SELECT coalesce(
                    CASE WHEN check_in.value IS NULL THEN NULL
                        WHEN key_result.measure = 'milestone' THEN iif(check_in.value >= 1, '✓', 'not yet')
                        ELSE printf('%.12g', check_in.value) || CASE key_result.unit
                            WHEN '' THEN '' WHEN '%' THEN '%' ELSE ' ' || key_result.unit END
                    END || ' · ', '')
                    || result.title
                FROM check_in JOIN key_result ON key_result.id = check_in.key_result_id
                JOIN item AS result ON result.id = key_result.id WHERE check_in.id = item.id) END,
           (SELECT sha256 FROM attachment WHERE item_id = item.id AND media LIKE 'image/%'
            AND instr(item.text, replace(name, ' ', '%20')) ORDER BY id LIMIT 1),
           item.private
    FROM item JOIN entry ON entry.id = item.id
"""

DATED: Final = "SELECT id FROM item WHERE deleted_at IS NULL AND moment > 0 ORDER BY moment DESC"
"""Every entry."""


def rating_text(skill: str, level: float) -> str:
    """What a rating says without a note; `_BARE` finds it by its end."""
    return f"{skill}: {level:g}"


_BARE: Final = "{text} LIKE '%: ' || printf('%g', rating.level)"
TIMELINE: Final = DATED.replace(
    "ORDER",
    "AND id NOT IN (SELECT rating.id FROM rating JOIN item AS rated ON rated.id = rating.id "
    f"WHERE {_BARE.format(text='rated.text')}) ORDER",
)
"""Entries to be read: a rating that says no more than its level stands with its skill."""

IS_READ: Final = (
    f"NOT EXISTS (SELECT 1 FROM rating WHERE rating.id = item.id AND {_BARE.format(text='item.text')})"
)
"""The same of one `item`, where there are few."""


def all_ids(query: str) -> str:
    """`query`, which gives ordered ids, as one value with commas between.

    One row instead of thousands: the Python lock is taken once, so a worker never waits for the window.
    """
    return f"SELECT group_concat(id) FROM ({query})"


def split_ids(joined: str | None) -> list[int]:
    """The ids behind the value of `all_ids`, not to be changed: the same again are the same list."""
    if not joined:
        return []
    if len(joined) < _LONG:
        return list(map(int, joined.split(",")))
    if _last[0] != joined:  # after each save the whole timeline is asked for, and seldom another one
        _last[:] = [joined, list(map(int, joined.split(",")))]
    found: list[int] = _last[1]
    return found


_LONG: Final = 10_000
_last: list[Any] = ["", []]


def entry_row(columns: Sequence[Any], snippet: str = "") -> EntryRow:
    """The row behind one result of `ENTRY_ROW`."""
    item_id, kind, day, at, zone, title, excerpt, starred, mood, energy, words, tags, subject, picture, private = (
        columns
    )
    return EntryRow(
        id=item_id,
        kind=kind,
        day=date.fromisoformat(day),
        at=datetime.fromisoformat(at) if at else None,
        zone=zone,
        title=subject or title,
        excerpt=excerpt.partition("\x1f")[0],
        starred=bool(starred),
        mood=mood,
        energy=energy,
        words=words,
        tags=tuple(tags.split("\x1f")) if tags else (),
        snippet=snippet,
        picture=picture or "",
        private=bool(private),
    )


def plain_lines(text: str) -> str:
    """Markdown flattened to one line, without its marks, for a list."""
    lines = (_MARK.sub("", unlinked(line)).strip() for line in text.splitlines())
    return " ".join(line for line in lines if line)


def detail_of(row: EntryRow) -> str:
    """What a list says under the title: the part that matches, or how the text goes on."""
    if row.snippet:
        return _EMPHASIS.sub(r"\2", plain_lines(row.snippet))
    head = unlinked(row.title.rstrip("…"))
    flat = plain_lines(_CUT_LINK.sub(r"\1", row.excerpt))
    rest = flat[len(head) :].lstrip(" ,;:–—-") if head and flat.startswith(head) else flat
    return _EMPHASIS.sub(r"\2", rest)
