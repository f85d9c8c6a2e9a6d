"""The model as a whole in one dialog: names, order, areas, and what stands on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from app.core.skills import PlacedArea, PlacedSkill
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Form

_ID: Final = Qt.ItemDataRole.UserRole
_WHY: Final = Qt.ItemDataRole.UserRole + 1


class ModelDialog(Dialog):
    """Areas with their skills as a tree. `keep` gets all of it, in the new order."""

    def __init__(
        self, parent: QWidget, areas: Sequence[PlacedArea], keep: Callable[[list[PlacedArea]], None]
    ) -> None:
        super().__init__(parent, parent.tr("Areas and skills"), parent.tr("Save"), width=theme.px(600))
        self._keep = keep
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setMinimumHeight(theme.px(380))
        self.tree.setAccessibleName(self.tr("Areas and skills"))
        for area in areas:
            self._add(area)
        self.tree.expandAll()
        said = self.tr("Ticked skills stand on the page; ratings of the others are kept. F2 renames.")
        self.body.addWidget(label(said, "secondary", wrap=True))
        self.body.addWidget(self.tree, 1)
        self.why = QLineEdit()
        self.form = Form()
        self.form.add("why", self.tr("Why this area matters"), self.why)
        self.body.addWidget(self.form)
        self.tree.currentItemChanged.connect(self._show_why)
        self.why.textEdited.connect(self._keep_why)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(button(self.tr("Rename"), icon="pencil", slot=self._rename, tip="F2"))
        line.addWidget(button(self.tr("Up"), icon="arrow-up", slot=self._up, tip=self.tr("Alt+Up")))
        line.addWidget(button(self.tr("Down"), icon="arrow-down", slot=self._down, tip=self.tr("Alt+Down")))
        line.addStretch(1)
        line.addWidget(button(self.tr("New area"), icon="plus", slot=self._new_area))
        self.body.addLayout(line)
        for keys, slot in (("Alt+Up", self._up), ("Alt+Down", self._down), ("F2", self._rename)):
            QShortcut(QKeySequence(keys), self, slot)
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self.tree.setFocus()

    def areas(self) -> list[PlacedArea]:
        """What the tree says."""
        found = []
        for place in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(place)
            assert item is not None
            skills = tuple(
                PlacedSkill(
                    child.data(0, _ID), child.text(0).strip(), child.checkState(0) == Qt.CheckState.Checked
                )
                for child in (item.child(row) for row in range(item.childCount()))
                if child is not None
            )
            found.append(PlacedArea(item.data(0, _ID), item.text(0).strip(), skills, item.data(0, _WHY)))
        return found

    def save(self) -> bool:
        areas = self.areas()
        if not all(name for area in areas for name in (area.title, *(each.title for each in area.skills))):
            self.say(self.tr("Every area and skill needs a name."))
            return False
        self._keep(areas)
        return True

    def _add(self, area: PlacedArea) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [area.title])
        item.setData(0, _ID, area.id)
        item.setData(0, _WHY, area.why)
        item.setFont(0, theme.font("strong"))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        for skill in area.skills:
            child = QTreeWidgetItem(item, [skill.title])
            child.setData(0, _ID, skill.id)
            child.setFlags(child.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
            child.setCheckState(0, Qt.CheckState.Checked if skill.shown else Qt.CheckState.Unchecked)
        return item

    def _area(self) -> QTreeWidgetItem | None:
        """The area that is chosen, or that of the skill."""
        item = self.tree.currentItem()
        return item.parent() or item if item is not None else None

    def _show_why(self) -> None:
        area = self._area()
        self.why.setText(area.data(0, _WHY) if area is not None else "")

    def _keep_why(self, said: str) -> None:
        if (area := self._area()) is not None:
            area.setData(0, _WHY, said)

    def _new_area(self) -> None:
        item = self._add(PlacedArea(None, self.tr("New area")))
        self.tree.setCurrentItem(item)
        self.tree.editItem(item, 0)

    def _rename(self) -> None:
        if (item := self.tree.currentItem()) is not None:
            self.tree.editItem(item, 0)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        """Move an area among areas, or a skill within its area and on into the next."""
        item = self.tree.currentItem()
        if item is None:
            return
        area = item.parent()
        if area is None:
            place = self.tree.indexOfTopLevelItem(item)
            if 0 <= place + by < self.tree.topLevelItemCount():
                self.tree.takeTopLevelItem(place)
                self.tree.insertTopLevelItem(place + by, item)
                item.setExpanded(True)
        else:
            place = area.indexOfChild(item)
            if 0 <= place + by < area.childCount():
                area.takeChild(place)
                area.insertChild(place + by, item)
            else:
                other = self.tree.topLevelItem(self.tree.indexOfTopLevelItem(area) + by)
                if other is None:
                    return
                area.takeChild(place)
                other.insertChild(0 if by > 0 else other.childCount(), item)
        self.tree.setCurrentItem(item)
