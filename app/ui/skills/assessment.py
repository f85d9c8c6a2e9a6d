"""A calm self-assessment: one skill at a time, to be left and taken up again."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.skills import Board, EvidenceRow, RatingDraft, SkillRow
from app.ui.kit import dates, theme
from app.ui.kit.actions import ENTERS, button
from app.ui.kit.cards import ProgressBar, label
from app.ui.kit.numbers import counted
from app.ui.kit.sheet import scrolling
from app.ui.skills.pieces import PieceBoxes
from app.ui.skills.scale import AnchorList, LevelScale

COLUMN = 640
NOTE_HEIGHT = 64
LATELY = timedelta(days=14)


class Assessment(QWidget):
    """Goes through the skills that were not rated in the last two weeks, so that one can leave and go on later.

    Enter saves and goes on (Ctrl+Enter from the note), `=` says as before, `S` skips, `B` goes back, `A` goes
    through all of them, Escape leaves; what was rated is kept. `finished` tells what a whole round changed.
    """

    rated = Signal(object)
    skill_shown = Signal(int)
    left = Signal()
    finished = Signal(str)

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
        self.raised = label("", "hint", wrap=True)
        self.others = label("", "secondary", wrap=True)
        self.pieces = PieceBoxes()
        self.note = QPlainTextEdit()
        self.next = button(self.tr("Save and go on"), role="primary", slot=self._save)
        self.same = button(self.tr("As before"), slot=self._as_before, tip=self.tr("="))
        self.through_all = button("", role="quiet", slot=self.begin_with_all, tip=self.tr("A"))
        self._board = Board((), None)
        self._areas: dict[int, str] = {}
        self._all = 0
        self._changes: dict[int, float | None] = {}
        self._notes: dict[int, str] = {}
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.scale.changed.connect(self._show_level)
        self.anchors.chosen.connect(self.scale.choose)

    def begin(self, board: Board) -> None:
        """Start with the first skill that was not rated lately; with all of them, when all were."""
        self._areas = {area.id: area.title for area in board.areas}
        skills = list(board.skills)
        lately = self._today - LATELY
        self._skills = [skill for skill in skills if skill.now.day is None or skill.now.day <= lately] or skills
        self._board = board
        self._all, self._place, self._changes = len(skills), 0, {}
        rest = len(skills) - len(self._skills)
        self.through_all.setVisible(bool(rest))
        self.through_all.setText(self.tr("Also the {rest} rated lately").format(rest=rest))
        self._show()

    def begin_with_all(self) -> None:
        """Start over with every skill, those that were rated lately too."""
        self._keep_note()
        self._skills = list(self._board.skills)
        self._place = 0
        self.through_all.hide()
        self._show()

    def show_evidence(self, skill_id: int, candidates: list[EvidenceRow]) -> None:
        """Offer what was written about the skill since it was last rated."""
        if self._place < len(self._skills) and self._skills[self._place].id == skill_id:
            said = self.tr("Since then, in your journal. Tick what proves your level:")
            self.pieces.offer(said, candidates, self._today)

    def _show(self) -> None:
        if self._place >= len(self._skills):
            if self._changes:
                self.finished.emit(self._summary())
            self.left.emit()
            return
        skill = self._skills[self._place]
        done = self._all - len(self._skills) + self._place
        self.count.setText(self.tr("{place} of {all}").format(place=done + 1, all=self._all))
        self.progress.show_value(done / self._all)
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
        self.scale.set_highest(skill.highest)
        self.scale.show_level(None, before=skill.now.level)
        self.same.setEnabled(skill.now.level is not None)
        self._show_others(skill)
        self.pieces.offer("", [], self._today)
        self.note.setPlainText(self._notes.pop(skill.id, ""))
        self._show_level(None)
        self.scale.setFocus(Qt.FocusReason.OtherFocusReason)
        self.skill_shown.emit(skill.id)

    def _show_level(self, level: float | None) -> None:
        self.anchors.mark(level)
        self.next.setEnabled(level is not None)
        before = self._skills[self._place].now.level
        higher = level is not None and (before is None or level > before)
        said = self.tr(
            "Higher than before: with two dated pieces of evidence it counts as proven. None is needed."
        )
        self.raised.setText(said if higher and before is not None else "")

    def _show_others(self, skill: SkillRow) -> None:
        names = {"manager": self.tr("Manager"), "mentor": self.tr("Mentor"), "peer": self.tr("Peer")}
        said = [f"{names[source]} {level:g}" for source, (_, level) in skill.others.items() if source in names]
        self.others.setText(self.tr("Others: {levels}").format(levels=" · ".join(said)))
        self.others.setVisible(bool(said))

    def _summary(self) -> str:
        known = [change for change in self._changes.values() if change is not None]
        if not known:
            first = self.tr("One skill rated for the first time.")
            return counted(len(self._changes), first, self.tr("{count} skills rated for the first time."))
        done = counted(len(self._changes), self.tr("One skill rated"), self.tr("{count} skills rated"))
        return self.tr("{done}: {higher} higher, {lower} lower, {same} as before.").format(
            done=done,
            higher=sum(change > 0 for change in known),
            lower=sum(change < 0 for change in known),
            same=sum(not change for change in known),
        )

    def _save(self) -> None:
        if self.scale.level is None:
            return
        skill = self._skills[self._place]
        note, pieces = self.note.toPlainText(), self.pieces.ticked
        draft = RatingDraft(skill.id, self.scale.level, self._today, "self", note, pieces)
        self._changes[skill.id] = None if skill.now.level is None else self.scale.level - skill.now.level
        self._place += 1
        self.rated.emit(draft)
        self._show()

    def _as_before(self) -> None:
        level = self._skills[self._place].now.level
        if level is not None:
            self.scale.choose(level)

    def _keep_note(self) -> None:
        """A note that was begun waits for its skill."""
        if self._place < len(self._skills) and (said := self.note.toPlainText()).strip():
            self._notes[self._skills[self._place].id] = said

    def _skip(self) -> None:
        self._keep_note()
        self._place += 1
        self._show()

    def _back(self) -> None:
        self._keep_note()
        self._place = max(0, self._place - 1)
        self._show()

    def _leave(self) -> None:
        self._keep_note()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            self._save()
        elif event.key() == Qt.Key.Key_S and not self.note.hasFocus():
            self._skip()
        elif event.key() == Qt.Key.Key_B and not self.note.hasFocus():
            self._back()
        elif event.key() == Qt.Key.Key_A and not self.note.hasFocus() and not self.through_all.isHidden():
            self.begin_with_all()
        elif event.key() == Qt.Key.Key_Equal and not self.note.hasFocus():
            self._as_before()
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
        head.addWidget(self.through_all)
        head.addStretch(1)
        head.addWidget(button(self.tr("Leave; it is kept"), role="quiet", icon="x", slot=self._leave))
        foot = QHBoxLayout()
        foot.addWidget(button(self.tr("Back"), role="quiet", icon="arrow-left", slot=self._back))
        foot.addStretch(1)
        foot.addWidget(self.same)
        foot.addWidget(button(self.tr("Skip"), slot=self._skip, tip=self.tr("S")))
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
        column.addWidget(self.others)
        column.addWidget(self.scale)
        for below in (self.anchors, self.raised, self.pieces, self.note):
            column.addWidget(below)
        column.addLayout(foot)
        keys = self.tr("0–5 and . for half · Enter goes on · = as before · S skips · B goes back · Esc leaves")
        column.addWidget(label(keys, "hint", wrap=True))
        column.addStretch(1)
        middle = QWidget()
        middle.setProperty("role", "page")
        row = QHBoxLayout(middle)
        row.addStretch(1)
        row.addWidget(content, 8)
        row.addStretch(1)
        scrolling(middle, self)
