"""A diary in one Markdown file: a heading for each day, and nothing else of its rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.core.transfer.markdown_lines import FENCE, HEADING
from app.core.transfer.stamps import Order, Stamp, day_order, is_ambiguous, month_named, stamp

FEWEST: Final = 2
_LEADING: Final = re.compile(r"(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)?)(?=[ :])")


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

    Above the first day stands at most a title. Years and months may stand between the days, as jrnl writes them.
    A note with dated sections among others stays one note.
    """
    lines = text.split("\n")
    headings = list(_headings(lines))
    order = day_order(words for _, _, words in headings)
    first = next((at for at, (_, _, words) in enumerate(headings) if _parted(words, order or "dmy")), None)
    if first is None:
        return None
    _, rank, _ = headings[first]
    periods = {place for place, depth, words in headings if depth < rank and _is_period(words)}
    titles = [words for place, _, words in headings[:first] if place not in periods]
    starts = [(place, words) for place, depth, words in headings[first:] if depth <= rank and place not in periods]
    found_days = [_parted(words, order or "dmy") for _, words in starts]
    if len(starts) < FEWEST or None in found_days or len(titles) > 1:
        return None
    places = [place for place, _ in starts]
    ends = [_end(place, end, periods) for place, end in zip(places, [*places[1:], len(lines)], strict=True)]
    outside = {
        line for end, place in zip([0, *ends], [*places, len(lines)], strict=True) for line in range(end, place)
    }
    if any(lines[line].strip() for line in outside - {place for place, _, _ in headings}):
        return None
    days = [
        Day(found[0], _below(lines[place + 1 : end], found[1]), place + 1)
        for place, found, end in zip(places, found_days, ends, strict=True)
        if found
    ]
    is_guess = order is None and any(is_ambiguous(words) for _, words in starts)
    return Diary(days, titles[0] if titles else "", is_guess)


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each with its line, its rank and its words."""
    in_code = False
    for place, line in enumerate(lines):
        in_code ^= bool(FENCE.match(line))
        if not in_code and (found := HEADING.match(line)):
            yield place, len(found[1]), found[2]


def _is_period(words: str) -> bool:
    """Whether a heading is no more than a year or a month, below which the days of it stand."""
    if re.fullmatch(r"\d{4}(?:[-/. ]\d{1,2})?", words):
        return True
    found = re.fullmatch(r"([^\W\d_]+)\.?(?:,? \d{4})?", words)
    return found is not None and month_named(found[1]) is not None


def _parted(words: str, order: Order) -> tuple[Stamp, str] | None:
    """The day that a heading says, and what title it says after it, as jrnl writes."""
    if found := stamp(words, order):
        return found, ""
    leading = _LEADING.match(words)
    return (found, words[leading.end() :].strip(" -:–—")) if leading and (found := stamp(leading[1])) else None


def _end(place: int, end: int, periods: set[int]) -> int:
    return min((period for period in periods if place < period < end), default=end)


def _below(lines: list[str], title: str) -> str:
    text = "\n".join(lines).strip("\n").rstrip()
    return "\n\n".join(part for part in (f"# {title}" if title else "", text) if part.strip())
