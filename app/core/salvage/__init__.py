"""Salvage: what can still be read of a damaged journal, item by item, into a new one."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite

from app import paths
from app.core import days, files, integrity, keys
from app.core.errors import UserError, reason_of
from app.core.model import Item, digest_of, new_uid, parse_instant
from app.core.model.entries import Entry
from app.core.refusals import JournalLocked, PlaceRefused
from app.core.rows import rating_text
from app.core.salvage.cipher import Cipher
from app.core.salvage.pages import LEAF, Pages, Row, Value
from app.core.store import open_store
from app.core.words import word_count

DOUBTFUL: Final = "damaged"
"""The tag of items whose words are not, or not all, what was saved."""

LOST: Final = "Lost name"
"""What something is called of which only its numbers are left."""

_BREAK_EVEN: Final = 0.6
_FAR: Final = 2 * 10**15
"""No item without a day stands further back than this."""
_SORTS: Final[dict[str, tuple[type, ...]]] = {
    "INTEGER": (int,), "BOOLEAN": (int,), "DOUBLE": (int, float), "VARCHAR": (str,),
}  # fmt: skip
_SHAPE: Final[dict[str, dict[int, type]]] = {
    "item": {1: str, 2: str, 3: str, 4: str},
    "entry": {1: str, 6: int},
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved into `path`: `whole` items as they were, and `in_part` what is left of others."""

    path: Path
    whole: int
    in_part: int
    entries: int


def salvage(damaged: Path, target: Path, *, with_files: bool = True) -> Salvaged:
    """Read the file page by page and write every item that is found into the new journal `target`.

    `damaged` is only read; what is saved of an encrypted journal is encrypted with the same key. An item counts as
    whole when its digest says so; others get the tag `damaged`. What was more than a text, but lost its numbers,
    becomes a note, so that its text stays. What kept its numbers and lost its words is made up again from them and
    from what it said before, so that all that hangs on it stays.

    Args:
        with_files: Copy the attachments, too.

    Raises:
        JournalLocked: it is encrypted and was not unlocked.
        UserError: nothing of a journal is found in the file, or `target` is there already.
    """
    if target.exists():
        raise UserError(f"“{target}” is there already. Choose a new file.")
    if not damaged.is_file():
        raise UserError(f"There is no file “{damaged}”.")
    try:
        log = damaged.with_name(damaged.name + "-wal")
        if keys.is_locked(damaged):
            raise JournalLocked(f"“{damaged}” is locked, or no journal: only its passphrase can tell.")
        key = keys.key_of(damaged)
        cipher = Cipher(key) if key else None
        pages = Pages(damaged.read_bytes(), log.read_bytes() if log.exists() else b"", cipher)
    except OSError as error:
        raise PlaceRefused(f"“{damaged}” cannot be read: {reason_of(error)}.") from error
    try:
        with open_store(target, key=key) as store:
            with closing(keys.connect(target, store.key)) as connection:
                made = _Salvage(pages, connection).run()
            if not made[0] and not made[1]:
                raise UserError(f"Nothing of a journal was found in “{damaged}”.")
            integrity.seal(store)
    except BaseException:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                target.with_name(target.name + suffix).unlink()
        raise
    if with_files:
        _copy_files(paths.files_dir(damaged), paths.files_dir(target))
    return Salvaged(target, *made)


class _Salvage:
    """One salvage under way, into the fresh journal behind `connection`."""

    def __init__(self, pages: Pages, connection: Any) -> None:
        self._pages = pages
        self._connection = connection
        self._columns: dict[str, list[tuple[str, str, bool]]] = {
            name: [
                (column, kind, bool(not_null) and default is None)
                for _, column, kind, not_null, default, _ in connection.execute(f'PRAGMA table_info("{name}")')
            ]
            for (name,) in connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                "AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
            ).fetchall()
        }
        parts = {table.name for mapper in Item.__mapper__.self_and_descendants for table in mapper.tables}
        self._targets: dict[str, list[tuple[int, str]]] = {
            name: [
                (place, target)
                for _, _, target, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{name}")')
                for place, (known, _, _) in enumerate(columns)
                if known == column and target in parts
            ]
            + [(0, name)] * (name in parts and name != "item")
            for name, columns in self._columns.items()
        }
        self._kinds: dict[int, str] = {}
        self._moments: set[int] = set()

    def run(self) -> tuple[int, int, int]:
        """Save everything; (whole items, items in part, entries)."""
        rows = self._rows_by_table()
        self._connection.execute("PRAGMA foreign_keys = OFF")
        self._connection.execute("BEGIN IMMEDIATE")
        whole, in_part = self._add_items(rows.pop("item", []))
        for table, found in rows.items():
            self._add_rows(table, found)
        in_part += self._make_up_items()
        self._drop_what_points_nowhere()
        self._complete_items()
        self._tag(in_part)
        self._connection.execute("COMMIT")
        (entries,) = self._connection.execute("SELECT count(*) FROM item WHERE moment > 0").fetchone()
        return whole, len(in_part), entries

    # ------------------------------------------------------------ finding

    def _rows_by_table(self) -> dict[str, list[Row]]:
        """Rows by table: of trees that can be walked first, then of leaves that belong to none, by their shape."""
        found: dict[str, list[Row]] = {name: [] for name in self._columns}
        taken: set[int] = set()
        for name, root in self._roots().items():
            leaves = self._pages.leaves_below(root)
            taken.update(leaves)
            if name in found:
                found[name] += [row for leaf in leaves for row in self._pages.rows(leaf)]
        taken |= self._pages.free()
        loose = [
            list(self._pages.rows(number))
            for number in range(1, self._pages.count + 1)
            if number not in taken and self._pages.kind(number) == LEAF
        ]
        others = []
        for rows in loose:
            if self._is_likely("item", rows):
                found["item"] += rows
            else:
                others.append(rows)
        self._kinds = {row.rowid: str(row.values[2]) for row in found["item"] if len(row.values) > 2}
        for rows in others:
            if name := self._table_of(rows):
                found[name] += rows
        return found

    def _roots(self) -> dict[str, int]:
        roots: dict[str, int] = {}
        for leaf in self._pages.leaves_below(1):
            for row in self._pages.rows(leaf):
                if len(row.values) >= 5 and row.values[0] == "table" and isinstance(row.values[3], int):
                    roots[str(row.values[1])] = row.values[3]
        return roots

    def _table_of(self, rows: list[Row]) -> str:
        """The table that these rows fit, of several the one that asks for most; "" where none is likely."""
        likely = [name for name in self._columns if name != "item" and self._is_likely(name, rows)]
        return max(likely, key=lambda name: (len(self._targets[name]), len(self._columns[name])), default="")

    def _is_likely(self, name: str, rows: list[Row]) -> bool:
        fits = sum(_fits(name, row.values, self._columns[name]) and self._points_well(name, row) for row in rows)
        return bool(rows) and fits >= len(rows) * _BREAK_EVEN

    def _points_well(self, name: str, row: Row) -> bool:
        """Whether the items that the row belongs to and points to are of kinds that this table has to do with."""
        for place, target in self._targets[name]:
            is_key = place == 0 and self._columns[name][0][0] == "id"
            value = row.rowid if is_key else row.values[place] if place < len(row.values) else None
            if isinstance(value, int):
                mapper = Item.__mapper__.polymorphic_map.get(self._kinds.get(value, ""))
                if mapper is None or target not in {table.name for table in mapper.tables}:
                    return False
        return True

    # ------------------------------------------------------------ writing

    def _add_items(self, rows: list[Row]) -> tuple[int, list[int]]:
        """Of each uid the sound row, else the newest; how many are sound, and the ids of the others."""
        names = [column for column, _, _ in self._columns["item"]]
        best: dict[str, tuple[bool, int, int, dict[str, Value]]] = {}
        for row in rows:
            item = dict(zip(names, row.values, strict=False))
            uid = item.get("uid")
            if not isinstance(uid, str) or not uid:
                continue
            said = [str(item.get(name) or "") for name in ("kind", "title", "text")]
            is_sound = row.is_whole and item.get("digest") == digest_of(uid, *said)
            rev = item.get("rev")
            rank = (is_sound, rev if isinstance(rev, int) else 0)
            if uid not in best or rank > best[uid][:2]:
                best[uid] = (*rank, row.rowid, item)
        used: set[int] = set()
        whole, in_part = 0, []
        for uid, (is_sound, _, rowid, item) in sorted(best.items(), key=lambda pair: not pair[1][0]):
            if rowid in used or not 0 < rowid < 1 << 62:
                rowid = max(used, default=0) + 1_000_000
            used.add(rowid)
            self._add_item(rowid, uid, item)
            if is_sound:
                whole += 1
            else:
                in_part.append(rowid)
        return whole, in_part

    def _add_item(self, rowid: int, uid: str, item: dict[str, Value]) -> None:
        kind, title, said = (str(item.get(name) or "") for name in ("kind", "title", "text"))
        kind = kind if kind in Item.__mapper__.polymorphic_map else "note"
        created = _instant(item.get("created_at"), "1970-01-01T00:00:00.000Z")
        moment = item.get("moment")
        if not isinstance(moment, int) or not -_FAR < moment < days.moments_of(date.max)[1]:
            moment = days.undated_moment(parse_instant(created))
        while moment in self._moments:
            moment += 1
        self._moments.add(moment)
        values = {
            "id": rowid, "uid": uid, "kind": kind, "title": title, "text": said,
            "starred": int(item.get("starred") == 1), "private": int(item.get("private") == 1),
            "created_at": created, "changed_at": _instant(item.get("changed_at"), created),
            "rev": item["rev"] if isinstance(item.get("rev"), int) else 1,
            "deleted_at": item["deleted_at"] if _is_instant(item.get("deleted_at")) else None,
            "facts": str(item.get("facts") or ""), "moment": moment, "digest": digest_of(uid, kind, title, said),
        }  # fmt: skip
        self._insert("item", values)

    def _add_rows(self, table: str, rows: list[Row]) -> None:
        columns = self._columns[table]
        for row in rows:
            if row.is_whole and _fits(table, row.values, columns):
                values = dict(zip((column for column, _, _ in columns), row.values, strict=False))
                if columns[0][0] == "id":
                    values["id"] = row.rowid
                self._insert(table, values)

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        with suppress(sqlite.IntegrityError, OverflowError):
            self._connection.execute(
                f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values())
            )

    def _make_up_items(self) -> list[int]:
        """Add items whose own row is lost, from what is left of them; their ids."""
        known = {item_id for (item_id,) in self._connection.execute("SELECT id FROM item")}
        lost: dict[int, str] = {}
        for mapper in sorted(Item.__mapper__.self_and_descendants, key=lambda mapper: -len(mapper.tables)):
            table = str(mapper.local_table.name)  # type: ignore[attr-defined]
            if table not in ("item", "entry"):
                for (item_id,) in self._connection.execute(f'SELECT id FROM "{table}"'):
                    lost.setdefault(item_id, str(mapper.polymorphic_identity))
        for (item_id,) in self._connection.execute(
            "SELECT id FROM entry WHERE id IN (SELECT item_id FROM version)"
        ):
            lost.setdefault(item_id, "note")
        for item_id, kind in lost.items():
            if item_id not in known:
                self._add_item(item_id, new_uid(), self._made_up(item_id, kind))
        return sorted(lost.keys() - known)

    def _made_up(self, item_id: int, kind: str) -> dict[str, Value]:
        """What can be said of an item without its own row: what it said before, its day, the level of a rating."""
        before = self._connection.execute(
            "SELECT title, text, at FROM version WHERE item_id = ? ORDER BY at DESC, id DESC", (item_id,)
        ).fetchone()
        title, said, at = before or ("", "", None)
        if kind == "rating" and before is None:
            skill = self._connection.execute(
                "SELECT item.title, rating.level FROM rating JOIN item ON item.id = rating.skill_id "
                "WHERE rating.id = ?",
                (item_id,),
            ).fetchone()
            title = said = rating_text(*skill) if skill else ""
        entry = self._connection.execute("SELECT day, at FROM entry WHERE id = ?", (item_id,)).fetchone()
        day = date.fromisoformat(entry[0]) if entry and _is_day(entry[0]) else None
        return {
            "kind": kind,
            "title": title or ("" if entry else LOST),
            "text": said,
            "created_at": (entry and entry[1]) or at,
            "moment": days.moments_of(day)[0] if day else None,
        }

    def _drop_what_points_nowhere(self) -> None:
        while broken := self._connection.execute("PRAGMA foreign_key_check").fetchall():
            for table, rowid, _, _ in broken:
                self._connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))

    def _complete_items(self) -> None:
        """Give every item the rows that its kind needs; where they are lost, let it be a note on its day."""
        rows = self._connection.execute(
            "SELECT id, uid, kind, title, text, moment, created_at FROM item"
        ).fetchall()
        have = {
            table: {row_id for (row_id,) in self._connection.execute(f'SELECT id FROM "{table}"')}
            for table, columns in self._columns.items()
            if columns[0][0] == "id"
        }
        for item_id, uid, kind, title, said, moment, created in rows:
            mapper = Item.__mapper__.polymorphic_map[kind]
            needed = [table.name for table in mapper.tables if table.name not in ("item", "entry")]
            is_entry = issubclass(mapper.class_, Entry)
            is_lost = any(item_id not in have[name] for name in needed)
            if is_lost:
                for name in needed:
                    self._connection.execute(f'DELETE FROM "{name}" WHERE id = ?', (item_id,))
                digest = digest_of(uid, "note", title, said)
                self._connection.execute(
                    "UPDATE item SET kind = 'note', digest = ? WHERE id = ?", (digest, item_id)
                )
            if (is_entry or is_lost) and item_id not in have["entry"]:
                day = days.day_of_moment(moment) or parse_instant(created).date()
                if moment < 0:
                    self._place(item_id, days.moments_of(day)[0])
                values = {"id": item_id, "day": day.isoformat(), "words": word_count(said)}
                self._insert("entry", values)

    def _place(self, item_id: int, moment: int) -> None:
        taken = "SELECT 1 FROM item WHERE moment = ?"
        while self._connection.execute(taken, (moment,)).fetchone():
            moment += 1
        self._connection.execute("UPDATE item SET moment = ? WHERE id = ?", (moment, item_id))

    def _tag(self, ids: list[int]) -> None:
        if ids:
            self._connection.execute("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)", (DOUBTFUL, DOUBTFUL))
            (tag,) = self._connection.execute("SELECT id FROM tag WHERE key = ?", (DOUBTFUL,)).fetchone()
            for item_id in ids:
                self._insert("item_tag", {"item_id": item_id, "tag_id": tag, "inline": 0})


def _fits_kind(kind: str, value: Value) -> bool:
    if kind == "DATE":
        return isinstance(value, str) and len(value) == 10 and value[4] == "-"
    sort = _SORTS.get(kind)
    return sort is None or isinstance(value, sort)


def _fits(table: str, values: tuple[Value, ...], columns: list[tuple[str, str, bool]]) -> bool:
    """Whether a row has the shape of the table's rows; columns that an older schema had not may be missing."""
    least = max((place + 1 for place, (_, _, is_required) in enumerate(columns) if is_required), default=2)
    if not max(least, 2) <= len(values) <= len(columns):
        return False
    for place, ((column, kind, is_required), value) in enumerate(zip(columns, values, strict=False)):
        if (column == "at" or column.endswith("_at")) and value is not None and not _is_instant(value):
            return False
        if value is None:
            if is_required and not (place == 0 and column == "id"):
                return False
        elif not _fits_kind(kind, value):
            return False
    return all(
        place < len(values) and isinstance(values[place], sorts) for place, sorts in _SHAPE.get(table, {}).items()
    )


def _is_day(value: Value) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _instant(value: Value, otherwise: str) -> str:
    return str(value) if _is_instant(value) else otherwise


def _is_instant(value: Value) -> bool:
    try:
        return isinstance(value, str) and value.endswith("Z") and bool(parse_instant(value))
    except (ValueError, OverflowError):
        return False


def _copy_files(source: Path, target: Path) -> None:
    """Attachments that are what their names say; sealed ones tell when they are opened."""
    from app.core.backups.taking import sha256_of
    from app.core.disk import copy_synced, make_folder, sync_folder

    if not source.is_dir():
        return
    for file in source.rglob("*"):
        is_ours = file.is_file() and files.is_name(file.name)
        if is_ours and (file.suffix or sha256_of(file) == file.name):
            make_folder(target)
            copy_synced(file, target / file.name)
    if target.is_dir():
        sync_folder(target)
