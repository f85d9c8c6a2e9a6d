"""Where a check-in stands in time, beside its key result, so that the newest is found without reading all."""

from alembic import op

revision = "003"
down_revision = "002"

STATEMENTS = (
    "ALTER TABLE check_in ADD COLUMN at_moment INTEGER",
    "UPDATE check_in SET at_moment = (SELECT moment FROM item WHERE item.id = check_in.id)",
    "DROP INDEX ix_check_in_key_result_id",
    "CREATE INDEX check_in_newest ON check_in (key_result_id, at_moment)",
    """
    CREATE TRIGGER check_in_moment_insert AFTER INSERT ON check_in BEGIN
        UPDATE check_in SET at_moment = (SELECT moment FROM item WHERE item.id = new.id) WHERE id = new.id;
    END
    """,
    """
    CREATE TRIGGER check_in_moment_update AFTER UPDATE OF moment ON item WHEN new.kind = 'check_in' BEGIN
        UPDATE check_in SET at_moment = new.moment WHERE id = new.id;
    END
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
