"""Export: the journal or a part of it into files of open formats, whole or not at all; it is only read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app import paths
from app.core import files
from app.core.disk import PART, copy_synced, replacing, sync_folder
from app.core.errors import UserError, reason_of
from app.core.keys import PLAIN_HEAD
from app.core.model import instant_text
from app.core.progress import Progress, go_on
from app.core.refusals import PlaceRefused, told
from app.core.store import bare, open_store
from app.core.transfer import northing_json, northing_markdown
from app.core.transfer.own import csv_folder, html_page, reading
from app.core.transfer.own import scope as scope_of
from app.core.transfer.own.records import shas_in
from app.core.transfer.own.scope import WHOLE, Scope, ids_in

FORMATS: Final = ("json", "markdown", "csv", "html")
SINGLE_FILES: Final = {"json": ".json", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out; `sha256` is `reading.content_hash` of the whole journal, "" for a part of it."""

    path: Path
    items: int
    files: int
    sha256: str = ""


def export(
    journal: Path,
    target: Path,
    *,
    format: str,
    scope: Scope = WHOLE,
    now: datetime,
    progress: Progress = lambda *_: True,
) -> Exported:
    """Write what `scope` takes from the journal file to `target`: a file for JSON and HTML, else a new folder.

    Args:
        format: One of `FORMATS`. progress: Called with (done, total); returning False cancels.

    Raises:
        Cancelled: `progress` said so. UserError: it cannot be read, or written there; nothing is left there.
    """
    if format not in FORMATS:
        raise UserError(f"There is no format “{format}”; choose one of {', '.join(FORMATS)}.")
    if format not in SINGLE_FILES and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(f"“{target}” is there already. Choose a folder that is empty or new.")
    if scope.first and scope.last and scope.first > scope.last:
        raise UserError("The first day comes after the last. Turn them around.")
    if target.is_file() and _is_journal(target):
        raise UserError(f"“{target}” is a journal, which no export writes over. Choose another name.")
    open_store(journal, read_only=True).close()
    part = target.with_name(f"{target.name}.{os.getpid()}{PART}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with told(journal), closing(bare(journal)) as connection:
            connection.execute("BEGIN")
            writing = _Writing(connection, journal, part, scope, progress)
            made = writing.write(format, now)
        writing.finish(target, is_folder=format not in SINGLE_FILES)
    except OSError as error:
        raise PlaceRefused(f"“{target}” cannot be written: {reason_of(error)}.") from error
    finally:
        _remove(part)
        _remove(northing_json.files_beside(part))
    return Exported(target, *made)


def objective_named(journal: Path, said: str) -> str:
    """The uid of the objective called so; see `scope.objective_named`."""
    with told(journal), closing(bare(journal)) as connection:
        return scope_of.objective_named(connection, said)


def objectives(journal: Path) -> list[tuple[str, str]]:
    """(uid, title) of each living objective, newest first."""
    with told(journal), closing(bare(journal)) as connection:
        rows = connection.execute(
            "SELECT uid, title FROM item WHERE kind = 'objective' AND deleted_at IS NULL ORDER BY moment"
        )
        return [(uid, title) for uid, title in rows]


class _Writing:
    """One export under way into `part`, which gets its name when all is on the disk."""

    def __init__(self, connection: Any, journal: Path, part: Path, scope: Scope, progress: Progress) -> None:
        self._connection = connection
        self._files = paths.files_dir(journal)
        self._title = journal.stem
        self._part = part
        self._scope = scope
        self._progress = progress
        self._shas: set[str] = set()
        self._places: dict[str, set[Path]] = {}

    def write(self, format: str, now: datetime) -> tuple[int, int, str]:
        """Everything into the part; how many items and attachments, and the hash of a whole journal."""
        ids = ids_in(self._connection, self._scope)
        if not ids and not self._scope.is_whole:
            raise UserError("The journal holds nothing of what was chosen; no file was written.")
        titles = {} if format == "json" else self._titles(ids)
        objects = self._objects(ids)
        head = northing_json.head(self._connection, self._scope, instant_text(now))
        if format == "json":
            with self._new_file(self._part) as file:
                northing_json.write(file, head, objects)
                _sync(file)
        elif format == "html":
            with self._new_file(self._part) as file:
                html_page.write(file, self._title, objects, self._files, titles)
                _sync(file)
            self._shas.clear()  # they stand in the page
        elif format == "csv":
            self._part.mkdir(mode=0o700)
            csv_folder.write(self._part, objects, titles)
            self._shas.clear()
        else:
            self._part.mkdir(mode=0o700)
            self._write_markdown(head, objects, titles)
        files = self._copy_files(format)
        whole = (
            reading.content_hash(self._connection)
            if self._scope.is_whole and format in ("json", "markdown")
            else ""
        )
        return len(ids), files, whole

    def finish(self, target: Path, *, is_folder: bool) -> None:
        """Give the part its name."""
        beside = northing_json.files_beside(self._part)
        if beside.exists():
            kept = northing_json.files_beside(target)
            kept.mkdir(exist_ok=True, mode=0o700)
            for file in beside.iterdir():
                file.replace(kept / file.name)
            sync_folder(kept)
        if is_folder and target.is_dir():
            target.rmdir()
        self._part.replace(target)
        sync_folder(target.parent)

    def _objects(self, ids: list[int]) -> Iterator[dict[str, Any]]:
        for done, one in enumerate(reading.objects(self._connection, ids)):
            if done % 50 == 0:
                go_on(self._progress, done, len(ids))
            self._shas |= shas_in(one)
            yield one
        self._progress(len(ids), len(ids))

    def _titles(self, ids: list[int]) -> dict[str, str]:
        taken = set(ids)
        rows = self._connection.execute("SELECT id, uid, title FROM item").fetchall()
        return {uid: title for item_id, uid, title in rows if item_id in taken}

    def _write_markdown(
        self, head: dict[str, Any], objects: Iterator[dict[str, Any]], titles: dict[str, str]
    ) -> None:
        names = northing_markdown.Names()
        for one in objects:
            name = names.path_of(one, titles)
            names.place_files(name, one)
            path = self._part / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(northing_markdown.file_text(one, titles).encode("utf-8"))
            for row in one.get("attachment", ()):
                self._places.setdefault(row["sha256"], set()).add(self._part / row["file"])
        with self._new_file(self._part / northing_markdown.HEAD_FILE) as file:
            northing_json.write(file, head, iter(()))

    def _copy_files(self, format: str) -> int:
        folder = (
            self._part / northing_markdown.FILES
            if format == "markdown"
            else northing_json.files_beside(self._part)
        )
        found = [(sha, file) for sha in sorted(self._shas) if (file := files.place(self._files, sha))]
        for sha, file in found:
            for target in self._places.get(sha, {folder / sha}):
                target.parent.mkdir(exist_ok=True, mode=0o700)
                if file.name == sha:
                    copy_synced(file, target)
                elif (raw := files.read(self._files, sha)) is not None:
                    with replacing(target) as copy:
                        copy.write(raw)
        return len(found)

    def _new_file(self, path: Path) -> Any:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return os.fdopen(handle, "w", encoding="utf-8", newline="\n")


def _is_journal(path: Path) -> bool:
    """Whether it is one, of this program or encrypted by it."""
    with path.open("rb") as file:
        return path.suffix == paths.JOURNAL_SUFFIX or file.read(len(PLAIN_HEAD)) == PLAIN_HEAD


def _sync(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
