"""Changing a skill: its name, its area, and what its levels look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.core.skills import AreaRow, SkillDraft
from app.ui.kit.actions import button
from app.ui.kit.forms import Dialog, Form

ANCHOR_HEIGHT = 56


class SkillDialog(Dialog):
    """Holds a draft; `keep` is called with it when it has no problem."""

    def __init__(
        self,
        parent: QWidget,
        areas: Sequence[AreaRow],
        draft: SkillDraft,
        keep: Callable[[SkillDraft], None],
        *,
        archive: Callable[..., None] | None = None,
    ) -> None:
        title = parent.tr("Edit skill") if archive else parent.tr("New skill")
        super().__init__(parent, title, parent.tr("Save"), width=560)
        self._keep = keep
        self.form = Form()
        self.name = QLineEdit(draft.title)
        self.area = QComboBox()
        for area in areas:
            self.area.addItem(area.title, area.id)
        self.area.setCurrentIndex(max(self.area.findData(draft.area_id), 0))
        if areas:
            self.form.add_row(("title", self.tr("Name"), self.name), ("area_id", self.tr("Area"), self.area))
        else:
            self.form.add("title", self.tr("Name"), self.name)
        self.text = QPlainTextEdit(draft.text)
        self.text.setFixedHeight(ANCHOR_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.form.add("text", self.tr("What it means, and “- [ ]” lines to have done"), self.text)
        self.anchors = []
        for level, text in enumerate(draft.anchors, 1):
            field = QPlainTextEdit(text)
            field.setFixedHeight(ANCHOR_HEIGHT)
            field.setTabChangesFocus(True)
            self.form.add(f"level{level}", self.tr("Level {level} looks like").format(level=level), field)
            self.anchors.append(field)
        self.body.addWidget(self.form)
        if archive is not None:
            hide = button(self.tr("Take it off the page"), role="quiet", icon="archive")
            hide.setToolTip(self.tr("Its ratings are kept; Undo brings it back"))
            hide.clicked.connect(archive)
            hide.clicked.connect(self.reject)
            self.buttons.insertWidget(0, hide)

    def draft(self) -> SkillDraft:
        """What the form says."""
        texts = tuple(field.toPlainText().strip() for field in self.anchors)
        return SkillDraft(self.name.text(), self.area.currentData() or 0, texts, self.text.toPlainText())

    def save(self) -> bool:
        draft = self.draft()
        if not self.form.show_errors(draft.problems()):
            return False
        self._keep(draft)
        return True
