"""Several competency models in one journal: what was there becomes the first of them."""

import hashlib
import json
import os
import time
from uuid import UUID

from alembic import op
from sqlalchemy import Connection, text

revision = "013"
down_revision = "012"

TITLE = "Product management"

STATEMENTS = (
    """
    CREATE TABLE competency_model (
        id INTEGER NOT NULL PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
        code VARCHAR,
        position INTEGER NOT NULL,
        archived_at VARCHAR,
        target_role VARCHAR NOT NULL,
        target_day DATE
    )
    """,
    "ALTER TABLE area ADD COLUMN model_id INTEGER REFERENCES competency_model (id) ON DELETE CASCADE",
    "CREATE INDEX ix_area_model_id ON area (model_id)",
    "ALTER TABLE role ADD COLUMN model_id INTEGER REFERENCES competency_model (id) ON DELETE CASCADE",
    "CREATE INDEX ix_role_model_id ON role (model_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    # An area of no model is the map of one's product.
    connection = op.get_bind()
    if connection.scalar(text("SELECT 1 FROM area WHERE code IS NOT 'technical-map' LIMIT 1")) is None:
        return
    settings = connection.execute(
        text("SELECT key, value FROM setting WHERE key IN ('target_role', 'target_day')")
    )
    chosen = {str(key): str(value) for key, value in settings}
    model = _add_item(connection)
    connection.execute(
        text(
            "INSERT INTO competency_model (id, code, position, archived_at, target_role, target_day) "
            "VALUES (:id, 'product', 0, NULL, :role, :day)"
        ),
        {"id": model, "role": _said(chosen, "target_role"), "day": _said(chosen, "target_day") or None},
    )
    connection.execute(text("UPDATE area SET model_id = :id WHERE code IS NOT 'technical-map'"), {"id": model})
    connection.execute(text("UPDATE role SET model_id = :id"), {"id": model})
    connection.execute(text("DELETE FROM setting WHERE key IN ('target_role', 'target_day')"))


def _add_item(connection: Connection) -> int:
    """An item as revision 012 writes it, without a day; returns its id."""
    bits = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    uid = str(UUID(int=bits & ~(0x3 << 62) | (0x2 << 62)))
    now = connection.scalar(text("SELECT min(item.created_at) FROM area JOIN item ON item.id = area.id"))
    digest = hashlib.sha256("\x1f".join((uid, "competency_model", TITLE, "")).encode()).hexdigest()
    made = connection.execute(
        text(
            "INSERT INTO item (uid, kind, title, text, facts, starred, private, created_at, changed_at, rev, "
            "moment, digest) VALUES (:uid, 'competency_model', :title, '', '', 0, 0, :now, :now, 1, "
            "(SELECT min(min(moment), 0) - 1 FROM item), :digest)"
        ),
        {"uid": uid, "title": TITLE, "now": now, "digest": digest},
    )
    return int(made.lastrowid)


def _said(chosen: dict[str, str], key: str) -> str:
    """A setting that is a text; what is no text counts as nothing."""
    try:
        value = json.loads(chosen.get(key, '""'))
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
