"""Plain objects into the journal: new items with all that belongs to them, and items put back as they were."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.model import Item, digest_of, instant_text
from app.core.moments import FreeMoments
from app.core.progress import Progress, go_on
from app.core.store import touch
from app.core.transfer.own import shape
from app.core.transfer.own.reading import OWN
from app.core.words import normal_text

Plain = Mapping[str, Any]

_SORTS: Final[dict[str, tuple[type, ...]]] = {
    "bool": (bool,), "int": (int,), "real": (int, float), "text": (str,),
}  # fmt: skip
_ROLES: Final = ("serves", "proves", "mentions")


class Arrival:
    """One import into a session: every object gets an id first, so they may point to each other in any order."""

    def __init__(self, session: Session, objects: Sequence[Plain]) -> None:
        self._session = session
        self._connection: Connection = session.connection()
        self._objects = objects
        self._ids: dict[str, int] = dict(self._rows("SELECT uid, id FROM item"))
        self._known = set(self._ids)
        self._moments = FreeMoments(moment for (moment,) in self._rows("SELECT moment FROM item"))
        self._tags: dict[str, int] = dict(self._rows("SELECT key, id FROM tag"))
        self._last_tag_id = max(self._tags.values(), default=0)
        free = max(self._ids.values(), default=0) + 1
        for place, one in enumerate(one for one in objects if one["uid"] not in self._ids):
            self._ids[one["uid"]] = free + place

    def add(self, batch_id: int, batch_ids: Sequence[int], progress: Progress) -> None:
        """Bring every object that is not there yet.

        Raises:
            UserError: one does not fit; the transaction is to be given up. Cancelled: `progress` said so.
        """
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        fresh = [one for one in self._objects if one["uid"] not in self._known]
        for done, one in enumerate(fresh):
            if done % 200 == 0:
                go_on(progress, done, len(fresh))
            try:
                self._add_item(one)
                self._add_shared(one)
                self._add_origins(one, batch_id, batch_ids)
            except IntegrityError as error:
                raise UserError(f"“{_called(one)}” does not fit into the journal: {error.orig}.") from error
        for one in fresh:
            self._add_links(one)
        self._told()

    def put_back(self, *, now: datetime) -> None:
        """Make items that are there what the objects say, add those that are not.

        What an item said until now is kept as a version.
        """
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for one in self._objects:
            if one["uid"] in self._known:
                self._overwrite(one, instant_text(now))
            else:
                self._add_item(one)
                self._add_shared(one)
        for one in self._objects:
            self._add_links(one)
        self._told()

    # ------------------------------------------------------------ one item

    def _add_item(self, one: Plain) -> None:
        item_id = self._ids[one["uid"]]
        values = self._columns(shape.item_part(), one)
        values["moment"] = self._moments.take(values["moment"])
        values["digest"] = digest_of(one["uid"], one["kind"], values["title"], values["text"])
        self._insert("item", {"id": item_id, **values})
        for part in shape.parts_of(one["kind"]) or ():
            self._insert(part.table, {"id": item_id, **self._columns(part, one)})
        self._add_hanging(one, item_id)

    def _add_hanging(self, one: Plain, item_id: int) -> None:
        for part in shape.hanging():
            for row in _list(one, part.table):
                values = self._columns(part, row)
                if not any(field.is_required and values.get(field.column) is None for field in part.fields):
                    self._insert(part.table, {part.key: item_id, **values})

    def _overwrite(self, one: Plain, now: str) -> None:
        item_id = self._ids[one["uid"]]
        self._run(
            "INSERT INTO version (item_id, at, rev, title, text) SELECT id, :now, rev, title, text FROM item "
            "WHERE id = :id AND text <> :text",
            {"id": item_id, "now": now, "text": one["text"]},
        )
        values = self._columns(shape.item_part(), one)
        del values["moment"]
        values["digest"] = digest_of(one["uid"], one["kind"], values["title"], values["text"])
        ((rev, kind),) = self._rows(f"SELECT rev, kind FROM item WHERE id = {item_id}")
        values |= {"changed_at": now, "rev": rev + 1}
        self._update("item", item_id, values)
        if kind == one["kind"]:
            for part in shape.parts_of(one["kind"]) or ():
                self._update(part.table, item_id, self._columns(part, one))
        for part in shape.hanging():
            self._run(f'DELETE FROM "{part.table}" WHERE "{part.key}" = :id', {"id": item_id})
        self._add_hanging(one, item_id)
        self._run("DELETE FROM item_tag WHERE item_id = :id", {"id": item_id})
        self._add_tags(one, item_id)
        self._run("DELETE FROM link WHERE source_id = :id", {"id": item_id})

    def _add_shared(self, one: Plain) -> None:
        item_id = self._ids[one["uid"]]
        self._add_tags(one, item_id)
        for version in _list(one, "versions"):
            named = {name: version.get(name) for name in ("at", "rev", "title", "text", "extra")}
            self._insert("version", {"item_id": item_id, **named})

    def _add_tags(self, one: Plain, item_id: int) -> None:
        for tag in _list(one, "tags"):
            name = str(tag.get("name", "")).strip()
            if not name:
                continue
            key = name.casefold()
            if key not in self._tags:
                self._last_tag_id += 1
                self._tags[key] = self._last_tag_id
                self._insert("tag", {"id": self._last_tag_id, "name": name, "key": key})
            row = {"item_id": item_id, "tag_id": self._tags[key], "inline": bool(tag.get("inline"))}
            self._insert("item_tag", row, "OR IGNORE")

    def _add_origins(self, one: Plain, batch_id: int, batch_ids: Sequence[int]) -> None:
        item_id = self._ids[one["uid"]]
        brought = json.dumps({"rev": one["rev"]})
        row = {"key": f"{OWN}{one['uid']}", "item_id": item_id, "batch_id": batch_id, "extra": brought}
        self._insert("origin", row, "OR IGNORE")
        for origin in _list(one, "origins"):
            place, key = origin.get("batch"), origin.get("key")
            if isinstance(place, int) and 0 <= place < len(batch_ids) and isinstance(key, str):
                row = {"key": key, "item_id": item_id, "batch_id": batch_ids[place], "extra": origin.get("extra")}
                self._insert("origin", row, "OR IGNORE")

    def _add_links(self, one: Plain) -> None:
        for link in _list(one, "links"):
            target = self._ids.get(str(link.get("to")))
            if target is not None and link.get("role") in _ROLES:
                row = {
                    "source_id": self._ids[one["uid"]], "target_id": target, "role": link["role"],
                    "inline": bool(link.get("inline")), "created_at": link.get("created_at") or one["created_at"],
                }  # fmt: skip
                self._insert("link", row, "OR IGNORE")

    # ------------------------------------------------------------ rows

    def _columns(self, part: shape.Part, said: Plain) -> dict[str, Any]:
        values = {}
        for field in part.fields:
            value = said.get(field.name)
            value = field.default if value is None else value
            if value is None and field.name not in said and not field.is_required:
                continue
            values[field.column] = self._ids.get(str(value)) if field.target and value is not None else value
        return values

    def _insert(self, table: str, values: Mapping[str, Any], otherwise: str = "") -> None:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        statement = f'INSERT {otherwise} INTO "{table}" ({names}) VALUES ({marks})'
        self._connection.exec_driver_sql(statement, tuple(values.values()))

    def _update(self, table: str, item_id: int, values: Mapping[str, Any]) -> None:
        if values:
            pairs = ", ".join(f'"{name}" = ?' for name in values)
            statement = f'UPDATE "{table}" SET {pairs} WHERE id = ?'
            self._connection.exec_driver_sql(statement, (*values.values(), item_id))

    def _run(self, statement: str, values: Mapping[str, Any]) -> None:
        self._session.execute(text(statement), dict(values))

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.exec_driver_sql(query)]

    def _told(self) -> None:
        kinds = {one["kind"] for one in self._objects}
        touch(self._session, Item, *(Item.__mapper__.polymorphic_map[kind].class_ for kind in kinds))
        self._session.expire_all()


def rev_brought(key: str, extra: str | None) -> int:
    """The `rev` that an item had when the import with this origin brought it."""
    if key.startswith(OWN) and extra:
        return int(json.loads(extra).get("rev", 1))
    return 1


def fault_of(one: object, uids: Container[str] = ()) -> str:
    """Why an object from a file cannot become an item, as a sentence; "" when it can.

    Args:
        uids: Of all that comes or is there, to which it may point.
    """
    if not isinstance(one, dict) or not isinstance(one.get("uid"), str) or not 0 < len(one["uid"]) <= 64:
        return "It has no uid."
    parts = shape.parts_of(str(one.get("kind")))
    if parts is None:
        return f"This Northing knows no “{str(one.get('kind'))[:40]}”; a newer one wrote it."
    for part in (shape.item_part(), *parts):
        for field in part.fields:
            value = one.get(field.name)
            if value is None and field.is_required and field.name != "digest":
                return f"Its “{field.name}” is missing."
            if value is not None and not field.target and not _is_of(field.sort, value):
                return f"Its “{field.name}” is not what it should be."
            if field.target and field.is_required and value not in uids:
                return f"Its “{field.name}” is neither in the file nor in the journal."
    for field in shape.item_part().fields:
        one[field.name] = field.default if one.get(field.name) is None else one[field.name]
    if one["text"] != normal_text(one["text"]) or one["title"] != normal_text(one["title"]):
        return "Its text holds characters that no text can hold."
    return ""


def batches_in(session: Session, said: Sequence[Plain]) -> list[int]:
    """The ids of the imports in the file, made where they are not there yet."""
    connection = session.connection()
    ids = []
    for one in said:
        values = tuple(one.get(name) for name in ("source", "name", "at"))
        known = connection.exec_driver_sql("SELECT id FROM batch WHERE source = ? AND name = ? AND at = ?", values)
        found = known.scalar()
        if found is None:
            made = connection.exec_driver_sql(
                "INSERT INTO batch (source, name, at, undone_at) VALUES (?, ?, ?, ?)",
                (*values, one.get("undone_at")),
            )
            found = made.lastrowid
        ids.append(int(found))
    return ids


def settle(session: Session, settings: Plain, tables: Plain) -> None:
    """Choices and rows that belong to no item, where the journal has none of its own."""
    connection = session.connection()
    for key, value in settings.items():
        if key != "seal":
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", (str(key), json.dumps(value))
            )
    for part in shape.apart():
        if connection.exec_driver_sql(f'SELECT count(*) FROM "{part.table}"').scalar():
            continue
        for row in _list(tables, part.table):
            values = {field.column: row.get(field.name) for field in part.fields if field.name in row}
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" * len(values))
            statement = f'INSERT INTO "{part.table}" ({names}) VALUES ({marks})'
            connection.exec_driver_sql(statement, tuple(values.values()))


def _is_of(sort: str, value: object) -> bool:
    is_bool = isinstance(value, bool)
    if isinstance(value, int) and abs(value) >= 1 << 63:
        return False
    return isinstance(value, _SORTS[sort]) and (is_bool == (sort == "bool"))


def _list(one: Plain, name: str) -> list[Plain]:
    found = one.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _called(one: Plain) -> str:
    return str(one.get("title") or one.get("kind"))[:60]
