"""Kinds of entry with fields of their own, people, and their words in the search."""

from alembic import op

revision = "005"
down_revision = "004"

KINDS = (
    """
    CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        relation VARCHAR NOT NULL CHECK (
            relation IN ('', 'mentor', 'coach', 'manager', 'peer', 'sponsor', 'customer')
        ),
        cadence_days INTEGER CHECK (cadence_days BETWEEN 1 AND 3650)
    )
    """,
    """
    CREATE TABLE win (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        change VARCHAR NOT NULL DEFAULT '',
        for_whom VARCHAR NOT NULL DEFAULT '',
        before VARCHAR NOT NULL DEFAULT '',
        after VARCHAR NOT NULL DEFAULT '',
        my_part VARCHAR NOT NULL DEFAULT '',
        helped_by VARCHAR NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE launch (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        shipped VARCHAR NOT NULL DEFAULT '',
        expected VARCHAR NOT NULL DEFAULT '',
        know_on DATE,
        verdict VARCHAR CHECK (verdict IN ('moved', 'did_not', 'cannot_tell')),
        verdict_note VARCHAR NOT NULL DEFAULT '',
        judged_on DATE
    )
    """,
    """
    CREATE TABLE decision (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        choice VARCHAR NOT NULL DEFAULT '',
        options VARCHAR NOT NULL DEFAULT '',
        expected VARCHAR NOT NULL DEFAULT '',
        probability INTEGER CHECK (probability BETWEEN 0 AND 100),
        review_on DATE,
        verdict VARCHAR CHECK (verdict IN ('came_true', 'did_not', 'cannot_tell')),
        verdict_note VARCHAR NOT NULL DEFAULT '',
        judged_on DATE
    )
    """,
    """
    CREATE TABLE conversation (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        agenda VARCHAR NOT NULL DEFAULT '',
        advice VARCHAR NOT NULL DEFAULT '',
        promised_by_me VARCHAR NOT NULL DEFAULT '',
        promised_to_me VARCHAR NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX ix_conversation_person_id ON conversation (person_id)",
    """
    CREATE TABLE insight (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        shelf VARCHAR NOT NULL DEFAULT '' CHECK (shelf IN ('', 'customers', 'market', 'competition', 'product')),
        source VARCHAR NOT NULL DEFAULT '',
        half_life_days INTEGER CHECK (half_life_days BETWEEN 1 AND 36500),
        so_what VARCHAR NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE telling (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        to_whom VARCHAR NOT NULL DEFAULT '',
        told VARCHAR NOT NULL DEFAULT '',
        said_back VARCHAR NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE learning (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        learned VARCHAR NOT NULL DEFAULT '',
        source VARCHAR NOT NULL DEFAULT '',
        differently VARCHAR NOT NULL DEFAULT ''
    )
    """,
)

# What an item says in its fields is found too, so the search gets a third column.
SEARCH = (
    "ALTER TABLE item ADD COLUMN facts VARCHAR NOT NULL DEFAULT ''",
    "DROP TRIGGER item_search_insert",
    "DROP TRIGGER item_search_delete",
    "DROP TRIGGER item_search_update",
    "DROP TABLE item_search",
    """
    CREATE VIRTUAL TABLE item_search USING fts5 (
        title, text, facts, content = 'item', content_rowid = 'moment',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
    """,
    "INSERT INTO item_search (item_search) VALUES ('rebuild')",
    """
    CREATE TRIGGER item_search_insert AFTER INSERT ON item BEGIN
        INSERT INTO item_search (rowid, title, text, facts) VALUES (new.moment, new.title, new.text, new.facts);
    END
    """,
    """
    CREATE TRIGGER item_search_delete AFTER DELETE ON item BEGIN
        INSERT INTO item_search (item_search, rowid, title, text, facts)
        VALUES ('delete', old.moment, old.title, old.text, old.facts);
    END
    """,
    """
    CREATE TRIGGER item_search_update AFTER UPDATE OF title, text, facts, moment ON item BEGIN
        INSERT INTO item_search (item_search, rowid, title, text, facts)
        VALUES ('delete', old.moment, old.title, old.text, old.facts);
        INSERT INTO item_search (rowid, title, text, facts) VALUES (new.moment, new.title, new.text, new.facts);
    END
    """,
)


def upgrade() -> None:
    for statement in (*KINDS, *SEARCH):
        op.execute(statement)
