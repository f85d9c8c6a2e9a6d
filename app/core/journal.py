"""The journal: entries on days, listed newest first, written, moved and found again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlite

from app.core import days, indexing, items, mentions
from app.core.days import Calendar
from app.core.errors import UserError
from app.core.model import Entry, Item, digest_of, instant_text, parse_instant
from app.core.progress import in_chunks
from app.core.refusals import ChangedMeanwhile
from app.core.rows import DATED, ENTRY_ROW, IS_READ, TIMELINE, EntryRow, all_ids, entry_row, split_ids
from app.core.settings import settings
from app.core.store import driver, touch
from app.core.words import changed_lines, facts_of, normal_text, tags_in, title_of, word_count

if TYPE_CHECKING:
    from app.core.query import Query

MOST_YEARS_BACK: Final = 60
LONG: Final = 50_000
"""Characters of a text whose words are counted by what changed, and of which the search hears later."""
LONGEST_TEXT: Final = 5_000_000
"""Characters in one entry; more than any diary page, and less than what makes an editor stand still."""


# The save of every pause in typing: plain statements, for the unit of work takes five times as long.
_HELD: Final = """
    SELECT item.kind, item.uid, item.title, item.text, item.facts, item.rev, item.deleted_at, entry.words,
           coalesce((SELECT max(version.at) FROM version WHERE item_id = item.id), item.created_at) AS since
    FROM item JOIN entry ON entry.id = item.id WHERE item.id = ?
"""


class Held(NamedTuple):
    """What a change of its text asks of an entry."""

    kind: str
    uid: str
    title: str
    text: str
    facts: str
    rev: int
    deleted_at: str | None
    words: int
    since: str

    @property
    def kind_class(self) -> type[Item]:
        """The class of its kind."""
        found: type[Item] = Item.__mapper__.polymorphic_map[self.kind].class_
        return found


class Change(NamedTuple):
    """What another text makes different: the lines before and after, and what follows beside them."""

    was: str
    now: str
    ends_a_version: bool
    tags: bool
    mentions: bool

    @property
    def is_of_words_alone(self) -> bool:
        """Whether nothing but the text and what is worked out from it has to be written."""
        return not (self.ends_a_version or self.tags or self.mentions)


_SET: Final = "UPDATE item SET text = ?, facts = ?, changed_at = ?, digest = ?, rev = rev + 1"
_OLD: Final = "WHERE id = ? AND rev = ?"
_SAVE: Final = f"{_SET} {_OLD}"
_SAVE_TITLE: Final = f"{_SET}, title = ? {_OLD}"
"""Only where it changed: a column that is set is written into its index again, even as it stood."""


_OPEN: Final = """
    SELECT item.rev, item.kind, entry.day, entry.at, entry.zone, item.text,
           item.starred, entry.mood, entry.energy, item.private
    FROM item JOIN entry ON entry.id = item.id WHERE item.id = ? AND item.deleted_at IS NULL
"""


# What Today asks at every start: compiling these takes longer than their answers.
_OF_DAY: Final = """
    SELECT item.id FROM item CROSS JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL AND item.moment >= ? AND item.moment < ?
"""
_PAGE: Final = f"{_OF_DAY} AND item.kind = 'note' ORDER BY item.moment LIMIT 1"
_NEWEST: Final = f"{_OF_DAY} ORDER BY item.moment DESC LIMIT 1"
_EDGE: Final = """
    SELECT entry.day FROM item CROSS JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL AND item.moment > 0 ORDER BY item.moment {order} LIMIT 1
"""
_SPAN: Final = f"SELECT ({_EDGE.format(order='')}), ({_EDGE.format(order='DESC')})"


# By the moments, whose index has all that is asked of `item`: its rows are wide.
_MARKS: Final = f"""
    SELECT entry.day, count(*), sum(entry.words), avg(entry.mood)
    FROM item CROSS JOIN entry ON entry.id = item.id
    WHERE item.moment >= ? AND item.moment < ? AND item.moment > 0 AND item.deleted_at IS NULL AND {IS_READ}
    GROUP BY entry.day
"""
_ON_DAY: Final = f"""
    SELECT id FROM item
    WHERE moment >= value * {days.MOMENTS_A_DAY} AND moment < (value + 1) * {days.MOMENTS_A_DAY}
    AND moment > 0 AND deleted_at IS NULL AND {IS_READ}
"""
_FIRSTS: Final = f"""
    SELECT value, coalesce(
        ({_ON_DAY} AND kind = 'note' ORDER BY moment LIMIT 1), ({_ON_DAY} ORDER BY moment DESC LIMIT 1)
    ) FROM json_each(?)
"""


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry as an editor holds it; `rev` goes back with the next save."""

    id: int
    rev: int
    kind: str
    day: date
    at: datetime | None
    zone: str | None
    text: str
    starred: bool
    mood: int | None
    energy: int | None
    private: bool = False


@dataclass(frozen=True, slots=True)
class DayMark:
    """What a calendar shows of a day: how many entries and words it has, and its mean mood."""

    entries: int
    words: int
    mood: float | None


# ---------------------------------------------------------------- queries


def entry_ids(
    session: Session,
    *,
    matching: Query | str = "",
    kinds: Iterable[str] = (),
    limit: int | None = None,
    best_first: bool = False,
) -> list[int]:
    """Living entries, newest first; those that say `matching`, of `kinds`, when given.

    Args:
        matching: A query of `query_for`, or plain words.
        best_first: By how well they match instead.
    """
    if matching and (asked := _plain(matching)).node is not None:
        from app.core import search

        ids = search.matching_entry_ids(session, asked, limit=limit or -1, best_first=best_first)
        return _of_kinds(session, ids, tuple(kinds))
    connection = session.connection()
    wanted = tuple(kinds)
    if wanted:
        marks = ",".join("?" * len(wanted))
        query = DATED.replace("ORDER", f"AND kind IN ({marks}) ORDER")
    else:
        query = DATED if limit is None else f"{DATED} LIMIT {limit:d}"
    return split_ids(connection.exec_driver_sql(all_ids(query), wanted).scalar())


def timeline_ids(session: Session, *, limit: int | None = None) -> list[int]:
    """Living entries to be read, newest first: all but ratings that say no more than their level."""
    query = TIMELINE if limit is None else f"{TIMELINE} LIMIT {limit:d}"
    return split_ids(session.connection().exec_driver_sql(all_ids(query)).scalar())


def entry_rows(session: Session, ids: Sequence[int], *, matching: Query | str = "") -> list[EntryRow]:
    """Rows of `ids`, in that order; with snippets of what matches."""
    if not ids:
        return []
    marks = ",".join("?" * len(ids))
    result = session.connection().exec_driver_sql(f"{ENTRY_ROW} WHERE item.id IN ({marks})", tuple(ids))
    found: dict[int, str] = {}
    if matching:
        from app.core import search

        found = search.snippets(session, _plain(matching), ids)
    rows = {row[0]: entry_row(row, found.get(row[0], "")) for row in result}
    return [rows[item_id] for item_id in ids if item_id in rows]


def entry(session: Session, item_id: int) -> OpenEntry | None:
    """The entry as an editor needs it; None when it is gone or in the Trash."""
    session.flush()
    return _opened(session, _OPEN, item_id)


def thrown_away(session: Session, item_id: int) -> OpenEntry | None:
    """The entry as it lies in the Trash; None when it does not."""
    return _opened(session, _OPEN.replace("IS NULL", "IS NOT NULL"), item_id)


def _opened(session: Session, query: str, item_id: int) -> OpenEntry | None:
    row = session.connection().exec_driver_sql(query, (item_id,)).first()
    if row is None:
        return None
    rev, kind, day, at, zone, text, starred, mood, energy, private = row
    moment = parse_instant(at) if at else None
    return OpenEntry(
        item_id, rev, kind, date.fromisoformat(day), moment, zone, text, bool(starred), mood, energy, bool(private)
    )


def query_for(session: Session, text: str, *, today: date) -> Query:
    """What a text in the search box asks for, with days counted from `today` by the journal's own calendar."""
    from app.core.query import parsed

    return parsed(text, today=today, calendar=settings(session).calendar)


def calendar(session: Session) -> Calendar:
    """How the journal divides time."""
    return settings(session).calendar


def has_mark(session: Session, item_id: int, name: str) -> bool:
    """Whether an item is `starred` or `private`."""
    column = {"starred": Item.starred, "private": Item.private}[name]
    return bool(session.scalar(select(column).where(Item.id == item_id)))


def today(session: Session, now: datetime, zone: ZoneInfo) -> date:
    """The journal's day at `now`, by its own day start."""
    return days.journal_day(now, zone, settings(session).day_start)


def page_of(session: Session, day: date) -> int | None:
    """The id of the day's page: its first note."""
    found: int | None = session.connection().exec_driver_sql(_PAGE, days.moments_of(day)).scalar()
    return found


def newest_of(session: Session, day: date) -> int | None:
    """The id of the day's newest entry of any kind."""
    found: int | None = session.connection().exec_driver_sql(_NEWEST, days.moments_of(day)).scalar()
    return found


def day_marks(session: Session, first: date, last: date) -> dict[date, DayMark]:
    """What is to be read of each day from `first` to `last`; days without an entry are absent."""
    moments = (days.moments_of(first)[0], days.moments_of(last)[1])
    return {
        date.fromisoformat(day): DayMark(count, words, mood)
        for day, count, words, mood in session.connection().exec_driver_sql(_MARKS, moments)
    }


def on_this_day(session: Session, day: date) -> list[tuple[date, EntryRow]]:
    """The first entry of the same day in earlier years, and of 1, 3 and 6 months before `day`, latest first.

    29 February looks at the 28th in years without it.
    """
    span = span_of(session)
    if span is None:
        return []
    years = range(max(day.year - span[1].year, 1), day.year - span[0].year + 1)[:MOST_YEARS_BACK]
    wanted = {days.months_before(day, months) for months in (1, 3, 6, *(12 * each for each in years))}
    there = [each for each in sorted(wanted, reverse=True) if each >= span[0]]
    asked = json.dumps([each.toordinal() for each in there])
    firsts = {
        item_id: date.fromordinal(ordinal)
        for ordinal, item_id in session.connection().exec_driver_sql(_FIRSTS, (asked,))
        if item_id
    }
    rows = entry_rows(session, list(firsts))
    return [(firsts[row.id], row) for row in rows]


def span_of(session: Session) -> tuple[date, date] | None:
    """The first and the last day that have an entry."""
    first, last = session.connection().exec_driver_sql(_SPAN).one()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def _plain(matching: Query | str) -> Query:
    from app.core.query import parsed  # no start searches

    return parsed(matching, today=date.min) if isinstance(matching, str) else matching


def _of_kinds(session: Session, ids: list[int], kinds: tuple[str, ...]) -> list[int]:
    if not kinds or not ids:
        return ids
    kept = set(session.scalars(select(Entry.id).where(Entry.kind.in_(kinds))))
    return [item_id for item_id in ids if item_id in kept]


# ---------------------------------------------------------------- commands


def add_entry(
    session: Session, *, day: date, now: datetime, zone: str, text: str = "", at: datetime | None = None
) -> Entry:
    """A new note on `day`, about the instant `at` (now, when it is today's)."""
    return file_entry(session, Entry(at=at, zone=zone, day=day), text=text, now=now)


def file_entry(session: Session, new: Entry, *, text: str, now: datetime) -> Entry:
    """Put a new entry of any kind (its `day`, and `at` and `zone` where known, are set) into the journal."""
    new.created_at = new.changed_at = now
    items.file_at(session, new, days.moment_of(new.day, new.at, new.zone or "UTC"))
    _say(session, new, text)
    session.add(new)
    session.flush()
    if any(mentions.mentions_in(text)):
        mentions.follow(session, new.id, text, now=now)
        session.flush()
    return new


def edit_text(
    session: Session, item_id: int, text: str, *, rev: int, now: datetime, is_being_typed: bool = False
) -> int:
    """Replace the text of an entry last seen at `rev`; returns the new `rev`.

    Args:
        is_being_typed: More of it comes in a moment; the search hears of it in a pause (see `indexing`).

    Raises:
        UserError: the entry is gone, or the text longer than `LONGEST_TEXT`.
        ChangedMeanwhile: somebody else wrote it since; nothing is overwritten.
    """
    text = sound(text)
    connection = driver(session)
    row = held(connection, item_id)
    if row is None or row.deleted_at is not None or row.rev != rev:
        items.living(session, item_id, rev=rev)  # says which of these it is
    assert row is not None
    if text == row.text:
        return rev
    change = change_of(row, text, now=now)
    if change.ends_a_version:
        items.add_version(session, items.living(session, item_id), now=now)
    if change.tags:
        items.set_tags(session, items.living(session, item_id), tags_in(text), inline=True)
    if change.mentions:
        lines = (change.was, change.now) if len(text) > LONG else None
        mentions.follow(session, item_id, text, now=now, change=lines)
    session.flush()
    if is_being_typed or len(text) > LONG:
        indexing.defer(session, item_id)
    put_text(connection, item_id, row, text, change, now=now)
    session.expire_all()
    touch(session, row.kind_class)
    return rev + 1


def held(connection: sqlite.Connection, item_id: int) -> Held | None:
    """What is written of an entry, None where there is none."""
    found = connection.execute(_HELD, (item_id,)).fetchone()
    return Held(*found) if found else None


def change_of(row: Held, text: str, *, now: datetime) -> Change:
    """What `text` in the place of what is written makes different."""
    was, said = changed_lines(row.text, text)
    return Change(
        was,
        said,
        items.is_worth_a_version(row.text, text, since=parse_instant(row.since), now=now),
        tags_in(was) != tags_in(said),
        mentions.mentions_in(was) != mentions.mentions_in(said),
    )


def put_text(
    connection: sqlite.Connection, item_id: int, row: Held, text: str, change: Change, *, now: datetime
) -> None:
    """Write the text and what is worked out from it alone."""
    title = title_of(text, row.facts)
    digest = digest_of(row.uid, row.kind, title, text)
    values = (text, facts_of(row.facts, text), instant_text(now), digest)
    old = (item_id, row.rev)
    if title == row.title:
        saved = connection.execute(_SAVE, (*values, *old))
    else:
        saved = connection.execute(_SAVE_TITLE, (*values, title, *old))
    if saved.rowcount != 1:
        raise ChangedMeanwhile("This was changed elsewhere meanwhile. Open it again to see how it stands.")
    is_long = len(text) > LONG
    words = row.words + word_count(change.now) - word_count(change.was) if is_long else word_count(text)
    if words != row.words:
        connection.execute("UPDATE entry SET words = ? WHERE id = ?", (words, item_id))


def keep_beside(session: Session, item_id: int, text: str, *, day: date, zone: str, now: datetime) -> Entry:
    """Keep `text` as an entry of its own beside one that was changed or trashed elsewhere meanwhile.

    Args:
        day: Where it stands when the other is gone for good. zone: What it is written in then.
    """
    other = session.get(Entry, item_id)
    beside = Entry(at=now, zone=other.zone, day=other.day) if other else Entry(at=now, zone=zone, day=day)
    return file_entry(session, beside, text=text, now=now)


def set_marks(session: Session, ids: Sequence[int], **marks: bool | int | None) -> None:
    """Star items, keep them private, or say mood and energy: beside the text, so no `rev` is spent on it.

    Args:
        marks: Any of `starred`, `private` (bool), `mood`, `energy` (1 to 5, None takes it back).

    Raises:
        UserError: a mood or energy that is none.
    """
    own = {name: value for name, value in marks.items() if name in ("starred", "private")}
    felt = {name: value for name, value in marks.items() if name in ("mood", "energy")}
    if any(value is not None and value not in range(1, 6) for value in felt.values()):
        raise UserError("Mood and energy go from 1 to 5.")
    for cls, values in ((Item, own), (Entry, felt)):
        for some in in_chunks(ids if values else (), 10_000):
            query = update(cls).where(cls.id.in_(some)).values(**values)
            session.execute(query.execution_options(synchronize_session=False))
    session.expire_all()
    touch(session, Item, Entry)


def move_to_day(session: Session, item_id: int, day: date, *, now: datetime) -> int:
    """Move an entry to another day, keeping its time of day unknown. Returns the new `rev`."""
    item = items.living(session, item_id)
    if not isinstance(item, Entry):
        raise UserError("Only entries stand on a day.")
    item.day, item.at, item.changed_at = day, None, now
    items.file_at(session, item, days.moment_of(day, None, item.zone or "UTC"))
    session.flush()
    return item.rev


def sound(text: str) -> str:
    """The text in the form in which it is kept.

    Raises:
        UserError: it is longer than `LONGEST_TEXT`.
    """
    text = normal_text(text)
    if len(text) > LONGEST_TEXT:
        raise UserError("This text is longer than one entry can hold (5 million characters). Split it in two.")
    return text


def _say(session: Session, item: object, text: str) -> None:
    assert isinstance(item, Entry)
    text = sound(text)
    before, after = tags_in(item.text or ""), tags_in(text)
    item.facts = facts_of(item.facts or "", text)
    item.text, item.title, item.words = text, title_of(text, item.facts), word_count(text)
    if before != after:
        with session.no_autoflush:
            items.set_tags(session, item, after, inline=True)
