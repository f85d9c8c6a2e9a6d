"""In which lane of the timeline each step stands, by more than its kind."""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy.orm import Session

By = Literal["form", "serves", "objective", "area", "person"]
BYS: Final[tuple[By, ...]] = ("form", "serves", "objective", "area", "person")

_LANES: Final = {
    "objective": """
        SELECT link.source_id, item.title
        FROM step CROSS JOIN link ON link.source_id = step.id AND link.role = 'serves'
        LEFT JOIN key_result ON key_result.id = link.target_id
        JOIN objective ON objective.id = coalesce(key_result.objective_id, link.target_id)
        JOIN item ON item.id = objective.id AND item.deleted_at IS NULL ORDER BY link.id DESC
    """,
    "area": """
        SELECT link.source_id, item.title
        FROM step CROSS JOIN link ON link.source_id = step.id AND link.role = 'serves'
        JOIN skill ON skill.id = link.target_id
        JOIN item ON item.id = skill.area_id AND item.deleted_at IS NULL ORDER BY link.id DESC
    """,
    "person": "SELECT id, provider FROM step WHERE provider <> ''",
}


def lanes_of(session: Session, by: By) -> dict[int, str]:
    """Step → the name of its lane: its objective's, its skill's area's, or with whom it is.

    One where there are more; steps without one are absent. Kind and aim stand in the step itself.
    """
    query = _LANES.get(by)
    return {} if query is None else {row[0]: row[1] for row in session.connection().exec_driver_sql(query)}
