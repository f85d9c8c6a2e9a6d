"""The column of text keeps a width that can be read."""

from __future__ import annotations

import pytest

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
