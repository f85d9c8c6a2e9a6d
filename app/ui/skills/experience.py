"""The checklist of a skill, and the technical map: parts of one's product with how deep one knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.core.skills import SkillRow
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, SectionHead, label
from app.ui.kit.forms import Dialog, Form


def depth_texts() -> tuple[str, ...]:
    """What the four depths look like: editorial defaults, to be edited like any anchor."""
    return (
        QCoreApplication.translate("depths", "I can name it and say what it is for"),
        QCoreApplication.translate("depths", "I can draw it, and what it talks to"),
        QCoreApplication.translate("depths", "I can explain its trade-offs"),
        QCoreApplication.translate("depths", "I can estimate what a change to it takes"),
    )


class Checklist(Card):
    """“Have I done this?”; Space ticks, Enter in the field adds a line."""

    ticked = Signal(int, int, bool)
    added = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[QCheckBox] = []
        self._skill_id = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Add something to have done, such as: I priced a product"))
        self.field.setAccessibleName(self.tr("Add to the checklist"))
        self.body.addWidget(label(self.tr("Have I done this?"), "section"))
        self.body.addWidget(self.field)
        self.field.returnPressed.connect(self._add)

    def show_checks(self, skill_id: int, checks: Sequence[tuple[bool, str]]) -> None:
        """Show the lines of a skill, in order."""
        self._skill_id = skill_id
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        for place, (done, said) in enumerate(checks):
            box = QCheckBox(said.replace("&", "&&"))
            box.setChecked(done)
            box.clicked.connect(lambda checked, at=place: self.ticked.emit(self._skill_id, at, checked))
            self.body.insertWidget(1 + place, box)
            self.boxes.append(box)

    def _add(self) -> None:
        if self.field.text().strip():
            said = self.field.text()
            self.field.clear()
            self.added.emit(self._skill_id, said)


class TechnicalMap(Card):
    """The parts, the least known first, each with its depth and the next thing to ask."""

    part_chosen = Signal(int)
    part_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        more = button(self.tr("New part"), icon="plus", slot=self._more)
        self.body.addWidget(SectionHead(self.tr("Technical map"), more))
        self.lines: list[QWidget] = []

    def show_parts(self, parts: Sequence[SkillRow]) -> None:
        """Show what is known of each part."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(part) for part in sorted(parts, key=lambda part: part.now.level or 0.0)]
        if not parts:
            said = self.tr(
                "Name the parts of your product; for each, say how deep you know it: name it, draw it, explain "
                "its trade-offs, estimate a change. A dated entry proves it, like any skill."
            )
            self.lines = [label(said, "secondary", wrap=True)]
        for line in self.lines:
            self.body.addWidget(line)

    def _line(self, part: SkillRow) -> QWidget:
        depths = [text for text in part.anchors if text]
        level = part.now.level or 0.0
        text = self.tr("{part} · depth {level} of {most}").format(
            part=part.title, level=f"{level:g}", most=len(depths)
        )
        if part.now.level is not None and part.now.is_claimed:
            text += " · " + self.tr("claimed")
        if int(level) < len(depths):
            text += " · " + self.tr("next to ask: {next}").format(next=depths[int(level)])
        return button(text, role="link", slot=lambda _=False: self.part_chosen.emit(part.id))

    def _more(self) -> None:
        self.part_requested.emit()


class PartDialog(Dialog):
    """Asks for the name of a part."""

    def __init__(self, parent: QWidget, keep: Callable[[str], None]) -> None:
        super().__init__(parent, parent.tr("A part of your product"), parent.tr("Put it on the map"))
        self._keep = keep
        self.form = Form()
        self.name = QLineEdit()
        self.form.add("title", self.tr("Name, such as: billing, search, the event pipeline"), self.name)
        self.body.addWidget(self.form)
        self.name.setFocus()

    def save(self) -> bool:
        name = self.name.text()
        if not self.form.show_errors({} if name.strip() else {"title": self.tr("Name the part.")}):
            return False
        self._keep(name)
        return True
