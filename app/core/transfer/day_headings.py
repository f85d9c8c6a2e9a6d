"""A diary in one Markdown file: a heading for each day, and nothing else of its rank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.core.transfer.stamps import Stamp, day_order, is_ambiguous, stamp

FEWEST: Final = 2
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE: Final = re.compile(r"\s{0,3}(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Day:
    """What stands under the heading of a day, and the line at which that begins."""

    when: Stamp
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Diary:
    """The days of a diary, the title above them, and whether the order of their numbers was a guess."""

    days: list[Day]
    title: str
    is_guess: bool


def diary(text: str) -> Diary | None:
    """The diary that `text` is, None where it is another note.

    Above the first day stands at most a title. A note with dated sections among others stays one note.
    """
    lines = text.split("\n")
    headings: list[tuple[int, int, str]] = []
    in_code = False
    for place, line in enumerate(lines):
        in_code ^= bool(_FENCE.match(line))
        if not in_code and (found := _HEADING.match(line)):
            headings.append((place, len(found[1]), found[2]))
    order = day_order(words for _, _, words in headings)
    first = next((at for at, (_, _, words) in enumerate(headings) if stamp(words, order or "dmy")), None)
    if first is None:
        return None
    start, rank, _ = headings[first]
    starts = [(place, words) for place, depth, words in headings[first:] if depth <= rank]
    whens = [stamp(words, order or "dmy") for _, words in starts]
    above = [line for line in lines[:start] if line.strip()]
    is_diary = len(starts) >= FEWEST and None not in whens and len(above) <= 1 and len(above) == first
    if not is_diary:
        return None
    ends = [place for place, _ in starts[1:]] + [len(lines)]
    found_days = [
        Day(when, "\n".join(lines[place + 1 : end]).strip("\n"), place + 1)
        for (place, _), when, end in zip(starts, whens, ends, strict=True)
        if when
    ]
    title = headings[0][2] if first else ""
    return Diary(found_days, title, order is None and any(is_ambiguous(words) for _, words in starts))
