"""The domain notebook: what is known of customers, market, competition and one's product, and how fresh it is.

Everything here is read from insights, conversations and decisions; nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core import items, journal
from app.core.days import months_before
from app.core.errors import FieldError
from app.core.insights import freshness
from app.core.kinds import SHELVES, SOURCES
from app.core.model import Decision, Insight

HALF_LIFE: Final[Mapping[str, int]] = {"customers": 180, "market": 365, "competition": 90, "product": 180}
"""Days after which an insight of a shelf counts half where it does not say so itself: editorial defaults."""

ANSWERS: Final = ("match", "differ", "ignore")
CONTACT_SOURCES: Final = ("interview", "observation", "support", "sales")

_MATTERS: Final = frozenset((*SHELVES, "competitor", "competitors", "competitive"))
"""Tags that name the matter, not one of the competitors."""

_INSIGHTS: Final = """
    SELECT item.id, item.title, entry.day, insight.shelf, insight.source, insight.half_life_days, insight.so_what,
           (SELECT count(*) FROM link JOIN item AS other ON other.id = link.source_id
             WHERE link.target_id = item.id AND other.deleted_at IS NULL)
           + (SELECT count(*) FROM link JOIN item AS other ON other.id = link.target_id
             WHERE link.source_id = item.id AND link.role IN ('serves', 'proves') AND other.deleted_at IS NULL)
    FROM insight JOIN item ON item.id = insight.id JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL AND item.kind = 'insight' AND entry.day <= :today ORDER BY item.moment DESC
"""
_COMPETITORS: Final = """
    SELECT tag.name, item.id, item.kind, item.title, entry.day, coalesce(decision.choice, ''), decision.review_on
    FROM tag JOIN item_tag ON item_tag.tag_id = tag.id JOIN item ON item.id = item_tag.item_id
    JOIN entry ON entry.id = item.id LEFT JOIN decision ON decision.id = item.id
    WHERE item.deleted_at IS NULL AND item.kind IN ('insight', 'decision') AND entry.day <= :today
      AND tag.id IN (
        SELECT item_tag.tag_id FROM item_tag JOIN insight ON insight.id = item_tag.item_id
        JOIN item ON item.id = insight.id
        WHERE insight.shelf = 'competition' AND item.deleted_at IS NULL AND item.kind = 'insight'
      )
    ORDER BY tag.name, item.moment DESC
"""
_CONTACTS: Final = """
    SELECT substr(entry.day, 1, 7), count(*)
    FROM entry JOIN item ON item.id = entry.id
    LEFT JOIN insight ON insight.id = entry.id LEFT JOIN conversation ON conversation.id = entry.id
    LEFT JOIN person ON person.id = conversation.person_id
    WHERE item.deleted_at IS NULL AND entry.day BETWEEN :first AND :today AND (
        (item.kind = 'insight' AND insight.shelf = 'customers' AND insight.source IN ({sources}))
        OR (item.kind = 'conversation' AND person.relation = 'customer')
    ) GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class InsightRow:
    """An insight on its shelf.

    Attributes:
        worth: 0.5 ^ (age / half-life), 1.0 on its day. held: How many things lean on it by links.
    """

    id: int
    title: str
    day: date
    shelf: str
    source: str
    so_what: str
    half_life: int
    worth: float
    held: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Insights about one matter, newest first, with how fresh they are together."""

    name: str
    freshness: float
    insights: tuple[InsightRow, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Something in a competitor's time line: an insight, or what one decided to do about it."""

    id: int
    kind: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Competitor:
    """A tag of insights about the competition, with its time line, newest first.

    Attributes:
        answer: `match`, `differ` or `ignore` as last decided, "" while nothing is. review_on: When to look again.
    """

    name: str
    answer: str
    review_on: date | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Notebook:
    """All of the domain: shelves in their order, competitors by name, contacts with customers by month.

    `contacts` are (first of the month, count), the oldest first, the running month last; a month without is 0.
    """

    shelves: tuple[Shelf, ...]
    competitors: tuple[Competitor, ...]
    contacts: tuple[tuple[date, int], ...]

    @property
    def oldest_beliefs(self) -> list[InsightRow]:
        """What other things lean on and is worth least by now; what still counts more than half is left out."""
        held = [row for shelf in self.shelves for row in shelf.insights if row.held and row.worth < 0.5]
        return sorted(held, key=lambda row: (row.worth, -row.held))


def notebook(session: Session, *, today: date, months: int = 12) -> Notebook:
    """The domain as it stands today."""
    by_shelf: dict[str, list[InsightRow]] = {name: [] for name in SHELVES}
    for item_id, title, day, shelf, source, half_life, so_what, held in session.execute(
        text(_INSIGHTS), {"today": today.isoformat()}
    ):
        if shelf not in by_shelf:
            continue
        written, half = date.fromisoformat(day), half_life or HALF_LIFE[shelf]
        worth = 0.5 ** ((today - written).days / half)
        by_shelf[shelf].append(InsightRow(item_id, title, written, shelf, source, so_what, half, worth, held))
    shelves = tuple(
        Shelf(name, freshness([(row.day, row.half_life) for row in rows], today)[0], tuple(rows))
        for name, rows in by_shelf.items()
    )
    return Notebook(shelves, tuple(_competitors(session, today)), tuple(_contacts(session, today, months)))


def note_insight(
    session: Session, *, said: str, shelf: str, source: str, so_what: str, day: date, now: datetime, zone: str
) -> int:
    """Write an insight into the journal; returns its id.

    Raises:
        FieldError: nothing is said, or the shelf or the source is not one.
    """
    if not said.strip():
        raise FieldError("said", "Say what you learned.")
    if shelf not in SHELVES:
        raise FieldError("shelf", "Choose what it is about.")
    if source and source not in SOURCES:
        raise FieldError("source", "Choose where it comes from.")
    made = Insight(shelf=shelf, source=source, so_what=" ".join(so_what.split()), day=day, at=now, zone=zone)
    return journal.file_entry(session, made, text=said, now=now).id


def answer_competitor(
    session: Session,
    name: str,
    *,
    answer: str,
    why: str,
    review_on: date | None,
    day: date,
    now: datetime,
    zone: str,
) -> int:
    """Decide what to do about a competitor: a decision with its tag, due for a look on `review_on`.

    Raises:
        FieldError: the answer is none of `ANSWERS`, or the review lies before the day.
    """
    if answer not in ANSWERS:
        raise FieldError("answer", "Choose: match, differ or ignore.")
    if review_on is not None and review_on < day:
        raise FieldError("review_on", "A review lies ahead.")
    title = f"{name}: {answer}"
    said = f"{title}\n\n{why.strip()}" if why.strip() else title
    made = Decision(choice=answer, options=", ".join(ANSWERS), review_on=review_on, day=day, at=now, zone=zone)
    entry = journal.file_entry(session, made, text=said, now=now)
    items.set_tags(session, entry, [name], inline=False)
    return entry.id


def _competitors(session: Session, today: date) -> list[Competitor]:
    found: dict[str, list[tuple[Move, str, str | None]]] = {}
    for name, item_id, kind, title, day, choice, review_on in session.execute(
        text(_COMPETITORS), {"today": today.isoformat()}
    ):
        move = Move(item_id, kind, title, date.fromisoformat(day))
        found.setdefault(name, []).append((move, choice, review_on))
    made = []
    for name, moves in found.items():
        if name.casefold() in _MATTERS:
            continue
        answer, review = next(
            ((choice, review) for move, choice, review in moves if choice in ANSWERS and move.kind == "decision"),
            ("", None),
        )
        day = date.fromisoformat(review) if review else None
        made.append(Competitor(name, answer, day, tuple(move for move, _, _ in moves)))
    return made


def _contacts(session: Session, today: date, months: int) -> Sequence[tuple[date, int]]:
    firsts = [months_before(today.replace(day=1), back) for back in range(months - 1, -1, -1)]
    query = _CONTACTS.format(sources=", ".join(f"'{source}'" for source in CONTACT_SOURCES))
    rows: Any = session.execute(text(query), {"first": firsts[0].isoformat(), "today": today.isoformat()})
    counts = {str(month): int(count) for month, count in rows}
    return [(first, counts.get(first.isoformat()[:7], 0)) for first in firsts]
