"""The competency model: planted from what the app ships, and the user's to change from then on."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.core import items
from app.core.errors import FieldError, UserError
from app.core.model import Anchor, Area, CompetencyModel, Role, RoleLevel, Skill
from app.core.skills.models import MAP_CODE, SHIPPED
from app.core.skills.rating import SkillDraft
from app.paths import RESOURCES


def has_model(session: Session) -> bool:
    """Whether any competency model was ever planted or written."""
    return session.scalar(select(CompetencyModel.id).limit(1)) is not None


def plant_model(session: Session, *, now: datetime) -> None:
    """Put the shipped model into the journal: editorial defaults, the user's own to change.

    What is already there by its code is left as it is, so planting twice changes nothing. Areas and roles of no
    model, as journals of earlier versions bring them, become its own.
    """
    model = _shipped_model(session, now)
    shipped = json.loads((RESOURCES / "content" / "competencies.json").read_text(encoding="utf-8"))
    areas = {area.code: area for area in session.scalars(select(Area).where(Area.code.is_not(None)))}
    known = {skill.code: skill for skill in session.scalars(select(Skill).where(Skill.code.is_not(None)))}
    for place, said in enumerate(shipped["areas"]):
        if said["id"] not in areas:
            made = Area(title=said["name"], text=said["why"], code=said["id"], position=place, model_id=model)
            areas[said["id"]] = items.add_item(session, made, now=now)
    for place, said in enumerate(shipped["skills"]):
        if said["id"] not in known:
            skill = Skill(title=said["name"], code=said["id"], position=place, area_id=areas[said["area"]].id)
            skill.anchors = [Anchor(level=level, text=text) for level, text in enumerate(said["anchors"], 1)]
            known[said["id"]] = items.add_item(session, skill, now=now)
    _plant_roles(session, model, shipped, known, now)


def _shipped_model(session: Session, now: datetime) -> int:
    found = session.scalar(select(CompetencyModel).where(CompetencyModel.code == SHIPPED))
    if found is None:
        found = items.add_item(session, CompetencyModel(title="Product management", code=SHIPPED), now=now)
    stray = update(Area).where(Area.model_id.is_(None), Area.code.is_distinct_from(MAP_CODE))
    session.execute(stray.values(model_id=found.id))
    session.execute(update(Role).where(Role.model_id.is_(None)).values(model_id=found.id))
    return found.id


def _plant_roles(
    session: Session, model: int, shipped: dict[str, object], known: dict[str | None, Skill], now: datetime
) -> None:
    names, by_area, skills = shipped["roles"], shipped["expected_level_by_area"], shipped["skills"]
    assert isinstance(names, list)
    assert isinstance(by_area, dict)
    assert isinstance(skills, list)
    codes = set(session.scalars(select(Role.code)))
    for place, name in enumerate(names):
        if name in codes:
            continue
        role = Role(title=name, code=name, position=place, model_id=model)
        role.levels = [
            RoleLevel(skill_id=known[said["id"]].id, level=float(by_area[said["area"]][place])) for said in skills
        ]
        items.add_item(session, role, now=now)


def skill_draft(session: Session, skill_id: int) -> tuple[SkillDraft, int]:
    """The skill as a form holds it, and its `rev`."""
    skill = _skill(session, skill_id)
    anchors = {anchor.level: anchor.text for anchor in skill.anchors}
    texts = tuple(anchors.get(level, "") for level in range(1, 6))
    return SkillDraft(skill.title, skill.area_id, texts, skill.text), skill.rev


def add_skill(session: Session, draft: SkillDraft, *, now: datetime) -> Skill:
    """A skill of the user's own, last in its area."""
    _refuse(draft)
    last = session.scalar(select(func.max(Skill.position)).where(Skill.area_id == draft.area_id))
    skill = Skill(title=draft.title.strip(), text=draft.text, area_id=draft.area_id, position=(last or 0) + 1)
    skill.anchors = _anchors(draft)
    return items.add_item(session, skill, now=now)


def edit_skill(session: Session, skill_id: int, draft: SkillDraft, *, rev: int, now: datetime) -> None:
    """Change a skill's name, area, words or anchors."""
    _refuse(draft)
    skill = _skill(session, skill_id, rev=rev)
    items.keep_version(session, skill, now=now, new_text=draft.text)
    skill.title, skill.text, skill.area_id, skill.changed_at = draft.title.strip(), draft.text, draft.area_id, now
    texts = {anchor.level: anchor for anchor in skill.anchors}
    for wanted in _anchors(draft):
        if wanted.level in texts:
            texts[wanted.level].text = wanted.text
        else:
            skill.anchors.append(wanted)
    session.flush()


def archive_skill(session: Session, skill_id: int, *, archived: bool, now: datetime) -> None:
    """Take a skill off the page, or put it back; its ratings are kept."""
    skill = _skill(session, skill_id)
    skill.archived_at = now if archived else None
    skill.changed_at = now


def _skill(session: Session, skill_id: int, *, rev: int | None = None) -> Skill:
    skill = items.living(session, skill_id, rev=rev)
    if not isinstance(skill, Skill):
        raise UserError("This is not a skill.")
    return skill


def _refuse(draft: SkillDraft) -> None:
    for field, sentence in draft.problems().items():
        raise FieldError(field, sentence)


def _anchors(draft: SkillDraft) -> list[Anchor]:
    return [Anchor(level=level, text=said.strip()) for level, said in enumerate(draft.anchors, 1)]
