"""A calm self-assessment: one skill at a time, to be left and taken up again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.skills import Board, EvidenceRow, RatingDraft, SkillRow
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import ProgressBar, label
from app.ui.skills.scale import AnchorList, LevelScale

COLUMN = 640
NOTE_HEIGHT = 64


class Assessment(QWidget):
    """Goes through the skills that were not rated today.

    Enter saves and goes on, `S` skips, Escape leaves; what was rated is kept, so it can be resumed.
    """

    rated = Signal(object)
    skill_shown = Signal(int)
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._skills: list[SkillRow] = []
        self._place = 0
        self.count = label("", "secondary")
        self.progress = ProgressBar(0.0)
        self.area = label("", "label")
        self.title = label("", "title", wrap=True)
        self.last = label("", "secondary", wrap=True)
        self.scale = LevelScale()
        self.anchors = AnchorList()
        self.since = label("", "hint", wrap=True)
        self.note = QPlainTextEdit()
        self.next = button(self.tr("Save and go on"), role="primary", slot=self._save)
        self._areas: dict[int, str] = {}
        self._lay_out()
        self.scale.changed.connect(self._show_level)
        self.anchors.chosen.connect(self.scale.choose)

    def begin(self, board: Board) -> None:
        """Start with the first skill that was not rated today; with all of them, when all were."""
        self._areas = {area.id: area.title for area in board.areas}
        skills = list(board.skills)
        self._skills = [skill for skill in skills if skill.now.day != self._today] or skills
        self._place = 0
        self._show()

    def show_evidence(self, skill_id: int, candidates: list[EvidenceRow]) -> None:
        """Say what was written about the skill since it was last rated."""
        if self._skills and self._skills[self._place].id == skill_id:
            titles = " · ".join(piece.title for piece in candidates[:4])
            self.since.setText(self.tr("Since then: {titles}").format(titles=titles) if titles else "")

    def _show(self) -> None:
        if self._place >= len(self._skills):
            self.left.emit()
            return
        skill = self._skills[self._place]
        self.count.setText(self.tr("{place} of {all}").format(place=self._place + 1, all=len(self._skills)))
        self.progress.show_value(self._place / len(self._skills))
        self.area.setText(self._areas.get(skill.area_id, "").upper())
        self.title.setText(skill.title)
        if skill.now.level is None or skill.now.day is None:
            self.last.setText(self.tr("Not rated before."))
        else:
            self.last.setText(
                self.tr("Last: {level}, {day}").format(
                    level=f"{skill.now.level:g}", day=dates.short_day(skill.now.day, self._today)
                )
            )
        self.anchors.show_texts(skill.anchors)
        self.scale.show_level(None, before=skill.now.level)
        self.since.setText("")
        self.note.clear()
        self._show_level(None)
        self.scale.setFocus(Qt.FocusReason.OtherFocusReason)
        self.skill_shown.emit(skill.id)

    def _show_level(self, level: float | None) -> None:
        self.anchors.mark(level)
        self.next.setEnabled(level is not None)

    def _save(self) -> None:
        if self.scale.level is None:
            return
        skill = self._skills[self._place]
        draft = RatingDraft(skill.id, self.scale.level, self._today, "self", self.note.toPlainText())
        self._place += 1
        self.rated.emit(draft)
        self._show()

    def _skip(self) -> None:
        self._place += 1
        self._show()

    def _back(self) -> None:
        self._place = max(0, self._place - 1)
        self._show()

    def _leave(self) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        elif event.key() == Qt.Key.Key_S and not self.note.hasFocus():
            self._skip()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What makes you say so? (as you like)"))
        self.note.setAccessibleName(self.tr("Note"))
        head = QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(button(self.tr("Leave; it is kept"), role="quiet", icon="x", slot=self._leave))
        foot = QHBoxLayout()
        foot.addWidget(button(self.tr("Back"), role="quiet", icon="arrow-left", slot=self._back))
        foot.addStretch(1)
        foot.addWidget(button(self.tr("Skip"), slot=self._skip))
        foot.addWidget(self.next)
        content = QWidget()
        content.setMaximumWidth(theme.px(COLUMN))
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 28, 16, 28)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addSpacing(16)
        for part in (self.area, self.title, self.last):
            column.addWidget(part)
        column.addWidget(self.scale)
        column.addWidget(self.anchors)
        column.addWidget(self.since)
        column.addWidget(self.note)
        column.addLayout(foot)
        column.addStretch(1)
        middle = QWidget()
        middle.setProperty("role", "page")
        row = QHBoxLayout(middle)
        row.addStretch(1)
        row.addWidget(content, 8)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("role", "page")
        scroll.setWidgetResizable(True)
        scroll.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
