"""The column of text keeps a width that can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from app.ui.kit.editor import MarkdownEditor
from app.ui.kit.editor.preview import MarkdownPreview


@pytest.mark.parametrize("kind", [MarkdownEditor, MarkdownPreview])
@pytest.mark.parametrize("width", [300, 720, 730, 900, 2400])
def test_lines_stay_short_in_a_window_of_any_width(qtbot, kind, width):
    editor = kind()
    qtbot.addWidget(editor)
    editor.resize(width, 400)
    editor.show()
    assert editor.viewport().width() <= min(width, 721)
    assert editor.viewport().width() >= min(width, 720) - 30


@pytest.mark.parametrize("width", [240, 300, 900])
def test_what_an_empty_page_asks_stands_on_one_line(qtbot, width):
    editor = MarkdownEditor()
    qtbot.addWidget(editor)
    asked = "What changed today, for whom, and how do you know?"
    editor.setPlaceholderText(asked)
    editor.show()
    editor.resize(width, 400)
    shown = editor.placeholderText()
    assert QFontMetrics(editor.document().defaultFont()).horizontalAdvance(shown) <= editor.viewport().width()
    assert shown.startswith("What changed")
    editor.resize(900, 400)
    assert editor.placeholderText() == asked
