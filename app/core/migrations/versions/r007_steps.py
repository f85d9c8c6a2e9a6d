"""Steps of the personal roadmap."""

from alembic import op

revision = "007"
down_revision = "006"

STATEMENTS = (
    """
    CREATE TABLE step (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        form VARCHAR NOT NULL CHECK (form IN (
            'education', 'workshop', 'conference', 'reading', 'practice', 'mentoring', 'coaching',
            'role', 'project'
        )),
        state VARCHAR NOT NULL CHECK (state IN ('idea', 'planned', 'doing', 'done', 'dropped')),
        horizon VARCHAR NOT NULL CHECK (horizon IN ('now', 'next', 'later')),
        first DATE,
        last DATE,
        planned_first DATE,
        planned_last DATE,
        apply_by DATE,
        parent_id INTEGER REFERENCES step (id) ON DELETE SET NULL,
        position DOUBLE NOT NULL,
        hours_planned DOUBLE CHECK (hours_planned >= 0),
        hours_spent DOUBLE CHECK (hours_spent >= 0),
        cost_planned DOUBLE CHECK (cost_planned >= 0),
        cost_spent DOUBLE CHECK (cost_spent >= 0),
        currency VARCHAR NOT NULL,
        provider VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        url VARCHAR NOT NULL,
        learned VARCHAR NOT NULL,
        differently VARCHAR NOT NULL,
        proof VARCHAR NOT NULL,
        done_on DATE,
        CHECK (first IS NULL OR last IS NULL OR first <= last)
    )
    """,
    "CREATE INDEX ix_step_parent_id ON step (parent_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
