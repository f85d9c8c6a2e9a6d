"""The day that a note's file name, folder or fields give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.core.transfer.front_matter import Fields, word
from app.core.transfer.instants import local_of, of_epoch, resolved
from app.core.transfer.stamps import Stamp, month_named, stamp

_FIELDS: Final = (
    "date", "day", "journal date", "date created", "created", "created at", "createdat", "created time",
    "creation date", "creationdate", "published", "datetime", "time",
)  # fmt: skip
_CHANGED: Final = ("updated", "modified", "date modified", "updated at", "updatedat", "lastmod", "last modified")
_LEADING: Final = re.compile(r"^(\d{4}[-_.]\d{1,2}[-_.]\d{1,2}|\d{8})(?=$|[^\d])")
_TRAILING: Final = re.compile(r"(?:^|[^\d])(\d{4}[-_.]\d{1,2}[-_.]\d{1,2})$")
_WITHIN: Final = re.compile(r"(?<![\d-])(\d{4}-\d{2}-\d{2})(?![\d-])")
_PERIOD: Final = re.compile(r"(\d{4})[-_](?:W(\d{2})|(0[1-9]|1[0-2]))")
_ZETTEL: Final = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?=$|\D)")
"""The number that a slip of a Zettelkasten begins with, which is its moment."""
_CLOCK: Final = re.compile(r"^[ T_-]+(\d{2})[-.:h_]?(\d{2})(?:[-.:_]?(\d{2}))?(?=$|[ _-])")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, the instant where known, and what of the file's name is no date."""

    day: date | None
    at: datetime | None
    title: str


def dated(file: str, fields: Fields, zone: ZoneInfo) -> Dated:
    """The day of a note: its name says it first, then its folders, then its fields."""
    stem = re.sub(
        r"\.(md|markdown|mdown|org|txt|textbundle|textpack)$", "", file.rpartition("/")[2], flags=re.IGNORECASE
    )
    named, title = _of_name(stem)
    if named is None and (of_folders := _of_folders(file.rpartition("/")[0], stem)):
        named, title = Stamp(of_folders), ""
    said = _of_fields(fields)
    found = said if said and (named is None or (named.time is None and said.day == named.day)) else named
    if found is None:
        return Dated(None, None, title)
    local = found.local
    if local is not None and local.tzinfo is not None and named is None and (here := local_of(local, zone)):
        # An instant with an offset falls on the day that its own clock shows, unless it was written as UTC.
        day = here.date() if local.utcoffset() is not None and not local.utcoffset() else found.day
        return Dated(day, resolved(local, zone), title)
    return Dated(found.day, resolved(local, zone) if local else None, title)


def changed(fields: Fields, zone: ZoneInfo) -> datetime | None:
    """The instant at which a note's fields say it was last changed."""
    found = _stamp_of(word(fields, _CHANGED))
    return resolved(found.local, zone) if found and found.local else None


def _of_name(stem: str) -> tuple[Stamp | None, str]:
    """A date in a file's name, and what else the name says."""
    plain = stem.replace("_", " ").strip()
    if found := stamp(stem) or stamp(plain):
        return found, ""
    if (match := _LEADING.match(stem)) and (found := stamp(match[1])):
        rest = stem[match.end() :]
        if (clock := _CLOCK.match(rest)) and (timed := stamp(f"{found.day.isoformat()} {clock[1]}:{clock[2]}")):
            found, rest = timed, rest[clock.end() :]
        return found, rest.strip(" -_.,")
    if (match := _ZETTEL.match(stem)) and (found := stamp("{}-{}-{} {}:{}".format(*match.groups()[:5]))):
        return found, stem if match.end() < len(stem) else ""
    if found := _of_period(stem):
        return found, stem
    if (match := _TRAILING.search(stem)) and (found := stamp(match[1])):
        return found, stem[: match.start(1)].strip(" -_.,(")
    if (match := _WITHIN.search(stem)) and (found := stamp(match[1])):
        return found, stem
    return None, stem


def _of_period(stem: str) -> Stamp | None:
    """The first day of the week or month that a periodic note is called by."""
    found = _PERIOD.fullmatch(stem)
    if found is None:
        return None
    try:
        year = int(found[1])
        return Stamp(date.fromisocalendar(year, int(found[2]), 1) if found[2] else date(year, int(found[3]), 1))
    except ValueError:
        return None


def _of_folders(folder: str, stem: str) -> date | None:
    """2023/01/15.md, 2023/01 January/15 Sunday.md, 2023/January/15.md."""
    parts = folder.split("/")
    day = re.match(r"(\d{1,2})(?:\D|$)", stem)
    if not day or len(parts) < 2 or not re.fullmatch(r"\d{4}", parts[-2]):
        return None
    number = re.match(r"\d{1,2}(?!\d)", parts[-1])
    month = int(number[0]) if number else month_named(parts[-1])
    try:
        return date(int(parts[-2]), month or 0, int(day[1]))
    except ValueError:
        return None


def _of_fields(fields: Fields) -> Stamp | None:
    for name in _FIELDS:
        if (value := word(fields, [name])) and (found := _stamp_of(value)):
            return found
    return None


def _stamp_of(value: str) -> Stamp | None:
    value = value.strip("[]\"' ")  # Obsidian: [[2024-01-15]]
    if re.fullmatch(r"\d{13}", value) and (at := of_epoch(value)):
        return Stamp(at.date(), at.time(), at.utcoffset())
    return stamp(value)
