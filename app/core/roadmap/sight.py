"""What steps can serve, and the way from a step up to the purpose."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.model import Item, KeyResult, Link, Objective, Purpose

UNDER_WAY: Final = ("draft", "active", "paused")


def servable(session: Session) -> list[tuple[int, str, str]]:
    """What a step can serve, as (id, kind, title): open key results and objectives, then skills."""
    from app.core.skills.models import usable_skills  # which the first page has no use for

    above = aliased(Objective, flat=True)
    results = (
        select(KeyResult.id, KeyResult.kind, KeyResult.title)
        .join(above, above.id == KeyResult.objective_id)
        .where(KeyResult.deleted_at.is_(None), above.deleted_at.is_(None), above.state.in_(UNDER_WAY))
        .order_by(above.title, KeyResult.position)
    )
    goals = (
        select(Objective.id, Objective.kind, Objective.title)
        .where(Objective.deleted_at.is_(None), Objective.state.in_(UNDER_WAY))
        .order_by(Objective.title)
    )
    found = [(row[0], row[1], row[2]) for query in (results, goals) for row in session.execute(query)]
    return found + [(skill, "skill", title) for skill, title in usable_skills(session)]


def line_of_sight(session: Session, step_id: int) -> list[list[str]]:
    """For each thing that a step serves, the titles from it up to the purpose."""
    query = select(Link.target_id).where(Link.source_id == step_id, Link.role == "serves")
    purpose = session.scalar(
        select(Purpose.text).where(Purpose.deleted_at.is_(None)).order_by(Purpose.moment.desc()).limit(1)
    )
    lines = []
    for target in session.scalars(query):
        line: list[str] = []
        item = session.get(Item, target)
        seen: set[int] = set()
        while item is not None and item.id not in seen and item.deleted_at is None:
            seen.add(item.id)
            line.append(item.title)
            above = (
                item.objective_id
                if isinstance(item, KeyResult)
                else item.parent_id
                if isinstance(item, Objective)
                else None
            )
            item = session.get(Item, above) if above is not None else None
        if line:
            lines.append([*line, *([" ".join(purpose.split())] if purpose else [])])
    return lines
