"""Looking for damage: SQLite's own check, every item's digest, and the seal on all the rest.

A digest covers what an item says; the seal is a SHA-256 over every row of every table, put there when the journal
is closed and taken away by the next write. Together they leave no byte of content that could change unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlcipher3 import dbapi2 as sqlite

from app import paths
from app.core import files, indexing, keys
from app.core.model import Model
from app.core.refusals import JournalDamaged, NotAJournal, told
from app.core.store import UNSEAL, Store, bare, driver, schema_of, tune

ROWS_A_BREATH: Final = 500
BREATH_S: Final = 0.0005
"""Between handfuls of rows other threads may run, so that whoever types meanwhile does not notice."""

SMALL_TABLE: Final = 2000
LONGEST_NAME: Final = 60
_SEARCH: Final = "item_search"
_WORD: Final = re.compile(r"[A-Za-z]{4,20}")
_FINDS: Final = "SELECT 1 FROM item_search WHERE item_search MATCH ? AND rowid = ?"
_OLD_SEAL: Final = re.compile(r"[0-9a-f]{64}")
_TREE: Final = re.compile(r"\bTree (\d+)\b")
_NEVER_USED: Final = ": never used"
"""How SQLite calls the pages of a tree that it cannot walk through."""

_FORM: Final = "2:"
"""How the seal was made; one of another form says nothing about what the journal holds."""

_TOLD_OF_ITEMS: Final = ", moment, uid, kind, title, text, digest"
_SEALED: Final = "SELECT value FROM setting WHERE key = 'seal'"
_KEEP_SEAL: Final = "INSERT OR REPLACE INTO setting (key, value) VALUES ('seal', ?)"
_TABLES: Final = """
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
"""
_SCHEMA: Final = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What a journal file holds.

    Attributes:
        sha256: Over every row of every table and the schema itself; equal for equal journals.
        wrong: Items whose text is not what was saved, as sentences.
    """

    items: int
    entries: int
    sha256: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; `problems` are sentences.

    Attributes:
        is_sealed: Whether the file was closed in good order, so that every single value could be compared.
        is_search_damaged: Whether the search index is, which holds nothing of its own and is made again.
    """

    path: Path
    items: int
    entries: int
    problems: tuple[str, ...]
    sha256: str = ""
    is_sealed: bool = False
    is_search_damaged: bool = False


def check(path: Path) -> Report:
    """Read every page and every row of the journal at `path`; nothing is written.

    Raises:
        UserError: it is no journal of ours, from a newer Northing, or cannot be read at all.
    """
    with told(path):
        if not schema_of(path):
            raise NotAJournal(f"“{path}” is empty: there is no journal in it.")
    problems: list[str] = []
    content, sealed, is_search_damaged = Content(0, 0, ""), "", False
    try:
        # SQLite looks at the structure without holding Python up, so both go on at once.
        with beside() as other, told(path), closing(bare(path)) as connection:
            structure = other.submit(_structure_of, path, "integrity_check(20)")
            connection.execute("BEGIN")
            content = content_of(connection)
            found, is_search_damaged = structure.result()
            problems += found
            problems += content.wrong
            problems += _pointing_nowhere(connection)
            sealed = seal_of(connection)
    except JournalDamaged as damage:
        problems.append(str(damage))
    if sealed and content.sha256 and sealed != content.sha256 and not problems:
        problems.append("Something beside the texts, such as a day, a number or a link, is not what was saved")
    is_sealed = bool(sealed)
    return Report(
        path, content.items, content.entries, tuple(problems), content.sha256, is_sealed, is_search_damaged
    )


def quick_check(path: Path, *, newest: int = 500) -> Report:
    """As `check`, but only the structure and the digests of the newest items; counts nothing."""
    problems, is_search_damaged = _structure_of(path, "quick_check(5)")
    with told(path):
        problems += missing_columns(path)
    with told(path), closing(bare(path)) as connection:
        connection.text_factory = bytes
        rows = connection.execute(
            "SELECT uid, kind, title, text, digest FROM item ORDER BY id DESC LIMIT ?", (newest,)
        )
        problems += [wrong for row in rows if (wrong := _wrong(*row))]
    return Report(path, 0, 0, tuple(problems), is_search_damaged=is_search_damaged)


def missing_columns(path: Path) -> list[str]:
    """Sentences about columns that the file, which has today's schema, should have."""
    with closing(bare(path)) as connection:
        return [
            f"The file's structure: {table.name} has no {', '.join(sorted(lost))}"
            for table in Model.metadata.sorted_tables
            if (lost := {column.name for column in table.columns}.difference(_columns(connection, table.name)))
        ]


def lost_files(path: Path) -> list[tuple[str, str]]:
    """(SHA-256, name) of each attachment that is not there, or not what it was, beside the journal at `path`."""
    folder = paths.files_dir(path)
    with told(path), closing(bare(path)) as connection:
        if "attachment" not in _tables(connection):  # a journal from before there were any
            return []
        found = connection.execute("SELECT sha256, min(name) FROM attachment GROUP BY sha256").fetchall()
    return [(sha, name) for sha, name in found if not files.is_whole(folder, sha)]


def is_file_whole(path: Path) -> bool:
    """Whether the file holds what its name, a SHA-256, says."""
    whole = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                whole.update(block)
    except OSError:
        return False
    return whole.hexdigest() == path.name


def seal(store: Store) -> None:
    """Put the seal on the journal as it is now; call it when the journal is about to be closed."""
    with store.write() as session:
        tune(session)
        connection = driver(session)
        held = content_of(connection)
        if not held.wrong:
            session.execute(
                text("INSERT INTO setting (key, value) VALUES ('seal', :s)"),
                {"s": json.dumps(_FORM + held.sha256)},
            )


def is_sealed(path: Path) -> bool:
    """Whether nobody wrote since the journal was sealed."""
    with told(path), closing(bare(path)) as connection:
        return bool(seal_of(connection))


def seal_of(connection: Any) -> str:
    """The SHA-256 under which the journal was sealed; "" when it was written since, or sealed in an old form."""
    found = connection.execute(_SEALED).fetchone()
    try:
        said = str(json.loads(found[0])) if found else ""
    except ValueError:
        return "unreadable"
    return "" if _OLD_SEAL.fullmatch(said) else said.removeprefix(_FORM)


def content_of(connection: Any) -> Content:
    """Read every row; `connection` is a bare one, in a transaction where others may write.

    SQLite puts each row into words and hashing is done in one go for a handful, because neither holds Python up.
    """
    whole = hashlib.sha256()
    items = entries = 0
    wrong: list[str] = []
    before = connection.text_factory
    connection.text_factory = bytes
    try:
        for row in connection.execute(_SCHEMA):
            whole.update(repr(row).encode())
        for name in _tables(connection):
            whole.update(f"\n{name}\n".encode())
            worded = " || ',' || ".join(f'quote("{column}")' for column in _columns(connection, name))
            for rows in _handfuls(connection, name, worded + _TOLD_OF_ITEMS * (name == "item")):
                whole.update(b"\n".join([row[0] for row in rows]) + b"\n")
                if name == "item":
                    items += len(rows)
                    entries += sum(isinstance(row[1], int) and row[1] > 0 for row in rows)
                    wrong += [said for row in rows if (said := _wrong(*row[2:]))]
    finally:
        connection.text_factory = before
    return Content(items, entries, whole.hexdigest(), tuple(wrong[:20]))


def stamp_of(connection: Any) -> str:
    """A short mark that differs whenever something was written: counts, revisions, and small tables in full."""
    mark = hashlib.sha256()
    before = connection.text_factory
    connection.text_factory = bytes
    try:
        for name in _tables(connection):
            count, last = connection.execute(
                f'SELECT count(*), max(rowid) FROM "{name}"{_beside_seal(name)}'
            ).fetchone()
            mark.update(f"\n{name} {count} {last}\n".encode())
            if count <= SMALL_TABLE:
                for rows in _handfuls(connection, name, "*"):
                    mark.update(repr(rows).encode())
            elif name == "item":
                row = connection.execute(
                    "SELECT sum(rev), max(changed_at), count(deleted_at) FROM item"
                ).fetchone()
                mark.update(repr(row).encode())
    finally:
        connection.text_factory = before
    return mark.hexdigest()


def mend_search(store: Store) -> bool:
    """Look at the search index, which holds nothing of its own, and make it again where it is damaged."""
    try:
        indexing.catch_up(store)
        with store.write() as session:
            session.execute(text("INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)"))
        with told(store.path), closing(bare(store.path)) as connection:
            if _finds_newest(connection):
                return False
    except JournalDamaged:
        pass
    rebuild_search(store)
    return True


def rebuild_search(store: Store) -> None:
    """Make the search index again from the texts; where even its pages are broken, with tables of its own anew.

    Raises:
        JournalDamaged: more than the index is damaged.
    """
    try:
        with store.write() as session:
            for statement in indexing.REBUILD:
                session.execute(text(statement))
        return
    except JournalDamaged:
        pass
    # Dropping a table walks through its pages, which are what is broken; so it is forgotten, pages and all.
    store.require_in_place()
    with told(store.path), closing(keys.connect(store.path, store.key)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'item_search'").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "DELETE FROM sqlite_master WHERE tbl_name = 'item_search' OR "
            "tbl_name IN ('item_search_data', 'item_search_idx', 'item_search_docsize', 'item_search_config')"
        )
        connection.execute("PRAGMA writable_schema = RESET")
        for statement in (made, *indexing.REBUILD):
            connection.execute(statement)
        connection.execute(UNSEAL)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _pointing_nowhere(connection: Any) -> list[str]:
    """Rows that point to none, and tables that say wrongly what they point to."""
    try:
        found = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite.OperationalError as error:
        if "mismatch" not in str(error):
            raise
        return [f"The file's structure: {error}"]
    return [
        f"Row {row} of {_text(table)} points to a {_text(target)} that is not there"
        for table, row, target, _ in found
    ]


def _structure_of(path: Path, pragma: str) -> tuple[list[str], bool]:
    """What SQLite says about the file as sentences, and whether it says it of the search index."""
    with told(path), closing(bare(path)) as connection:
        return _structure(connection, pragma)


def _structure(connection: Any, pragma: str) -> tuple[list[str], bool]:
    tables = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall())
    ours = {root for name, root in tables.items() if str(name).startswith(_SEARCH)}
    try:
        found = _faults(connection, f"PRAGMA {pragma}")
    except sqlite.DatabaseError:  # it broke off; look at each table to say which
        found = [said for name, root in tables.items() for said in _table_faults(connection, str(name), root)]
    broken = {int(tree[1]) for said in found if (tree := _TREE.search(said))}
    problems: list[str] = []
    is_search_damaged = not _finds_newest(connection)
    for said in found:
        tree = _TREE.search(said)
        is_what_follows = bool(broken) and broken <= ours and said.endswith(_NEVER_USED)
        if "fts5" in said.casefold() or (tree and int(tree[1]) in ours) or is_what_follows:
            is_search_damaged = True
        elif said != "ok":
            problems.append(f"The file's structure: {said}")
    if is_search_damaged and not problems:  # only the first faults are told; those of the texts may come later
        own = [(str(name), root) for name, root in tables.items() if not str(name).startswith(_SEARCH)]
        faults = (said for name, root in own for said in _table_faults(connection, name, root) if said != "ok")
        problems += [f"The file's structure: {said}" for said in faults]
    return problems, is_search_damaged


def _table_faults(connection: Any, name: str, root: int) -> list[str]:
    try:
        return _faults(connection, f'PRAGMA quick_check("{name}")')
    except sqlite.DatabaseError as error:
        return [f"Tree {root}: {error}"]


def _faults(connection: Any, pragma: str) -> list[str]:
    told_by_it = (said for (said,) in connection.execute(pragma).fetchall())
    return [line for said in told_by_it for line in said.splitlines() if not line.startswith("***")]


def _finds_newest(connection: Any) -> bool:
    """Whether a search finds a word of the newest entries where it stands."""
    try:
        rows = connection.execute(
            "SELECT moment, text FROM item WHERE moment > 0 AND deleted_at IS NULL ORDER BY moment DESC LIMIT 3"
        ).fetchall()
        late = _late_moments(connection)
        for moment, said in rows:
            if moment in late:
                continue
            word = _WORD.search(said)
            if word and not connection.execute(_FINDS, (f'"{word[0]}"', moment)).fetchone():
                return False
    except (sqlite.DatabaseError, UnicodeDecodeError, TypeError):
        return False
    return True


def _late_moments(connection: Any) -> set[int]:
    """Where the index has not heard of a change yet (see `indexing`)."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_late'").fetchone():
        return set()  # a journal from before there was such a thing
    return {moment for (moment,) in connection.execute("SELECT moment FROM search_late")}


def _wrong(uid: Any, kind: Any, title: Any, said: Any, digest: Any) -> str:
    parts = (uid, kind, title, said)
    is_text = all(isinstance(part, bytes) for part in parts)
    if is_text and hashlib.sha256(b"\x1f".join(parts)).hexdigest().encode() == digest:
        return ""
    called = title.decode("utf-8", "replace") if isinstance(title, bytes) else "?"
    called = called if len(called) <= LONGEST_NAME else called[:LONGEST_NAME].rstrip() + "…"
    return f"The text of {_text(kind)} “{called}” is not what was saved"


def _tables(connection: Any) -> list[str]:
    return [_text(name) for (name,) in connection.execute(_TABLES).fetchall()]


def _columns(connection: Any, table: str) -> list[str]:
    return [_text(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _handfuls(connection: Any, table: str, wanted: str) -> Iterator[list[tuple[Any, ...]]]:
    rows = connection.execute(f'SELECT {wanted} FROM "{table}"{_beside_seal(table)} ORDER BY rowid')
    while some := rows.fetchmany(ROWS_A_BREATH):
        yield some
        breathe()


def _beside_seal(table: str) -> str:
    return " WHERE key <> 'seal'" if table == "setting" else ""


def beside() -> ThreadPoolExecutor:
    """A thread for work at once with the caller's; it comes after others, unless the caller is all there is."""
    is_alone = threading.current_thread() is threading.main_thread()
    return ThreadPoolExecutor(1, initializer=None if is_alone else _give_way)


def _give_way() -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)


def breathe() -> None:
    """Let other threads run for a moment; on the main thread nobody waits."""
    if threading.current_thread() is not threading.main_thread():
        time.sleep(BREATH_S)


def _text(said: Any) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
