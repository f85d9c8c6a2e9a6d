"""What this Northing is: its version, its parts with their licences, and facts to send along with a question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import APP_NAME, __version__
from app.core.licences import licences
from app.core.store import Store
from app.ui.help.facts import facts
from app.ui.kit import icons
from app.ui.kit.actions import button
from app.ui.kit.cards import label

SIZE = (820, 580)
MARK = 56
NAMES_WIDE = 230


class AboutDialog(QDialog):
    """Facts and licences, side by side with nothing to decide."""

    def __init__(self, store: Store | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About {app}").format(app=APP_NAME))
        self.resize(*SIZE)
        self._licences = licences()
        self.facts = facts(store)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._facts(), self.tr("This computer"))
        self.tabs.addTab(self._terms(), self.tr("Licences"))
        self.copy = button(self.tr("Copy diagnostics"), icon="copy", slot=self._copy)
        self.copied = label("", "hint")
        close = button(self.tr("Close"), role="primary", slot=self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addWidget(self.copied, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addLayout(self._head())
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        close.setFocus()

    def _head(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(icons.pixmap("northing", MARK, QColor(), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.tr("{app} {version}").format(app=APP_NAME, version=__version__), "title"))
        words.addWidget(
            label(self.tr("A private journal and goal tracker. One file, no account, no network."), "secondary")
        )
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(mark)
        row.addLayout(words, 1)
        return row

    def _facts(self) -> QWidget:
        shown = _text(self.facts)
        shown.setAccessibleName(self.tr("Diagnostics"))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Versions, places and sizes; not a word of what you wrote."), "secondary"))
        column.addWidget(shown, 1)
        return held

    def _terms(self) -> QWidget:
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Parts of {app}").format(app=APP_NAME))
        self.names.addItems([licence.name for licence in self._licences])
        self.names.setFixedWidth(NAMES_WIDE)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.terms = _text("")
        self.terms.setAccessibleName(self.tr("Licence"))
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 10, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.names)
        row.addWidget(self.terms, 1)
        return held

    def _show(self, row: int) -> None:
        self.terms.setPlainText(self._licences[row].text if row >= 0 else "")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.facts)
        self.copied.setText(self.tr("Copied. Paste it where you ask."))


def _text(said: str) -> QPlainTextEdit:
    made = QPlainTextEdit(said)
    made.setReadOnly(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
