"""Markdown as a page to read. Nothing is ever fetched: pictures come from the journal's own files or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.ui.kit import theme
from app.ui.kit.editor.looks import text_font
from app.ui.kit.editor.markdown import COLUMN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST: Final = 300_000
"""Characters shown; the rest is left to the source, and the page says so."""


_CODE_OR_ITEM: Final = re.compile(r"(<code.*?</code>)|\[\[([^\[\]<>\n]{1,300})\]\]", re.DOTALL)
ITEM: Final = "item:"
"""What the address of a link to another item begins with; the title follows."""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    return MarkdownIt("gfm-like", {"html": False}).use(tasklists_plugin).use(footnote_plugin)


def html_of(text: str) -> str:
    """The body of `text` as the rich text that Qt shows; HTML in it is shown as text."""
    html: str = _parser().render(text)
    html = _CODE_OR_ITEM.sub(_linked, html)
    for checked, sign in (('checked="checked" ', "☑"), ("", "☐")):
        for box in (
            f'<input class="task-list-item-checkbox" {checked}disabled="disabled" type="checkbox">',
            f'<input class="task-list-item-checkbox" disabled="disabled" {checked}type="checkbox">',
        ):
            html = html.replace(box, sign + "&nbsp;")
    return html


def _linked(match: re.Match[str]) -> str:
    """``[[title]]`` as a link, but not in code."""
    title = match[2]
    return match[0] if title is None else f'<a href="{ITEM}{quote(unescape(title))}">{title}</a>'


class MarkdownPreview(QTextBrowser):
    """Shows Markdown; links are only told, never followed."""

    link_requested = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, *, attachment: Callable[[str], bytes | None] | None = None
    ) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._ask)
        self.document().setDefaultFont(text_font())
        self.document().setDocumentMargin(4)

    def show_markdown(self, text: str) -> None:
        """Render `text`."""
        self._text = text
        shown = text[:LONGEST]
        self.document().setDefaultStyleSheet(_style())
        body = html_of(shown)
        if len(text) > LONGEST:
            body += "<p><i>" + self.tr("The rest of this long text is shown in the source only.") + "</i></p>"
        at = self.verticalScrollBar().value()
        self.setHtml(body)
        self.verticalScrollBar().setValue(at)

    def _ask(self, url: QUrl) -> None:
        address = url.toString()
        title = unquote(address.removeprefix(ITEM)) if address.startswith(ITEM) else ""
        self.link_requested.emit(f"[[{title}]]" if title else address)

    def restyle(self) -> None:
        """Render again in the colours of the theme that is on."""
        self.show_markdown(self._text)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only the journal's own files; by default Qt would read any file of the computer."""
        place = name.toString() if isinstance(name, QUrl) else name
        if self._attachment is not None and "://" not in place:
            return self._attachment(place)
        return None

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - COLUMN) // 2)  # the event has the size of the viewport, margins taken off
        if side != self.viewportMargins().left():
            self.setViewportMargins(side, 0, side, 0)


def _style() -> str:
    look = theme.current()

    def name(colour: QColor) -> str:
        return colour.name()

    mono = theme.font("mono").family()

    return f"""
        p, li, td, th {{ line-height: 128%; }}
        h1 {{ font-size: 22px; font-weight: 600; }} h2 {{ font-size: 18px; font-weight: 600; }}
        h3 {{ font-size: 16px; font-weight: 600; }} a {{ color: {name(look.accent)}; }}
        blockquote {{ color: {name(look.text2)}; }}
        code, pre {{ font-family: '{mono}'; background: {name(look.bg)}; }}
        th {{ color: {name(look.text2)}; text-align: left; padding-right: 16px; }} td {{ padding-right: 16px; }}
    """
