"""The roles that somebody held."""

from alembic import op

revision = "011"
down_revision = "010"

STATEMENTS = (
    """
    CREATE TABLE post (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        employer VARCHAR NOT NULL,
        product VARCHAR NOT NULL,
        level VARCHAR NOT NULL,
        first DATE NOT NULL,
        last DATE
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
