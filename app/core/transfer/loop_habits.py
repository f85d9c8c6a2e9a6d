"""Loop Habit Tracker's CSV archive as a table of check-ins: a habit is a key result called as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.core.errors import UserError
from app.core.transfer.archives import Bundle, SingleFile, open_bundle
from app.core.transfer.decoding import cleaned
from app.core.transfer.tables import Table, rows_in

name = "Loop Habit Tracker"

_HABITS: Final = "Habits.csv"
_ALL: Final = "Checkmarks.csv"
_OF_ONE: Final = re.compile(r"(\d{3,})(?: [^/]*)?/Checkmarks\.csv")
"""The file of one habit, whose folder keeps only the Latin letters and digits of its name, or none."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"\d{1,12}")
_CODES: Final = {"NO": "0", "YES_AUTO": "1", "YES_MANUAL": "2", "SKIP": "3", "UNKNOWN": "-1"}
_SAID: Final = {"0": "0", "2": "1"}
"""All other days say neither yes nor no: unknown, ticked by the program itself, skipped."""
_COLUMNS: Final = ("Date", "Habit", "Value", "Unit", "Note")

Mark = tuple[int, str, str, str, str]
"""Line, day, habit, value as it stands there, note."""


def is_export(path: Path) -> bool:
    """Whether this looks like one."""
    try:
        bundle = open_bundle(path)
        return not isinstance(bundle, SingleFile) and _within(bundle) is not None
    except UserError:
        return False


def table(path: Path) -> Table:
    """The days on which a habit was done (1) or not (0), and what was counted; all other days are left out.

    Raises:
        UserError: it is damaged, or holds no day.
    """
    bundle = open_bundle(path)
    within = _within(bundle) or ""
    habits = _rows(bundle, within + _HABITS)
    numbers = {row.get("Name", "") for row in habits if row.get("Type", "") == "NUMERICAL"}
    units = {row.get("Name", ""): row.get("Unit", "") for row in habits}
    rows, left_out, noted = [], 0, 0
    for line, day, habit, value, note in _marks(bundle, within, habits):
        said = _value(value, is_number=habit in numbers)
        if said and _DAY.fullmatch(day):
            rows.append((line, (day, habit, said, units.get(habit, ""), note)))
        else:
            left_out += 1
            noted += bool(note)
    if not rows:
        raise UserError(f"“{path.name}” holds no day on which a habit was done or not.")
    told = ""
    if left_out:
        whose = "One day is" if left_out == 1 else f"{left_out} days are"
        told = f"{whose} left out: Loop calls them unknown or skipped, or ticked them by itself."
    if noted:
        told += f" {'A note' if noted == 1 else f'{noted} notes'} on such days stay{'s' * (noted == 1)} in Loop."
    return Table(_COLUMNS, tuple(rows), told, apart=_COLUMNS.index("Habit"))


def _within(bundle: Bundle) -> str | None:
    """The folder in which the archive's own files lie, "" for none; None where this is no such archive."""
    names = set(bundle.names)
    folders = (name.removesuffix(_HABITS) for name in bundle.names if f"/{name}".endswith(f"/{_HABITS}"))
    found = next((folder for folder in folders if folder + _ALL in names), None)
    return found if found is not None and all(name.startswith(found) for name in names) else None


def _marks(bundle: Bundle, within: str, habits: list[dict[str, str]]) -> Iterator[Mark]:
    """Every day of every habit: from its own file, which has notes, else from the one of all.

    In the one of all, Loop writes names without quotes, so that their commas shift the columns: what no habit is
    called is none.
    """
    names = {row.get("Position", ""): row.get("Name", "") for row in habits}
    own: set[str] = set()
    for file in bundle.names:
        if (found := _OF_ONE.fullmatch(file.removeprefix(within))) and found[1] in names:
            habit = names[found[1]]
            own.add(habit)
            for line, row in enumerate(_rows(bundle, file), 2):
                yield line, row.get("Date", ""), habit, row.get("Value", ""), row.get("Notes", "")
    left = [name for name in names.values() if name not in own]
    for line, row in enumerate(_rows(bundle, within + _ALL) if left else (), 2):
        for habit in left:
            if habit in row:
                yield line, row.get("Date", ""), habit, row[habit], ""


def _rows(bundle: Bundle, file: str) -> list[dict[str, str]]:
    text, _ = bundle.text(file)
    text, _ = cleaned(text)
    rows = [cells for _, cells in rows_in(text, file)]
    names = [name.strip() for name in rows[0]] if rows else []
    return [{name: cell.strip() for name, cell in zip(names, row, strict=False)} for row in rows[1:]]


def _value(text: str, *, is_number: bool) -> str:
    """As a number; "" for a day that says nothing. Loop counts in thousandths."""
    code = _CODES.get(text, text)
    if is_number and _NUMBER.fullmatch(code) and code != "3":
        return repr(int(code) / 1000).removesuffix(".0")
    return _SAID.get(code, "")
