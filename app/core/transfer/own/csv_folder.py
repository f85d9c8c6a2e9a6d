"""A folder of CSV files, one for each kind of item, that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.core.transfer.own import shape

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_LAST: Final = ("text",)
_LEFT_OUT: Final = frozenset({"digest", "moment", "versions", "origins", "rev"})


def write(folder: Path, objects: Iterator[dict[str, Any]], titles: dict[str, str]) -> None:
    """A file for each kind that occurs, in UTF-8 with a mark by which Excel knows it.

    Args:
        titles: The title for each uid that goes out; what points elsewhere is left out.
    """
    open_files: dict[str, Any] = {}
    writers: dict[str, Any] = {}
    try:
        for one in objects:
            kind = one["kind"]
            if kind not in writers:
                handle = os.open(folder / f"{kind}.csv", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                file = open_files[kind] = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
                writers[kind] = csv.writer(file)
                writers[kind].writerow(_columns(kind))
            writers[kind].writerow([_cell(one, name, titles) for name in _columns(kind)])
    finally:
        for file in open_files.values():
            file.close()


def safe(said: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    return f"'{said}" if said.startswith(_RISKY) else said


def _columns(kind: str) -> list[str]:
    parts = (shape.item_part(), *(shape.parts_of(kind) or ()))
    fields = [field.name for part in parts for field in part.fields if field.name not in _LEFT_OUT]
    names = [name for name in fields if name not in (*_LAST, "title", "kind")]
    hangs = [part.table for part in shape.hanging() if part.key.removesuffix("_id") == kind]
    return ["title", *names, "tags", "links", *hangs, *_LAST]


def _cell(one: dict[str, Any], name: str, titles: dict[str, str]) -> object:
    value = one.get(name)
    if name == "tags":
        return safe(", ".join(tag["name"] for tag in value or ()))
    if name == "links":
        near = [f"{link['role']} {titles[link['to']]}" for link in value or () if link["to"] in titles]
        return safe("; ".join(near))
    if isinstance(value, list):
        return safe("; ".join(", ".join(str(part) for part in row.values()) for row in value))
    if isinstance(value, str):
        return safe(titles.get(value, "") if name in _targets(one["kind"]) else value)
    return value


def _targets(kind: str) -> set[str]:
    return {field.name for part in shape.parts_of(kind) or () for field in part.fields if field.target}
