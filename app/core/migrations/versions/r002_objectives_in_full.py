"""Purpose, pauses, changed targets, a status of one's own, and versions of more than text."""

from alembic import op

revision = "002"
down_revision = "001"

STATEMENTS = (
    """
    CREATE TABLE purpose (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        since DATE NOT NULL,
        asked_on DATE
    )
    """,
    """
    CREATE TABLE pause (
        id INTEGER NOT NULL PRIMARY KEY,
        objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
        first DATE NOT NULL,
        last DATE,
        reason VARCHAR NOT NULL,
        CHECK (last IS NULL OR first <= last)
    )
    """,
    "CREATE INDEX ix_pause_objective_id ON pause (objective_id)",
    """
    CREATE TABLE goalpost (
        id INTEGER NOT NULL PRIMARY KEY,
        key_result_id INTEGER NOT NULL REFERENCES key_result (id) ON DELETE CASCADE,
        until DATE NOT NULL,
        measure VARCHAR NOT NULL,
        baseline DOUBLE,
        target DOUBLE,
        due DATE,
        at VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX ix_goalpost_key_result_id ON goalpost (key_result_id)",
    "ALTER TABLE objective ADD COLUMN status VARCHAR",
    "ALTER TABLE objective ADD COLUMN status_reason VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE objective ADD COLUMN status_on DATE",
    "ALTER TABLE version ADD COLUMN extra VARCHAR",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
