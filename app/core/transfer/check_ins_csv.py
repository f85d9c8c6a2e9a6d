"""Check-ins as CSV: brought in with a mapping of columns, first as a plan; and written out."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TextIO

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.core import days, items
from app.core.model import Batch, CheckIn, Entry, Item, Origin, digest_of, new_uid
from app.core.moments import FreeMoments
from app.core.objectives import CheckInDraft
from app.core.objectives.objective import CLOSED_STATES
from app.core.progress import Progress, go_on
from app.core.store import Store, touch, tune
from app.core.transfer.keys import digest
from app.core.transfer.records import Skipped
from app.core.transfer.stamps import Order, day_order, stamp
from app.core.transfer.tables import MARKS, Decimal, Table, decimal_mark, number_in
from app.core.words import normal_text, tags_in, title_in, word_count

SOURCE: Final = "csv"
CHUNK: Final = 2000
COLUMNS: Final = ("Day", "Objective", "Key result", "Value", "Unit", "Confidence", "Note")
_NAMES: Final = {
    "day": ("day", "date", "datum", "fecha", "data", "when", "timestamp", "time"),
    "value": ("value", "reading", "wert", "valeur", "valor", "current", "count", "amount", "score"),
    "confidence": ("confidence", "vertrauen", "confiance", "confianza"),
    "note": ("note", "comment", "notes", "remark", "notiz", "kommentar", "commentaire", "text"),
    "key_result": ("key result", "key_result", "metric", "measure", "name", "kr", "habit"),
    "objective": ("objective", "goal", "okr", "ziel", "objectif"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column says what, by number; None where no column does.

    Attributes:
        key_result_id: The key result that every row is about, where no column names one.
        decimal: The mark before the decimals. order: How 03/04/2026 reads.
    """

    day: int | None = None
    value: int | None = None
    confidence: int | None = None
    note: int | None = None
    key_result: int | None = None
    objective: int | None = None
    key_result_id: int | None = None
    decimal: Decimal = "."
    order: Order = "dmy"


@dataclass(slots=True)
class CheckInPlan:
    """What an import would do; see `bringing.Plan`."""

    name: str
    fresh: list[CheckInDraft] = field(default_factory=list)
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Target:
    id: int
    title: str
    objective: str
    measure: str
    target: float | None
    unit_kind: str
    state: str


_TABLES: Final = (Item.__table__, Entry.__table__, CheckIn.__table__, Origin.__table__)
_TARGETS: Final = """
    SELECT key_result.id, item.title, its_objective.title, key_result.measure, key_result.target,
           key_result.unit_kind, objective.state
    FROM key_result
    JOIN item ON item.id = key_result.id
    JOIN objective ON objective.id = key_result.objective_id
    JOIN item AS its_objective ON its_objective.id = objective.id
    WHERE item.deleted_at IS NULL AND its_objective.deleted_at IS NULL
"""
_KNOWN: Final = """
    SELECT check_in.key_result_id, entry.day, check_in.value, check_in.confidence, item.text
    FROM check_in
    JOIN entry ON entry.id = check_in.id
    JOIN item ON item.id = check_in.id
    WHERE item.deleted_at IS NULL
"""
_EXPORT: Final = """
    SELECT objective.id, entry.day, its_objective.title, its_result.title, check_in.value, key_result.unit,
           check_in.confidence, item.text
    FROM check_in
    JOIN item ON item.id = check_in.id
    JOIN entry ON entry.id = check_in.id
    JOIN key_result ON key_result.id = check_in.key_result_id
    JOIN item AS its_result ON its_result.id = key_result.id
    JOIN objective ON objective.id = key_result.objective_id
    JOIN item AS its_objective ON its_objective.id = objective.id
    WHERE item.deleted_at IS NULL AND its_result.deleted_at IS NULL AND its_objective.deleted_at IS NULL
    ORDER BY item.moment
"""


# ---------------------------------------------------------------- queries


def suggested_mapping(table: Table, *, decimal: Decimal = ".", order: Order = "dmy") -> Mapping:
    """A mapping by the columns' names, and number and date forms by what stands below them.

    Args:
        decimal, order: The user's own, for files that could be read in either way.
    """
    found: dict[str, int] = {}
    for part, names in _NAMES.items():
        for place, column in enumerate(table.columns):
            if column.casefold().strip() in names and place not in found.values():
                found.setdefault(part, place)
    sample = [cells for _, cells in table.rows[:5000]]
    if "day" not in found:
        dated = [place for place in range(len(table.columns)) if _is_dated(sample[:20], place)]
        found |= {"day": dated[0]} if dated else {}
    if "value" not in found:
        rest = [place for place in range(len(table.columns)) if place not in found.values()]
        numeric = [place for place in rest if _is_numeric(sample[:20], place)]
        found |= {"value": numeric[0]} if numeric else {}
    numbers = [
        cells[place]
        for key in ("value", "confidence")
        if key in found
        for place in [found[key]]
        for cells in sample
    ]
    dates = (cells[found["day"]] for cells in sample) if "day" in found else ()
    return Mapping(**found, decimal=decimal_mark(numbers) or decimal, order=day_order(dates) or order)


def plan_check_ins(store: Store, table: Table, mapping: Mapping, *, name: str, today: date) -> CheckInPlan:
    """Read every row and compare it with the journal; nothing is written.

    A check-in that is there already, day, value, confidence and note alike, is known, however it came.
    """
    made = CheckInPlan(name)
    with store.read() as session:
        targets = _targets(session)
        known = _known(session)
    by_name: dict[str, list[_Target]] = defaultdict(list)
    for target in targets.values():
        by_name[target.title.casefold()].append(target)
    mixed = _mixed(table, mapping)
    for line, cells in table.rows:
        if mixed:
            made.skipped.append(Skipped(f"line {line}", mixed))
            continue
        try:
            draft, target = _draft(cells, mapping, targets, by_name)
        except _Unreadable as error:
            made.skipped.append(Skipped(f"line {line}", str(error)))
            continue
        wrong = _problem(draft, target, today)
        identity = (draft.key_result_id, draft.day, draft.value, draft.confidence, draft.note)
        if wrong:
            made.skipped.append(Skipped(f"line {line}", wrong))
        elif identity in known:
            made.known += 1
        else:
            known.add(identity)
            made.fresh.append(draft)
    return made


# ---------------------------------------------------------------- commands


def bring_check_ins(
    store: Store,
    made: CheckInPlan,
    *,
    now: datetime,
    zone: str,
    progress: Progress = lambda *_: True,
) -> int | None:
    """Write a plan's check-ins as one batch, all or nothing; returns its id for `bringing.undo`.

    Args:
        progress: Called with (done, total); returning False cancels.

    Raises:
        Cancelled: `progress` said so; the journal is as it was.
    """
    if not made.fresh:
        return None
    with store.write() as session:
        batch = Batch(source=SOURCE, name=made.name, at=now)
        session.add(batch)
        session.flush()
        first_id = (session.scalar(select(func.max(Item.id))) or 0) + 1
        moments = _free_moments(session, made.fresh)
        tagged: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(made.fresh), CHUNK):
            go_on(progress, start, len(made.fresh))
            some = made.fresh[start : start + CHUNK]
            tagged |= _write(session, some, first_id + start, batch.id, moments, now=now, zone=zone)
        for item_id, names in tagged.items():
            if item := session.get(Item, item_id):
                items.set_tags(session, item, names, inline=True)
        touch(session, Item, Entry, CheckIn)
        session.flush()
        tune(session)
        go_on(progress, len(made.fresh), len(made.fresh))
        return batch.id


def export_check_ins(session: Session, file: TextIO, *, objective_ids: Sequence[int] | None = None) -> int:
    """Write check-ins as CSV, oldest first, in days and numbers that every program reads; returns how many.

    A text that a spreadsheet would run as a formula begins with an apostrophe.

    Args:
        objective_ids: Only those of these objectives; None is all.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    wanted = None if objective_ids is None else set(objective_ids)
    count = 0
    for (
        objective_id,
        day,
        objective,
        result,
        value,
        unit,
        confidence,
        note,
    ) in session.connection().exec_driver_sql(_EXPORT):
        if wanted is None or objective_id in wanted:
            number = "" if value is None else repr(int(value) if value == int(value) else value)
            texts = [_safe(text) for text in (objective, result, unit, note)]
            said = "" if confidence is None else confidence
            writer.writerow([day, texts[0], texts[1], number, texts[2], said, texts[3]])
            count += 1
    return count


class _Unreadable(Exception):
    """Why a row says nothing that can be brought in."""


def _mixed(table: Table, mapping: Mapping) -> str:
    """Why the rows cannot all be about the one key result that was chosen; "" where they can."""
    if table.apart is None or mapping.key_result is not None:
        return ""
    about = {cells[table.apart] for _, cells in table.rows}
    column = table.columns[table.apart]
    return (
        f"The file holds {len(about)} of “{column}”; let that column say the key result." if len(about) > 1 else ""
    )


def _targets(session: Session) -> dict[int, _Target]:
    rows = session.connection().exec_driver_sql(_TARGETS)
    return {row[0]: _Target(*row) for row in rows}


def _known(session: Session) -> set[tuple[int, date, float | None, int | None, str]]:
    rows = session.connection().exec_driver_sql(_KNOWN)
    return {(row[0], date.fromisoformat(row[1]), row[2], row[3], row[4]) for row in rows}


def _draft(
    cells: Sequence[str], mapping: Mapping, targets: dict[int, _Target], by_name: dict[str, list[_Target]]
) -> tuple[CheckInDraft, _Target]:
    def cell(place: int | None) -> str:
        return "" if place is None else cells[place]

    target = _target(cell(mapping.key_result), cell(mapping.objective), mapping, targets, by_name)
    confidence = _number(cell(mapping.confidence), mapping.decimal)
    if confidence is not None and confidence != int(confidence):
        raise _Unreadable(f"The confidence “{cell(mapping.confidence)}” is not a whole number from 0 to 10.")
    draft = CheckInDraft(
        key_result_id=target.id,
        day=_day(cell(mapping.day), mapping.order),
        value=_number(cell(mapping.value), mapping.decimal),
        confidence=None if confidence is None else int(confidence),
        note=normal_text(_unsafe(cell(mapping.note))),
    )
    return draft, target


def _target(
    name: str, objective: str, mapping: Mapping, targets: dict[int, _Target], by_name: dict[str, list[_Target]]
) -> _Target:
    if mapping.key_result is None:
        if mapping.key_result_id is None or mapping.key_result_id not in targets:
            raise _Unreadable("No key result was chosen.")
        return targets[mapping.key_result_id]
    named = by_name.get(_unsafe(name).casefold(), [])
    if objective:
        named = [target for target in named if target.objective.casefold() == _unsafe(objective).casefold()]
    if (
        len(named) > 1
        and len(still_open := [target for target in named if target.state not in CLOSED_STATES]) == 1
    ):
        named = still_open
    if len(named) == 1:
        return named[0]
    told = f"“{name}” of “{objective}”" if objective else f"“{name}”"
    raise _Unreadable(f"There are {len(named)} key results called {told}." if named else f"There is no {told}.")


def _day(text: str, order: Order) -> date:
    try:
        return date.fromisoformat(text[:10]) if text[4:5] == "-" else _stamped(text, order)
    except ValueError:
        raise _Unreadable(f"“{text}” is no day." if text else "There is no day.") from None


def _stamped(text: str, order: Order) -> date:
    if found := stamp(text, order):
        return found.day
    raise ValueError(text)


def _number(text: str, decimal: Decimal) -> float | None:
    try:
        return number_in(text, decimal)
    except ValueError:
        raise _Unreadable(f"“{text}” is no number.") from None


def _problem(draft: CheckInDraft, target: _Target, today: date) -> str:
    if target.state in CLOSED_STATES:
        return f"The objective “{target.objective}” is closed."
    found = draft.problems(measure=target.measure, target=target.target, unit_kind=target.unit_kind, today=today)
    return next(iter(found.values()), "")


def _is_dated(sample: Sequence[Sequence[str]], place: int) -> bool:
    texts = [cells[place] for cells in sample if cells[place]]
    return bool(texts) and all(stamp(text, "dmy") or stamp(text, "mdy") for text in texts)


def _is_numeric(sample: Sequence[Sequence[str]], place: int) -> bool:
    texts = [cells[place] for cells in sample if cells[place]]

    def is_number(text: str, decimal: Decimal) -> bool:
        try:
            return number_in(text, decimal) is not None
        except ValueError:
            return False

    return bool(texts) and any(all(is_number(text, mark) for text in texts) for mark in MARKS)


def _free_moments(session: Session, drafts: Iterable[CheckInDraft]) -> Iterator[int]:
    """A place in time for each draft, after what its day holds already."""
    starts = {draft.day: days.moment_of(draft.day, None, "UTC") for draft in drafts}
    if not starts:
        return
    between = (min(starts.values()), max(starts.values()) + days.MOMENTS_A_DAY)
    free = FreeMoments(session.scalars(select(Item.moment).where(Item.moment.between(*between))))
    for draft in drafts:
        yield free.take(starts[draft.day])


def _write(
    session: Session,
    drafts: Sequence[CheckInDraft],
    first_id: int,
    batch_id: int,
    moments: Iterator[int],
    *,
    now: datetime,
    zone: str,
) -> dict[int, tuple[str, ...]]:
    """Write check-ins with ids from `first_id` on; returns the tags in their notes.

    Four statements for all of them, past the unit of work, which needs a hundred times as long.
    """
    rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    tagged: dict[int, tuple[str, ...]] = {}
    for item_id, draft in enumerate(drafts, first_id):
        uid, title = new_uid(), title_in(draft.note)
        stamped = {"created_at": now, "changed_at": now, "moment": next(moments), "rev": 1}
        said = {"uid": uid, "kind": "check_in", "title": title, "text": draft.note}
        rows[Item.__table__].append(
            {"id": item_id, **said, **stamped, "starred": False, "private": False, "digest": digest_of(**said)}
        )
        rows[Entry.__table__].append(
            {"id": item_id, "day": draft.day, "zone": zone, "words": word_count(draft.note)}
        )
        rows[CheckIn.__table__].append(
            {
                "id": item_id,
                "key_result_id": draft.key_result_id,
                "value": draft.value,
                "confidence": draft.confidence,
            }
        )
        rows[Origin.__table__].append({"key": _key(draft), "item_id": item_id, "batch_id": batch_id})
        if names := tags_in(draft.note):
            tagged[item_id] = names
    for table, values in rows.items():
        session.execute(insert(table), values)
    return tagged


def _key(draft: CheckInDraft) -> str:
    parts = (draft.key_result_id, draft.day.isoformat(), draft.value, draft.confidence, draft.note)
    return f"{SOURCE}:check_in:{digest(*parts)}"


def _safe(text: str) -> str:
    return "'" + text if text[:1] in "=+-@\t\r" and text else text


def _unsafe(text: str) -> str:
    """`text` without the apostrophe that `_safe` put before it."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text
