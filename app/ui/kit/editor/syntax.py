"""Markdown line by line: which stretch of a line is what. No Qt, and no pattern that a hostile line could slow."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final


class Kind(IntEnum):
    """What a stretch of source is."""

    MARK = 0
    BULLET = 1
    BOX = 2
    DONE = 3
    QUOTE = 4
    CODE = 5
    CODE_BLOCK = 6
    TABLE = 7
    BOLD = 8
    ITALIC = 9
    STRUCK = 10
    LINK = 11
    TAG = 12
    PERSON = 13
    HEADING = 20
    HEADING_MARK = 30
    WRONG = 40


Run = tuple[int, int, int]
"""Start, end and `Kind` of a stretch; later ones are laid over earlier ones."""

LONGEST_LINE: Final = 20_000
"""Lines beyond this are left unstyled: nobody reads them, and each key would restyle them whole."""

_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?=[ \t]+\S)")
_QUOTE: Final = re.compile(r"(?: {0,3}> ?)+")
_ITEM: Final = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])(?=[ \t])[ \t]+(\[[ xX]\](?=\s|$))?")
_TABLE: Final = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE: Final = re.compile(r"[ \t]*\|[ \t:|-]*-[ \t:|-]*\|[ \t]*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ATOM: Final = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<item>\[\[[^\[\]]{1,300}\]\])"
    r"|(?P<link>!?\[[^\[\]]{0,500}\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:[ \t]+\"[^\"]{0,300}\")?\))"
    r"|(?P<url>(?<!\w)(?:https?://|mailto:)[^\s<>\"`]{1,2000})"
    r"|(?P<tag>(?<![\w/#&\[(\]])#[^\W\d_][\w/-]{0,200})"
    r"|(?P<person>(?<![\w.@/])@[^\W\d_][\w-]{0,200})"
)
_DELIMITERS: Final = re.compile(r"\*{1,3}|_{1,3}|~~")
_DEEPEST: Final = 12


def fence_after(line: str, fence: int) -> int:
    """The fence that is open after `line`: 0 for none, otherwise its length twice, plus one for tildes."""
    match = _FENCE.match(line)
    if match is None:
        return fence
    size, is_tilde = len(match[1]), match[1][0] == "~"
    if not fence:
        return min(size, 500) * 2 + is_tilde
    closes = is_tilde == bool(fence & 1) and size >= fence >> 1 and not line[match.end() :].strip()
    return 0 if closes else fence


def runs_of(line: str, fence: int) -> list[Run]:
    """How `line` is to be styled when `fence` is open before it; positions are those of `line`."""
    if not line:
        return []
    if fence or _FENCE.match(line):
        is_fence = fence_after(line, fence) != fence
        return [(0, len(line), Kind.CODE_BLOCK), *([(0, len(line), Kind.MARK)] if is_fence else [])]
    if len(line) > LONGEST_LINE:
        return []
    runs: list[Run] = []
    start = _line_runs(line, runs)
    _word_runs(line, start, runs)
    return runs


def atoms_of(line: str) -> list[tuple[str, int, int]]:
    """Code, links, items, addresses, tags and people in `line` as (kind, start, end)."""
    found: list[tuple[str, int, int]] = []
    for match in _ATOM.finditer(line[:LONGEST_LINE]):
        kind = "code" if match.lastgroup == "ticks" else match.lastgroup or ""
        end = match.end()
        if kind == "url":
            end = match.start() + len(bare_url(match[0]))
        if end > match.start():
            found.append((kind, match.start(), end))
    return found


def bare_url(url: str) -> str:
    """An address without the punctuation that ends the sentence around it."""
    end = len(url)
    while end and url[end - 1] in ".,;:!?'*_~)]":
        if url[end - 1] == ")" and url.count("(", 0, end) == url.count(")", 0, end):
            break
        end -= 1
    return url[:end]


def _line_runs(line: str, runs: list[Run]) -> int:
    """Adds what the beginning of the line makes of it; returns where its words start."""
    at = 0
    if quote := _QUOTE.match(line):
        at = quote.end()
        runs += [(at, len(line), Kind.QUOTE), (0, at, Kind.MARK)]
    rest = line[at:] if at else line
    if heading := _HEADING.match(rest):
        level = len(heading[1])
        runs.append((at, len(line), Kind.HEADING + level))
        runs.append((at, at + heading.end(), Kind.HEADING_MARK + level))
        return at + heading.end()
    if _RULE.match(rest):
        runs.append((at, len(line), Kind.MARK))
        return len(line)
    if item := _ITEM.match(rest):
        runs.append((at + item.start(1), at + item.end(1), Kind.BULLET))
        if item[2]:
            runs.append((at + item.start(2), at + item.end(2), Kind.BOX))
            if item[2][1] != " ":
                runs.append((at + item.end(2) + 1, len(line), Kind.DONE))
        return at + item.end()
    if _TABLE.match(rest):
        runs.append((at, len(line), Kind.TABLE))
        if _TABLE_RULE.match(rest):
            runs.append((at, len(line), Kind.MARK))
            return len(line)
        runs += [(at + m.start(), at + m.end(), Kind.MARK) for m in re.finditer(r"\|", rest)]
    return at


def _word_runs(line: str, start: int, runs: list[Run]) -> None:
    atoms = [atom for atom in atoms_of(line) if atom[1] >= start]
    for kind, first, end in atoms:
        _atom_runs(kind, line, first, end, runs)
    if not ("*" in line or "_" in line or "~~" in line):
        return
    if atoms:  # emphasis counts outside of them, and in the words of a link
        hidden = list(line)
        for kind, first, end in atoms:
            begin = line.index("](", first) if kind == "link" else first
            hidden[begin:end] = "\x01" * (end - begin)
        line = "".join(hidden)
    _emphasis_runs(line, start, runs)


def _atom_runs(kind: str, line: str, first: int, end: int, runs: list[Run]) -> None:
    if kind == "escape":
        runs.append((first, first + 1, Kind.MARK))
    elif kind == "code":
        runs.append((first, end, Kind.CODE))
    elif kind == "item":
        runs += [
            (first, first + 2, Kind.MARK),
            (first + 2, end - 2, Kind.LINK),
            (end - 2, end, Kind.MARK),
        ]
    elif kind == "link":
        open_end = first + (2 if line[first] == "!" else 1)
        close = line.index("](", first)
        runs += [(first, open_end, Kind.MARK), (open_end, close, Kind.LINK), (close, end, Kind.MARK)]
    else:
        runs.append((first, end, {"url": Kind.LINK, "tag": Kind.TAG, "person": Kind.PERSON}[kind]))


def _emphasis_runs(line: str, start: int, runs: list[Run]) -> None:
    """Pairs delimiters much as CommonMark does, in one pass; the nearest opening one that fits wins."""
    opened: list[tuple[str, int, int]] = []  # character, how many are left, where the words begin
    for match in _DELIMITERS.finditer(line, start):
        mark, left, first, end = match[0][0], len(match[0]), match.start(), match.end()
        before = line[first - 1] if first else " "
        after = line[end] if end < len(line) else " "
        inner = mark != "_"
        if not before.isspace() and (inner or not after.isalnum()):
            left -= _close(mark, left, first, opened, runs)
        if left and not after.isspace() and (inner or not before.isalnum()):
            opened.append((mark, left, end))
            del opened[:-_DEEPEST]


def _close(mark: str, left: int, first: int, opened: list[tuple[str, int, int]], runs: list[Run]) -> int:
    """Closes what `left` delimiters at `first` can close; returns how many were used."""
    used = 0
    for place in range(len(opened) - 1, -1, -1):
        of, length, begin = opened[place]
        if of != mark or not (length == left - used or 3 in (length, left - used)):
            continue
        size = min(length, left - used)
        _emphasise(mark, size, begin, first + used, runs)
        del opened[place + 1 :]
        opened[place] = (of, length - size, begin - size)
        if length == size:
            del opened[place]
        used += size
        if used == left:
            break
    return used


def _emphasise(mark: str, size: int, begin: int, end: int, runs: list[Run]) -> None:
    kinds = (Kind.STRUCK,) if mark == "~" else ((), (Kind.ITALIC,), (Kind.BOLD,), (Kind.ITALIC, Kind.BOLD))[size]
    runs += [(begin, end, kind) for kind in kinds]
    runs += [(begin - size, begin, Kind.MARK), (end, end + size, Kind.MARK)]
