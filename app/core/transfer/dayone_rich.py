"""Day One's rich text, for entries that come without their Markdown."""

from __future__ import annotations

import json
from typing import cast

Part = dict[str, object]


def markdown(rich: str) -> str:
    """The Markdown that a `richText` field says; the field itself where it is none, "" where it is broken."""
    try:
        root = json.loads(rich)
    except (ValueError, RecursionError):
        return "" if rich.lstrip().startswith("{") else rich
    contents = root.get("contents") if isinstance(root, dict) else None
    if not isinstance(contents, list):
        return ""
    return _Page().of([part for part in contents if isinstance(part, dict)])


class _Page:
    """Collects runs of text into lines; a run's `line` attributes say what its line is."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._now = ""
        self._kind = ""
        self._last = ""
        self._in_code = False

    def of(self, parts: list[Part]) -> str:
        for part in parts:
            for one in _dicts(part.get("embeddedObjects")):
                self._embed(one)
            if isinstance(text := part.get("text"), str):
                self._run(text, _dict(part.get("attributes")))
        self._end()
        if self._in_code:
            self._lines.append("```")
        return "\n".join(self._lines).strip("\n")

    def _run(self, text: str, attributes: Part) -> None:
        line = _dict(attributes.get("line"))
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._end()
            if piece or number == 0:
                if not self._now:
                    self._kind = _kind(line)
                self._now += _marked(piece, attributes, is_code=self._kind == "code")

    def _end(self) -> None:
        if (self._kind == "code") != self._in_code:
            self._in_code = not self._in_code
            self._lines.append("```")
        is_item = self._kind.lstrip().startswith(("-", "1."))
        if self._kind != "code" and self._lines and self._lines[-1] and not (is_item and self._last == "item"):
            self._lines.append("")
        prefix = "" if self._kind == "code" else self._kind
        self._lines.append(prefix + self._now)
        self._last = "item" if is_item else ""
        self._now = self._kind = ""

    def _embed(self, one: Part) -> None:
        kind, identifier = str(one.get("type") or ""), str(one.get("identifier") or "")
        if kind == "horizontalRuleLine":
            self._now += "---"
        elif identifier:
            self._now += f"![](dayone-moment:/{'' if kind == 'photo' else kind}/{identifier})"


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
        return f"{deep}1. "
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
