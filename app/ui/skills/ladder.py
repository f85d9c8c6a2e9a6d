"""Importing a ladder: what was read, which level becomes which, what is left out; then one press writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.core import clock, items
from app.core.errors import FieldError
from app.core.store import Store
from app.core.transfer.ladder import Ladder, bring_ladder, plan_ladder, read_ladder, suggested_levels
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.room import FlowLayout
from app.ui.kit.tips import plain_tip

MOST_TOLD: Final = 200
LONGEST: Final = 80
MOST_ROWS: Final = 5
HEAD: Final = 34


class LadderDialog(Dialog):
    """Shows a dry run; nothing is written before the button is pressed. `brought` tells what is new."""

    brought = Signal(list)

    def __init__(self, store: Store, ladder: Ladder, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, self.tr("Import the ladder “{name}”").format(name=ladder.name), "", width=theme.px(720)
        )
        self._store, self._ladder = store, ladder
        self.levels: list[QComboBox] = []
        self.into = Choice(
            [
                Option("own", self.tr("A model of its own")),
                Option("here", self.tr("The model in use")),
            ]
        )
        self.into.set_value("own")
        self.name = QLineEdit(ladder.name[:LONGEST])
        self.name.setMaxLength(LONGEST)
        self.form = Form()
        self.form.add_row(("into", self.tr("It becomes"), self.into), ("title", self.tr("Name"), self.name))
        self.said = label("", "secondary", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setMinimumHeight(theme.px(200))
        self.tree.setAccessibleName(self.tr("What would come"))
        self.problems = QTreeWidget()
        self.problems.setHeaderLabels([self.tr("Line"), self.tr("What the file does")])
        self.problems.setRootIsDecorated(False)
        self.problems.setAccessibleName(self.tr("What could not be read as it is"))
        self.body.addWidget(self.form)
        self.body.addWidget(label(self.tr("Which of its levels becomes which of the five"), "field"))
        self.body.addWidget(self._mapping())
        for part in (self.said, self.tree, self.problems):
            self.body.addWidget(part)
        self._tell_problems()
        self.into.changed.connect(self._plan)
        self._plan()

    @property
    def mapping(self) -> tuple[int, ...]:
        """The anchor that each level becomes; 0 for none."""
        return tuple(int(box.currentData()) for box in self.levels)

    @property
    def _is_own(self) -> bool:
        return self.into.value() == "own"

    def _mapping(self) -> QWidget:
        made = QWidget()
        flow = FlowLayout(made, spacing=10)
        for name, wanted in zip(self._ladder.levels, suggested_levels(len(self._ladder.levels)), strict=True):
            box = QComboBox()
            box.setAccessibleName(self.tr("{level} becomes").format(level=name))
            box.addItem(self.tr("left out"), 0)
            for level in range(1, 6):
                box.addItem(str(level), level)
            box.setCurrentIndex(wanted)
            box.currentIndexChanged.connect(self._plan)
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            text = name if len(name) <= 18 else f"{name[:17]}…"
            column.addWidget(label(text, "hint"))
            column.addWidget(box)
            flow.addWidget(cell)
            self.levels.append(box)
        return made

    def _plan(self) -> None:
        with self._store.read() as session:
            plan = plan_ladder(session, self._ladder, self.mapping, own=self._is_own)
        self.form.fields["title"].setVisible(self._is_own)
        self.tree.clear()
        areas: dict[str, QTreeWidgetItem] = {}
        for skill, anchors in plan.skills:
            if skill.area not in areas:
                areas[skill.area] = QTreeWidgetItem(self.tree, [skill.area])
                areas[skill.area].setFont(0, theme.font("strong"))
            item = QTreeWidgetItem(areas[skill.area], [skill.title])
            for level, text in enumerate(anchors, 1):
                said = " ".join(text.split())[:200] or self.tr("(nothing)")
                QTreeWidgetItem(item, [f"{level}   {said}"])
        for top in areas.values():
            top.setExpanded(True)
        said = self.tr("Skills that would come: {new}. New areas: {areas}.").format(
            new=len(plan.skills), areas=len(plan.new_areas)
        )
        if self._is_own:
            said += " " + self.tr("Its levels become roles to work towards.")
        if plan.known:
            said += " " + self.tr("Already there, and left as they are: {known}.").format(known=len(plan.known))
        self.said.setText(said)
        self.primary.setText(self.tr("Add skills ({count})").format(count=len(plan.skills)))
        self.primary.setEnabled(bool(plan.skills))

    def _tell_problems(self) -> None:
        self.problems.setVisible(bool(self._ladder.problems))
        for line, sentence in self._ladder.problems[:MOST_TOLD]:
            item = QTreeWidgetItem(
                self.problems, [str(line) if line else "–", sentence[:1].upper() + sentence[1:]]
            )
            item.setToolTip(1, plain_tip(sentence))
        self.problems.resizeColumnToContents(0)
        rows = min(self.problems.topLevelItemCount(), MOST_ROWS)
        self.problems.setFixedHeight(theme.px(HEAD) + rows * self.problems.sizeHintForRow(0) + 8)

    def save(self) -> bool:
        title = self.name.text() if self._is_own else None
        try:
            with self._store.write() as session:
                found = bring_ladder(session, self._ladder, self.mapping, title=title, now=clock.now())
        except FieldError as error:
            return self.form.show_errors({error.field: str(error)})
        self.brought.emit(found)
        return True


class Ladders(QObject):
    """Asks for a file and shows what would come of it. `announced` as the page's."""

    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store) -> None:
        super().__init__(page)
        self._page, self._store = page, store

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._page, self.tr("Import a ladder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables and Markdown (*.csv *.tsv *.md *.markdown *.txt)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.show_file)
        dialog.open()

    def show_file(self, path: str) -> None:
        """Show what would come from the file."""
        dialog = LadderDialog(self._store, read_ladder(Path(path)), self._page)
        dialog.brought.connect(self._say)
        dialog.open()

    def _say(self, ids: list[int]) -> None:
        said = self.tr("The ladder is in; every word of it is yours to edit.")
        self.announced.emit(said, lambda: self._take_back(ids))

    def _take_back(self, ids: list[int]) -> None:
        with self._store.write() as session:
            items.trash(session, ids, now=clock.now())
