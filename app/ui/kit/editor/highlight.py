"""Styles Markdown source as it is typed: what is marked looks so, and the marks step back."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.ui.kit import theme

PLAIN: Final = 0
FENCED: Final = 1
LONGEST_LINE: Final = 20_000
"""Lines beyond this are left unstyled: nobody reads them, and each key would restyle them whole."""

_FENCE: Final = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING: Final = re.compile(r"^(#{1,6})\s+\S")
_QUOTE: Final = re.compile(r"^\s*>")
_LIST: Final = re.compile(r"^\s*([-*+]|\d+[.)])\s+(\[[ xX]\](?=\s))?")
_TABLE: Final = re.compile(r"^\s*\|.*\|\s*$")
_RULE: Final = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_CODE: Final = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC: Final = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*_])")
_STRUCK: Final = re.compile(r"(~~)(?=\S)(.+?)(?<=\S)~~")
_LINK: Final = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\n]*\))")
_ITEM: Final = re.compile(r"(\[\[)([^\]\n]+)(\]\])")
_URL: Final = re.compile(r"(?<![\w(])(?:https?://|mailto:)[^\s<>)\]]+")
_TAG: Final = re.compile(r"(?<![\w/#&\[(\]])#[^\W\d_][\w/\-]*")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_PERSON: Final = re.compile(r"(?<![\w.@/])@[^\W\d_][\w\-]*")


class MarkdownHighlighter(QSyntaxHighlighter):
    """Block by block; only fenced code carries a state from one line to the next."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the theme that is on, and style everything again."""
        look = theme.current()

        def format_of(colour: QColor | None = None, **more: object) -> QTextCharFormat:
            made = QTextCharFormat()
            if colour is not None:
                made.setForeground(colour)
            if more.get("bold"):
                made.setFontWeight(QFont.Weight.DemiBold)
            if more.get("italic"):
                made.setFontItalic(True)
            if more.get("struck"):
                made.setFontStrikeOut(True)
            if more.get("mono"):
                made.setFontFamilies([theme.font("mono").family()])
            if size := more.get("size"):
                made.setProperty(int(QTextCharFormat.Property.FontPixelSize.value), size)
            return made

        self._mark = format_of(look.text3)
        self._heading = [format_of(look.text, bold=True, size=size) for size in (22, 18, 16, 15, 15, 15)]
        self._quote = format_of(look.text2, italic=True)
        self._list = format_of(look.accent, bold=True)
        self._done = format_of(look.text3, struck=True)
        self._code = format_of(look.series[1], mono=True)
        self._table = format_of(look.text2, mono=True)
        self._bold = format_of(None, bold=True)
        self._italic = format_of(None, italic=True)
        self._struck = format_of(look.text3, struck=True)
        self._link = format_of(look.accent)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        text = _ASTRAL.sub("\ue000\ue000", text)  # Qt counts UTF-16 units
        inside = self.previousBlockState() == FENCED
        fence = bool(_FENCE.match(text))
        self.setCurrentBlockState(FENCED if inside != fence else PLAIN)
        if inside or fence:
            self.setFormat(0, len(text), self._mark if fence else self._code)
            return
        if not text or len(text) > LONGEST_LINE:
            return
        self._style_line(text)
        self._style_words(text)

    def _style_line(self, text: str) -> None:
        if match := _HEADING.match(text):
            level = len(match[1])
            self.setFormat(0, len(text), self._heading[level - 1])
            marks = QTextCharFormat(self._heading[level - 1])
            marks.setForeground(self._mark.foreground())
            self.setFormat(0, level, marks)
        elif _RULE.match(text):
            self.setFormat(0, len(text), self._mark)
        elif _QUOTE.match(text):
            self.setFormat(0, len(text), self._quote)
        elif match := _LIST.match(text):
            self.setFormat(0, match.end(), self._list)
            if match[2] and match[2][1] != " ":
                self.setFormat(match.end(), len(text) - match.end(), self._done)
        elif _TABLE.match(text):
            self.setFormat(0, len(text), self._table)

    def _style_words(self, text: str) -> None:
        for pattern, style in ((_BOLD, self._bold), (_ITALIC, self._italic), (_STRUCK, self._struck)):
            for match in pattern.finditer(text):
                self._merge(match.start(2), match.end(2), style)
                self._merge(match.start(), match.start(2), self._mark)
                self._merge(match.end(2), match.end(), self._mark)
        for pattern in (_LINK, _ITEM):
            for match in pattern.finditer(text):
                self._merge(match.start(1), match.end(1), self._mark)
                self._merge(match.start(2), match.end(2), self._link)
                self._merge(match.start(3), match.end(3), self._mark)
        for pattern in (_URL, _TAG, _PERSON):
            for match in pattern.finditer(text):
                self._merge(match.start(), match.end(), self._link)
        for match in _CODE.finditer(text):
            self._merge(match.start(), match.end(), self._code)

    def _merge(self, start: int, end: int, style: QTextCharFormat) -> None:
        """Add `style` to what the line already has, so that bold stays bold inside a heading."""
        merged = QTextCharFormat(self.format(start))
        merged.merge(style)
        self.setFormat(start, end - start, merged)
