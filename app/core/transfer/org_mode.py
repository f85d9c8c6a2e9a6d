"""From Org mode, as Logseq writes it, to Markdown. Rules after https://orgmode.org/manual/Markup-for-Rich-Contents.html."""

from __future__ import annotations

import re
from typing import Final

_HEADING: Final = re.compile(r"^(\*+)(?: (.*))?$")
_KEYWORD: Final = re.compile(r"^#\+(\w+):\s*(.*)$")
_PROPERTY: Final = re.compile(r"^\s*:([^:\s]+):\s+(.*)$")
_DRAWERS: Final = (":properties:", ":logbook:")
_BLOCK: Final = re.compile(r"(?i)^\s*#\+(begin|end)_(\w+)\s*(\S*)")
_COMMA: Final = re.compile(r"^(\s*),(?=,*(?:\*|#\+))")
"""How Org masks what would begin a heading or a keyword within a block."""
_LINK: Final = re.compile(r"\[\[([^\[\]\n]+)\]\[([^\[\]\n]+)\]\]")
_CODE: Final = re.compile(r"(?<![\w~=])([~=])(\S(?:[^\n]{0,500}?\S)?)\1(?![\w~=])")
_EMPHASIS: Final = (
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]{0,500}?\S)?)\*(?![\w*])"), r"**\1**"),
    (re.compile(r"(?<![\w/:])/(\S(?:[^/\n]{0,500}?\S)?)/(?![\w/])"), r"*\1*"),
    (re.compile(r"(?<![\w+])\+(\S(?:[^+\n]{0,500}?\S)?)\+(?![\w+])"), r"~~\1~~"),
)


def markdown(text: str) -> tuple[dict[str, str], str]:
    """Keywords such as TITLE, the properties of the page, and the text as Markdown; stars are levels."""
    keywords: dict[str, str] = {}
    lines: list[str] = []
    block = ""
    source = text.split("\n")
    ends, after_drawer = _ends_of_drawers(source), 0
    for number, line in enumerate(source):
        if number < after_drawer:
            continue
        if found := _BLOCK.match(line):
            kind, name, language = found[1].casefold(), found[2].casefold(), found[3]
            block = name if kind == "begin" else ""
            if name != "quote":
                lines.append(f"```{language if kind == 'begin' else ''}")
        elif block and block != "quote":
            lines.append(_COMMA.sub(r"\1", line))
        elif line.strip().casefold() in _DRAWERS and (end := ends[number]):
            after_drawer = end + 1
            if not any(before.strip() for before in lines):
                pairs = (_PROPERTY.match(inner) for inner in source[number + 1 : end])
                keywords |= {pair[1].casefold(): pair[2].strip() for pair in pairs if pair}
        elif not block and (found := _KEYWORD.match(line)) and found[1].casefold() not in keywords:
            keywords[found[1].casefold()] = found[2].strip()
        else:
            lines.append(("> " if block == "quote" else "") + _line(line))
    if block and block != "quote":
        lines.append("```")
    return keywords, "\n".join(lines).strip("\n")


def _ends_of_drawers(lines: list[str]) -> list[int]:
    """For each line the next one at which a drawer ends; 0 where there is none before the next heading."""
    ends = [0] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].strip().casefold() == ":end:":
            ends[number] = number
        elif not _HEADING.match(lines[number]):
            ends[number] = ends[number + 1]
    return ends


def _line(line: str) -> str:
    if found := _HEADING.match(line):
        return f"{'#' * min(len(found[1]), 6)} {_inline(found[2] or '')}".rstrip()
    if re.match(r"^\s{4,}\S", line):  # words under a heading stand as deep as it does; Markdown would take code
        line = line.strip()
    return _inline(line)


def _inline(text: str) -> str:
    kept: list[str] = []

    def keep(shown: str) -> str:
        kept.append(shown)
        return f"\ufdd0{len(kept) - 1}\ufdd1"

    text = re.sub("[\ufdd0\ufdd1]", "\ufffd", text)
    text = _CODE.sub(lambda found: keep(f"`{found[2]}`"), text)
    text = _LINK.sub(lambda found: keep(f"[{found[2]}]({found[1]})"), text)
    text = re.sub(r"\[\[[^\[\]\n]+\]\]|<?\w+://[^\s>]+>?", lambda found: keep(found[0]), text)
    for pattern, shown in _EMPHASIS:
        text = pattern.sub(shown, text)
    return re.sub("\ufdd0(\\d+)\ufdd1", lambda found: kept[int(found[1])], text)
