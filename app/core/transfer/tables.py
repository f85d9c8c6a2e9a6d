"""Delimited text files (CSV and its kin) as tables of cells, and numbers as people write them in such files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from app.core.errors import UserError
from app.core.transfer.decoding import cleaned, decoded, raw_of

Decimal = Literal[".", ","]

MARKS: Final[tuple[Decimal, Decimal]] = (".", ",")
LARGEST_FILE: Final = 200_000_000
_DELIMITERS: Final = (",", ";", "\t", "|")
_EXCEL: Final = re.compile(r"(?i)\"?sep=(.)\"?\n")
"""Excel's own first line, which names the delimiter."""
_SPACED: Final = re.compile(r"[,;|] +\"")
_CLOSE: Final = re.compile(r"[,;|]\"")
_UNIT: Final = re.compile(r"^[^\d+\-−.,(]*|[^\d)]*$")
_NUMBER: Final = {
    ".": re.compile(r"[+\-]?(?:\d{1,3}(?:[, '’]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+\-]?\d+)?"),
    ",": re.compile(r"[+\-]?(?:\d{1,3}(?:[. '’]\d{3})+|\d+)?(?:,\d+)?(?:[eE][+\-]?\d+)?"),
}
_SPACES: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-"})


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a file.

    Attributes:
        columns: The names in the first row; as many as the widest row has cells, "" where there is no name.
        rows: (line in the file, cells), each with a cell for each column.
        remark: What a person should know about how the file was read, "" for nothing.
        apart: The column that says what a row is about, where rows about different things should not be mixed.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remark: str = ""
    apart: int | None = None


def read_table(path: Path) -> Table:
    """The table in the file at `path`.

    Raises:
        UserError: it cannot be read, is too large, or holds no table.
    """
    text, remark = decoded(
        raw_of(path, LARGEST_FILE, f"“{path.name}” is larger than 200 MB. Split it into parts.")
    )
    text, replaced = cleaned(text)
    rows = rows_in(text, path.name)
    if len(rows) < 2:
        raise UserError(f"“{path.name}” holds no table: it needs a row of names and at least one row below.")
    width = max(len(cells) for _, cells in rows)
    told = " ".join(f"The file {sentence}" for sentence in (remark, replaced) if sentence)
    return Table(
        columns=_filled(rows[0][1], width),
        rows=tuple((line, _filled(cells, width)) for line, cells in rows[1:]),
        remark=told,
    )


def rows_in(text: str, file: str) -> list[tuple[int, list[str]]]:
    """The rows of a delimited text that have a cell with words, each with the line on which it begins.

    Raises:
        UserError: it is no table.
    """
    delimiter, line = "", 1
    if found := _EXCEL.match(text):
        delimiter, line, text = found[1], 2, text[found.end() :]
    limit = csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), skipinitialspace=_is_spaced(text)
    )
    rows: list[tuple[int, list[str]]] = []
    before = line
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = before + reader.line_num
    except csv.Error as error:
        raise UserError(f"“{file}” is no table: {error} (line {before + reader.line_num - 1}).") from error
    finally:
        csv.field_size_limit(limit)
    return rows


def decimal_mark(texts: Iterable[str]) -> Decimal | None:
    """Whether numbers in `texts` have a decimal point or a comma; None where either could be meant.

    A mark before exactly three digits may group thousands; every other place decides.
    """
    marks: set[Decimal] = set()
    for text in texts:
        bare = _bare(text)
        for mark, other in ((".", ","), (",", ".")):
            if not _NUMBER[mark].fullmatch(bare) or not bare:
                continue
            if not _NUMBER[other].fullmatch(bare):
                marks.add(mark)  # type: ignore[arg-type]
    return marks.pop() if len(marks) == 1 else None


def number_in(text: str, decimal: Decimal) -> float | None:
    """The number that `text` says, with or without a unit or currency sign; None where the cell is empty.

    Raises:
        ValueError: it says something else, or more than one number.
    """
    bare = _bare(text)
    if not bare and not text.strip(" \t-–—"):
        return None
    if not any(c.isdigit() for c in bare) or not _NUMBER[decimal].fullmatch(bare):
        raise ValueError(text)
    group = "," if decimal == "." else "."
    for mark in (group, " ", "'", "’"):
        bare = bare.replace(mark, "")
    return float(bare.replace(decimal, "."))


def _bare(text: str) -> str:
    text = text.translate(_SPACES).strip()
    if text.startswith("-") and not text[1:2].isdigit():
        return "-" + _UNIT.sub("", text[1:]).strip()
    bare = _UNIT.sub("", text).strip()
    return "-" + bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare


def _is_spaced(text: str) -> bool:
    """Whether a space stands before each quote, as in `a, "b, c"`."""
    sample = text[:20_000]
    return bool(_SPACED.search(sample)) and not _CLOSE.search(sample)


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into most cells of an equal number."""
    sample = text[:20_000]

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(reader, 20)]
        if len(sample) < len(text):
            widths = widths[:-1] or widths
        widths = [width for width in widths if width]
        first = widths[0] if widths else 1
        return (sum(1 for width in widths if width == first) if first > 1 else 0, first)

    try:
        return max(_DELIMITERS, key=score)
    except csv.Error:
        return ","


def _filled(cells: list[str], width: int) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells) + ("",) * (width - len(cells))
