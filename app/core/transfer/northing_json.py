"""Northing's own JSON: everything, in one documented file; see `docs/format.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from app import __version__
from app.core.errors import UserError
from app.core.migrations import HEAD
from app.core.transfer.archives import Bundle, SingleFile, open_bundle
from app.core.transfer.json_files import load
from app.core.transfer.own import reading
from app.core.transfer.own import records as own
from app.core.transfer.own.scope import Scope
from app.core.transfer.records import Attachment, Found, Progress, Remark, no_progress

name = "Northing"
takes = "the JSON file that this program exports"


def can_read(bundle: Bundle) -> bool:
    return isinstance(bundle, SingleFile) and any(
        b'"format":"northing"' in bundle.head(file)[:200] for file in bundle.names
    )


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    root, remarks = load(bundle, bundle.names[0])
    yield from remarks
    if not isinstance(root, dict) or not isinstance(root.get("items"), list):
        raise UserError(f"“{path.name}” holds no items of Northing.")
    if isinstance(root.get("version"), int) and root["version"] > own.VERSION:
        yield Remark(path.name, "A newer Northing wrote this; what this one does not know is left out.")
    yield own.surroundings(root)
    items = root["items"]
    folder = path.with_name(path.stem + ".files")

    def open_file(sha: str) -> Attachment | None:
        file = folder / sha
        return Attachment(sha, file.read_bytes) if file.is_file() else None

    total = len(items)
    for done, one in enumerate(
        own.found(items, [f"{path.name}, item {n}" for n in range(1, total + 1)], open_file)
    ):
        progress(min(done, total), total)
        yield one


def head(connection: Any, scope: Scope, exported_at: str) -> dict[str, Any]:
    """What stands before the items."""
    return {
        "format": "northing",
        "version": own.VERSION,
        "schema": HEAD,
        "app": __version__,
        "exported_at": exported_at,
        "whole": scope.is_whole,
        "settings": reading.settings(connection) if scope.is_whole else {},
        "tables": reading.tables(connection) if scope.is_whole else {},
        "batches": reading.batches(connection),
    }


def write(file: IO[str], head: dict[str, Any], objects: Iterator[dict[str, Any]]) -> None:
    """The whole file, an item a line."""
    parts = [f"{reading.line(key)}:{reading.line(value)}" for key, value in head.items()]
    file.write("{" + ",\n".join(parts) + ',\n"items":[')
    for place, one in enumerate(objects):
        file.write(("\n" if place == 0 else ",\n") + reading.line(one))
    file.write("\n]}\n")


def files_beside(target: Path) -> Path:
    """The folder of attachments beside an exported file."""
    return target.with_name(target.stem + ".files")
