"""Markdown as a page to read. Nothing is ever fetched: pictures come from the journal's own files or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QImage, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.ui.kit import theme
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.looks import HEADING_SIZES, text_font
from app.ui.kit.editor.markdown import COLUMN
from app.ui.kit.pictures import Pictures, picture

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST: Final = 300_000
"""Characters shown; the rest is left to the source, and the page says so."""


ITEM: Final = "item:"
"""What the address of a link to another item begins with; ``[[title]]``, ``@person`` or ``#tag`` follows."""

_NAMED: Final = re.compile(
    r"(?s)(<code.*?</code>|<a\b.*?</a>|<[^<>]*>)"
    r"|(?:(?<!\w)!)?\[\[([^\[\]<>\n]{1,300})\]\]|(?<![\w/#&])(#[^\W\d_][\w/-]*)|(?<![\w.@/])(@[^\W\d_][\w-]*)"
)
_PICTURE: Final = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')
_WITH_PICTURE: Final = re.compile(r"<p>(?=(?:(?!</p>).)*<img )", re.DOTALL)
_PICTURES_KEPT: Final = 24
_EDGE: Final = 16
_SETTLED_MS: Final = 120
_ALIGNED: Final = re.compile(r'(?<=<t[dh] )style="text-align:(\w+)"')
_CODE_BLOCK: Final = re.compile(r"<pre><code[^>]*>(.*?)\n?</code></pre>", re.DOTALL)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    return MarkdownIt("gfm-like", {"html": False, "breaks": True}).use(tasklists_plugin).use(footnote_plugin)


def html_of(text: str) -> str:
    """The body of `text` as the rich text that Qt shows; HTML in it is shown as text."""
    html: str = _parser().render(text)
    html = _NAMED.sub(_linked, html)
    for checked, sign in (('checked="checked" ', "☑"), ("", "☐")):
        for box in (
            f'<input class="task-list-item-checkbox" {checked}disabled="disabled" type="checkbox">',
            f'<input class="task-list-item-checkbox" disabled="disabled" {checked}type="checkbox">',
        ):
            html = html.replace(box, sign + "&nbsp;")
    # Qt draws no edge beside a paragraph and no room around it, but both in a cell.
    html = _CODE_BLOCK.sub(r'<table class="code" width="100%"><tr><td><pre>\1</pre></td></tr></table>', html)
    html = _ALIGNED.sub(r'align="\1"', html)  # an own style would lose a cell its edges
    html = html.replace("<blockquote>", '<table class="quote" width="100%"><tr><td>')
    return html.replace("</blockquote>", "</td></tr></table>")


def _linked(match: re.Match[str]) -> str:
    """What names an item, a person or a tag as a link, but not in code."""
    if match[1]:
        return match[0]
    said = f"[[{match[2]}]]" if match[2] else match[0]
    shown = match[2].partition("|")[2].strip() or match[2] if match[2] else match[0]
    return f'<a href="{ITEM}{quote(unescape(said))}">{shown}</a>'


class MarkdownPreview(QTextBrowser):
    """Shows Markdown; links are only told, never followed.

    Args:
        place: Where the picture lies that the text calls so, None where it is none of the journal's own.
    """

    link_requested = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, *, place: Callable[[str], Path | None] | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place or (lambda _target: None)
        self._pictures = Pictures(lambda path: picture(path, COLUMN), _PICTURES_KEPT, self)
        self._text = ""
        self._has_pictures = False
        self._drawn: dict[tuple[Path, int], QImage] = {}
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._show_again)
        self._pictures.arrived.connect(self._settled.start)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._ask)
        self.document().setDocumentMargin(4)
        self._dress()
        theme.watch().changed.connect(self.restyle)
        comfort().changed.connect(self.restyle)

    def show_markdown(self, text: str) -> None:
        """Render `text`."""
        self._text = text
        shown = text[:LONGEST]
        self.document().setDefaultStyleSheet(_style(comfort().zoom))
        body = _PICTURE.sub(self._pictured, html_of(shown))
        self._has_pictures = "<img " in body
        body = _WITH_PICTURE.sub('<p style="line-height: 100%">', body)  # a quarter of its height is no gap
        if len(text) > LONGEST:
            body += "<p><i>" + self.tr("The rest of this long text is shown in the source only.") + "</i></p>"
        at = self.verticalScrollBar().value()
        self.setHtml(body)
        self._size_headings()
        self.verticalScrollBar().setValue(at)

    def restyle(self) -> None:
        """Render again in the colours and sizes in force."""
        self._dress()
        self._show_again()

    def _show_again(self) -> None:
        if self.isVisible():
            self.show_markdown(self._text)

    def _pictured(self, match: re.Match[str]) -> str:
        """A picture of the journal's own, or else what it is called: nothing is fetched."""
        if self._place(unescape(match[1])) is not None:
            return match[0]
        said = match[2] or escape(unquote(unescape(match[1])))
        return f'<a href="{match[1]}">{self.tr("Picture: {name}").format(name=said)}</a>'

    def _dress(self) -> None:
        self.document().setDefaultFont(text_font(comfort().zoom))

    def _size_headings(self) -> None:
        """Qt makes headings larger by steps of its own, on top of what a style sheet says."""
        block = self.document().begin()
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                pixels = max(theme.px(HEADING_SIZES[level - 1] * comfort().zoom), 1)
                for start, end, sized in _parts(block):
                    sized.clearProperty(int(QTextCharFormat.Property.FontSizeAdjustment.value))
                    sized.setProperty(int(QTextCharFormat.Property.FontPixelSize.value), pixels)
                    sized.setFontWeight(QFont.Weight.DemiBold)
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(start)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(sized)
            block = block.next()

    def _ask(self, url: QUrl) -> None:
        address = url.toString()
        self.link_requested.emit(unquote(address.removeprefix(ITEM)) if address.startswith(ITEM) else address)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only the journal's own files; by default Qt would read any file of the computer."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        path = self._place(name.toString() if isinstance(name, QUrl) else name)
        image = self._pictures.of(path) if path is not None else None
        return QImage() if image is None or path is None else self._fitted(path, image)

    def _fitted(self, path: Path, image: QImage) -> QImage:
        """A picture no wider than the page, as sharp as the screen."""
        # Beside the bar, there or not: it goes while a page is replaced, and comes back with its pictures.
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        wide = min(image.width(), max(room - _EDGE, _EDGE))
        dots = round(wide * self.devicePixelRatioF())
        if (path, dots) not in self._drawn:
            if len(self._drawn) > _PICTURES_KEPT:
                self._drawn.clear()
            fits = image.width() <= dots
            made = QImage(image) if fits else image.scaledToWidth(dots, Qt.TransformationMode.SmoothTransformation)
            made.setDevicePixelRatio(made.width() / wide)
            self._drawn[(path, dots)] = made
        return self._drawn[(path, dots)]

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        side = max(0, self.width() - COLUMN)  # the event has the size of the viewport, margins taken off
        if side != self.viewportMargins().right():
            self.setViewportMargins(0, 0, side, 0)
        if self._has_pictures:
            self._settled.start()


def _parts(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The stretches of a block that look alike: start, end and how they look."""
    made = []
    for part in cast("Iterable[QTextBlock.iterator]", block):
        held = part.fragment()
        made.append((held.position(), held.position() + held.length(), QTextCharFormat(held.charFormat())))
    return made


def _style(zoom: float) -> str:
    look = theme.current()

    def name(colour: QColor) -> str:
        return colour.name()

    mono, small = theme.font("mono").family(), theme.px(14 * zoom)
    edge = name(look.border2)
    return f"""
        p, li, td, th {{ line-height: 125%; }}
        a {{ color: {name(look.accent)}; text-decoration: none; }}
        h1, h2, h3, h4, h5, h6 {{ margin-top: 16px; margin-bottom: 6px; }}
        ul, ol {{ margin-top: 4px; margin-bottom: 4px; }}
        ul.contains-task-list {{ list-style-type: none; }}
        code {{ font-family: '{mono}'; font-size: {small}px; color: {name(look.warn)}; }}
        pre {{ font-family: '{mono}'; font-size: {small}px; margin: 0px; }}
        table {{ border-collapse: collapse; margin-top: 8px; margin-bottom: 8px; }}
        th {{ color: {name(look.text2)}; text-align: left; font-weight: 600; }}
        th, td {{ border: 1px solid {edge}; padding: 4px 10px; }}
        table.code td {{ border: none; background-color: {name(look.bg)}; padding: 8px 12px; }}
        table.quote td {{
            border-top: none; border-right: none; border-bottom: none; border-left: 3px solid {edge};
            color: {name(look.text2)}; padding: 0px 12px;
        }}
    """
