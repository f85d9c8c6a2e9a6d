"""The store: two doors to one journal file, `read` and `write`, and word of what changed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, configure_mappers, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlite

from app import paths
from app.core import keys, migrations
from app.core.errors import reason_of
from app.core.moved import Place
from app.core.refusals import (
    DriveGone,
    JournalDamaged,
    JournalMoved,
    NewerJournal,
    NotAJournal,
    PlaceRefused,
    reached,
    told,
)

Listener = Callable[[frozenset[type]], None]

OLDEST_SAFE_SQLITE: Final = (3, 51, 3)
"""3.7.0 to 3.51.2 can lose a committed transaction when the write-ahead log is reset."""

BUSY_MS: Final = 5000

PAGES_A_BREATH: Final = 512
"""Of a copy that the disk takes in at once: whoever saves meanwhile waits behind no more than this."""

BEGIN_WRITING: Final = "BEGIN IMMEDIATE"
"""One writer from the first statement on, so that nothing read can have changed before the commit."""

_LAST_NUMBER: Final = "SELECT seq FROM sqlite_sequence WHERE name = 'item'"
_COUNT_ON: Final = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'item'"
"""Who knows an item from before it was gone back from finds no other under its number."""

_SEEN: Final = "data_version"

UNSEAL: Final = "DELETE FROM setting WHERE key = 'seal'"
"""Whoever writes takes away the seal that `integrity.seal` put on what was there before."""


class Store:
    """One open journal file.

    Use `open_store`. Thread-safe: every `read` and `write` has a connection of its own.

    Attributes:
        is_read_only: Opened to be looked at; `write` refuses, and not a byte of the file changes.
        key: What encrypts it, None where it is plain.
        is_closed: Whether the file was let go of.
        when_moved: Called on whatever thread finds that the file is not in its place any more; see `core.moved`.
    """

    def __init__(self, path: Path, *, read_only: bool = False, key: keys.Key | None = None) -> None:
        self.path: Final = path
        self.is_read_only: Final = read_only
        self.key: Final = key or keys.key_of(path)
        self._place = Place(path)
        self._writing_engine = _engine(path, self.key, self._place, writing=True)
        self._reading_engine = _engine(path, self.key, self._place, writing=False, read_only=read_only)
        self._writing = sessionmaker(self._writing_engine, expire_on_commit=False)
        self._reading = sessionmaker(self._reading_engine, expire_on_commit=False)
        event.listen(self._writing, "after_flush", _note_touched)
        self._listeners: list[Listener] = []
        self._has_written = False
        self.when_moved: Callable[[JournalMoved], object] | None = None
        self.is_closed = False
        self._is_away = self._was_away = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view of the journal; a stray write in it fails."""
        with self._reached(), self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One user action, one transaction: commits, or leaves no trace.

        Listeners hear of it once, after the commit, on the thread that wrote.

        Raises:
            ChangedMeanwhile: an item was written by someone else since it was read.
            PlaceRefused: the disk is full, read-only or gone. JournalMoved: the file is not in its place any more.
        """
        self._refuse_where_only_read()
        touched: set[type] = set()
        with self._reached(in_place=True), self._writing.begin() as session:
            driver(session).execute(UNSEAL)
            session.info["touched"] = touched
            yield session
        self._tell(touched)

    @contextmanager
    def write_rows(self) -> Iterator[tuple[sqlite.Connection, set[type]]]:
        """`write` by SQLite's own connection, for what every pause in the typing does.

        Gives it with the set of classes that listeners will hear of.
        """
        self._refuse_where_only_read()
        touched: set[type] = set()
        with self._reached(in_place=True), closing(self._writing_engine.raw_connection()) as held:
            connection: Any = held.driver_connection
            connection.execute(BEGIN_WRITING)
            try:
                connection.execute(UNSEAL)
                yield connection, touched
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
        self._tell(touched)

    @property
    def has_written(self) -> bool:
        """Whether anything was committed through this store since it was opened."""
        return self._has_written

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the mapped classes touched, after each commit; returns how to stop that."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def _refuse_where_only_read(self) -> None:
        if self.is_read_only:
            raise PlaceRefused(f"“{self.path.name}” is open for reading only; nothing can be written to it.")

    def _tell(self, touched: set[type]) -> None:
        self._has_written = True
        if touched:
            self.announce(frozenset(touched))

    def announce(self, changes: frozenset[type]) -> None:
        """Tell every listener that rows of `changes` may differ now."""
        for listener in tuple(self._listeners):
            listener(changes)

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was last asked; waits for nobody who writes."""
        if self.is_read_only:
            return False
        with self._reached(in_place=True), closing(self._writing_engine.raw_connection()) as held:
            connection: Any = held.driver_connection
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            seen = held.info.get(_SEEN)  # each connection counts what the others wrote
            held.info[_SEEN] = version
        was_away, self._was_away = self._was_away, False
        return was_away or (seen is not None and seen != version)

    def copy_to(self, target: Path) -> None:
        """Write all that is committed now into the new file `target`, as one consistent whole.

        Writers go on meanwhile. The copy needs no file beside it; syncing it to the disk is the caller's.

        Raises:
            OSError: the copy cannot be written. UserError: the journal cannot be read.
        """
        with self._reached(in_place=True), closing(bare(self.path)) as source:
            self._copy(source, target)

    def copy_unseen_to(self, target: Path) -> None:
        """`copy_to` from the file that is open, also where it is not in its place any more.

        Raises:
            OSError: the copy cannot be written. UserError: the journal cannot be read.
        """
        with told(self.path), closing(self._writing_engine.raw_connection()) as held:
            self._copy(held.driver_connection, target)

    def _copy(self, source: Any, target: Path) -> None:
        handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with closing(keys.connect(target, self.key)) as copy, _blamed_on(target, unless=source):
                copy.execute("PRAGMA synchronous = OFF")
                source.execute("BEGIN")
                try:
                    # What is written later is left out.
                    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    _copy_all(source, copy, pages=PAGES_A_BREATH, breathe=lambda: os.fsync(handle))
                finally:
                    with suppress(sqlite.Error):
                        source.execute("ROLLBACK")
                copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            os.close(handle)

    def become(self, source: Path) -> None:
        """Replace all that is in the journal by what the journal file `source` holds, in one transaction.

        Readers and other windows see it before or after. `source` has today's schema, and is encrypted if this is.
        """
        self._refuse_where_only_read()
        with self._reached(in_place=True), closing(bare(source)) as whole:
            live = keys.connect(self.path, self.key, timeout=BUSY_MS / 1000)
            with closing(live):
                live.execute("PRAGMA journal_mode = WAL")
                live.execute("PRAGMA synchronous = FULL")
                given = live.execute(_LAST_NUMBER).fetchone() or (0,)
                _copy_all(whole, live)
                with suppress(sqlite.DatabaseError):  # what was asked for is done
                    live.execute(_COUNT_ON, given)

    @contextmanager
    def _reached(self, *, in_place: bool = False) -> Iterator[None]:
        """`told`; after a drive was gone the file is opened anew, because what was open is of no use any more.

        Args:
            in_place: Refuse where the file that is open is not the one that stands in its place.
        """
        try:
            if self._is_away:
                self._come_back()
            with told(self.path):
                if in_place:
                    self._place.require()
                yield
        except DriveGone:
            self._is_away = True
            raise
        except JournalMoved as error:
            if self.when_moved is not None:
                self.when_moved(error)
            raise

    def _come_back(self) -> None:
        self._is_away, self._was_away = False, True
        self._reading_engine.dispose()
        self._writing_engine.dispose()
        self._place.forget()

    def require_in_place(self) -> None:
        """Refuse to be written to by way of its name where that is another file's.

        Raises:
            JournalMoved: it is. DriveGone: nobody can tell.
        """
        self._place.require(opening=True)

    @property
    def is_in_place(self) -> bool:
        """Whether what stands at `path` is what is open, as far as can be told."""
        try:
            self._place.require(opening=True)
        except JournalMoved:
            return False
        except PlaceRefused:
            pass
        return True

    def write_unseen(self, wanted: bool) -> None:
        """Write into the file that is open, although it is not in its place any more: it is copied next."""
        self._place.is_unseen = wanted

    def leave(self) -> None:
        """Close a file that is not in its place any more, and leave nothing of it beside what stands there."""
        self.close()
        self._place.take_log()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded in by the last connection."""
        self.is_closed = True
        self._reading_engine.dispose()
        self._writing_engine.dispose()


def driver(session: Session) -> sqlite.Connection:
    """SQLite's own connection within the transaction of `session`, for what every pause in the typing asks.

    SQLAlchemy's way to a statement takes longer than SQLite's answer to it.
    """
    found: sqlite.Connection = session.connection().connection.driver_connection
    return found


def touch(session: Session, *classes: type) -> None:
    """Say that `classes` change by SQL that the unit of work does not see."""
    session.info["touched"].update(classes)


def get_ready() -> None:
    """Do now, on whatever thread, what SQLAlchemy would do at the first query through mapped classes."""
    configure_mappers()


def tune(session: Session) -> None:
    """Let SQLite count what the tables hold, by which it chooses how to read them; quick where little changed.

    Without, it reads all items to find the three that are periods.
    """
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA analysis_limit = 400")
    connection.exec_driver_sql("PRAGMA optimize = 0x10002")
    _suppose(connection)


def _suppose(connection: Connection) -> None:
    """Tell SQLite that a table of which it counted nothing is small; it would take a million rows for granted.

    Of all items and entries there are many. What is counted later takes the place of this.
    """
    from app.core.model import Item

    connection.exec_driver_sql("ANALYZE alembic_version")  # makes the table that the counts stand in
    known = {row[0] for row in connection.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1")}
    unknown = [name for name in Item.metadata.tables if name not in known]
    if unknown:
        connection.exec_driver_sql(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, NULL, ?)",
            [(name, "10000" if name in {"item", "entry"} else "100") for name in unknown],
        )
        connection.exec_driver_sql("ANALYZE sqlite_schema")


def sqlite_version() -> str:
    """The version of the one SQLite in the process."""
    return str(sqlite.sqlite_version)


def cipher_version() -> str:
    """The version of the SQLCipher that SQLite was built with; "" where it cannot encrypt."""
    connection = sqlite.connect(":memory:")
    try:
        found = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(found[0]) if found else ""


def open_store(
    path: Path, *, read_only: bool = False, is_copy: bool = False, key: keys.Key | None = None
) -> Store:
    """The journal at `path`, made if there is none, brought to today's schema after a backup.

    Args:
        read_only: Look at it without changing a byte; it must be there and have today's schema.
        is_copy: It is a copy for a moment, of which nobody needs a backup.
        key: What a new journal is encrypted with; of one that is there, it is known (see `keys`).

    Raises:
        JournalLocked: it is encrypted and was not unlocked.
        NotAJournal: the file is something else. NewerJournal: a newer Northing wrote it.
        PlaceRefused: it cannot be read or written there. JournalDamaged: SQLite says so.
    """
    if sqlite.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose data; {OLDEST_SAFE_SQLITE} is needed")
    if read_only:
        with told(path):
            if schema_of(path) < migrations.HEAD:
                raise PlaceRefused(
                    f"“{path.name}” was written by an older Northing. Open it in Northing once, or run "
                    "“northing migrate”, which backs it up and brings it up to date."
                )
        return Store(path, read_only=True)
    _prepare_place(path)
    with told(path):
        revision = schema_of(path)
    store = Store(path, key=None if revision else key)
    try:
        with told(path):
            _sweep_rekeyed(path)
            _bring_up(store, revision, backup_first=not is_copy)
    except BaseException:
        store.close()
        raise
    return store


def bare(path: Path) -> sqlite.Connection:
    """A connection that reads the journal's rows in bulk, without the mapping; the caller closes it.

    It changes no byte on the disk, also where only reading is allowed.
    """
    connection: sqlite.Connection = keys.connect(
        keys.reading_uri(path), keys.key_of(path), uri=True, timeout=BUSY_MS / 1000, check_same_thread=False
    )
    return connection


def _prepare_place(path: Path) -> None:
    if os.path.isdir(path):
        raise NotAJournal(f"“{path}” is a folder. Choose a journal file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if not os.access(path.parent, os.W_OK | os.X_OK):  # where the write-ahead log stands
            raise PermissionError(errno.EACCES, f"no new file can be made in “{path.parent}”")
    except OSError as error:
        raise PlaceRefused(
            f"The journal “{path}” cannot be written: {reason_of(error)}. "
            "Choose another place or change its permissions."
        ) from error


def schema_of(path: Path) -> str:
    """The revision of the schema in the file, "" for a new one; reads only.

    Raises:
        NotAJournal: the file is something else. NewerJournal: a newer Northing wrote it.
        PlaceRefused: it is not there.
    """
    with reached(path):
        is_there = path.exists()
    if not is_there:
        raise PlaceRefused(f"There is no journal at “{path}”.")
    with closing(bare(path)) as connection:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return ""
        if connection.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
            raise NotAJournal(f"“{path}” is a database of another program, not a Northing journal.")
        found = None
        with suppress(sqlite.OperationalError):  # no such table
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = str(found[0]) if found else ""
    if not revision:
        raise JournalDamaged(
            f"“{path}” does not say which Northing wrote it; it is damaged. It was left as it is."
        )
    if revision > migrations.HEAD:
        raise NewerJournal(
            f"“{path.name}” was written by a newer Northing. Update Northing to open it; it was left as it is."
        )
    return revision


def _bring_up(store: Store, revision: str, *, backup_first: bool) -> None:
    if revision == migrations.HEAD:
        return
    if revision and backup_first:
        from app.core import backups, clock

        backups.take(store, reason="migration", now=clock.now())
    with store._writing_engine.begin() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
            connection.exec_driver_sql(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        else:
            connection.exec_driver_sql(UNSEAL)
        migrations.upgrade(connection)
        _suppose(connection)
    store._has_written = True


def _sweep_rekeyed(path: Path) -> None:
    """Remove what a change of the passphrase that was cut short left behind: a whole copy of the journal."""
    left = paths.rekeyed_file(path)
    if os.path.lexists(left):
        # While a passphrase is being changed nobody can read, so this waits and then refuses.
        with closing(keys.connect(path, keys.key_of(path), timeout=BUSY_MS / 1000)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with suppress(OSError):
            left.unlink()


def _copy_all(
    source: sqlite.Connection,
    target: sqlite.Connection,
    *,
    pages: int = -1,
    breathe: Callable[[], None] = lambda: None,
) -> None:
    """Every page of `source` into `target`, as one read and one write; gives up where somebody holds the file."""
    patience = iter(range(BUSY_MS // 250))

    def look(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED) and next(patience, None) is None:
            raise sqlite.OperationalError("database is locked")
        breathe()

    source.backup(target, pages=pages, progress=look)


def _engine(path: Path, key: keys.Key | None, place: Place, *, writing: bool, read_only: bool = False) -> Engine:
    def connect() -> Any:
        if read_only:
            return bare(path)
        place.require(opening=True)
        return keys.connect(
            keys.writing_uri(path),
            key,
            uri=True,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=256,
        )

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlite,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        pool_use_lifo=True,
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
        elif not place.is_known:
            cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()  # makes the log
            place.note()
        cursor.close()

    begin = BEGIN_WRITING if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute(begin)

    return engine


def _note_touched(session: Session, _context: object) -> None:
    touch(session, *{type(thing) for thing in (*session.new, *session.dirty, *session.deleted)})


@contextmanager
def _blamed_on(target: Path, *, unless: sqlite.Connection) -> Iterator[None]:
    """Tell what goes wrong while copying of the file that is written, unless the one that is read is to blame."""
    try:
        yield
    except sqlite.OperationalError as error:
        if "full" in str(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        if "disk I/O" in str(error):
            unless.execute("SELECT count(*) FROM sqlite_master").fetchone()
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target)) from error
        raise
