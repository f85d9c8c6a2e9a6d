"""The store: two doors to one journal file, `read` and `write`, and word of what changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlite

from app.core import migrations
from app.core.errors import UserError

Listener = Callable[[frozenset[type]], None]

OLDEST_SAFE_SQLITE: Final = (3, 51, 3)
"""3.7.0 to 3.51.2 can lose a committed transaction when the write-ahead log is reset."""

BUSY_MS: Final = 5000


class NotAJournal(UserError):
    """The file is something else; it was not touched."""


class NewerJournal(UserError):
    """The file was written by a newer Northing; it was not touched."""


class PlaceRefused(UserError):
    """The file or its folder cannot be read or written."""


class JournalBusy(UserError):
    """Another program holds the file for longer than we wait."""


class ChangedMeanwhile(UserError):
    """The item was changed elsewhere since it was read; nothing was written."""


class JournalDamaged(UserError):
    """SQLite reports damage in the file."""


class Store:
    """One open journal file.

    Use `open_store`. Thread-safe: every `read` and `write` has a connection of its own.
    """

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        self._writing_engine = _engine(path, writing=True)
        self._reading_engine = _engine(path, writing=False)
        self._writing = sessionmaker(self._writing_engine, expire_on_commit=False)
        self._reading = sessionmaker(self._reading_engine, expire_on_commit=False)
        event.listen(self._writing, "after_flush", _note_touched)
        self._listeners: list[Listener] = []
        self._version_lock = threading.Lock()
        self._seen_version: int | None = None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view of the journal; a stray write in it fails."""
        with _told(self.path), self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One user action, one transaction: commits, or leaves no trace.

        Listeners hear of it once, after the commit, on the thread that wrote.

        Raises:
            ChangedMeanwhile: an item was written by someone else since it was read.
            PlaceRefused: the disk is full, read-only or gone.
        """
        touched: set[type] = set()
        with _told(self.path), self._writing.begin() as session:
            session.info["touched"] = touched
            yield session
        if touched:
            self.announce(frozenset(touched))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the mapped classes touched, after each commit; returns how to stop that."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def announce(self, changes: frozenset[type]) -> None:
        """Tell every listener that rows of `changes` may differ now."""
        for listener in tuple(self._listeners):
            listener(changes)

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was last asked."""
        with self._version_lock, _told(self.path), self._writing_engine.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            seen, self._seen_version = self._seen_version, version
        return seen is not None and seen != version

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded in by the last connection."""
        self._reading_engine.dispose()
        self._writing_engine.dispose()


def touch(session: Session, *classes: type) -> None:
    """Say that `classes` change by SQL that the unit of work does not see."""
    session.info["touched"].update(classes)


def open_store(path: Path) -> Store:
    """The journal at `path`, made if there is none, brought to today's schema.

    Raises:
        NotAJournal: the file is something else. NewerJournal: a newer Northing wrote it.
        PlaceRefused: it cannot be read or written there. JournalDamaged: SQLite says so.
    """
    if sqlite.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose data; {OLDEST_SAFE_SQLITE} is needed")
    _prepare_place(path)
    with _told(path):
        _check_header(path)
    store = Store(path)
    try:
        with _told(path):
            _bring_up(store._writing_engine, path)
    except BaseException:
        store.close()
        raise
    return store


def _prepare_place(path: Path) -> None:
    if path.is_dir():
        raise NotAJournal(f"“{path}” is a folder. Choose a journal file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise PlaceRefused(
            f"The journal “{path}” cannot be written: {_reason(error)}. "
            "Choose another place or change its permissions."
        ) from error


def _check_header(path: Path) -> None:
    """Refuse what is not ours before any connection could write to it."""
    connection = sqlite.connect(f"file:{_uri_path(path)}?mode=ro", uri=True, isolation_level=None)
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        if connection.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
            raise NotAJournal(f"“{path}” is a database of another program, not a Northing journal.")
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    if revision > migrations.HEAD:
        raise NewerJournal(
            f"“{path.name}” was written by a newer Northing. Update Northing to open it; it was left as it is."
        )


def _bring_up(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
            connection.exec_driver_sql(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
            migrations.upgrade(connection)
            return
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        if revision < migrations.HEAD:
            migrations.upgrade(connection)


def _engine(path: Path, *, writing: bool) -> Engine:
    def connect() -> Any:
        return sqlite.connect(
            path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000, cached_statements=256
        )

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlite,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        if writing:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA mmap_size = 0")
        cursor.execute("PRAGMA recursive_triggers = ON")
        if not writing:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _note_touched(session: Session, _context: object) -> None:
    touch(session, *{type(thing) for thing in (*session.new, *session.dirty, *session.deleted)})


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into sentences that a person can act on; bugs pass unchanged."""
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            "This was changed elsewhere meanwhile. Open it again to see how it stands."
        ) from error
    except (DBAPIError, sqlite.DatabaseError) as error:
        if told := _sentence(path, str(getattr(error, "orig", error))):
            raise told from error
        raise


def _sentence(path: Path, said: str) -> UserError | None:
    if "not a database" in said:
        return NotAJournal(
            f"“{path}” is not a Northing journal, or it is encrypted or damaged. It was left as it is."
        )
    if "malformed" in said:
        return JournalDamaged(
            f"The journal “{path}” is damaged. Nothing more is written to it; "
            "restore a backup, or run “northing salvage” on a copy."
        )
    if "full" in said:
        return PlaceRefused(
            f"The disk that holds “{path.name}” is full. Free some space; what you typed is kept here."
        )
    if "readonly" in said:
        return PlaceRefused(f"The journal “{path}” can only be read. Change its permissions or open a copy.")
    if "locked" in said or "busy" in said:
        return JournalBusy(f"Another program holds the journal “{path.name}”. Close it, then try again.")
    if "unable to open" in said or "disk I/O" in said:
        return PlaceRefused(f"The journal “{path}” cannot be reached: {said}. Is its drive connected?")
    return None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _uri_path(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()).replace(os.sep, "/"))
