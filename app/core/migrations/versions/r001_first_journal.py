"""The first journal: items, entries, objectives, skills, search."""

from alembic import op

revision = "001"
down_revision = None

ITEMS = (
    """
    CREATE TABLE item (
        id INTEGER NOT NULL PRIMARY KEY,
        uid VARCHAR NOT NULL UNIQUE,
        kind VARCHAR NOT NULL,
        title VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        starred BOOLEAN NOT NULL CHECK (starred IN (0, 1)),
        private BOOLEAN NOT NULL CHECK (private IN (0, 1)),
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        rev INTEGER NOT NULL,
        deleted_at VARCHAR,
        moment INTEGER NOT NULL UNIQUE,
        digest VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX item_timeline ON item (moment) WHERE deleted_at IS NULL AND moment > 0",
    "CREATE INDEX item_trash ON item (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX item_kind ON item (kind, moment)",
    """
    CREATE TABLE tag (
        id INTEGER NOT NULL PRIMARY KEY,
        name VARCHAR NOT NULL,
        key VARCHAR NOT NULL UNIQUE
    )
    """,
    """
    CREATE TABLE item_tag (
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        inline BOOLEAN NOT NULL CHECK (inline IN (0, 1)),
        PRIMARY KEY (item_id, tag_id)
    )
    """,
    "CREATE INDEX ix_item_tag_tag_id ON item_tag (tag_id)",
    """
    CREATE TABLE link (
        id INTEGER NOT NULL PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        target_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        role VARCHAR NOT NULL CHECK (role IN ('serves', 'proves', 'mentions')),
        inline BOOLEAN NOT NULL CHECK (inline IN (0, 1)),
        created_at VARCHAR NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX link_once ON link (source_id, target_id, role)",
    "CREATE INDEX ix_link_target_id ON link (target_id)",
    """
    CREATE TABLE version (
        id INTEGER NOT NULL PRIMARY KEY,
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        at VARCHAR NOT NULL,
        rev INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        text VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX ix_version_item_id ON version (item_id)",
    """
    CREATE TABLE batch (
        id INTEGER NOT NULL PRIMARY KEY,
        source VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        undone_at VARCHAR
    )
    """,
    """
    CREATE TABLE origin (
        key VARCHAR NOT NULL PRIMARY KEY,
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
        extra VARCHAR
    )
    """,
    "CREATE INDEX ix_origin_item_id ON origin (item_id)",
    "CREATE INDEX ix_origin_batch_id ON origin (batch_id)",
    "CREATE TABLE setting (key VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",
)

ENTRIES = (
    """
    CREATE TABLE entry (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        day DATE NOT NULL,
        at VARCHAR,
        zone VARCHAR,
        mood INTEGER CHECK (mood BETWEEN 1 AND 5),
        energy INTEGER CHECK (energy BETWEEN 1 AND 5),
        words INTEGER NOT NULL
    )
    """,
    "CREATE INDEX ix_entry_day ON entry (day)",
)

OBJECTIVES = (
    """
    CREATE TABLE period (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        span VARCHAR NOT NULL CHECK (span IN ('quarter', 'half', 'year', 'custom')),
        first DATE NOT NULL,
        last DATE NOT NULL,
        CHECK (first <= last)
    )
    """,
    """
    CREATE TABLE objective (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        area VARCHAR NOT NULL,
        period_id INTEGER REFERENCES period (id),
        parent_id INTEGER REFERENCES objective (id),
        carried_from_id INTEGER REFERENCES objective (id),
        commitment VARCHAR NOT NULL CHECK (commitment IN ('committed', 'aspirational')),
        state VARCHAR NOT NULL CHECK (state IN ('draft', 'active', 'paused', 'closed', 'dropped')),
        weight DOUBLE NOT NULL,
        grade DOUBLE CHECK (grade BETWEEN 0 AND 1),
        grade_reason VARCHAR NOT NULL,
        closed_on DATE
    )
    """,
    "CREATE INDEX ix_objective_period_id ON objective (period_id)",
    "CREATE INDEX ix_objective_parent_id ON objective (parent_id)",
    """
    CREATE TABLE key_result (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        objective_id INTEGER NOT NULL REFERENCES objective (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        measure VARCHAR NOT NULL CHECK (
            measure IN ('increase', 'decrease', 'hold_above', 'hold_below', 'milestone', 'checklist')
        ),
        baseline DOUBLE,
        target DOUBLE,
        unit VARCHAR NOT NULL,
        unit_kind VARCHAR NOT NULL CHECK (unit_kind IN ('number', 'percent', 'currency', 'duration')),
        due DATE,
        weight DOUBLE NOT NULL,
        rhythm_days INTEGER NOT NULL,
        guard VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX ix_key_result_objective_id ON key_result (objective_id)",
    """
    CREATE TABLE check_in (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        key_result_id INTEGER NOT NULL REFERENCES key_result (id) ON DELETE CASCADE,
        value DOUBLE,
        confidence INTEGER CHECK (confidence BETWEEN 0 AND 10),
        CHECK (value IS NOT NULL OR confidence IS NOT NULL)
    )
    """,
    "CREATE INDEX ix_check_in_key_result_id ON check_in (key_result_id)",
)

SKILLS = (
    """
    CREATE TABLE area (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        code VARCHAR,
        position INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE skill (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        area_id INTEGER NOT NULL REFERENCES area (id) ON DELETE CASCADE,
        code VARCHAR,
        position INTEGER NOT NULL,
        archived_at VARCHAR
    )
    """,
    "CREATE INDEX ix_skill_area_id ON skill (area_id)",
    """
    CREATE TABLE anchor (
        skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
        level INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        PRIMARY KEY (skill_id, level)
    )
    """,
    """
    CREATE TABLE role (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        code VARCHAR,
        position INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE role_level (
        role_id INTEGER NOT NULL REFERENCES role (id) ON DELETE CASCADE,
        skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
        level DOUBLE NOT NULL,
        PRIMARY KEY (role_id, skill_id)
    )
    """,
    "CREATE INDEX ix_role_level_skill_id ON role_level (skill_id)",
    """
    CREATE TABLE rating (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
        level DOUBLE NOT NULL CHECK (level BETWEEN 0 AND 5 AND level * 2 = CAST(level * 2 AS INTEGER)),
        source VARCHAR NOT NULL CHECK (source IN ('self', 'manager', 'mentor', 'peer'))
    )
    """,
    "CREATE INDEX ix_rating_skill_id ON rating (skill_id)",
)

# The index keeps no copy of the text: it reads `item` itself, by `moment`, so that the newest match is
# the highest rowid and a newest-first search may stop after one page.
SEARCH = (
    """
    CREATE VIRTUAL TABLE item_search USING fts5 (
        title, text, content = 'item', content_rowid = 'moment',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
    """,
    """
    CREATE TRIGGER item_search_insert AFTER INSERT ON item BEGIN
        INSERT INTO item_search (rowid, title, text) VALUES (new.moment, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER item_search_delete AFTER DELETE ON item BEGIN
        INSERT INTO item_search (item_search, rowid, title, text)
        VALUES ('delete', old.moment, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER item_search_update AFTER UPDATE OF title, text, moment ON item BEGIN
        INSERT INTO item_search (item_search, rowid, title, text)
        VALUES ('delete', old.moment, old.title, old.text);
        INSERT INTO item_search (rowid, title, text) VALUES (new.moment, new.title, new.text);
    END
    """,
)


def upgrade() -> None:
    for statement in (*ITEMS, *ENTRIES, *OBJECTIVES, *SKILLS, *SEARCH):
        op.execute(statement)
