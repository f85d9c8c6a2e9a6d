"""The model as a whole: its areas and skills in order, on the page or off it; and roles of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError
from app.core.model import Area, Role, RoleLevel, Skill
from app.core.skills.models import area_ids, current_model
from app.core.words import normal_text


@dataclass(frozen=True, slots=True)
class PlacedSkill:
    """A skill in the order of its area; `shown` says whether it stands on the page."""

    id: int
    title: str
    shown: bool


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """An area with its skills, in order, and why it matters; a new one has no id."""

    id: int | None
    title: str
    skills: tuple[PlacedSkill, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """A role as a form holds it: what it asks of skills by their ids, and the job description it came from."""

    title: str = ""
    text: str = ""
    levels: Mapping[int, float] = field(default_factory=dict)

    def problems(self) -> dict[str, str]:
        """A sentence for each field that has to change."""
        found = {}
        if not self.title.strip():
            found["title"] = "Give the role a name."
        if not self.levels:
            found["levels"] = "Tick at least one skill that the role asks for."
        elif any(not (0 < level <= 5 and level * 2 % 1 == 0) for level in self.levels.values()):
            found["levels"] = "A level is a number from 0.5 to 5, in halves."
        return found


def arrangement(session: Session) -> list[PlacedArea]:
    """The areas of the model in use and the map, with all their skills, those off the page too."""
    ids = area_ids(session, _current_id(session))
    by_area: dict[int, list[PlacedSkill]] = {}
    query = (
        select(Skill.area_id, Skill.id, Skill.title, Skill.archived_at)
        .where(Skill.kind == "skill", Skill.deleted_at.is_(None))
        .order_by(Skill.position, Skill.id)
    )
    for area, skill, title, archived in session.execute(query):
        by_area.setdefault(area, []).append(PlacedSkill(skill, title, archived is None))
    titles = {row.id: (row.title, row.text) for row in session.scalars(select(Area).where(Area.id.in_(ids)))}
    return [PlacedArea(area, titles[area][0], tuple(by_area.get(area, ())), titles[area][1]) for area in ids]


def arrange(session: Session, wanted: Sequence[PlacedArea], *, now: datetime) -> None:
    """Make names, order, areas and what is on the page of the model in use as `wanted`.

    An area that is left out goes to the Trash when no skill is left in it.

    Raises:
        FieldError: a name is blank.
    """
    if not all(name.strip() for area in wanted for name in (area.title, *(each.title for each in area.skills))):
        raise FieldError("title", "Every area and skill needs a name.")
    model = _current_id(session)
    ids = area_ids(session, model)
    areas = {area.id: area for area in session.scalars(select(Area).where(Area.id.in_(ids)))}
    skills = {skill.id: skill for skill in session.scalars(select(Skill).where(Skill.deleted_at.is_(None)))}
    position = 0
    for place, said in enumerate(wanted):
        area = areas.pop(said.id, None) if said.id is not None else None
        if area is None:
            made = Area(title=said.title.strip(), text=said.why.strip(), position=place, model_id=model)
            area = items.add_item(session, made, now=now)
        elif (area.title, area.text, area.position) != (said.title.strip(), said.why.strip(), place):
            area.title, area.text, area.position = said.title.strip(), said.why.strip(), place
            area.changed_at = now
        for each in said.skills:
            _place(skills[each.id], each, area.id, position, now)
            position += 1
    session.flush()
    held = set(session.scalars(select(Skill.area_id).where(Skill.deleted_at.is_(None))))
    items.trash(session, [area.id for area in areas.values() if area.id not in held], now=now)


def _current_id(session: Session) -> int | None:
    row = current_model(session)
    return row.id if row else None


def _place(skill: Skill, said: PlacedSkill, area_id: int, position: int, now: datetime) -> None:
    before = (skill.title, skill.area_id, skill.position, skill.archived_at is None)
    if before != (said.title.strip(), area_id, position, said.shown):
        skill.title, skill.area_id, skill.position = said.title.strip(), area_id, position
        if said.shown != (skill.archived_at is None):
            skill.archived_at = None if said.shown else now
        skill.changed_at = now


def role_draft(session: Session, role_id: int) -> tuple[RoleDraft, int]:
    """The role as a form holds it, and its `rev`."""
    role = items.living(session, role_id)
    assert isinstance(role, Role)
    return RoleDraft(role.title, role.text, {each.skill_id: each.level for each in role.levels}), role.rev


def keep_role(
    session: Session, draft: RoleDraft, *, role_id: int | None = None, rev: int | None = None, now: datetime
) -> int:
    """Write a role, or change one last seen at `rev`; returns its id.

    Raises:
        FieldError: the draft is not sound.
    """
    for name, sentence in draft.problems().items():
        raise FieldError(name, sentence)
    title, text = draft.title.strip(), normal_text(draft.text)
    if role_id is None:
        last = session.scalar(select(func.max(Role.position)))
        made = Role(title=title, text=text, position=(last or 0) + 1, model_id=_current_id(session))
        role = items.add_item(session, made, now=now)
    else:
        found = items.living(session, role_id, rev=rev)
        assert isinstance(found, Role)
        role = found
        items.keep_version(session, role, now=now, new_text=text)
        role.title, role.text, role.changed_at = title, text, now
    held = {each.skill_id: each for each in role.levels}
    for skill, level in draft.levels.items():
        if skill in held:
            held[skill].level = level
        else:
            role.levels.append(RoleLevel(skill_id=skill, level=level))
    for skill, each in held.items():
        if skill not in draft.levels:
            role.levels.remove(each)
    session.flush()
    return role.id


def named_in(text: str, titles: Mapping[int, str]) -> set[int]:
    """The skills of which a job description uses at least half of the longer words of the name."""
    said = {_stem(word) for word in _words(text)}
    found = set()
    for skill, title in titles.items():
        words = [_stem(word) for word in _words(title) if len(word) > 3]
        if words and 2 * sum(word in said for word in words) >= len(words):
            found.add(skill)
    return found


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _stem(word: str) -> str:
    """Rough and for suggestions only: the first six letters."""
    return word[:6]
