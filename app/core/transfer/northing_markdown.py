"""Northing's own folder of Markdown files: readable by anything, and lossless when it comes back.

Each item is a file: what a person looks for stands in front matter of its own, all the rest in one line called
`northing`, and the text below it exactly as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer.archives import Bundle, SingleFile, open_bundle
from app.core.transfer.json_files import load
from app.core.transfer.own import reading
from app.core.transfer.own import records as own
from app.core.transfer.own.facts import Titles, called, facts_of
from app.core.transfer.records import Attachment, Found, Progress, Skipped, no_progress

name = "Northing Markdown"
takes = "the folder of Markdown files that this program exports"

HEAD_FILE: Final = "northing.json"
FILES: Final = "files"
_LINE: Final = "northing: "
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_SAID: Final = ("title", "date", "kind", "tags", "mood", "starred", "northing", "text")
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST: Final = 60


def can_read(bundle: Bundle) -> bool:
    return not isinstance(bundle, SingleFile) and _head_file(bundle) is not None


def records(path: Path, *, zone: ZoneInfo, progress: Progress = no_progress) -> Iterator[Found]:
    bundle = open_bundle(path)
    yield from bundle.left_out
    head_file = _head_file(bundle)
    root, remarks = load(bundle, head_file) if head_file else ({}, [])
    yield from remarks
    yield own.surroundings(root if isinstance(root, dict) else {})
    base = (head_file or "").rpartition(HEAD_FILE)[0]
    lying: dict[str, str] = {}
    objects: list[object] = []
    where: list[str] = []
    files = list(bundle.named(".md"))
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            said = parsed(bundle.read(file).decode("utf-8"))
        except UnicodeDecodeError:
            said = None
        if said is None:
            yield Skipped(file, "It is no item of Northing; import it by itself as Markdown.")
        else:
            objects.append(said)
            where.append(file)
            lying |= dict(_files_of(said))

    def open_file(sha: str) -> Attachment | None:
        found = base + lying.get(sha, f"{FILES}/{sha}")
        made = bundle.attachment(found, called=sha) if found in bundle.names else None
        return made if isinstance(made, Attachment) else None

    yield from own.found(objects, where, open_file)
    progress(len(files), len(files))


def parsed(text: str) -> dict[str, Any] | None:
    """The object that a file holds; None when it is not one of ours.

    Raises:
        UserError: it was one, and somebody broke its `northing` line.
    """
    if not text.startswith("---\n"):
        return None
    block, closing, body = text[4:].partition("\n---\n")
    line = next((line for line in block.split("\n") if line.startswith(_LINE)), None)
    if not closing or line is None:
        return None
    try:
        said = json.loads(line.removeprefix(_LINE))
    except (ValueError, RecursionError) as error:
        raise UserError("The line “northing” of a file cannot be read; nothing was brought in.") from error
    return {**said, "text": body.removesuffix("\n")} if isinstance(said, dict) else None


def file_text(one: dict[str, Any], titles: Titles) -> str:
    """The file for an item; see `facts.Titles`."""
    rest = {name: value for name, value in one.items() if name != "text"}
    lines = ["---"]
    if not own.is_entry(one["kind"]):
        lines.append(f"title: {_quoted(one['title'])}")
    if one.get("day"):
        lines.append(f"date: {one['day']}")
    lines.append(f"kind: {one['kind']}")
    if one.get("tags"):
        lines.append(f"tags: {_quoted([tag['name'] for tag in one['tags']])}")
    if one.get("mood"):
        lines.append(f"mood: {one['mood']}")
    if one["starred"]:
        lines.append("starred: true")
    for name, value in facts_of(one, titles):
        if name not in _SAID:
            lines.append(f"{name}: {value if _PLAIN_NUMBER.fullmatch(value) else _quoted(value)}")
    lines.append(_LINE + reading.line(rest))
    return "\n".join([*lines, "---", one["text"]]) + "\n"


class Names:
    """Hands out a path for each item, never twice, also where a system knows no large letters."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._lying: dict[str, str] = {}

    def path_of(self, one: dict[str, Any], titles: Titles) -> str:
        """Relative, with forward slashes: entries by year and day, all else by kind."""
        title = _FORBIDDEN.sub(" ", called(one, titles))
        title = " ".join(title.split())[:_LONGEST].strip(" .") or "Untitled"
        if _RESERVED.match(title):
            title = f"_{title}"
        day = str(one.get("day") or "")
        stem = f"{day[:4]}/{day} {title}" if day else f"{one['kind']}/{title}"
        if one.get("deleted_at"):
            stem = f"trash/{stem}"
        names = (f"{stem}.md" if not number else f"{stem} ({number + 1}).md" for number in range(1 << 20))
        free = next(name for name in names if name.casefold() not in self._given)
        self._given.add(free.casefold())
        return free

    def place_files(self, path: str, one: dict[str, Any]) -> None:
        """Say of each attachment which `file` it becomes: beside the item's own, where every editor finds it."""
        for row in one.get("attachment", ()):
            beside = PurePosixPath(path).with_name(row["name"]).as_posix() if _is_sound(row["name"]) else ""
            place = beside.casefold()
            is_free = bool(beside) and place not in self._given
            if is_free:
                self._given.add(place)
                self._lying[place] = row["sha256"]
            row["file"] = beside if self._lying.get(place) == row["sha256"] else f"{FILES}/{row['sha256']}"


def _is_sound(name: str) -> bool:
    """Whether every system can call a file so."""
    plain = name.strip(" .")
    is_plain = plain == name != "" and len(name) <= 120 and not name.casefold().endswith(".md")
    return is_plain and not (_UNFIT.search(name) or _RESERVED.match(name))


def _files_of(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The SHA-256 of each attachment, and the file that it is in the folder."""
    rows = one.get("attachment")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("file"), str) and isinstance(row.get("sha256"), str):
            yield row["sha256"], row["file"]


def _head_file(bundle: Bundle) -> str | None:
    found = [
        file for file in bundle.named(HEAD_FILE) if file.rpartition("/")[2] == HEAD_FILE and file.count("/") < 2
    ]
    return next((file for file in found if b'"format":"northing"' in bundle.head(file)[:200]), None)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
