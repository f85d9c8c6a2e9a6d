"""A folder of CSV files, one for each kind of item, that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.core.transfer.own import shape
from app.core.transfer.own.facts import Titles, rows_text, value_text

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_LEFT_OUT: Final = frozenset({"digest", "moment", "at_moment", "facts", "rev"})
_PLACED: Final = ("title", "text", "kind")


def write(folder: Path, objects: Iterator[dict[str, Any]], titles: Titles) -> None:
    """A file for each kind that occurs, in UTF-8 with a mark by which Excel knows it; see `facts.Titles`."""
    open_files: dict[str, Any] = {}
    writers: dict[str, Any] = {}
    try:
        for one in objects:
            kind = one["kind"]
            if kind not in writers:
                handle = os.open(folder / f"{kind}.csv", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                file = open_files[kind] = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
                writers[kind] = csv.writer(file)
                names = [
                    *(field.name for field in _fields(kind)),
                    "tags",
                    "links",
                    *(p.table for p in _hangs(kind)),
                ]
                writers[kind].writerow(["title", *names, "text"])
            writers[kind].writerow(_row(one, titles))
    finally:
        for file in open_files.values():
            file.close()


def safe(said: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    return f"'{said}" if said.startswith(_RISKY) else said


def _fields(kind: str) -> list[shape.Field]:
    parts = (shape.item_part(), *(shape.parts_of(kind) or ()))
    return [field for part in parts for field in part.fields if field.name not in {*_LEFT_OUT, *_PLACED}]


def _hangs(kind: str) -> list[shape.Part]:
    return [part for part in shape.hanging() if part.key.removesuffix("_id") == kind]


def _row(one: dict[str, Any], titles: Titles) -> Iterator[object]:
    yield safe(one["title"])
    for field in _fields(one["kind"]):
        value = one.get(field.name)
        is_own = not isinstance(value, str) or field.name == "uid"
        yield value if is_own else safe(value_text(field, value, titles))
    yield safe(", ".join(tag["name"] for tag in one.get("tags") or ()))
    near = [f"{link['role']} {titles[link['to']]}" for link in one.get("links") or () if link["to"] in titles]
    yield safe("; ".join(near))
    for part in _hangs(one["kind"]):
        yield safe(rows_text(part, one.get(part.table) or (), titles))
    yield safe(one["text"])
