"""Files of items; what they hold lies beside the journal."""

from alembic import op

revision = "006"
down_revision = "005"

STATEMENTS = (
    """
    CREATE TABLE attachment (
        id INTEGER NOT NULL PRIMARY KEY,
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        name VARCHAR NOT NULL CHECK (name <> ''),
        sha256 VARCHAR NOT NULL CHECK (length(sha256) = 64),
        media VARCHAR NOT NULL DEFAULT '',
        size INTEGER NOT NULL CHECK (size >= 0),
        added_at VARCHAR NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX attachment_name ON attachment (item_id, name)",
    "CREATE INDEX attachment_sha256 ON attachment (sha256)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
