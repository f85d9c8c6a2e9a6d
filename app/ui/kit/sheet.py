"""A page that is longer than the window: one column at the page's own margins, and the area it scrolls in."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def sheet(*, top: int = 16, bottom: int = 20) -> tuple[QWidget, QVBoxLayout]:
    """An empty sheet and its column, to be filled from the top."""
    made = QWidget()
    made.setProperty("role", "page")
    column = QVBoxLayout(made)
    column.setContentsMargins(28, top, 28, bottom)
    column.setSpacing(12)
    return made, column


def scrolling(content: QWidget, within: QWidget | None = None) -> QScrollArea:
    """The area in which `content` scrolls, as the whole of `within` where that is given."""
    made = QScrollArea()
    made.setProperty("role", "page")
    made.setWidgetResizable(True)
    made.setWidget(content)
    if within is not None:
        whole = QVBoxLayout(within)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(made)
    return made
