"""What to talk about with people, and what became of advice and promises."""

from alembic import op

revision = "009"
down_revision = "008"

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN agenda VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE person ADD COLUMN asks VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN advice_state VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN advice_result VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN mine_state VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN theirs_state VARCHAR NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
