"""What stands beside the page of the day: a welcome, what is due, how the objectives stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QSizePolicy, QWidget

from app.core.objectives import ObjectiveRow
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label, paint_progress
from app.ui.kit.tips import plain_tip

ROLES = {"on_track": "good", "done": "good", "at_risk": "warn", "behind": "bad"}


RING = 5
"""What links and check-boxes keep around them for the ring of the keyboard."""


class SideCard(Card):
    """A card whose links, check-boxes and words begin at one edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=12)
        self.body.setContentsMargins(12 - RING, 10, 12 - RING, 10)
        self._shown: tuple[object, ...] | None = None

    def _shows(self, *what: object) -> bool:
        """Whether `what` stands there already, so that no widget of it need be made anew."""
        was, self._shown = self._shown, what
        return was == what

    def add_words(self, made: QLabel) -> None:
        """Put words, which need no ring, below the others."""
        made.setContentsMargins(RING, 0, RING, 0)
        self.body.addWidget(made)


class WelcomeCard(Card):
    """Offers a start in an empty journal."""

    def __init__(
        self, demo: Callable[..., object], bring_file: Callable[..., object], bring_folder: Callable[..., object]
    ) -> None:
        super().__init__(margin=12)
        self.body.addWidget(label(self.tr("Welcome"), "section"))
        said = self.tr(
            "Write at the left; it is saved while you type. Or look around first: a demo fills this journal with "
            "an invented year, and goes with one click."
        )
        self.body.addWidget(label(said, "secondary", wrap=True))
        self.demo = button(self.tr("Fill with the demo journal"), role="primary", slot=demo)
        self.bring = button(self.tr("Import a diary…"))
        ways = QMenu(self.bring)
        ways.addAction(self.tr("A file…"), bring_file)
        ways.addAction(self.tr("A folder (RedNotebook, Obsidian)…"), bring_folder)
        self.bring.setMenu(ways)
        self.body.addWidget(self.demo)
        self.body.addWidget(self.bring)


class DemoCard(Card):
    """Says that there is a demo, and takes it out."""

    def __init__(self, remove: Callable[..., object]) -> None:
        super().__init__(margin=12)
        said = self.tr("Much of this is the demo: an invented product manager's year.")
        self.body.addWidget(label(said, "secondary", wrap=True))
        self.remove = button(self.tr("Remove the demo"), slot=remove)
        self.body.addWidget(self.remove)


class ObjectiveLine(QAbstractButton):
    """An objective with its progress; a click opens it."""

    chosen = Signal(int)

    def __init__(self, row: ObjectiveRow) -> None:
        super().__init__()
        self._row = row
        self.setText(row.title)
        self.setToolTip(plain_tip(row.title))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        known = self.tr("unknown") if row.progress is None else f"{row.progress:.0%}"
        self.setAccessibleName(self.tr("{title}: {share}").format(title=row.title, share=known))
        self.clicked.connect(lambda: self.chosen.emit(row.id))

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(look.focus, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        line = self.rect().adjusted(RING, 4, -RING, -16)
        known = "–" if self._row.progress is None else f"{self._row.progress:.0%}"
        painter.setFont(theme.font("hint"))
        painter.setPen(look.text2)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, known)
        line.setRight(line.right() - theme.px(40))
        painter.setFont(theme.font("medium"))
        painter.setPen(look.text)
        title = painter.fontMetrics().elidedText(self._row.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        bar = QRectF(RING, self.height() - 12, self.width() - 2 * RING, 5)
        paint_progress(painter, bar, self._row.progress, ROLES.get(self._row.status or "", "accent"))


class ObjectivesCard(SideCard):
    """The objectives under way, and how many check-ins are due."""

    item_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setSpacing(4)
        self.head = label(self.tr("Under way"), "section")
        self.due = label("", "secondary")
        self.add_words(self.head)
        self.add_words(self.due)
        self._lines: list[ObjectiveLine] = []

    def show_rows(self, rows: list[ObjectiveRow]) -> None:
        """Show these objectives; without any the card hides."""
        if self._shows(rows):
            return
        for line in self._lines:
            self.body.removeWidget(line)
            line.deleteLater()
        self._lines = [ObjectiveLine(row) for row in rows[:5]]
        for line in self._lines:
            line.chosen.connect(self.item_chosen)
            self.body.addWidget(line)
        due = sum(row.due for row in rows)
        if due == 1:
            self.due.setText(self.tr("One check-in is due"))
        else:
            self.due.setText(self.tr("{count} check-ins are due").format(count=due))
        self.due.setVisible(bool(due))
        self.setVisible(bool(rows))
