"""Rating a skill, and what a form about a skill holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.core import items, journal
from app.core.errors import FieldError
from app.core.model import Rating, Skill
from app.core.rows import rating_text

SOURCES: Final = ("self", "manager", "mentor", "peer")
HIGHEST: Final = 5
DEPTHS: Final = ("name", "draw", "explain", "estimate")
"""How deep one may know a part of one's product, from 1."""


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """A rating as a form holds it; `level` counts in halves from 0 to 5."""

    skill_id: int
    level: float | None
    day: date
    source: str = "self"
    note: str = ""
    evidence: tuple[int, ...] = ()

    def problems(self, today: date) -> dict[str, str]:
        """A sentence for each field that has to change."""
        found: dict[str, str] = {}
        if self.level is None:
            found["level"] = "Choose a level."
        elif not (0 <= self.level <= HIGHEST and self.level * 2 % 1 == 0):
            found["level"] = "A level is a number from 0 to 5, in halves."
        if self.day > today:
            found["day"] = "A rating cannot lie in the future."
        if self.source not in SOURCES:
            found["source"] = "Say who rated: yourself, a manager, a mentor or a peer."
        return found


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """A skill as a form holds it; `anchors` describe the levels 1 to 5."""

    title: str
    area_id: int
    anchors: tuple[str, ...] = ("", "", "", "", "")
    text: str = ""

    def problems(self) -> dict[str, str]:
        """A sentence for each field that has to change."""
        return {} if self.title.strip() else {"title": "Give the skill a name."}


def rate(session: Session, draft: RatingDraft, *, today: date, now: datetime, zone: str) -> Rating:
    """Write a rating into the journal, linked to what proves it.

    Raises:
        FieldError: the draft has a problem. UserError: the skill is gone.
    """
    for field, sentence in draft.problems(today).items():
        raise FieldError(field, sentence)
    skill = items.living(session, draft.skill_id)
    assert isinstance(skill, Skill)
    assert draft.level is not None
    rating = Rating(
        skill_id=skill.id,
        level=draft.level,
        source=draft.source,
        day=draft.day,
        at=now if draft.day == today else None,
        zone=zone,
    )
    said = rating_text(skill.title, draft.level)
    text = f"{said}\n\n{draft.note.strip()}" if draft.note.strip() else said
    journal.file_entry(session, rating, text=text, now=now)
    for piece in draft.evidence:
        items.link(session, piece, rating.id, "proves", now=now)
    return rating
