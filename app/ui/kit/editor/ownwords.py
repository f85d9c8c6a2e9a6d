"""The user's own dictionary: the words that spelling was told are right."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.forms import Dialog, Field

HEIGHT = 260


class OwnWordsDialog(Dialog):
    """One word a line, to be added, put right and taken out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("My own words"), parent.tr("Save"), width=theme.px(420))
        self.words = QPlainTextEdit("\n".join(comfort().words))
        self.words.setMinimumHeight(theme.px(HEIGHT))
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(self.tr("None yet. The menu on a word that is underlined puts it here."))
        hint = self.tr("They are right in every language and every journal of this computer.")
        self.body.addWidget(Field(self.tr("One word a line"), self.words, hint=hint))
        self.words.setFocus()

    def save(self) -> bool:
        comfort().put_words(self.words.toPlainText().split("\n"))
        return True
