"""Indexes for what is looked for: starred entries, moods, and the item that a title names."""

from alembic import op

revision = "008"
down_revision = "007"

STATEMENTS = (
    "CREATE INDEX item_starred ON item (moment) WHERE starred AND deleted_at IS NULL AND moment > 0",
    "CREATE INDEX item_title ON item (lower(title)) WHERE deleted_at IS NULL",
    "CREATE INDEX entry_mood ON entry (mood) WHERE mood IS NOT NULL",
    "CREATE INDEX entry_energy ON entry (energy) WHERE energy IS NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
