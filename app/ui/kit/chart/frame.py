"""The frame around every chart: its name, what to show, the same numbers as a table, and ways to take it along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import icons
from app.ui.kit.cards import label
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.export import csv_text, picture, save_svg
from app.ui.kit.chart.tableview import TableModel, TableView
from app.ui.kit.choices import Option
from app.ui.kit.room import ElidedLabel
from app.ui.kit.saving import file_name, refusal


class ChartFrame(QFrame):
    """A chart in a card. Ranges and groupings are (value, text) options; what the user chose is told.

    After the chart shows something else, call `refresh_table`. `saved` tells a file, `failed` a sentence.
    """

    range_changed = Signal(object)
    grouping_changed = Signal(object)
    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        title: str,
        chart: Chart,
        *,
        ranges: Sequence[Option] = (),
        groupings: Sequence[Option] = (),
        below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """As `QFrame`.

        Args:
            below: Whether ranges and groupings stand on a line of their own, under the name.
        """
        super().__init__(parent)
        self.setProperty("role", "card")
        self.chart = chart
        self._title_text = title
        chart.setAccessibleName(title)
        self._title = ElidedLabel(title, "section")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title, 1)
        self._part = QHBoxLayout() if below else self._head
        self._part.setSpacing(8)
        self.ranges = self._combo(ranges, self.tr("Range"), self.range_changed)
        self.groupings = self._combo(groupings, self.tr("Grouping"), self.grouping_changed)
        if below:
            self._part.addStretch(1)
        self._table_button = self._button("table", self.tr("Show the numbers as a table"))
        self._table_button.setCheckable(True)
        self._table_button.toggled.connect(self.show_table)
        self._menu_button = self._button("ellipsis", self.tr("Copy or save the chart"))
        self._menu_button.setMenu(self._menu())
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.model = TableModel(self)
        self._table = TableView(self.model)
        self._table.setAccessibleName(title)
        self._stack = QStackedWidget()
        self._note = label("", "hint", wrap=True)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._head)
        if below:
            column.addLayout(self._part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._note)
        self._stack.addWidget(chart)
        self._stack.addWidget(self._table)

    def add_control(self, widget: QWidget) -> None:
        """Put one more choice before the table button."""
        self._head.insertWidget(self._head.count() - 2, widget)

    def show_title(self, text: str) -> None:
        """Call the chart something else."""
        self._title_text = text
        self._title.setText(text)
        self.chart.setAccessibleName(text)
        self._table.setAccessibleName(text)

    def show_note(self, text: str) -> None:
        """A quiet line under the chart: how many readings it stands on, what it leaves out."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self.chart.setWhatsThis(text)

    def relayout(self) -> None:
        """Ask the chart anew how much room it needs, now rather than when the next events are looked at."""
        for part in (self.chart, self._stack, self):
            part.updateGeometry()  # what a layout remembers of it
        if (layout := self.layout()) is not None:
            layout.invalidate()

    def refresh_table(self) -> None:
        """Take the chart's numbers over, if the table is on show."""
        if self._table_button.isChecked():
            self.model.show(self.chart.table())

    def show_table(self, shown: bool) -> None:
        """Show the numbers instead of the drawing."""
        self._table_button.setChecked(shown)
        self._stack.setCurrentIndex(int(shown))
        self.refresh_table()

    def save_csv(self, file: str) -> None:
        """Write the numbers; as all that saves, it tells whether that could be."""
        text = csv_text(self.chart.table())
        self._save(file, lambda path: path.write_text(text, encoding="utf-8-sig", newline=""))

    def save_png(self, file: str) -> None:
        """Write the picture at twice its size on screen, in the format that the name ends in."""
        self._save(file, self._save_picture)

    def save_svg(self, file: str) -> None:
        """Write the drawing."""
        self._save(file, lambda path: save_svg(self.chart, path, self._title_text, self._note.text()))

    def _save(self, file: str, write: Callable[[Path], object]) -> None:
        try:
            write(Path(file))
        except OSError as error:
            self.failed.emit(refusal(Path(file), error))
        else:
            self.saved.emit(file)

    def _save_picture(self, file: Path) -> None:
        file.touch()
        if not self._picture().save(str(file)):
            raise OSError(self.tr("the disk takes no picture"))

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QApplication.clipboard().setImage(self._picture())

    def _picture(self) -> QImage:
        return picture(self.chart, self._title_text, self._note.text())

    def _combo(self, options: Sequence[Option], name: str, told: object) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        for option in options:
            made.addItem(option.text, option.value)
        if not options:
            made.hide()
        made.activated.connect(lambda place: told.emit(made.itemData(place)))  # type: ignore[attr-defined]
        self._part.addWidget(made)
        return made

    def _button(self, icon: str, text: str) -> QToolButton:
        made = QToolButton()
        made.setIcon(icons.icon(icon, role="text2", on_role="accent"))
        made.setIconSize(QSize(18, 18))
        made.setToolTip(text)
        made.setAccessibleName(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._head.addWidget(made)
        return made

    def _menu(self) -> QMenu:
        made = QMenu(self)
        made.addAction(icons.icon("copy"), self.tr("Copy picture"), self.copy_picture)
        made.addSeparator()
        made.addAction(icons.icon("download"), self.tr("Save as PNG…"), self._ask_png)
        made.addAction(icons.icon("download"), self.tr("Save as SVG…"), self._ask_svg)
        made.addAction(icons.icon("download"), self.tr("Save as CSV…"), self._ask_csv)
        return made

    def _ask_png(self) -> None:
        self._ask("png").fileSelected.connect(self.save_png)

    def _ask_svg(self) -> None:
        self._ask("svg").fileSelected.connect(self.save_svg)

    def _ask_csv(self) -> None:
        self._ask("csv").fileSelected.connect(self.save_csv)

    def _ask(self, suffix: str) -> QFileDialog:
        made = QFileDialog(self, self.tr("Save chart"))
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        made.setNameFilter(f"{suffix.upper()} (*.{suffix})")
        made.setDefaultSuffix(suffix)
        made.selectFile(file_name(self._title_text, suffix))
        made.open()
        return made


def tell_saving(page: QWidget, announced: SignalInstance) -> None:
    """Have the charts of a page say through its `announced` where they were saved, or why they could not be."""
    for frame in page.findChildren(ChartFrame):
        said = frame.tr("Saved as “{file}”.")
        frame.saved.connect(lambda file, said=said: announced.emit(said.format(file=file), None))
        frame.failed.connect(lambda why: announced.emit(why, None))
