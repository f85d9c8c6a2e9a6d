"""A role of one's own: what it asks, ticked by hand beside a job description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.core.skills import AreaRow, RoleDraft, named_in
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Form, set_in

_ID: Final = Qt.ItemDataRole.UserRole
USUAL: Final = 3.0

Index = QModelIndex | QPersistentModelIndex


class LevelDelegate(QStyledItemDelegate):
    """Levels from 1 to 5 in halves."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QDoubleSpinBox(parent)
        set_in(made)
        made.setRange(1.0, 5.0)
        made.setSingleStep(0.5)
        made.setDecimals(1)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QDoubleSpinBox)
        editor.setValue(float(index.data() or USUAL))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QDoubleSpinBox)
        editor.interpretText()
        model.setData(index, f"{round(2 * editor.value()) / 2:g}")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        wide = max(area.width(), editor.sizeHint().width())
        editor.setGeometry(area.right() + 1 - wide, area.y(), wide, area.height())


class AskedTree(QTreeWidget):
    """Skills by area: Space ticks, 1 to 5 ticks and sets the level, `.` adds half; so does a click on a level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.setItemDelegateForColumn(1, LevelDelegate(self))
        self.itemClicked.connect(self._clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and item.parent() is not None:
            if event.text() in ("1", "2", "3", "4", "5"):
                self.ask(item, float(event.text()))
                return
            if event.text() in (".", ","):
                self.ask(item, min(int(level_of(item) or 0) + 0.5, 5.0))
                return
        super().keyPressEvent(event)

    def finish(self) -> None:
        """Take over a level that is still being typed."""
        for editor in self.viewport().findChildren(QDoubleSpinBox):
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 1 and item.parent() is not None:
            if level_of(item) is None:
                self.ask(item, USUAL)
            self.editItem(item, 1)

    def ask(self, item: QTreeWidgetItem, level: float) -> None:
        """Tick a skill at a level."""
        self.blockSignals(True)
        item.setCheckState(0, Qt.CheckState.Checked)
        item.setText(1, f"{level:g}")
        self.blockSignals(False)


def level_of(item: QTreeWidgetItem) -> float | None:
    """The level that stands beside a skill; None when there is none."""
    return float(item.text(1)) if item.text(1) else None


class RoleDialog(Dialog):
    """Holds a draft; `keep` gets it when it has no problem."""

    def __init__(
        self, parent: QWidget, areas: Sequence[AreaRow], draft: RoleDraft, keep: Callable[[RoleDraft], None]
    ) -> None:
        title = parent.tr("What the role asks") if draft.title else parent.tr("A role from a job description")
        super().__init__(parent, title, parent.tr("Save role"), width=theme.px(680))
        self._keep = keep
        self._titles = {skill.id: skill.title for area in areas for skill in area.skills}
        self.form = Form()
        self.name = QLineEdit(draft.title)
        self.text = QPlainTextEdit(draft.text)
        self.text.setFixedHeight(theme.px(110))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("Paste the job description; what it may ask for is marked below"))
        self.asked = AskedTree()
        self.asked.setHeaderLabels([self.tr("Skill"), self.tr("Level"), ""])
        self.asked.setMinimumHeight(theme.px(300))
        head = self.asked.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        # What it asks of skills that are off the page stays as it is.
        self._unseen = {skill: level for skill, level in draft.levels.items() if skill not in self._titles}
        self._items: dict[int, QTreeWidgetItem] = {}
        for area in areas:
            self._add(area, draft)
        self.asked.expandAll()
        self.form.add("title", self.tr("Role"), self.name)
        self.form.add("text", self.tr("Job description"), self.text)
        self.form.add(
            "levels",
            self.tr("What it asks (tick it; click its level, or press 1 to 5, and . for half)"),
            self.asked,
        )
        self.body.addWidget(self.form)
        said = self.tr("“Named” only compares words. What the role asks is for you to judge.")
        self.body.addWidget(label(said, "hint", wrap=True))
        self.text.textChanged.connect(self._mark)
        self.asked.itemChanged.connect(self._ticked)
        self._mark()
        self.name.setFocus()

    def draft(self) -> RoleDraft:
        """What the form says."""
        levels = {
            skill: level_of(item) or USUAL
            for skill, item in self._items.items()
            if item.checkState(0) == Qt.CheckState.Checked
        }
        return RoleDraft(self.name.text(), self.text.toPlainText(), {**self._unseen, **levels})

    def save(self) -> bool:
        self.asked.finish()
        draft = self.draft()
        if not self.form.show_errors(draft.problems()):
            return False
        self._keep(draft)
        return True

    def _add(self, area: AreaRow, draft: RoleDraft) -> None:
        top = QTreeWidgetItem(self.asked, [area.title])
        top.setFont(0, theme.font("strong"))
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for skill in area.skills:
            item = QTreeWidgetItem(top, [skill.title])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignCenter)
            level = draft.levels.get(skill.id)
            item.setCheckState(0, Qt.CheckState.Unchecked if level is None else Qt.CheckState.Checked)
            item.setText(1, "" if level is None else f"{level:g}")
            self._items[skill.id] = item

    def _mark(self) -> None:
        named = named_in(self.text.toPlainText(), self._titles)
        for skill, item in self._items.items():
            item.setText(2, self.tr("named") if skill in named else "")

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if column != 0 or item.parent() is None:
            return
        if item.checkState(0) == Qt.CheckState.Checked and not item.text(1):
            item.setText(1, f"{USUAL:g}")
        elif item.checkState(0) == Qt.CheckState.Unchecked:
            item.setText(1, "")
