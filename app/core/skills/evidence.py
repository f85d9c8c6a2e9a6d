"""What proves a skill: what was linked to it, and what might be, by words, tags and links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from app.core import items
from app.core.model import Link, Rating, Skill

_OF: Final = """
    WITH target(id) AS (SELECT :skill UNION ALL SELECT id FROM rating WHERE skill_id = :skill)
    SELECT DISTINCT item.id, item.kind, item.title, entry.day
    FROM target CROSS JOIN link ON link.target_id = target.id AND link.role = 'proves'
    CROSS JOIN item ON item.id = link.source_id CROSS JOIN entry ON entry.id = item.id
    WHERE item.deleted_at IS NULL ORDER BY item.moment DESC
"""
_BY_WORDS: Final = """
    SELECT item.id, item.kind, item.title, entry.day, item.moment, 'words'
    FROM item_search JOIN item ON item.moment = item_search.rowid JOIN entry ON entry.id = item.id
    WHERE item_search MATCH :match AND item.deleted_at IS NULL AND item.kind NOT IN ('rating', 'review')
      AND item_search.rowid > :since
    ORDER BY item_search.rowid DESC LIMIT :limit
"""
_BY_TAGS: Final = """
    SELECT item.id, item.kind, item.title, entry.day, item.moment, 'tag'
    FROM tag JOIN item_tag ON item_tag.tag_id = tag.id JOIN item ON item.id = item_tag.item_id
    JOIN entry ON entry.id = item.id
    WHERE tag.key IN (SELECT value FROM json_each(:words)) AND item.deleted_at IS NULL
      AND item.kind NOT IN ('rating', 'review') AND item.moment > :since
    ORDER BY item.moment DESC LIMIT :limit
"""
_BY_LINKS: Final = """
    WITH near(id) AS (
        SELECT :skill UNION SELECT source_id FROM link WHERE target_id = :skill AND role = 'serves'
    )
    SELECT item.id, item.kind, item.title, entry.day, item.moment, 'link'
    FROM near JOIN link ON link.target_id = near.id OR link.source_id = near.id
    JOIN item ON item.id = CASE link.target_id WHEN near.id THEN link.source_id ELSE link.target_id END
    JOIN entry ON entry.id = item.id
    WHERE link.role != 'proves' AND item.deleted_at IS NULL AND item.kind NOT IN ('rating', 'review')
      AND item.moment > :since
    ORDER BY item.moment DESC LIMIT :limit
"""
_SHORTEST_WORD: Final = 4


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Something dated that proves a skill, or might; `reason` is why it might: `link`, `tag` or `words`."""

    id: int
    kind: str
    title: str
    day: date
    reason: str = ""


def evidence_of(session: Session, skill_id: int) -> list[EvidenceRow]:
    """What proves the skill, newest first."""
    found = session.execute(text(_OF), {"skill": skill_id})
    return [EvidenceRow(item_id, kind, title, date.fromisoformat(day)) for item_id, kind, title, day in found]


def candidate_evidence(session: Session, skill_id: int, *, today: date, limit: int = 12) -> list[EvidenceRow]:
    """Entries since one's last rating before `today` that may prove the skill and do not yet.

    Today's own ratings do not count: who has just rated a skill proves it now.
    First those linked to it or to a step that serves it, then those with a tag that is a word of its name, then
    those that use one; each kind newest first.
    """
    skill = session.get(Skill, skill_id)
    if skill is None:
        return []
    since = session.scalar(
        text(
            "SELECT max(item.moment) FROM rating "
            "JOIN item ON item.id = rating.id JOIN entry ON entry.id = rating.id "
            "WHERE rating.skill_id = :skill AND rating.source = 'self' AND entry.day < :today "
            "AND item.deleted_at IS NULL"
        ),
        {"skill": skill_id, "today": today.isoformat()},
    )
    words = _words(skill.title)
    values = {
        "skill": skill_id,
        "since": since or 0,
        "limit": limit,
        "match": " OR ".join(f'"{word}"' for word in words),
        "words": json.dumps(words),
    }
    found: dict[int, EvidenceRow] = {}
    for query in (_BY_LINKS, _BY_TAGS, _BY_WORDS) if words else (_BY_LINKS,):
        for item_id, kind, title, day, _moment, reason in session.execute(text(query), values):
            found.setdefault(item_id, EvidenceRow(item_id, kind, title, date.fromisoformat(day), reason))
    for row in evidence_of(session, skill_id):
        found.pop(row.id, None)
    return list(found.values())[:limit]


def found_evidence(session: Session, ids: Sequence[int]) -> list[EvidenceRow]:
    """Rows of entries that a search found, in that order."""
    query = text(
        "SELECT item.id, item.kind, item.title, entry.day FROM json_each(:ids) AS wanted "
        "JOIN item ON item.id = wanted.value JOIN entry ON entry.id = item.id "
        "WHERE item.kind NOT IN ('rating', 'review') ORDER BY wanted.key"
    )
    rows = session.execute(query, {"ids": json.dumps(list(ids))})
    return [EvidenceRow(item_id, kind, title, date.fromisoformat(day)) for item_id, kind, title, day in rows]


def prove(session: Session, pieces: Iterable[int], skill_id: int, *, now: datetime) -> None:
    """Say that these entries prove the skill."""
    for piece in pieces:
        items.link(session, piece, skill_id, "proves", now=now)


def unprove(session: Session, piece: int, skill_id: int) -> None:
    """Take an entry away from what proves the skill and its ratings; the entry stays."""
    ratings = select(Rating.id).where(Rating.skill_id == skill_id)
    session.execute(
        delete(Link).where(
            Link.source_id == piece,
            Link.role == "proves",
            (Link.target_id == skill_id) | Link.target_id.in_(ratings),
        )
    )


def _words(title: str) -> list[str]:
    plain = "".join(c if c.isalnum() else " " for c in title.casefold())
    return [word for word in plain.split() if len(word) >= _SHORTEST_WORD]
