"""What somebody typed is shown in a tooltip as it stands."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from app.ui.kit.room import ElidedButton
from app.ui.kit.tips import plain_tip


@pytest.mark.parametrize(
    "typed", ["a < b", "<b>bold</b> & more", "<img src='http://example.org/x.png'>", "two\n<lines>"]
)
def test_markup_is_shown_and_not_obeyed(qtbot, typed):
    made = ElidedButton(typed, "link")
    qtbot.addWidget(made)
    shown = QTextDocument()
    shown.setHtml(made.toolTip())
    assert shown.toPlainText() == typed


def test_what_is_no_markup_stays_as_it_is():
    assert plain_tip("Q4 & more") == "Q4 & more"
