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
_OF_ONE: Final = re.compile(r"(\d{3,}) [^/]*/Checkmarks\.csv")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"\d{1,12}")
_SAID: Final = {"0": "0", "NO": "0", "2": "1", "YES_MANUAL": "1"}
_OPEN: Final = ("", "-1", "UNKNOWN", "1", "YES_AUTO", "3", "SKIP")
"""Days that say neither yes nor no: unknown, ticked by the program itself, skipped."""
_COLUMNS: Final = ("Date", "Habit", "Value", "Unit", "Note")

Mark = tuple[int, str, str, str, str]
"""Line, day, habit, value as it stands there, note."""


def is_export(path: Path) -> bool:
    """Whether this looks like one."""
    try:
        bundle = open_bundle(path)
        return not isinstance(bundle, SingleFile) and {_HABITS, _ALL} <= set(bundle.names)
    except UserError:
        return False


def table(path: Path) -> Table:
    """The days on which a habit was done (1) or not (0), and what was counted; all other days are left out.

    Raises:
        UserError: it is damaged, or holds no day.
    """
    bundle = open_bundle(path)
    habits = _rows(bundle, _HABITS)
    numbers = {name: _is_number(row) for row in habits if (name := row.get("Name", ""))}
    units = {row.get("Name", ""): row.get("Unit", "") for row in habits}
    rows, left_out = [], 0
    for line, day, habit, value, note in _marks(bundle, habits):
        said = _value(value, is_number=numbers.get(habit, False))
        if said and _DAY.fullmatch(day):
            rows.append((line, (day, habit, said, units.get(habit, ""), note)))
        else:
            left_out += 1
    if not rows:
        raise UserError(f"“{path.name}” holds no day on which a habit was done or not.")
    told = ""
    if left_out:
        whose = "One day is" if left_out == 1 else f"{left_out} days are"
        told = f"{whose} left out: Loop calls them unknown or skipped, or ticked them by itself."
    return Table(_COLUMNS, tuple(rows), told, apart=_COLUMNS.index("Habit"))


def _marks(bundle: Bundle, habits: list[dict[str, str]]) -> Iterator[Mark]:
    """Every day of every habit: from its own file, which has notes, else from the one of all."""
    names = {row.get("Position", ""): row.get("Name", "") for row in habits}
    own = {
        names[found[1]]: file for file in bundle.names if (found := _OF_ONE.fullmatch(file)) and found[1] in names
    }
    for habit, file in own.items():
        for line, row in enumerate(_rows(bundle, file), 2):
            yield line, row.get("Date", ""), habit, row.get("Value", ""), row.get("Notes", "")
    for line, row in enumerate(_rows(bundle, _ALL), 2):
        for habit, value in row.items():
            if habit not in ("Date", "") and habit not in own:
                yield line, row.get("Date", ""), habit, value, ""


def _rows(bundle: Bundle, file: str) -> list[dict[str, str]]:
    text, _ = bundle.text(file)
    text, _ = cleaned(text)
    rows = [cells for _, cells in rows_in(text, file)]
    names = rows[0] if rows else []
    return [{name: cell.strip() for name, cell in zip(names, row, strict=False)} for row in rows[1:]]


def _is_number(habit: dict[str, str]) -> bool:
    return habit.get("Type", "") == "NUMERICAL"


def _value(text: str, *, is_number: bool) -> str:
    """As a number; "" for a day that says nothing. Loop counts in thousandths."""
    if is_number and _NUMBER.fullmatch(text) and text != "3":
        return repr(int(text) / 1000).removesuffix(".0")
    return "" if text in _OPEN else _SAID.get(text, "")
