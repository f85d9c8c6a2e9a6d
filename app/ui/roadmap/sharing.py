"""Taking the roadmap along: a page for a mentor, a calendar file, and what learning brought."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QWidget

from app.core import clock, objectives, roadmap
from app.core.calendar_file import CalendarFile, Part, calendar_file
from app.core.learning_return import finished_steps, returns
from app.core.roadmap import OPEN
from app.core.store import Store
from app.ui.errors import writing
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.chart.spec import Table
from app.ui.kit.chart.tableview import TableModel, TableView
from app.ui.kit.forms import Dialog
from app.ui.kit.numbers import counted, number_text
from app.ui.roadmap.poster import Poster
from app.ui.roadmap.words import word


class Sharing(QObject):
    """Asks where to, and writes. `announced` tells what was written, and None."""

    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store, *, today: date) -> None:
        super().__init__(page)
        self._page, self._store, self._today = page, store, today

    def ask_poster(self) -> None:
        """Ask for a file, and write the roadmap there on one page."""
        kinds = [self.tr("PDF (*.pdf)"), self.tr("SVG (*.svg)"), self.tr("PNG (*.png)")]
        self._ask(self.tr("roadmap {day}.pdf"), kinds).fileSelected.connect(self.save_poster)

    def save_poster(self, path: str) -> None:
        """Write the roadmap on one page; what was dropped stays out."""
        with self._store.read() as session:
            rows = [row for row in roadmap.steps(session, today=self._today) if row.state != "dropped"]
            finished = finished_steps(session)
            purposes = objectives.purposes(session)
        file = Path(path) if Path(path).suffix else Path(path).with_suffix(".pdf")
        Poster(purposes[0].text if purposes else "", rows, finished, self._today).save(file)
        self.announced.emit(self.tr("The roadmap is in “{path}”.").format(path=file), None)

    def ask_calendar(self) -> None:
        """Ask what a calendar file is to hold."""
        dialog = CalendarDialog(self._store, self._page, today=self._today)
        dialog.wanted.connect(self._ask_calendar_file)
        dialog.open()

    def save_calendar(self, path: str, made: CalendarFile) -> None:
        """Write a calendar file.

        Raises:
            UserError: it cannot be written.
        """
        file = Path(path) if Path(path).suffix else Path(path).with_suffix(".ics")
        with writing(file):
            file.write_bytes(made.text)
        told = counted(
            made.events,
            self.tr("One event is in “{path}”. Import it into your calendar."),
            self.tr("{count} events are in “{path}”. Import it into your calendar."),
        )
        self.announced.emit(told.format(path=file), None)

    def show_returns(self) -> None:
        """Show what finished steps brought, by kind."""
        ReturnsDialog(self._store, self._page).open()

    def _ask_calendar_file(self, made: CalendarFile) -> None:
        kinds = [self.tr("Calendar files (*.ics)")]
        dialog = self._ask(self.tr("northing {day}.ics"), kinds)
        dialog.fileSelected.connect(lambda path: self.save_calendar(path, made))

    def _ask(self, name: str, kinds: list[str]) -> QFileDialog:
        made = QFileDialog(self._page, self.tr("Where to"))
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        made.setNameFilters(kinds)
        made.selectFile(name.format(day=self._today.isoformat()))
        made.open()
        return made


class CalendarDialog(Dialog):
    """What a calendar file is to hold; `wanted` tells the `CalendarFile`."""

    wanted = Signal(object)

    def __init__(self, store: Store, parent: QWidget, *, today: date) -> None:
        super().__init__(parent, parent.tr("Calendar file"), parent.tr("Save…"), width=theme.px(460))
        self._store, self._today = store, today
        self._made: CalendarFile | None = None
        words = self.tr(
            "A file for any calendar program. It is written once: when your plans change, write it again; "
            "each event keeps its identity, so that nothing comes twice. What is private stays out."
        )
        self.body.addWidget(label(words, "secondary", wrap=True))
        self.boxes = {
            "steps": QCheckBox(self.tr("Steps that have days")),
            "deadlines": QCheckBox(self.tr("Days to apply by")),
            "check_ins": QCheckBox(self.tr("Check-ins, by the rhythm of each key result")),
            "people": QCheckBox(self.tr("People to meet, by their cadence")),
        }
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._count)
            self.body.addWidget(box)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which steps"))
        self.which.addItem(self.tr("All steps"), None)
        self.which.addItem(self.tr("Open steps"), OPEN)
        self.which.addItem(self.tr("Steps under way"), ("doing",))
        self.which.activated.connect(self._count)
        self.body.insertWidget(1, self.which)
        self.said = label("", "hint")
        self.body.addWidget(self.said)
        self._count()

    def save(self) -> bool:
        self.wanted.emit(self._made)
        return True

    def _count(self) -> None:
        parts = cast("list[Part]", [name for name, box in self.boxes.items() if box.isChecked()])
        with self._store.read() as session:
            states = self.which.currentData()
            rows = roadmap.steps(session, today=self._today) if states else []
            ids = {row.id for row in rows if row.state in states} if states else None
            self._made = calendar_file(session, parts=parts, today=self._today, now=clock.now(), step_ids=ids)
        self.said.setText(counted(self._made.events, self.tr("1 event"), self.tr("{count} events")))
        self.primary.setEnabled(self._made.events > 0)


class ReturnsDialog(Dialog):
    """Hours and money by kind of step against what changed and what proved it."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("What learning brought"), parent.tr("Close"), width=theme.px(680))
        self.cancel.hide()
        with store.read() as session:
            found = returns(finished_steps(session))
        self.model = TableModel(self)
        columns = (
            self.tr("Kind"),
            self.tr("Finished"),
            self.tr("Does differently"),
            self.tr("Proven"),
            self.tr("Hours"),
            self.tr("Cost"),
        )
        rows = [
            (
                word(row.form),
                row.count,
                row.changed,
                self.tr("{proven} of {asked} asked").format(proven=row.proven, asked=row.asked),
                number_text(row.hours),
                ", ".join(f"{number_text(cost)} {currency}".strip() for currency, cost in row.costs),
            )
            for row in found
        ]
        self.model.show(Table(columns, rows))
        self.view = TableView(self.model)
        self.view.setAccessibleName(self.tr("What learning brought"))
        self.view.setMinimumHeight(theme.px(min(80 + 32 * len(rows), 360)))
        if rows:
            words = self.tr(
                "Hours as spent, else as planned. A step asks once, thirty days after its end, what proves it."
            )
            self.body.addWidget(self.view)
        else:
            words = self.tr("No step is finished yet. When one is, its hours stand here against what changed.")
        self.body.addWidget(label(words, "hint", wrap=True))
