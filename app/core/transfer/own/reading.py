"""Items as plain objects, read from the journal's rows a few hundred at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.core.integrity import breathe
from app.core.progress import in_chunks
from app.core.transfer.own import shape

CHUNK: Final = 300
OWN: Final = "northing:"
"""Keys of what came in from Northing's own files; they say nothing that the uid does not."""

_FOREIGN: Final = "source NOT LIKE 'Northing%'"

Plain = dict[str, Any]


def objects(connection: Any, ids: Sequence[int]) -> Iterator[Plain]:
    """The item of each id as `docs/format.md` describes it, in that order."""
    uids = dict(connection.execute("SELECT id, uid FROM item").fetchall())
    batches = {batch: place for place, batch in enumerate(_batch_ids(connection))}
    for some in in_chunks(ids, CHUNK):
        yield from _some_objects(connection, some, uids, batches)
        breathe()


def batches(connection: Any) -> list[Plain]:
    """Imports as they came; origins name them by their place in this list."""
    rows = connection.execute(
        "SELECT source, name, at, undone_at FROM batch WHERE source NOT LIKE 'Northing%' ORDER BY id"
    )
    return [dict(zip(("source", "name", "at", "undone_at"), row, strict=True)) for row in rows]


def settings(connection: Any) -> Plain:
    """The journal's choices; the place of backups belongs to a computer and stays."""
    rows = connection.execute("SELECT key, value FROM setting ORDER BY key")
    return {key: json.loads(value) for key, value in rows if key not in ("seal", "backup_place")}


def tables(connection: Any) -> Plain:
    """Rows that belong to no item, by table."""
    return {
        part.table: [_values(part, row, {}) for row in _select(connection, part, "")] for part in shape.apart()
    }


def content_hash(connection: Any) -> str:
    """SHA-256 of all that a whole export holds: equal for equal journals, whatever numbers their rows have."""
    ids = [item_id for (item_id,) in connection.execute("SELECT id FROM item ORDER BY uid")]
    whole = hashlib.sha256()
    for one in (settings(connection), tables(connection), batches(connection)):
        whole.update(line(one).encode())
    for one in objects(connection, ids):
        whole.update(line(one).encode())
    return whole.hexdigest()


def line(value: object) -> str:
    """`value` as one line of JSON, always the same for the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _batch_ids(connection: Any) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT id FROM batch WHERE {_FOREIGN} ORDER BY id")]


def _some_objects(
    connection: Any, some: Sequence[int], uids: dict[int, str], batch_places: dict[int, int]
) -> Iterator[Plain]:
    made: dict[int, Plain] = {}
    for row in _select(connection, shape.item_part(), _among("id", some)):
        made[row[0]] = _values(shape.item_part(), row, uids)
    for part in {part for one in made.values() for part in shape.parts_of(one["kind"]) or ()}:
        for row in _select(connection, part, _among("id", some)):
            made[row[0]].update(_values(part, row, uids))
    for part in shape.hanging():
        for row in _select(connection, part, _among(part.key, some)):
            made[row[0]].setdefault(part.table, []).append(_values(part, row, uids))
    _add_shared(connection, some, made, uids, batch_places)
    yield from (made[item_id] for item_id in some if item_id in made)


def _add_shared(
    connection: Any,
    some: Sequence[int],
    made: dict[int, Plain],
    uids: dict[int, str],
    batch_places: dict[int, int],
) -> None:
    def put(name: str, item_id: int, value: Plain) -> None:
        made[item_id].setdefault(name, []).append(value)

    for item_id, name, inline in connection.execute(
        f"SELECT item_id, tag.name, inline FROM item_tag JOIN tag ON tag.id = tag_id {_among('item_id', some)} "
        "ORDER BY tag.key"
    ):
        put("tags", item_id, {"name": name, "inline": bool(inline)})
    for item_id, target, role, inline, at in connection.execute(
        f"SELECT source_id, target_id, role, inline, created_at FROM link {_among('source_id', some)}"
    ):
        put("links", item_id, {"to": uids[target], "role": role, "inline": bool(inline), "created_at": at})
    for item_id, *row in connection.execute(
        f"SELECT item_id, at, rev, title, text, extra FROM version {_among('item_id', some)} ORDER BY id"
    ):
        put("versions", item_id, dict(zip(("at", "rev", "title", "text", "extra"), row, strict=True)))
    for item_id, key, batch, extra in connection.execute(
        f"SELECT item_id, key, batch_id, extra FROM origin {_among('item_id', some)} ORDER BY key"
    ):
        if not key.startswith(OWN) and batch in batch_places:
            put("origins", item_id, {"key": key, "batch": batch_places[batch], "extra": extra})
    for one in made.values():
        one.get("links", []).sort(key=lambda link: (link["to"], link["role"]))


def _select(connection: Any, part: shape.Part, where: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{field.column}"' for field in part.fields)
    key = f'"{part.key}"' if part.key else "NULL"
    rows: list[tuple[Any, ...]] = connection.execute(
        f'SELECT {key}, {columns} FROM "{part.table}" {where} ORDER BY rowid'
    ).fetchall()
    return rows


def _among(column: str, ids: Sequence[int]) -> str:
    return f'WHERE "{column}" IN ({",".join(map(str, ids))})'


def _values(part: shape.Part, row: Sequence[Any], uids: dict[int, str]) -> Plain:
    said: Plain = {}
    for field, value in zip(part.fields, row[1:], strict=True):
        if value is not None and field.target:
            value = uids.get(value)
        elif value is not None and field.sort == "bool":
            value = bool(value)
        said[field.name] = value
    return said
