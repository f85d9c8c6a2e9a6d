"""What an export leaves open and its owner knows: the zone of its times, the day of notes without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.core.transfer.records import DATED_BY, Record
from app.ui.kit.forms import Form


class QuestionsForm(Form):
    """Shows what has to be asked about some records; `changed` when the user answers.

    Attributes:
        zone: In which times without a zone of their own are read. by_file: Whether a note without a date stands
            on the day of its file's last change.
    """

    changed = Signal()

    def __init__(self, zones: Sequence[str], zone: ZoneInfo) -> None:
        super().__init__()
        self.zones = QComboBox()
        self.zones.addItems(list(zones))
        if self.zones.findText(zone.key) < 0:
            self.zones.addItem(zone.key)
        self.zones.setCurrentText(zone.key)
        self.undated = QComboBox()
        self.undated.addItem(self.tr("The day of the file's last change"), True)
        self.undated.addItem(self.tr("Today, tagged “undated”"), False)
        for combo in (self.zones, self.undated):
            combo.setMinimumContentsLength(8)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._open: set[str] = set()
        self.add_row(
            ("zone", self.tr("Times without a &zone are of"), self.zones),
            ("undated", self.tr("&What carries no date comes on"), self.undated),
        )
        for combo in (self.zones, self.undated):
            combo.activated.connect(self._tell)

    @property
    def controls(self) -> list[QWidget]:
        """In the order in which the eye goes through them."""
        return [self.zones, self.undated]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zones.currentText())

    @property
    def by_file(self) -> bool:
        return bool(self.undated.currentData())

    def ask_about(self, records: Iterable[Record]) -> None:
        """Show the questions that these records leave open; one that was asked before stays."""
        for record in records:
            if DATED_BY in record.extra:
                self._open.add("undated")
            elif record.zone is None and record.at is not None:
                self._open.add("zone")
        for name, field in self.fields.items():
            field.setVisible(name in self._open)
        self.setVisible(bool(self._open))

    def _tell(self, _place: int) -> None:
        self.changed.emit()
