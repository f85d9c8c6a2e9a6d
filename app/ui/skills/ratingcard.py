"""The form of a rating: the scale beside its anchors, who rates, when and why, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.core.skills import EvidenceRow, RatingDraft, SkillRow
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Field
from app.ui.skills.pieces import PieceBoxes
from app.ui.skills.scale import AnchorList, LevelScale

NOTE_HEIGHT: Final = 72
MOST_PIECES: Final = 6


class RatingCard(Card):
    """`saved` tells a draft to keep. Ctrl+Enter saves from anywhere in it.

    What was begun for a skill stays while the window does, also when another skill is looked at meanwhile.
    """

    saved = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._skill: SkillRow | None = None
        self._begun: dict[int, RatingDraft] = {}
        self._sent: RatingDraft | None = None
        self.scale = LevelScale()
        self.anchors = AnchorList()
        self.day = DayPicker(today, today)
        self.source = Choice(
            [
                Option("self", self.tr("Myself")),
                Option("manager", self.tr("Manager")),
                Option("mentor", self.tr("Mentor")),
                Option("peer", self.tr("Peer")),
            ]
        )
        self.note = QPlainTextEdit()
        self.save = button(self.tr("Save rating"), role="primary", icon="check", slot=self._save)
        self.level_text = label("", "number")
        self.candidates = PieceBoxes()
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.scale.changed.connect(self._show_level)
        self.anchors.chosen.connect(self.scale.choose)

    def show_skill(self, skill: SkillRow, candidates: Sequence[EvidenceRow]) -> None:
        """Begin with where the skill stands, or with what was begun before."""
        if self._skill is not None:
            self._keep_begun(self._skill, skill)
        self._skill = skill
        self.anchors.show_texts(skill.anchors)
        self.scale.set_highest(skill.highest)
        self.scale.show_level(skill.now.level, before=skill.now.level)
        self.day.set_value(self._today)
        self.source.set_value("self")
        self.note.clear()
        self._show_level(skill.now.level)
        said = self.tr("What proves it? Since the last rating, linked to it, tagged or speaking of it:")
        self.candidates.offer(said, candidates, self._today, most=MOST_PIECES)
        if (begun := self._begun.pop(skill.id, None)) is not None:
            self.scale.show_level(begun.level, before=skill.now.level)
            self._show_level(begun.level)
            self.day.set_value(begun.day)
            self.source.set_value(begun.source)
            self.note.setPlainText(begun.note)
            self.candidates.tick(begun.evidence)

    def _keep_begun(self, before: SkillRow, after: SkillRow) -> None:
        """Keep what was begun for `before`, unless it was saved meanwhile."""
        draft = self._draft(before)
        is_written = before.id != after.id or (before.rated, before.others) != (after.rated, after.others)
        if self._sent == draft and is_written:
            self._sent = None
        elif draft != RatingDraft(before.id, before.now.level, self._today):
            self._begun[before.id] = draft

    def _show_level(self, level: float | None) -> None:
        self.anchors.mark(level)
        self.level_text.setText("–" if level is None else self.locale().toString(level, "f", 1))
        self.save.setEnabled(level is not None)

    def _save(self) -> None:
        if self._skill is None or self.scale.level is None:
            return
        self._sent = self._draft(self._skill)
        self.saved.emit(self._sent)

    def _draft(self, skill: SkillRow) -> RatingDraft:
        return RatingDraft(
            skill.id,
            self.scale.level,
            self.day.value() or self._today,
            str(self.source.value()),
            self.note.toPlainText(),
            self.candidates.ticked,
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.scale)
        line.addWidget(self.level_text)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.anchors)
        who = QHBoxLayout()
        who.setSpacing(16)
        who.addWidget(Field(self.tr("Rated by"), self.source), 0, Qt.AlignmentFlag.AlignTop)
        who.addWidget(Field(self.tr("On"), self.day), 0, Qt.AlignmentFlag.AlignTop)
        who.addStretch(1)
        self.body.addLayout(who)
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What makes you say so?"))
        self.body.addWidget(Field(self.tr("Note"), self.note))
        self.body.addWidget(self.candidates)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        self.body.addLayout(foot)
