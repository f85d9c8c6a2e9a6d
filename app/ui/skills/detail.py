"""One skill: rate it beside its anchors, and see what it stood at and what proves it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.skills import EvidenceRow, RatingDraft, RatingRow, SkillRow
from app.ui.kit import dates
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, Chip, SectionHead, label
from app.ui.kit.chart import ChartFrame, ChartSpec, Series, TimeChart
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Field
from app.ui.skills.experience import Checklist
from app.ui.skills.pieces import PieceBoxes
from app.ui.skills.scale import AnchorList, LevelScale

NOTE_HEIGHT = 72
TICK = 0.25
ROOM = timedelta(days=10)


class SkillDetail(QWidget):
    """`saved` tells a draft to keep; the page asks the core. Ctrl+Enter saves, Escape goes back."""

    saved = Signal(object)
    item_requested = Signal(int)
    back_requested = Signal()
    edit_requested = Signal(int)
    step_requested = Signal(int)
    evidence_requested = Signal(int)
    unproved = Signal(int, int)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._skill: SkillRow | None = None
        self.title = label("", "title", wrap=True)
        self.state = Chip("")
        self.expected = Chip("")
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
        self.history = TimeChart()
        self.history_frame = ChartFrame(self.tr("Over time"), self.history)
        self.ratings = Card()
        self.evidence = Card()
        self.checklist = Checklist()
        self.coming = label("", "secondary", wrap=True)
        self.candidates = PieceBoxes()
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.scale.changed.connect(self._show_level)
        self.anchors.chosen.connect(self.scale.choose)

    def show_skill(
        self,
        skill: SkillRow,
        ratings: list[RatingRow],
        evidence: list[EvidenceRow],
        candidates: list[EvidenceRow],
        checks: list[tuple[bool, str]],
    ) -> None:
        """Show a skill, ready to be rated."""
        self._skill = skill
        self.title.setText(skill.title)
        self.checklist.show_checks(skill.id, checks)
        above = int(skill.now.level or 0)
        coming = skill.anchors[above] if above < len(skill.anchors) else ""
        self.coming.setText(self.tr("Next: {anchor}").format(anchor=coming))
        self.coming.setVisible(bool(coming))
        self._show_chips(skill)
        self.anchors.show_texts(skill.anchors)
        self.scale.set_highest(skill.highest)
        self.scale.show_level(skill.now.level, before=skill.now.level)
        self.day.set_value(self._today)
        self.source.set_value("self")
        self.note.clear()
        self._show_level(skill.now.level)
        self._show_history(ratings, evidence)
        self._fill(self.ratings, [self._rating_line(rating) for rating in ratings[:12]], self.tr("Not rated yet."))
        self._fill(
            self.evidence,
            [self._evidence_line(piece) for piece in evidence],
            self.tr("Nothing proves it yet: link two dated entries and the level counts as proven."),
        )
        said = self.tr("What proves it? Since the last rating, linked to it, tagged or speaking of it:")
        self.candidates.offer(said, candidates, self._today, most=6)

    def _show_level(self, level: float | None) -> None:
        self.anchors.mark(level)
        self.level_text.setText("–" if level is None else self.locale().toString(level, "f", 1))
        self.save.setEnabled(level is not None)

    def _show_chips(self, skill: SkillRow) -> None:
        now = skill.now
        if now.level is None:
            self.state.show_text(self.tr("Not rated"))
        elif now.is_stale:
            self.state.show_text(self.tr("Stale: no evidence for nine months"), "warn")
        elif now.is_claimed:
            said = self.tr("Claimed: {pieces} of {enough} pieces of evidence")
            self.state.show_text(said.format(pieces=min(now.pieces, skill.enough), enough=skill.enough))
        else:
            self.state.show_text(self.tr("Proven"), "good")
        self.expected.setVisible(skill.expected is not None)
        if skill.expected is not None:
            self.expected.show_text(self.tr("Expected {level}").format(level=f"{skill.expected:g}"))

    def _show_history(self, ratings: list[RatingRow], evidence: list[EvidenceRow]) -> None:
        names = {
            "self": self.tr("Myself"),
            "manager": self.tr("Manager"),
            "mentor": self.tr("Mentor"),
            "peer": self.tr("Peer"),
        }
        series = []
        for number, (source, name) in enumerate(names.items()):
            said = [rating for rating in reversed(ratings) if rating.source == source]
            if said:
                points = [(rating.day, rating.level) for rating in said]
                notes = {place: rating.note for place, rating in enumerate(said) if rating.note}
                colour = "accent" if source == "self" else f"series{number + 1}"
                series.append(
                    Series(name, points, "step" if source == "self" else "points", colour, notes, has_end=True)
                )
        if series and evidence:
            ticks: list[tuple[date | float, float | None]] = [(piece.day, TICK) for piece in reversed(evidence)]
            titles = {place: piece.title for place, piece in enumerate(reversed(evidence))}
            series.append(Series(self.tr("Evidence"), ticks, "points", "text3", titles))
        self.history_frame.setVisible(len(ratings) > 1)
        if len(ratings) > 1:
            days = [*(rating.day for rating in ratings), *(piece.day for piece in evidence), self._today]
            self.history.show_spec(
                ChartSpec(
                    series,
                    x_range=(min(days) - ROOM, max(days) + ROOM),
                    y_range=(0.0, float(self._skill.highest if self._skill else 5)),
                    value_text=lambda level: f"{level:.1f}",
                )
            )
            self.history_frame.show_note(self.tr("Dots below are pieces of evidence, on their days."))

    def _rating_line(self, rating: RatingRow) -> QWidget:
        source = {
            "manager": self.tr("manager"),
            "mentor": self.tr("mentor"),
            "peer": self.tr("peer"),
        }.get(rating.source, "")
        text = " · ".join(
            part
            for part in (dates.short_day(rating.day, self._today), f"{rating.level:g}", source, rating.note)
            if part
        )
        return label(text, "secondary", wrap=True)

    def _evidence_line(self, piece: EvidenceRow) -> QWidget:
        text = f"{dates.short_day(piece.day, self._today)}   {piece.title}"
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(
            button(text, role="link", slot=lambda _=False, item=piece.id: self.item_requested.emit(item))
        )
        row.addStretch(1)
        away = button("", role="quiet", icon="x", tip=self.tr("It does not prove this; the entry stays"))
        away.clicked.connect(lambda _=False, item=piece.id: self._unprove(item))
        row.addWidget(away)
        return line

    def _fill(self, card: Card, lines: list[QWidget], nothing: str) -> None:
        while (item := card.body.takeAt(1)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line in lines or [label(nothing, "secondary", wrap=True)]:
            card.body.addWidget(line)

    def _save(self) -> None:
        if self._skill is None or self.scale.level is None:
            return
        evidence = self.candidates.ticked
        self.saved.emit(
            RatingDraft(
                self._skill.id,
                self.scale.level,
                self.day.value() or self._today,
                str(self.source.value()),
                self.note.toPlainText(),
                evidence,
            )
        )

    def _lay_out(self) -> None:
        back = button(self.tr("All skills"), role="quiet", icon="arrow-left", slot=self._back)
        edit = button(self.tr("Edit"), role="quiet", icon="pencil", slot=self._edit)
        top = QHBoxLayout()
        top.addWidget(back)
        top.addStretch(1)
        top.addWidget(button(self.tr("Plan a step…"), role="quiet", icon="route", slot=self._ask_step))
        top.addWidget(edit)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.state)
        chips.addWidget(self.expected)
        chips.addStretch(1)
        rating = Card()
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.scale)
        line.addWidget(self.level_text)
        line.addStretch(1)
        rating.body.addLayout(line)
        rating.body.addWidget(self.anchors)
        who = QHBoxLayout()
        who.setSpacing(16)
        who.addWidget(Field(self.tr("Rated by"), self.source), 0, Qt.AlignmentFlag.AlignTop)
        who.addWidget(Field(self.tr("On"), self.day), 0, Qt.AlignmentFlag.AlignTop)
        who.addStretch(1)
        rating.body.addLayout(who)
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What makes you say so?"))
        rating.body.addWidget(Field(self.tr("Note"), self.note))
        rating.body.addWidget(self.candidates)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        rating.body.addLayout(foot)
        self.ratings.body.addWidget(label(self.tr("Ratings"), "section"))
        more = button(self.tr("Link evidence…"), icon="link", slot=self._ask_evidence, tip=self.tr("Alt+E"))
        self.evidence.body.addWidget(SectionHead(self.tr("Evidence"), more))
        self.history_frame.setMinimumHeight(220)
        content = QWidget()
        content.setProperty("role", "page")
        column = QVBoxLayout(content)
        column.setContentsMargins(28, 16, 28, 20)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(chips)
        column.addWidget(self.coming)
        for card in (rating, self.history_frame, self.evidence, self.checklist, self.ratings):
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("role", "page")
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _unprove(self, piece: int) -> None:
        if self._skill is not None:
            self.unproved.emit(piece, self._skill.id)

    def _ask_evidence(self) -> None:
        if self._skill is not None:
            self.evidence_requested.emit(self._skill.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _ask_step(self) -> None:
        if self._skill is not None:
            self.step_requested.emit(self._skill.id)

    def _back(self) -> None:
        self.back_requested.emit()

    def _edit(self) -> None:
        if self._skill is not None:
            self.edit_requested.emit(self._skill.id)
