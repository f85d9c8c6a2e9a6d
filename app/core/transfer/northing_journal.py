"""Another Northing journal: one of another computer, a backup, a copy that a sync program left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from app import paths
from app.core import files
from app.core.backups.restoring import opened_copy
from app.core.keys import PLAIN_HEAD
from app.core.migrations import APPLICATION_ID
from app.core.store import bare
from app.core.transfer.archives import Bundle, SingleFile
from app.core.transfer.own import reading
from app.core.transfer.own import records as own
from app.core.transfer.own.scope import WHOLE, ids_in
from app.core.transfer.records import Attachment, Found, Progress, no_progress

name = "Northing journal"
takes = "another journal of this program, or a backup"


def can_read(bundle: Bundle) -> bool:
    """Whether it is a journal; of an encrypted one only the name tells, and opening it whether it is locked."""
    files = [(name, bundle.head(name)) for name in bundle.names] if isinstance(bundle, SingleFile) else []
    return any(
        head[68:72] == APPLICATION_ID.to_bytes(4, "big")
        if head.startswith(PLAIN_HEAD)
        else name.endswith(paths.JOURNAL_SUFFIX)
        for name, head in files
    )


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    folder = paths.files_dir(path)

    def open_file(sha: str) -> Attachment | None:
        return Attachment(sha, lambda: files.read(folder, sha) or b"") if files.place(folder, sha) else None

    with opened_copy(path) as whole, closing(bare(whole.path)) as connection:
        ids = ids_in(connection, WHOLE)
        objects = list(reading.objects(connection, ids))
        yield own.surroundings({"batches": reading.batches(connection)})
        where = [one["title"] or one["kind"] for one in objects]
        for done, one in enumerate(own.found(objects, where, open_file)):
            progress(min(done, len(objects)), len(objects))
            yield one
