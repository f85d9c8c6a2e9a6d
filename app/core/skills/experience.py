"""A checklist (“have I done this?”) in a skill's text, and the parts of one's product as skills with a depth."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Anchor, Area, Skill
from app.core.skills.models import MAP_CODE
from app.core.words import normal_text

_BOX: Final = re.compile(r"^(\s*[-*+] \[)([ xX])(\]\s+)(.+)$")


def checklist(session: Session, skill_id: int) -> list[tuple[bool, str]]:
    """The check-boxes in the skill's text, in order: done, what."""
    text = _skill(session, skill_id).text
    return [(box[2] != " ", box[4].strip()) for line in text.split("\n") if (box := _BOX.match(line))]


def tick(session: Session, skill_id: int, place: int, *, done: bool, now: datetime) -> None:
    """Tick the check-box at `place`, or take the tick back.

    Raises:
        UserError: there is no such check-box.
    """
    skill = _skill(session, skill_id)
    lines = skill.text.split("\n")
    boxes = [number for number, line in enumerate(lines) if _BOX.match(line)]
    if not 0 <= place < len(boxes):
        raise UserError("This line is no longer in the checklist.")
    lines[boxes[place]] = _BOX.sub(rf"\g<1>{'x' if done else ' '}\g<3>\g<4>", lines[boxes[place]])
    skill.text, skill.changed_at = "\n".join(lines), now


def add_check(session: Session, skill_id: int, said: str, *, now: datetime) -> None:
    """One more line, at the end of the checklist."""
    line = " ".join(normal_text(said).split())
    if not line:
        raise FieldError("said", "Say what you want to have done.")
    skill = _skill(session, skill_id)
    skill.text = f"{skill.text.rstrip()}\n- [ ] {line}".lstrip("\n")
    skill.changed_at = now


def add_part(session: Session, title: str, depths: tuple[str, ...], *, area: str, now: datetime) -> int:
    """A part of one's product on the technical map; returns its id.

    Args:
        depths: What each of `DEPTHS` looks like in words. area: What to call the map when it is made now.
    """
    if not title.strip():
        raise FieldError("title", "Name the part.")
    found = session.scalar(select(Area).where(Area.code == MAP_CODE, Area.deleted_at.is_(None)))
    if found is None:
        last = session.scalar(select(func.max(Area.position))) or 0
        found = items.add_item(session, Area(title=area, code=MAP_CODE, position=last + 1), now=now)
    position = session.scalar(select(func.max(Skill.position))) or 0
    skill = Skill(title=title.strip(), area_id=found.id, position=position + 1)
    skill.anchors = [Anchor(level=level, text=said) for level, said in enumerate(depths, 1)]
    return items.add_item(session, skill, now=now).id


def _skill(session: Session, skill_id: int) -> Skill:
    skill = items.living(session, skill_id)
    if not isinstance(skill, Skill):
        raise UserError("This is not a skill.")
    return skill
