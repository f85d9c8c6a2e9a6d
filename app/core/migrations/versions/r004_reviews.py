"""Reviews: entries that look back on an objective, or on a week, a month, a quarter, a year."""

from alembic import op

revision = "004"
down_revision = "003"

STATEMENTS = (
    """
    CREATE TABLE review (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        cadence VARCHAR NOT NULL CHECK (cadence IN ('objective', 'week', 'month', 'quarter', 'year')),
        first DATE,
        last DATE,
        about_id INTEGER REFERENCES item (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_review_about_id ON review (about_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
