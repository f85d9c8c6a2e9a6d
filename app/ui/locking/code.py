"""The recovery code on screen: shown once, to be written down, saved elsewhere or printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import reason_of
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label


class CodeSheet(QWidget):
    """Shows the code of the journal called `name`.

    Signals:
        kept: Whether somebody says that the code is in a safe place. told: There is a sentence below now.
    """

    kept = Signal(bool)
    told = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.code = label("", "section")
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(18))
        self.code.setFont(font)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.outcome = label("", "hint", wrap=True)
        self.outcome.hide()
        self.is_kept = QCheckBox(self.tr("I keep the code in a safe place, not on this computer alone"))
        self.is_kept.toggled.connect(self.kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            label(
                self.tr(
                    "This code opens the journal and its backups if you forget the passphrase. It is shown only "
                    "now. Whoever finds it can read the journal, so keep it where you keep papers that matter."
                ),
                "secondary",
                wrap=True,
            )
        )
        card = Card()
        card.body.addWidget(self.code)
        column.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, icon, slot in (
            (self.tr("&Copy"), "copy", self._copy),
            (self.tr("&Save as a file…"), "download", self._ask_place),
            (self.tr("&Print…"), "printer", self._print),
        ):
            made = button(text, icon=icon, slot=slot)
            made.setAutoDefault(False)
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.outcome)
        column.addWidget(self.is_kept)
        column.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show `code`."""
        self.code.setText(code)

    def save_to(self, place: str) -> None:
        """Write the sheet to the file `place`."""
        try:
            Path(place).write_text(self._text(), encoding="utf-8")
        except OSError as error:
            why = reason_of(error)
            self._tell(self.tr("“{place}” could not be written: {why}.").format(place=place, why=why))
            return
        self._tell(self.tr("Saved as “{place}”.").format(place=place))

    def _tell(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.show()
        self.told.emit()

    def _text(self) -> str:
        return self.tr("Recovery code of the journal “{name}”:\n\n    {code}\n").format(
            name=self._name, code=self.code.text()
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self._tell(self.tr("Copied. Other programs can read it there until you copy something else."))

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the recovery code goes"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(self.tr("Recovery code of {name}.txt").format(name=self._name))
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        document = QTextDocument(self)
        document.setPlainText(self._text())
        dialog.accepted.connect(lambda: document.print_(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()
