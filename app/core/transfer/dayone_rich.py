"""Day One's rich text, for entries that come without their Markdown."""

from __future__ import annotations

import json
import re
from typing import Final, cast

Part = dict[str, object]

_RULES: Final = ("horizontalRuleLine", "horizontalLineRule")
_SAID: Final = (
    "name", "title", "song", "show", "episode", "artist", "album", "displayName", "movementTypeName", "placeName",
    "city", "kindDisplayName", "valenceClassificationDisplayName", "labelsDisplayNames",
)  # fmt: skip
"""What an enclosed suggestion (a song, a place, a workout …) says of itself."""
_MEDIA: Final = ("photo", "video", "audio", "pdfAttachment")
_ITEM: Final = re.compile(r" *(?:-|\d+\.) ")


def markdown(rich: object) -> str:
    """The Markdown that a `richText` field says, be it JSON or what JSON says; "" where it is broken.

    A field that is neither is taken as it is.
    """
    root = rich
    if isinstance(rich, str):
        try:
            root = json.loads(rich)
        except (ValueError, RecursionError):
            return "" if rich.lstrip().startswith("{") else rich
    if not isinstance(root, dict):
        return ""
    contents = root.get("contents")
    return _Page().of(_dicts(contents if isinstance(contents, list) else root.get("nodes")))


class _Page:
    """Collects runs of text into lines; a run's `line` attributes say what its line is."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._now = ""
        self._kind = ""
        self._last = ""
        self._before: Part = {}
        self._in_code = False
        self._is_after_embed = False

    def of(self, parts: list[Part]) -> str:
        for part in parts:
            self._embed(_dicts(part.get("embeddedObjects")))
            if isinstance(text := part.get("text"), str):
                self._run(text, _dict(part.get("attributes")))
        self._end()
        if self._in_code:
            self._lines.append("```")
        return "\n".join(self._lines).strip("\n")

    def _run(self, text: str, attributes: Part) -> None:
        line = _dict(attributes.get("line"))
        if self._is_after_embed:
            text = text.removeprefix("\n")
            self._is_after_embed = False
        if self._now and text and self._begins(text, attributes):
            self._end()
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._end()
            if piece or number == 0:
                if not self._now:
                    self._kind = _kind(line)
                self._now += _marked(piece, attributes, is_code=self._kind == "code")
        self._before = attributes

    def _begins(self, text: str, attributes: Part) -> bool:
        """Whether a run begins a line although no line break stands before it."""
        line, before = _dict(attributes.get("line")), _dict(self._before.get("line"))
        if (not line and not before) or text.startswith("\n"):
            return False
        if not line:
            return bool(self._kind) and not (text[0].isspace() or self._now[-1].isspace())
        if line != before:
            return True
        return bool(self._kind) and "identifier" not in line and attributes == self._before

    def _end(self) -> None:
        if (self._kind == "code") != self._in_code:
            self._in_code = not self._in_code
            self._lines.append("```")
        is_item = bool(_ITEM.match(self._kind))
        if self._kind != "code" and self._lines and self._lines[-1] and not (is_item and self._last == "item"):
            self._lines.append("")
        prefix = "" if self._kind == "code" else self._kind
        self._lines.append(prefix + self._now)
        self._last = "item" if is_item else ""
        self._now = self._kind = ""

    def _embed(self, objects: list[Part]) -> None:
        """What is enclosed stands in a paragraph of its own; pictures of one node side by side."""
        said = [shown for one in objects if (shown := _enclosed(one))]
        if not said:
            return
        if self._now:
            self._end()
        self._now = "".join(said)
        self._end()
        self._is_after_embed = True


def _enclosed(one: Part) -> str:
    kind, identifier = str(one.get("type") or ""), str(one.get("identifier") or "")
    if kind in _RULES:
        return "---"
    if kind == "table":
        return _table(one)
    if kind == "renderableCodeBlock":
        return str(one.get("contents") or "")
    if isinstance(url := one.get("url"), str):
        return url
    said = [" ".join(_words(one.get(name)).split()) for name in _SAID]
    if kind not in _MEDIA and any(said):
        return ", ".join(dict.fromkeys(words for words in said if words))
    return f"![](dayone-moment:/{'' if kind == 'photo' else kind}/{identifier})" if identifier else ""


def _words(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _table(one: Part) -> str:
    if isinstance(said := one.get("markdown"), str) and said.strip():
        return said.strip("\n")
    rows = one.get("rows")
    lines = []
    for row in rows if isinstance(rows, list) else []:
        cells = [
            "".join(str(run.get("text") or "") for run in _dicts(cell.get("content"))) for cell in _dicts(row)
        ]
        lines.append("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |")
        if len(lines) == 1:
            lines.append("|" + " --- |" * len(cells))
    return "\n".join(lines)


def _kind(line: Part) -> str:
    """What stands before a line's words; "code" for one of a block of code."""
    indent = line.get("indentLevel")
    deep = "    " * (min(indent, 10) - 1) if isinstance(indent, int) and indent > 1 else ""
    style = line.get("listStyle")
    header = line.get("header")
    if line.get("codeBlock"):
        return "code"
    if isinstance(header, int) and 1 <= header <= 6:
        return "#" * header + " "
    if style == "checkbox":
        return f"{deep}- [{'x' if line.get('checked') else ' '}] "
    if style == "numbered":
        number = str(line.get("listIndex") or 1)
        return f"{deep}{number if number.isdecimal() and len(number) < 9 else 1}. "
    if style:
        return f"{deep}- "
    return "> " if line.get("quote") else ""


def _marked(text: str, attributes: Part, *, is_code: bool) -> str:
    bare = text.strip()
    if is_code or not bare:
        return text
    marks = [("bold", "**"), ("italic", "*"), ("strikethrough", "~~"), ("inlineCode", "`")]
    shown = bare
    for name, mark in marks:
        if attributes.get(name):
            shown = f"{mark}{shown}{mark}"
    if isinstance(link := attributes.get("linkURL"), str):
        shown = f"[{shown}]({link})"
    return text.replace(bare, shown, 1)


def _dict(value: object) -> Part:
    return cast(Part, value) if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Part]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
