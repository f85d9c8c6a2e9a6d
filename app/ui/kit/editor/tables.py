"""Tables in Markdown source: cells, and columns that stand under each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MOST_ROWS: Final = 500
WIDEST: Final = 120
"""Columns beyond this width are not padded any further: a sentence in a cell must not widen every row."""

_ROW: Final = re.compile(r"[ \t]*\|")
_RULE: Final = re.compile(r"[ \t]*:?-+:?[ \t]*$")


def is_row(text: str) -> bool:
    """Whether a line is a row of a table; rows begin with a bar here."""
    return _ROW.match(text) is not None and text.count("|") > 1


def is_table(lines: Sequence[str]) -> bool:
    """Whether rows make a table: the second says where the columns are aligned."""
    return len(lines) > 1 and is_rule(lines[1])


def is_rule(text: str) -> bool:
    """Whether a row is the line below the headings."""
    return is_row(text) and all(_RULE.match(cell) for cell in cells(text))


def cells(text: str) -> list[str]:
    """The cells of a row as they stand, spaces included; a bar in code or after a backslash divides nothing."""
    return [text[start:end] for start, end in spans(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Where the cells of a row begin and end, without the bars."""
    bars = _bars(text)
    ends = [*bars[1:], len(text)] if text[bars[-1] + 1 :].strip() else bars[1:]
    return [(bar + 1, end) for bar, end in zip(bars, ends, strict=False)]


def aligned(lines: Sequence[str]) -> list[str]:
    """The rows of a table with their columns under each other, as wide as their widest cell."""
    rows = [[cell.strip() for cell in cells(text)] for text in lines]
    count = max(len(row) for row in rows)
    sides = [_side(rows[1][i] if i < len(rows[1]) else "") for i in range(count)]
    widths = [
        min(max([3, *(width(row[i]) for n, row in enumerate(rows) if n != 1 and i < len(row))]), WIDEST)
        for i in range(count)
    ]
    made = []
    for number, row in enumerate(rows):
        row += [""] * (count - len(row))
        if number == 1:
            made.append("|" + "|".join(_rule(*of) for of in zip(sides, widths, strict=True)) + "|")
        else:
            made.append("| " + " | ".join(_padded(*of) for of in zip(row, sides, widths, strict=True)) + " |")
    return made


def width(text: str) -> int:
    """Columns that `text` takes in a fixed-width font: two for East Asian characters and emoji."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) or c in "\u200b\u200c\u200d\ufe0f" else 2 if _is_wide(c) else 1 for c in text
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _bars(text: str) -> list[int]:
    bars, at, ticks = [], 0, ""
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "`":
            run = re.match("`+", text[at:])
            assert run is not None
            if not ticks and run[0] in text[at + len(run[0]) :]:
                ticks = run[0]
            elif ticks == run[0]:
                ticks = ""
            at += len(run[0]) - 1
        elif text[at] == "|" and not ticks:
            bars.append(at)
        at += 1
    return bars


def _side(rule: str) -> str:
    left, right = rule.startswith(":"), rule.endswith(":")
    return "centre" if left and right else "right" if right else "left" if left else ""


def _rule(side: str, columns: int) -> str:
    left, right = side in ("left", "centre"), side in ("right", "centre")
    return (":" if left else "-") + "-" * columns + (":" if right else "-")


def _padded(cell: str, side: str, columns: int) -> str:
    space = max(columns - width(cell), 0)
    before = space if side == "right" else space // 2 if side == "centre" else 0
    return " " * before + cell + " " * (space - before)
