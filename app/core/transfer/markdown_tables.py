"""Tables in Markdown, each with the heading it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.core.transfer.markdown_lines import FENCE, HEADING
from app.core.transfer.tables import Table

_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_BETWEEN: Final = re.compile(r"(?<!\\)\|")
_MARKS: Final = re.compile(r"\*\*|__|`")
_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


def tables(text: str, first: int = 1) -> Iterator[tuple[str, Table]]:
    """Each table of `text`, whose first line is line `first` of its file; not those within code."""
    lines = text.split("\n")
    heading, place, in_code = "", 0, False
    while place < len(lines):
        line = lines[place]
        in_code ^= bool(FENCE.match(line))
        if not in_code and (found := HEADING.match(line)):
            heading = found[2]
        rule = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if in_code or "|" not in line or not _RULE.match(rule):
            place += 1
            continue
        end = place + 2
        while end < len(lines) and "|" in lines[end]:
            end += 1
        columns = tuple(_MARKS.sub("", cell) for cell in _cells(line))
        rows = tuple((first + at, _fitting(_cells(lines[at]), len(columns))) for at in range(place + 2, end))
        yield heading, Table(columns, rows)
        place = end


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [_BREAK.sub("\n", cell.strip()).replace("\\|", "|") for cell in _BETWEEN.split(bare)]


def _fitting(cells: list[str], width: int) -> tuple[str, ...]:
    return tuple((cells + [""] * width)[:width])
