"""Each page, empty and full, light and dark, at the usual size and a small one: nothing is cut, all is painted."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui.kit import theme
from app.ui.kit.room import ElidedButton, ElidedLabel
from app.ui.window import MainWindow
from tests.screens import pictures


@pytest.fixture(params=["empty", "demo"])
def window(request, qapp, tmp_path, demo_journal):
    path = tmp_path / "Journal.northing"
    if request.param == "demo":
        shutil.copy(demo_journal, path)
    with pictures.opened(path, tmp_path / "window.ini") as window:
        yield window
    theme.watch().choose("light")


def cut_texts(page: QWidget) -> list[str]:
    """The texts of labels and buttons that have less room than they need."""
    cut = [
        button.text()
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
        and button.text()
        and button.sizeHint().width() > button.width() + 1
        and not isinstance(button, ElidedButton)
    ]
    for label in page.findChildren(QLabel):
        if not label.isVisible() or not label.text() or "<" in label.text() or isinstance(label, ElidedLabel):
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                cut.append(label.text())
        elif label.sizeHint().width() > label.width() + 1:
            whole = QFontMetrics(label.font()).horizontalAdvance(label.text())
            if whole > label.contentsRect().width() + 1:
                cut.append(label.text())
    return cut


def colours(window: MainWindow, look: theme.Choice, page: str) -> int:
    image = pictures.picture(window, page, look).toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


@pytest.mark.parametrize("size", [pictures.SIZE, (900, 600)], ids=["usual", "small"])
def test_no_text_is_cut(window, size):
    window.resize(*size)
    for page in pictures.PAGE_NAMES:
        shown = window.show_page(page)
        pictures.picture(window, page, "light")
        assert cut_texts(shown) == [], page
        assert window.size() == QSize(*size), page


def test_every_page_is_painted_in_both_themes(window):
    for look in ("light", "dark"):  # each change dresses all pages again
        for page in pictures.PAGE_NAMES:
            assert colours(window, look, page) > 8, (page, look)
    dark = pictures.picture(window, "today", "dark").toImage()
    light = pictures.picture(window, "today", "light").toImage()
    middle = light.width() // 2, light.height() // 2
    assert dark.pixelColor(*middle).lightness() < 64 < 200 < light.pixelColor(*middle).lightness()
