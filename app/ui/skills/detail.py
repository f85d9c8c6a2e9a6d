"""One skill: rate it beside its anchors, and see what it stood at and what proves it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.skills import EvidenceRow, RatingRow, SkillRow
from app.ui.kit import dates
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, Chip, SectionHead, label
from app.ui.kit.chart import ChartFrame, TimeChart
from app.ui.kit.sheet import scrolling, sheet
from app.ui.mentioned import MentionedIn
from app.ui.skills import drawing
from app.ui.skills.experience import Checklist
from app.ui.skills.ratingcard import RatingCard


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
        self.others = label("", "secondary", wrap=True)
        self.form = RatingCard(today)
        self.scale, self.save = self.form.scale, self.form.save
        self.history = TimeChart()
        self.history_frame = ChartFrame(self.tr("Over time"), self.history)
        self.ratings = Card()
        self.evidence = Card()
        self.mentioned = MentionedIn()
        self.mentioned.chosen.connect(self.item_requested)
        self.checklist = Checklist()
        self.coming = label("", "secondary", wrap=True)
        self._lay_out()
        self.form.saved.connect(self.saved)

    def show_skill(
        self,
        skill: SkillRow,
        ratings: list[RatingRow],
        evidence: list[EvidenceRow],
        candidates: list[EvidenceRow],
        checks: list[tuple[bool, str]],
    ) -> None:
        """Show a skill, ready to be rated."""
        if self._skill is None or self._skill.id != skill.id:
            self._scroll.verticalScrollBar().setValue(0)
        self._skill = skill
        self.title.setText(skill.title)
        self.checklist.show_checks(skill.id, checks)
        above = int(skill.now.level or 0)
        coming = skill.anchors[above] if above < len(skill.anchors) else ""
        self.coming.setText(self.tr("Next: {anchor}").format(anchor=coming))
        self.coming.setVisible(bool(coming))
        self._show_chips(skill)
        self._show_others(skill)
        self.form.show_skill(skill, candidates)
        self._show_history(skill, ratings, evidence)
        self._fill(self.ratings, [self._rating_line(rating) for rating in ratings[:12]], self.tr("Not rated yet."))
        self._fill(
            self.evidence,
            [self._evidence_line(piece) for piece in evidence],
            self.tr("Nothing proves it yet: link two dated entries and the level counts as proven."),
        )

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

    def _show_others(self, skill: SkillRow) -> None:
        """What each other source said last, and how far that is from one's own."""
        names = {"manager": self.tr("Manager"), "mentor": self.tr("Mentor"), "peer": self.tr("Peer")}
        said = []
        for source, name in names.items():
            if source not in skill.others:
                continue
            day, level = skill.others[source]
            apart = 0.0 if skill.now.level is None else level - skill.now.level
            text = self.tr("{who} {level}, {day}").format(
                who=name, level=f"{level:g}", day=dates.short_day(day, self._today)
            )
            if apart:
                than = self.tr("{apart} above you") if apart > 0 else self.tr("{apart} below you")
                text += f" ({than.format(apart=f'{abs(apart):g}')})"
            said.append(text)
        self.others.setText(" · ".join(said))
        self.others.setVisible(bool(said))

    def _show_history(self, skill: SkillRow, ratings: list[RatingRow], evidence: list[EvidenceRow]) -> None:
        self.history_frame.setVisible(len(ratings) > 1)
        if len(ratings) > 1:
            self.history_frame.show_title(self.tr("{skill} over time").format(skill=skill.title))
            drawing.draw_history(self.history, skill, ratings, evidence, self._today)
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
        self.ratings.body.addWidget(label(self.tr("Ratings"), "section"))
        more = button(self.tr("Link evidence…"), icon="link", slot=self.ask_evidence, tip=self.tr("Alt+E"))
        self.evidence.body.addWidget(SectionHead(self.tr("Evidence"), more))
        self.history_frame.setMinimumHeight(220)
        content, column = sheet()
        self._scroll = scrolling(content, self)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(chips)
        column.addWidget(self.others)
        column.addWidget(self.coming)
        for card in (self.form, self.history_frame, self.evidence, self.mentioned, self.checklist, self.ratings):
            column.addWidget(card)
        column.addStretch(1)

    def _unprove(self, piece: int) -> None:
        if self._skill is not None:
            self.unproved.emit(piece, self._skill.id)

    def ask_evidence(self) -> None:
        """Ask for what proves the skill, while it is on show."""
        if self._skill is not None and self.isVisible():
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
