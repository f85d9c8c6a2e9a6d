"""One rating from anywhere: find the skill by typing, give the level, say who rates."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QPlainTextEdit, QWidget

from app.core import clock, items, journal, skills
from app.core.skills import SkillRow
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog, Form
from app.ui.skills.pieces import PieceBoxes
from app.ui.skills.scale import AnchorList, LevelScale

NOTE_HEIGHT = 56


class RatingDialog(Dialog):
    """Keeps a rating of today; `kept` tells the sentence and how to take it back."""

    kept = Signal(str, object)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent, self.tr("Rate a skill"), self.tr("Save rating"), width=theme.px(680))
        self._store = store
        with store.write() as session:
            if not skills.has_model(session):
                skills.plant_model(session, now=clock.now())
        with store.read() as session:
            self._today = journal.today(session, clock.now(), clock.zone())
            told = skills.histories(session, on=self._today)
            board = skills.board(session, on=self._today, of=told)
            parts = skills.map_board(session, on=self._today, of=told)
        self._skills = {skill.id: skill for skill in (*board.skills, *parts.skills)}
        self._shown: SkillRow | None = None
        self.form = Form()
        self.skill = QComboBox()
        self.skill.setEditable(True)
        self.skill.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for skill in self._skills.values():
            self.skill.addItem(skill.title, skill.id)
        completer = self.skill.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.scale, self.anchors = LevelScale(), AnchorList()
        self.last = label("", "secondary")
        self.source = Choice(
            [
                Option("self", self.tr("Myself")),
                Option("manager", self.tr("Manager")),
                Option("mentor", self.tr("Mentor")),
                Option("peer", self.tr("Peer")),
            ]
        )
        self.source.set_value("self")
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(theme.px(NOTE_HEIGHT))
        self.note.setTabChangesFocus(True)
        self.pieces = PieceBoxes()
        line = QHBoxLayout()
        line.addWidget(self.scale)
        line.addSpacing(12)
        line.addWidget(self.last, 1)
        level = QWidget()
        level.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self.form.add("skill", self.tr("Skill"), self.skill)
        self.form.add("level", self.tr("Level (digits, arrows for halves)"), level)
        self.body.addWidget(self.form)
        self.body.addWidget(self.anchors)
        more = Form()
        more.add("source", self.tr("Rated by"), self.source)
        more.add("note", self.tr("Note"), self.note)
        self.body.addWidget(more)
        self.body.addWidget(self.pieces)
        self.body.addStretch(1)
        self.skill.editTextChanged.connect(self._show_skill)
        self.skill.currentIndexChanged.connect(self._show_skill)
        self.scale.changed.connect(self.anchors.mark)
        self.anchors.chosen.connect(self.scale.choose)
        self._show_skill()
        edit = self.skill.lineEdit()
        assert edit is not None
        edit.selectAll()
        self.skill.setFocus()

    def _chosen(self) -> SkillRow | None:
        """The skill whose name stands in the box, whichever way it came there."""
        typed = self.skill.currentText().strip().casefold()
        place = self.skill.currentIndex()
        if place >= 0 and self.skill.itemText(place).casefold() == typed:
            return self._skills[self.skill.itemData(place)]
        return next((skill for skill in self._skills.values() if skill.title.casefold() == typed), None)

    def _show_skill(self) -> None:
        skill = self._chosen()
        if skill is self._shown:
            return
        self._shown = skill
        self.scale.setEnabled(skill is not None)
        self.anchors.mark(None)
        if skill is None:
            self.anchors.show_texts(())
            self.scale.show_level(None)
            self.last.setText("")
            self.pieces.offer("", (), self._today)
            return
        self.anchors.show_texts(skill.anchors)
        self.scale.set_highest(skill.highest)
        self.scale.show_level(None, before=skill.now.level)
        last = "–" if skill.now.level is None else f"{skill.now.level:g}"
        self.last.setText(self.tr("Last: {level}").format(level=last))
        with self._store.read() as session:
            found = skills.candidate_evidence(session, skill.id, today=self._today, limit=3)
        self.pieces.offer(self.tr("What proves it?"), found, self._today)

    def save(self) -> bool:
        chosen = self._chosen()
        if chosen is None:
            return self.form.show_errors({"skill": self.tr("Choose a skill from the list.")})
        draft = skills.RatingDraft(
            chosen.id,
            self.scale.level,
            self._today,
            str(self.source.value()),
            self.note.toPlainText(),
            self.pieces.ticked,
        )
        if not self.form.show_errors(draft.problems(self._today)):
            return False
        with self._store.write() as session:
            rating = skills.rate(session, draft, today=self._today, now=clock.now(), zone=clock.zone().key).id
        store = self._store

        def take_back() -> None:
            with store.write() as session:
                items.trash(session, [rating], now=clock.now())

        said = self.tr("{skill} is rated {level}.").format(skill=chosen.title, level=f"{draft.level:g}")
        self.kept.emit(said, take_back)
        return True
