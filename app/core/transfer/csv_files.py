"""CSV: any table with a column of dates and one of words; which column means what can be said, or is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from app.core.errors import UserError
from app.core.transfer.archives import Bundle, open_bundle
from app.core.transfer.decoding import cleaned, shown
from app.core.transfer.html_text import is_html, markdown
from app.core.transfer.instants import of_epoch, resolved
from app.core.transfer.keys import Keys
from app.core.transfer.records import Found, Progress, Record, Remark, Skipped, no_progress
from app.core.transfer.stamps import Order, Stamp, day_order, in_full, is_ambiguous, stamp
from app.core.transfer.tables import rows_in
from app.core.transfer.tags import listed, tags_of

name = "CSV"
takes = "a table with a column of dates and one of words (.csv, .tsv)"

_NAMES: Final = {
    "day": (
        "full_date|date|day|entry date|journal date|datetime|timestamp|created|created at|created_at|"
        "creation date|datum|fecha|data|when|written"
    ),
    "time": "time|uhrzeit|hora|heure|ora|clock",
    "title": "title|name|subject|heading|note_title|headline|titel|titre|titulo|título",
    "text": (
        "text|content|entry|body|note|notes|journal|description|journal entry|message|comment|inhalt|texte|"
        "contenu|texto|contenido|testo"
    ),
    "tags": "tags|tag|labels|keywords|category|categories|activities|schlagworte",
    "starred": "starred|favorite|favourite|pinned|star|bookmarked",
    "mood": "mood|feeling|stimmung|humeur|humor",
}
"""What a column of each meaning is usually called, best first."""
_MOODS: Final = {"rad": 5, "good": 4, "meh": 3, "bad": 2, "awful": 1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_OF_DAYLIO: Final = frozenset(("full_date", "activities", "note"))
"""Columns of Daylio, whose notes may be HTML."""
_TRUE: Final = ("true", "yes", "1", "x", "y", "ja", "oui", "sí", "si", "★", "*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Columns of which some are dates.

    Attributes:
        order: How a date such as 03/04/2024 reads; None where no date of the table needs to know.
        is_guess: Whether the table left it open, so that a person should be asked.
    """

    order: Order | None = None
    is_guess: bool = False


T = TypeVar("T", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Columns(Ordered):
    """Which column, by its name in the first row, says what; None where none does."""

    day: str | None = None
    time: str | None = None
    title: str | None = None
    text: str | None = None
    tags: str | None = None
    starred: str | None = None
    mood: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as it stands: names of the columns, and the rows with the line on which each begins."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[Remark, ...] = ()

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """A row's cells by column; one beyond the last column is named by its number."""
        return {
            (self.names[place] if place < len(self.names) else f"column {place + 1}"): cell
            for place, cell in enumerate(row)
        }


def can_read(bundle: Bundle) -> bool:
    return len(bundle.names) == 1 and bundle.names[0].casefold().endswith((".csv", ".tsv"))


def records(
    path: Path, *, zone: ZoneInfo, progress: Progress = no_progress, columns: Columns | None = None
) -> Iterator[Found]:
    """See `Reader.records`; `columns` says what each column means, guessed where it is not given."""
    read = table(path)
    yield from read.remarks
    columns = columns or suggested(read)
    if columns.day is None and columns.text is None and columns.title is None:
        raise UserError(f"No column of “{path.name}” could be told to hold dates or words; say which do.")
    if columns.is_guess:
        said = "Its dates could be read day first or month first; the {} was taken to stand first."
        yield Remark(path.name, said.format("month" if columns.order == "mdy" else "day"))
    if columns.day is None:
        yield Remark(path.name, "No column holds dates; its rows come in without a day.")
    keys = Keys("csv", "row")
    for done, (line, row) in enumerate(read.rows):
        if done % 200 == 0:
            progress(done, len(read.rows))
        yield from _record(f"{path.name}, line {line}", read.cells(row), columns, keys, zone)
    progress(len(read.rows), len(read.rows))


def table(path: Path) -> Table:
    """The whole file as a table.

    Raises:
        UserError: it cannot be read, or holds no row.
    """
    bundle = open_bundle(path)
    file = bundle.names[0]
    text, remarks = bundle.text(file)
    text, replaced = cleaned(text)
    if replaced:
        remarks.append(Remark(file, f"The file {replaced}"))
    rows = [(line, tuple(cells)) for line, cells in rows_in(text, path.name)]
    while len(rows) > 2 and len(rows[0][1]) == 1 and all(len(cells) > 1 for _, cells in rows[1:3]):
        line, (said,) = rows.pop(0)
        remarks.append(Remark(f"{file}, line {line}", f"“{shown(said)}” stands above the table and was left out."))
    if not rows:
        raise UserError(f"“{path.name}” holds no rows.")
    if any(stamp(cell, "dmy") or stamp(cell, "mdy") for cell in rows[0][1]):  # no header
        names = tuple(f"column {place + 1}" for place in range(len(rows[0][1])))
    else:
        names = _distinct(rows.pop(0)[1])
    return Table(names, tuple(rows), tuple(remarks))


def suggested(read: Table) -> Columns:
    """What the columns most likely mean, by their names, else by what stands in them."""
    sample = [read.cells(row) for _, row in read.rows[:500]]
    by_name = {part: named(read.names, names.split("|")) for part, names in _NAMES.items()}
    day, time, title, text = (by_name[part] for part in ("day", "time", "title", "text"))
    tags, starred, mood = (by_name[part] for part in ("tags", "starred", "mood"))
    columns = Columns(day, time, title, text, tags, starred, mood)
    if columns.day is None or not _share_of_dates(sample, columns.day):
        best = max(read.names, key=lambda name: _share_of_dates(sample, name), default=None)
        columns = replace(columns, day=best if best and _share_of_dates(sample, best) > 0.5 else columns.day)
    if columns.tags == columns.day:  # “Tag” is a day in German
        columns = replace(columns, tags=None)
    if columns.text is None:
        taken = {*by_name.values(), columns.day}
        rest = [name for name in read.names if name not in taken and _share_of_dates(sample, name) <= 0.5]
        longest = max(rest, key=lambda name: sum(len(cells.get(name, "")) for cells in sample), default=None)
        columns = replace(columns, text=longest)
    return with_order(columns, read)


def chosen(read: Table, said: Mapping[str, str], order: Order | None) -> Columns:
    """What `suggested` says, but for the parts whose column somebody names; in `order`, where one is given.

    Raises:
        UserError: there is no such column.
    """
    return in_order(with_order(as_said(read, suggested(read), said, tuple(_NAMES), "An entry"), read), order)


def as_said(read: Table, guess: T, said: Mapping[str, str], parts: Sequence[str], what: str) -> T:
    """`guess`, but for the parts whose column somebody names; a column says one thing only.

    Args:
        what: Whose parts they are, to begin a sentence.

    Raises:
        UserError: there is no such column or part.
    """
    if unknown := [name for name in said.values() if name not in read.names]:
        raise UserError(f"There is no column “{unknown[0]}”; there are {', '.join(read.names)}.")
    if unknown := [part for part in said if part not in parts]:
        raise UserError(f"{what} has no “{unknown[0]}”; it has {', '.join(parts)}.")
    values: dict[str, Any] = {part: None for part in parts if getattr(guess, part) in said.values()}
    return replace(guess, **values | dict(said))


def in_order(columns: T, order: Order | None) -> T:
    """With the order of day and month that somebody says, if anybody does."""
    return replace(columns, order=order, is_guess=False) if order else columns


def with_order(columns: Columns, read: Table) -> Columns:
    """`columns` with the order of day and month that the dates of the table tell, guessed where they do not."""
    order, is_guess = order_of(read, [columns.day])
    return replace(columns, order=order, is_guess=is_guess)


def order_of(read: Table, names: Sequence[str | None]) -> tuple[Order | None, bool]:
    """How the dates in these columns read, and whether the table left it open."""
    rows = [read.cells(row) for _, row in read.rows]
    said = [in_full(cell) for cells in rows for name in names if (cell := cells.get(name or "", ""))]
    order = day_order(said)
    is_guess = order is None and any(is_ambiguous(cell) for cell in said)
    return order or ("dmy" if is_guess else None), is_guess


def _distinct(row: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for place, cell in enumerate(row, 1):
        called = " ".join(cell.split())[:100] or f"column {place}"
        names.append(called if called not in names else f"{called} ({place})")
    return tuple(names)


def named(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    """The first of these columns that is called one of `wanted`, best first."""
    plain = {name.casefold().strip(): name for name in reversed(names)}
    return next((plain[name] for name in wanted if name in plain), None)


def _share_of_dates(sample: Sequence[dict[str, str]], name: str) -> float:
    cells = [cell for cells in sample if (cell := cells.get(name, "").strip())]
    return sum(_stamp(cell, "dmy") is not None or _stamp(cell, "mdy") is not None for cell in cells) / max(
        len(cells), 1
    )


def _stamp(cell: str, order: Order | None) -> Stamp | None:
    cell = cell.strip()
    if re.fullmatch(r"1\d{9}|1\d{12}", cell) and (at := of_epoch(cell, unit=1 if len(cell) == 10 else 1000)):
        return Stamp(at.date(), at.time(), at.utcoffset())
    return stamp(in_full(cell), order)


def _record(where: str, cells: dict[str, str], columns: Columns, keys: Keys, zone: ZoneInfo) -> Iterator[Found]:
    title = " ".join(cells.get(columns.title or "", "").split())
    body = cells.get(columns.text or "", "")
    if cells.keys() >= _OF_DAYLIO and is_html(body):
        body = markdown(body if re.search(r"<(?:br|p|div)\b", body) else body.replace("\n", "<br>"))
    of_day = _of_day(cells, columns)
    said = f"{of_day} {cells.get(columns.time or '', '').strip()}".strip()
    feeling = cells.get(columns.mood or "", "").strip()
    mood = _MOODS.get(feeling.casefold())
    day, at = _when(said, of_day, columns.order, zone)
    if not title and not body.strip():
        if not feeling or day is None:
            yield Skipped(where, "It has no words.")
            return
        body = "" if mood else feeling
    text = f"# {title}\n\n{body}" if title and body.strip() else body or title
    if day is None and columns.day is not None:
        what = f"“{shown(said)}” is no date that can be" if said else "It has no date"
        yield Remark(where, f"{what}; it comes in without a day.")
    used = {columns.day, columns.time, columns.title, columns.text, columns.tags, columns.starred}
    extra: dict[str, object] = {name: cell for name, cell in cells.items() if name not in used and cell}
    tags = tags_of(_tags(cells.get(columns.tags or "", "")))
    starred = cells.get(columns.starred or "", "").strip().casefold() in _TRUE
    key = keys.of_text(said, text)
    yield Record(key, day, at, None, text, tags, starred, mood, extra=extra)


def _of_day(cells: dict[str, str], columns: Columns) -> str:
    """What a row says of its day; its year may stand in a column of its own."""
    cell = cells.get(columns.day or "", "").strip()
    year = cells.get("year", "").strip()
    return f"{cell} {year}" if year and not _stamp(cell, "dmy") and _stamp(f"{cell} {year}", "dmy") else cell


def _when(said: str, of_day: str, order: Order | None, zone: ZoneInfo) -> tuple[date | None, datetime | None]:
    found = _stamp(said, order) or _stamp(of_day, order) or _counted(of_day)
    if found is None:
        return None, None
    local = found.local
    if local is not None and local.tzinfo is not None and not local.utcoffset():
        at = resolved(local, zone)
        return (at.astimezone(zone).date(), at) if at else (found.day, None)
    return found.day, resolved(local, zone) if local else None


def _counted(cell: str) -> Stamp | None:
    """A date as spreadsheets count it: days after 30 December 1899, with the time of the day as a fraction."""
    if not re.fullmatch(r"[1-6]\d{4}(?:\.\d+)?", cell.strip()):
        return None
    at = datetime(1899, 12, 30) + timedelta(seconds=round(float(cell) * 86_400))  # noqa: DTZ001
    return Stamp(at.date(), at.time() if "." in cell else None)


def _tags(cell: str) -> list[str]:
    return cell.split("|") if "|" in cell else listed(cell)
