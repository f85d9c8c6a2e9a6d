"""The number of an item that is gone is never given to another: a window may still know it."""

from alembic import op

revision = "014"
down_revision = "013"


def upgrade() -> None:
    connection = op.get_bind()
    # AUTOINCREMENT changes nothing in the table but where the next number comes from, so it is told to SQLite
    # in place (sqlite.org/lang_altertable.html, section 8) instead of writing every item anew.
    connection.exec_driver_sql("CREATE TABLE counting (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)")
    connection.exec_driver_sql("DROP TABLE counting")  # leaves `sqlite_sequence`, which counts
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, 'id INTEGER NOT NULL PRIMARY KEY', "
        "'id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT') WHERE type = 'table' AND name = 'item'"
    )
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    connection.exec_driver_sql(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'item', coalesce(max(id), 0) FROM item"
    )
