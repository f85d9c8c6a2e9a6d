"""Many texts changed at once are committed first; the search index hears of them a little later."""

from alembic import op

revision = "012"
down_revision = "011"

STATEMENTS = (
    # What the index still says of an item whose text has changed since; `moment` is its row in the index.
    """
    CREATE TABLE search_late (
        moment INTEGER NOT NULL PRIMARY KEY,
        title VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        facts VARCHAR NOT NULL
    )
    """,
    # Taking a row away is what brings the index up to date.
    """
    CREATE TRIGGER search_late_done AFTER DELETE ON search_late BEGIN
        INSERT INTO item_search (item_search, rowid, title, text, facts)
        VALUES ('delete', old.moment, old.title, old.text, old.facts);
        INSERT INTO item_search (rowid, title, text, facts)
        SELECT moment, title, text, facts FROM item WHERE moment = old.moment;
    END
    """,
    """
    CREATE TRIGGER search_late_moved BEFORE UPDATE OF moment ON item
    WHEN new.moment <> old.moment AND EXISTS (SELECT 1 FROM search_late WHERE moment = old.moment) BEGIN
        DELETE FROM search_late WHERE moment = old.moment;
    END
    """,
    """
    CREATE TRIGGER search_late_deleted BEFORE DELETE ON item
    WHEN EXISTS (SELECT 1 FROM search_late WHERE moment = old.moment) BEGIN
        DELETE FROM search_late WHERE moment = old.moment;
    END
    """,
    "DROP TRIGGER item_search_update",
    """
    CREATE TRIGGER item_search_update AFTER UPDATE OF title, text, facts, moment ON item
    WHEN NOT EXISTS (SELECT 1 FROM search_late WHERE moment = old.moment) BEGIN
        INSERT INTO item_search (item_search, rowid, title, text, facts)
        VALUES ('delete', old.moment, old.title, old.text, old.facts);
        INSERT INTO item_search (rowid, title, text, facts) VALUES (new.moment, new.title, new.text, new.facts);
    END
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
