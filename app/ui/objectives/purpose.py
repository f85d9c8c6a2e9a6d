"""The purpose: the sentence that objectives serve, its earlier wordings, and a question once in ninety days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core import clock, objectives
from app.core.objectives import PurposeRow
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.dates import short_day
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.tips import plain_tip


class PurposeDialog(Dialog):
    """Says the purpose anew from today on; earlier wordings stay below with their days."""

    def __init__(
        self, store: Store, rows: Sequence[PurposeRow], parent: QWidget | None = None, *, today: date
    ) -> None:
        super().__init__(parent, self.tr("Purpose"), self.tr("Save"), width=theme.px(520))
        self._store, self._today = store, today
        self.text = QPlainTextEdit(rows[0].text if rows else "")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(96))
        self.form = Form()
        self.form.add(
            "text",
            self.tr("Why do you do this work, and for whom?"),
            self.text,
            hint=self.tr("One or two sentences of your own. Planning shows them to you again."),
        )
        self.body.addWidget(self.form)
        self._show_earlier(rows[1:])
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.text.textChanged.connect(self._touch)
        self.text.setFocus()

    def save(self) -> bool:
        with self._store.write() as session:
            objectives.say_purpose(session, self.text.toPlainText(), today=self._today, now=clock.now())
        return True

    def _show_earlier(self, rows: Sequence[PurposeRow]) -> None:
        if rows:
            self.body.addWidget(label(self.tr("Earlier wordings"), "field"))
        for row in rows[:6]:
            since = self.tr("since {day}: {text}").format(day=short_day(row.since, self._today), text=row.text)
            self.body.addWidget(label(since, "secondary", wrap=True))

    def _problems(self) -> dict[str, str]:
        if self.text.toPlainText().strip():
            return {}
        return {"text": self.tr("Say in a sentence why you do this work, and for whom.")}

    def _touch(self) -> None:
        self._drafting.touch("text")


class PurposeStrip(QWidget):
    """The purpose below the list of objectives, or the way to say it. `opened` asks for the dialog."""

    opened = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("", "secondary", wrap=True)
        self._text.setMaximumHeight(theme.px(66))
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._open = button("", role="link", slot=self.opened.emit)
        self.confirm = button(self.tr("Still true"), role="link", slot=self.confirmed.emit)
        self._question = label(self.tr("Untouched for 90 days. Still true?"), "hint", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(self.tr("Purpose"), "label"), 1)
        head.addWidget(self.confirm)
        head.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 12, 12)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._question)

    @property
    def asks(self) -> bool:
        """Whether it asks if the purpose is still true."""
        return not self.confirm.isHidden()

    def show_purpose(self, row: PurposeRow | None, today: date) -> None:
        """Show the wording that holds now."""
        is_asked = row is not None and objectives.is_worth_asking(row, today)
        self._text.setText(self.tr("Why do you do this work? Objectives serve it.") if row is None else row.text)
        self._text.setToolTip("" if row is None else plain_tip(row.text))
        self._open.setText(self.tr("Say it") if row is None else self.tr("Change"))
        self.confirm.setVisible(is_asked)
        self._question.setVisible(is_asked)
