"""Steps that come again, and after others."""

from alembic import op

revision = "010"
down_revision = "009"

STATEMENTS = (
    "ALTER TABLE step ADD COLUMN repeats VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE step ADD COLUMN repeats_from VARCHAR NOT NULL DEFAULT 'plan'",
    """
    CREATE TABLE step_order (
        id INTEGER NOT NULL PRIMARY KEY,
        step_id INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
        before_id INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
        UNIQUE (step_id, before_id)
    )
    """,
    "CREATE INDEX ix_step_order_before_id ON step_order (before_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
