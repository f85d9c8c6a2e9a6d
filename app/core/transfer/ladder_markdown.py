"""Ladders in Markdown: tables with a column for each level, or headings that name levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.core.transfer.decoding import shown
from app.core.transfer.markdown_lines import HEADING
from app.core.transfer.markdown_tables import tables
from app.core.words import counted

if TYPE_CHECKING:
    from app.core.transfer.ladder import Reading

_LEVEL: Final = re.compile(r"\b(?:level|lvl|l|grade|stage|stufe)\s*[-.:#]?\s*(\d{1,2})\b", re.IGNORECASE)
_BOLD: Final = re.compile(r"\s*(?:\*\*([^*]+)\*\*|__([^_]+)__)\s*:?\s*$")
_LEVEL_HEAD: Final = re.compile(
    r"\b(?:(?:level|lvl|grade|stage|stufe|ic|pm|eng|l|e|m|p)\s*[-.:#]?\s*\d{1,2}|apm|pm|associate|junior|mid\w*|senior"
    r"|staff|principal|lead|head|director|novice|beginner|basic|foundation|developing|intermediate|proficient|advanced"
    r"|expert|master)\b",
    re.IGNORECASE,
)
"""How the columns of a matrix of skills are called."""
SKILL_HEADS: Final = (
    "parameter",
    "skill",
    "competency",
    "name",
    "dimension",
    "skills",
    "competencies",
    "capability",
)
AREA_HEADS: Final = ("category", "area", "group", "pillar")
TEXT_HEADS: Final = ("description", "definition", "why")


def from_tables(body: str, first: int, reading: Reading) -> tuple[str, ...]:
    """Skills from tables that stand in Markdown; the heading above one is the area of what it lists."""
    used = 0
    names: tuple[str, ...] = ()
    for heading, table in tables(body, first):
        heads = [head.strip().casefold() for head in table.columns]
        area, title, text = (column(heads, known, -1) for known in (AREA_HEADS, SKILL_HEADS, TEXT_HEADS))
        levels = [place for place in range(len(heads)) if place not in (area, title, text) and heads[place]]
        named = sum(bool(_LEVEL_HEAD.search(heads[place])) for place in levels)
        if title < 0 and levels[:1] == [0] and named == len(levels) - 1:
            title, levels = 0, levels[1:]
        if title < 0 or named < 2:
            continue
        columns = tuple(table.columns[place] for place in levels)
        if names and len(columns) != len(names):
            line = table.rows[0][0] if table.rows else 0
            reading.problems.append((line, "begins a table with other levels than the first; it is left out."))
            continue
        names = names or columns
        for line, cells in table.rows:
            within = cells[area] if area >= 0 else plain(heading)
            said = cells[text] if text >= 0 else ""
            reading.take(within, plain(cells[title]), said, [cells[place] for place in levels], line)
        used += 1 + len(table.rows)
    lines = [line for line in body.split("\n") if set(line) - set("|:- *_") and not HEADING.match(line)]
    if names and len(lines) > used:
        many = "{count} lines stand in no table of levels and are left out."
        one = "One line stands in no table of levels and is left out."
        reading.problems.append((0, counted(len(lines) - used, one, many)))
    return names


def from_headings(body: str, first: int, reading: Reading) -> tuple[str, ...]:
    """Skills from headings; whichever of them name levels decides how the others are meant."""
    found: dict[tuple[str, str], dict[int, list[str]]] = {}
    lines: dict[tuple[str, str], int] = {}
    path: dict[int, str] = {}
    names: dict[int, str] = {}
    orphans = 0
    last: tuple[tuple[str, str], int] | None = None
    for line, text in enumerate(body.split("\n"), first):
        if heading := _heading(text):
            last = None
            depth, title = heading
            path = {deep: title for deep, title in path.items() if deep < depth}
            path[depth] = title
            if number := _level(title):
                names.setdefault(number, plain(title))
            continue
        level = next((number for deep in sorted(path) if (number := _level(path[deep]))), 0)
        titles = [plain(path[deep]) for deep in sorted(path) if not _level(path[deep])]
        if not text.strip() or set(text.strip()) <= set("-*_ "):
            continue
        if not level or not titles:
            orphans += 1
            if orphans <= 20:
                reading.problems.append((line, "stands under no level of a skill and is left out."))
            continue
        key = (titles[-2] if len(titles) > 1 else "", titles[-1])
        if last != (key, level) and level in found.get(key, {}):
            reading.problems.append((line, f"tells of “{shown(key[1])}” a second time; it is added to the first."))
        last = key, level
        lines.setdefault(key, line)
        found.setdefault(key, {}).setdefault(level, []).append(text)
    if orphans > 20:
        reading.problems.append((0, f"{orphans - 20} more lines stand under no level of a skill."))
    most = min(max((max(levels) for levels in found.values()), default=0), 20)
    for (area, title), levels in found.items():
        texts = ["\n".join(levels.get(number, ())) for number in range(1, most + 1)]
        reading.take(area, title, "", texts, lines[(area, title)])
    return tuple(names.get(number, f"Level {number}") for number in range(1, most + 1))


def column(heads: Sequence[str], names: Sequence[str], default: int) -> int:
    """Where the first head is that is one of `names`, `default` where none is."""
    return next((place for place, head in enumerate(heads) if head in names), default)


def _heading(line: str) -> tuple[int, str] | None:
    """Depth and words of a heading; so is a bold line that names a level."""
    if found := HEADING.match(line):
        return len(found[1]), found[2]
    if found := _BOLD.match(line):
        words = (found[1] or found[2]).strip().removesuffix(":")
        return (7, words) if _level(words) else None  # deeper than any other
    return None


def _level(title: str) -> int:
    """The level that a heading names, 0 where it names none or several."""
    found = {int(number) for number in _LEVEL.findall(title)}
    return found.pop() if len(found) == 1 else 0


def plain(title: str) -> str:
    """A heading without marks of emphasis and pictograms at its beginning."""
    bare = re.sub(r"[*_`]+", "", title).strip()
    return re.sub(r"^[^\w(]+", "", bare) or bare
