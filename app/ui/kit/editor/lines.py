"""Lists, check-boxes, quotes and headings as lines of text: what Enter, Tab and the commands make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

_PREFIX: Final = re.compile(
    r"(?P<quote>(?:[ \t]{0,3}>[ \t]?)*)(?P<indent>[ \t]*)"
    r"(?:(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)(?P<box>\[[ xX]\](?:[ \t]+|$))?)?"
)
_RULE: Final = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+")
_BOX: Final = re.compile(r"\[([ xX])\]")
_TAB: Final = 4
LARGEST_NUMBER: Final = 999_999_999
"""CommonMark reads numbers of up to nine digits only."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart: quotation marks, indent, list marker and the space after it, check-box, words."""

    quote: str
    indent: str
    marker: str
    gap: str
    box: str
    words: str

    def __str__(self) -> str:
        return self.prefix + self.words

    @property
    def prefix(self) -> str:
        """Everything before the words."""
        return self.quote + self.indent + self.marker + self.gap + self.box

    @property
    def is_item(self) -> bool:
        """Whether the line begins an item of a list."""
        return bool(self.marker)

    @property
    def is_checked(self) -> bool:
        """Whether its check-box is ticked."""
        return self.box[1:2] in ("x", "X")

    @property
    def number(self) -> int | None:
        """The number of an item of a numbered list."""
        return int(self.marker[:-1]) if self.marker[:-1].isdigit() else None

    @property
    def column(self) -> int:
        """How far the marker is indented, a tab reaching to the next multiple of four."""
        return len(self.indent.expandtabs(_TAB))

    @property
    def content(self) -> int:
        """The column of the words: an item indented so far is nested in this one."""
        return self.column + len(self.marker) + max(len(self.gap), 1)

    def numbered(self, number: int) -> Line:
        """The same item with another number."""
        return replace(self, marker=f"{min(number, LARGEST_NUMBER)}{self.marker[-1]}")


def parse(text: str) -> Line:
    """Take a line apart; putting it together again gives the same text."""
    match = _PREFIX.match(text)
    assert match is not None
    quote, indent, marker, gap, box = (match[name] or "" for name in ("quote", "indent", "marker", "gap", "box"))
    if marker and _RULE.match(text, len(quote)):
        marker = gap = box = ""
    if not marker:
        indent = gap = box = ""
    return Line(quote, indent, marker, gap, box, text[len(quote + indent + marker + gap + box) :])


def after_enter(text: str, at: int) -> tuple[str, str] | None:
    """What Enter at `at` makes of a line: its new text and the beginning of the next one.

    A list and a quotation go on; on an item without words the list goes one level out, or ends, and there is no
    next line (the second is ""). None stands for a line break without more.
    """
    line = parse(text)
    if at < len(line.prefix) or not (line.is_item or line.quote.strip()):
        return None
    if not line.words.strip():
        return _ended(line), ""
    marker = line.marker if line.number is None else line.numbered(line.number + 1).marker
    box = "[ ] " if line.box else ""
    head = line.quote + line.indent + marker + (line.gap or " " * line.is_item) + box
    return text[:at].rstrip(" \t") if line.is_item else text[:at], head


def _ended(line: Line) -> str:
    if line.is_item and line.column >= 2:
        step = min(line.column, _TAB if line.number is not None else 2)
        return str(replace(line, indent=" " * (line.column - step), words=""))
    if line.is_item:
        return line.quote
    return line.quote.rstrip()[:-1].rstrip() + " " if line.quote.count(">") > 1 else ""


def nested(lines: Sequence[str], first: int, last: int) -> list[str] | None:
    """`lines` with the items from `first` to `last`, and what is nested in them, one level deeper.

    None where there is no item above to nest them in.
    """
    parsed = [parse(text) for text in lines]
    item = parsed[first]
    above = _item_above(parsed, first, lambda line: line.column <= item.column)
    if not item.is_item or above is None or parsed[above].quote != item.quote:
        return None
    target = parsed[above].content
    return _shifted(lines, parsed, first, last, target - item.column) if target > item.column else None


def unnested(lines: Sequence[str], first: int, last: int) -> list[str] | None:
    """`lines` with the items from `first` to `last`, and what is nested in them, one level further out."""
    parsed = [parse(text) for text in lines]
    item = parsed[first]
    if not item.is_item or not item.column:
        return None
    above = _item_above(parsed, first, lambda line: line.column < item.column)
    return _shifted(lines, parsed, first, last, (parsed[above].column if above is not None else 0) - item.column)


def renumbered(lines: Sequence[str], at: int) -> list[str]:
    """`lines` with the numbers after the numbered item at `at` counted on from it, on its own level only."""
    made = list(lines)
    item = parse(lines[at])
    number = item.number
    if number is None:
        return made
    for place in range(at + 1, len(made)):
        line = parse(made[place])
        if not line.is_item:
            if made[place].strip() and not made[place].startswith((" ", "\t", line.quote + " ")):
                break
            continue
        if line.column < item.column or line.quote != item.quote:
            break
        if line.column < item.content:
            if line.number is None or line.marker[-1] != item.marker[-1]:
                break
            number += 1
            made[place] = str(line.numbered(number))
    return made


def ticked(text: str) -> str:
    """The line with its check-box turned; a line without one gets one."""
    line = parse(text)
    if line.box:
        mark = " " if line.is_checked else "x"
        return str(replace(line, box=f"[{mark}]{line.box[3:] or ' '}"))
    if line.is_item:
        return str(replace(line, gap=line.gap or " ", box="[ ] "))
    space = text[len(line.quote) :]
    indent = space[: len(space) - len(space.lstrip(" \t"))]
    return f"{line.quote}{indent}- [ ] {space[len(indent) :]}"


def box_at(text: str, at: int) -> bool:
    """Whether position `at` of the line lies on its check-box."""
    line = parse(text)
    start = len(line.quote + line.indent + line.marker + line.gap)
    return bool(line.box) and start <= at < start + 3


def with_heading(text: str, level: int) -> str:
    """The line as a heading of `level`, or as plain text where it is one already or `level` is 0."""
    match = _HEADING.match(text)
    words = text[match.end() :] if match else text
    return words if level == 0 or (match and len(match[1]) == level) else f"{'#' * level} {words}"


def with_prefix(texts: Sequence[str], kind: str) -> list[str]:
    """The lines as items of a list ("-" or "1."), or as quotations (">"); as plain text where all of them are."""
    parsed = [parse(text) for text in texts]
    full = [line for line, text in zip(parsed, texts, strict=True) if text.strip()] or parsed
    if kind == ">":
        if all(line.quote for line in full):
            return [re.sub(r"^ {0,3}> ?", "", text) for text in texts]
        return [f"> {text}" if text or len(texts) == 1 else ">" for text in texts]
    is_numbered = kind != "-"
    if all(line.is_item and (line.number is not None) is is_numbered for line in full):
        return [str(replace(line, marker="", gap="", box="")) for line in parsed]
    made = []
    for number, (line, text) in enumerate(zip(parsed, texts, strict=True), 1):
        marker = f"{number}." if is_numbered else "-"
        is_blank = not text.strip() and len(texts) > 1
        made.append(text if is_blank else str(replace(line, marker=marker, gap=" ")))
    return made


def _item_above(parsed: Sequence[Line], first: int, fits: object) -> int | None:
    assert callable(fits)
    for place in range(first - 1, -1, -1):
        line = parsed[place]
        if line.is_item and fits(line):
            return place
        if not line.is_item and not line.words.startswith((" ", "\t")) and line.words:
            return None
    return None


def _shifted(lines: Sequence[str], parsed: Sequence[Line], first: int, last: int, by: int) -> list[str]:
    """The lines with `first` to `last`, and the deeper ones below, moved `by` columns; numbers put in order."""
    base = parsed[first].column
    end = last + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end], parsed[end]) > base:
        end += 1
    made = list(lines)
    for place in range(first, end):
        line = parsed[place]
        if line.is_item:
            made[place] = str(replace(line, indent=" " * max(line.column + by, 0)))
        elif place > last or line.words[:1] in (" ", "\t"):
            column = max(_indent(lines[place], line) + by, 0)
            made[place] = line.quote + " " * column + line.words.lstrip(" \t")
    return _in_order(made, first)


def _in_order(lines: list[str], first: int) -> list[str]:
    """Numbers counted anew in the list that the item at `first` has joined, and in the one that it left."""
    item = parse(lines[first])
    if item.number is not None:
        parsed = [parse(text) for text in lines[: first + 1]]
        before = _item_above(parsed, first, lambda line: line.column <= item.column)
        sibling = parsed[before].number if before is not None and parsed[before].column == item.column else None
        lines[first] = str(item.numbered(1 if sibling is None else sibling + 1))
        lines = renumbered(lines, first)
    parsed = [parse(text) for text in lines[: first + 1]]
    outer = _item_above(parsed, first, lambda line: line.column < item.column)
    return renumbered(lines, outer) if outer is not None else lines


def _indent(text: str, line: Line) -> int:
    rest = text[len(line.quote) :]
    return len(rest[: len(rest) - len(rest.lstrip(" \t"))].expandtabs(_TAB))
