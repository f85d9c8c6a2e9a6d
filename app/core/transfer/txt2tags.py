"""From txt2tags, the markup of RedNotebook, to Markdown.

Rules after the markup's user guide (https://txt2tags.org/rules.html) and RedNotebook's help.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_TITLES: Final = tuple(
    re.compile(rf"^\s*({mark}{{1,5}})([^{mark}](?:.*[^{mark}])?)\1(?:\[[\w-]*\])?\s*$") for mark in ("=", r"\+")
)
_BAR: Final = re.compile(r"^\s*[-=_]{20,}\s*$")
_DASHES: Final = re.compile(r"^\s*(-{2,}|={2,}|_{3,}|\*{3,})\s*$")
_ITEM: Final = re.compile(r"^(?P<indent> *)(?P<mark>[-+:]) (?P<said>(?! ).*)$")
_LIST_END: Final = re.compile(r"^ *[-+:]\s*$")
_TABLE: Final = re.compile(r"^ *\|\|? ")
_FENCES: Final = ("```", '"""', "'''")
_URL: Final = r"(?:(?:https?|ftp|file|news|gopher|telnet|wais)://|mailto:|www\.)"
_CODE: Final = re.compile(r"``([^`\n](?:[^\n]{0,2000}?[^`\n])?)``(?!`)")
_IMAGE: Final = re.compile(
    r'\[(?:""(?P<quoted>[^"\n]+)""|(?P<bare>[^\s\[\]"]+?))'
    r"(?P<ending>\.(?i:png|jpe?g|gif|eps|bmp|svg|webp))(?:\?(?P<width>\d+))?\]"
)
_LINK: Final = re.compile(
    r'\[(?P<name>[^\[\]\n"]{0,2000}?)\s*""(?P<quoted>[^"\n]+)""\]'
    rf'|\[(?P<called>[^\[\]\n"]{{0,2000}}?)\s+(?P<bare>{_URL}[^\s\[\]]*|\S+@\S+\.\w+|[\w./~-]+\.(?:html?|txt|pdf))\]'
)
_RAW: Final = re.compile(r"\"\"([^\"\n]{1,2000}?)\"\"|''([^'\n]{1,2000}?)''")
_BARE_URL: Final = re.compile(rf"{_URL}[^\s\"<>\]\[]*[^\s\"<>\]\[.,;:!?)]")
_EMPHASIS: Final = (
    (re.compile(r"\*\*(\S(?:.{0,2000}?\S)?\**)\*\*"), r"**\1**"),
    (re.compile(r"//(\S(?:.{0,2000}?\S)?/*)//"), r"*\1*"),
    (re.compile(r"__(\S(?:.{0,2000}?\S)?_*)__"), r"*\1*"),  # Markdown has no underline
    (re.compile(r"--(\S(?:.{0,2000}?\S)?-*)--"), r"~~\1~~"),
)
_MEANS_MORE: Final = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[*](?=\s)|~~~)")
_NUMBERED: Final = re.compile(r"^(\s*\d+)([.)]\s)")


def markdown(text: str) -> str:
    """The Markdown that says what `text`, marked up for txt2tags, says."""
    return _Page().of(text)


class _Page:
    """Goes down the lines and remembers in which block it is."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._fence = ""
        self._block = ""
        self._indents: list[int] = []
        self._numbers: list[int] = []
        self._blanks = 0

    def of(self, text: str) -> str:
        for line in text.split("\n"):
            if self._fence:
                self._verbatim(line)
            else:
                self._one(line)
        if self._fence:
            self._lines.append("```")
        return "\n".join(self._lines).strip("\n")

    def _verbatim(self, line: str) -> None:
        ends = line.rstrip() == self._fence
        self._lines.append("```" if ends else line)
        self._fence = "" if ends else self._fence

    def _one(self, line: str) -> None:
        bare = line.strip()
        self._blanks = 0 if bare else self._blanks + 1
        if self._blanks == 2 or _LIST_END.match(line):
            self._indents, self._numbers = [], []
        if line.rstrip() in _FENCES:
            self._fence = line.rstrip()
            self._add("```")
        elif not bare or (_LIST_END.match(line) and bare != ":"):
            self._add("")
        elif _TABLE.match(line):
            self._row(bare)
        elif (item := _ITEM.match(line)) and not _TITLES[1].match(line):
            self._item(item)
        elif line.startswith("\t") and not self._indents:
            deep = min(len(line) - len(line.lstrip("\t")), 20)
            self._add("> " * deep + _inline(bare), "quote")
        else:
            self._add(_line(line, in_list=bool(self._indents)))

    def _add(self, line: str, block: str = "") -> None:
        """A line of another block than the one before stands apart, or Markdown would draw it in."""
        if line and block != self._block and "" not in (self._block or block, *self._lines[-1:]):
            self._lines.append("")
        self._block = block if line else ""
        self._lines.append(line)

    def _item(self, item: re.Match[str]) -> None:
        indent = len(item["indent"])
        while self._indents and indent <= self._indents[-1]:
            self._indents.pop()
        self._indents.append(indent)
        del self._numbers[len(self._indents) :]
        self._numbers += [0] * (len(self._indents) - len(self._numbers))
        self._numbers[-1] += 1
        mark = f"{self._numbers[-1]}." if item["mark"] == "+" else "-"
        said = _inline(item["said"].strip())
        shown = f"**{said}**" if item["mark"] == ":" and said else said
        self._add("    " * (len(self._indents) - 1) + f"{mark} {shown}")

    def _row(self, bare: str) -> None:
        cells = [_inline(cell.strip()).replace("|", "\\|") for cell in bare.strip("|").split(" | ")]
        if self._block != "table":
            head = cells if bare.startswith("||") else [" "] * len(cells)
            self._add("| " + " | ".join(head) + " |", "table")
            self._add("|" + " --- |" * len(cells), "table")
            if bare.startswith("||"):
                return
        self._add("| " + " | ".join(cells) + " |", "table")


def _line(line: str, *, in_list: bool) -> str:
    if _BAR.match(line):
        return "---"
    if _DASHES.match(line):
        return "\\" + line.strip()
    for pattern in _TITLES:
        if title := pattern.match(line):
            return f"{'#' * len(title[1])} {_inline(title[2].strip())}"
    if line.startswith("%"):
        return f"<!-- {line.lstrip('%').strip().replace('--', '- -')} -->"
    if line.startswith("``` "):
        return f"    {line[4:]}"
    shown = _inline(line if in_list else line.lstrip())
    return _NUMBERED.sub(r"\1\\\2", _MEANS_MORE.sub(r"\1\\\2", shown))


def _inline(text: str) -> str:
    """Marks within a line; what is verbatim or an address is set aside first, so that no mark in it counts."""
    kept: list[str] = []
    aside = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)

    def keep(shown: str) -> str:
        kept.append(shown)
        return f"{aside}{len(kept) - 1}{aside}"

    text = _CODE.sub(lambda found: keep(f"`{found[1]}`"), text)
    text = _IMAGE.sub(lambda found: keep(_image(found)), text)
    text = _LINK.sub(lambda found: keep(_link(found)), text)
    text = _RAW.sub(lambda found: keep(_literal(found[1]) if found[1] else found[2]), text)
    text = _BARE_URL.sub(lambda found: keep(found[0]), text)
    text = _escaped(text)
    for pattern, shown in _EMPHASIS:
        text = pattern.sub(shown, text)
    text, breaks = re.subn(r"\\\\\s*$", "", text)
    text = text.replace("\\\\", "\\\\\\\\") + "\\" * breaks
    for _ in range(4):  # what was set aside may hold what was set aside before
        text = re.sub(f"{aside}(\\d+){aside}", lambda found: kept[int(found[1])], text)
    return text


def _escaped(text: str) -> str:
    """Marks that mean nothing in txt2tags but would in Markdown."""
    text = re.sub(r"(?<![*\\])\*(?!\*)(?=\S)", r"\\*", text)
    text = re.sub(r"(?<![_\w\\])_(?!_)(?=\S)", r"\\_", text)
    return re.sub(r"(?<!\\)~~(?=\S)", r"\\~~", text)


def _literal(text: str) -> str:
    return re.sub(r"([\\*_`\[\]<>~])", r"\\\1", text)


def _image(found: re.Match[str]) -> str:
    path = (found["quoted"] or found["bare"]) + found["ending"]
    return f"![{path.rpartition('/')[2]}]({_address(path)})"


def _link(found: re.Match[str]) -> str:
    target = found["quoted"] or found["bare"]
    name = (found["name"] or found["called"] or "").strip()
    address = f"mailto:{target}" if "@" in target and "/" not in target and ":" not in target else target
    return f"[{_inline(name) if name else target}]({_address(address)})"


def _address(path: str) -> str:
    return quote(path, safe="/:?&=#%@+,;~!$'*-._") if re.search(r"[\s()<>]", path) else path
