"""A journal that is damaged or not there: what is safe, and the ways on, none of which changes a damaged file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.core.errors import UserError
from app.core.salvage import Salvaged, salvage
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import Card, label
from app.ui.kit.forms import Dialog
from app.ui.settings.choosing import BackupChoice

WIDTH = 600
OTHERWISE = 2
"""How a dialog ended by one of its other ways: neither accepted nor rejected."""


class BackToBackup(Dialog):
    """Says what is wrong, and offers to go back to a backup; what extends it offers other ways in `ways`.

    Signals:
        restore_requested: Put the journal at this path in its place.
    """

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget, title: str, sentence: str, choice: BackupChoice) -> None:
        super().__init__(parent, title, parent.tr("Go back to the backup"), width=WIDTH)
        self.said = label(sentence, "", wrap=True)
        self.choice = choice
        self.choice.usable.connect(self.primary.setEnabled)
        self.choice.refused.connect(self.say)
        self.primary.setEnabled(choice.is_usable)
        self.primary.setDefault(False)  # the dialog comes by itself: Enter may have been meant for a text
        self.primary.setAutoDefault(False)
        self.ways = Card()
        self.body.addWidget(self.said)
        self.body.addWidget(self.choice)
        self.body.addWidget(self.ways)
        self.body.addStretch(1)

    def save(self) -> bool:
        assert self.choice.chosen is not None
        self.restore_requested.emit(self.choice.chosen.path)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.choice.unlock.isVisible():
            self.choice.unlock.field.setFocus()

    def _offer(self, made: QPushButton, text: str) -> None:
        made.setAutoDefault(False)
        self.ways.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.ways.body.addWidget(label(text, "hint", wrap=True))


class RescueDialog(BackToBackup):
    """Of a damaged journal: go back to a backup, look only, or save what can be read.

    Args:
        place: A folder that was chosen for backups, "" for none: the journal cannot be asked any more.
        is_open: The journal is, so that single items can be brought back into it.

    Signals:
        look_requested: Open it for reading only. items_requested: Bring back single items.
    """

    look_requested = Signal()
    items_requested = Signal()

    def __init__(
        self, path: Path, sentence: str, parent: QWidget, *, place: str = "", is_open: bool = False
    ) -> None:
        safe = parent.tr("Safe are the backups below. Going back to one keeps the damaged file beside it.")
        title = (
            parent.tr("Something in this journal is damaged")
            if is_open
            else parent.tr("This journal cannot be read as it is")
        )
        super().__init__(parent, title, sentence, BackupChoice(path, place, safe))
        self._path = path
        self._salvaged_to: Path | None = None
        self.choice.list.activated.connect(self._go_back_after_all)
        self.outcome = label("", "secondary", wrap=True)
        self.items_button = button(self.tr("&Bring back single items…"), slot=self._choose_items)
        if is_open:
            self._offer(
                self.items_button,
                self.tr("Lists what differs from a backup, also what is damaged. The rest stays as it is."),
            )
        self.look_button = button(self.tr("&Look at it only"), slot=self._look)
        self.save_button = button(self.tr("&Save what can be read…"), slot=self._ask_target)
        self._offer(self.look_button, self.tr("Shows what can be read. Nothing changes, nothing can be written."))
        self._offer(
            self.save_button,
            self.tr("Reads the file piece by piece into a new journal. The damaged one stays as it is."),
        )
        self.body.insertWidget(self.body.count() - 1, self.outcome)

    def save(self) -> bool:
        if self._salvaged_to is None:
            return super().save()
        self.restore_requested.emit(self._salvaged_to)
        return True

    def salvage_to(self, target: str) -> None:
        """Save what can be read into the new journal `target`."""
        source = self._path
        self.say("")
        self.outcome.setText(self.tr("Reading…"))
        self.save_button.setEnabled(False)
        run_in_background(self, lambda: salvage(source, Path(target)), self._salvaged, failed=self._fail)

    def _go_back_after_all(self, _place: int) -> None:
        """Somebody chooses a backup although what can be read was saved."""
        self._salvaged_to = None
        self.primary.setText(self.tr("Go back to the backup"))
        self.primary.setEnabled(self.choice.is_usable)

    def _look(self) -> None:
        self.done(OTHERWISE)
        self.look_requested.emit()

    def _choose_items(self) -> None:
        self.done(OTHERWISE)
        self.items_requested.emit()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the new journal goes"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("northing")
        dialog.setDirectory(str(self._path.parent))
        dialog.selectFile(f"{self._path.stem} saved.northing")
        dialog.fileSelected.connect(self.salvage_to)
        dialog.open()

    def _salvaged(self, made: Salvaged) -> None:
        self.outcome.setText(
            self.tr("“{path}” holds {whole} items as they were and {part} in part (tagged “damaged”).").format(
                path=made.path, whole=made.whole, part=made.in_part
            )
        )
        self._salvaged_to = made.path
        self.save_button.setEnabled(True)
        self.primary.setText(self.tr("Use the saved journal"))
        self.primary.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.outcome.setText("")
        self.save_button.setEnabled(True)
        self.say(str(error))


class MissingDialog(BackToBackup):
    """Of a journal that is not where it was: look again, go back to a backup, or begin an empty one.

    Signals:
        again_requested: Open it, now that it may be there. begin_requested: Make an empty one.
    """

    again_requested = Signal()
    begin_requested = Signal()

    def __init__(self, path: Path, sentence: str, parent: QWidget, *, place: str = "") -> None:
        safe = parent.tr("Safe are the backups below. Going back to one puts the journal where it was.")
        title = parent.tr("The journal is not where it was")
        super().__init__(parent, title, sentence, BackupChoice(path, place, safe))
        self.again_button = button(self.tr("&Try again"), slot=self._try_again)
        self.begin_button = button(self.tr("&Begin an empty journal"), slot=self._begin)
        self._offer(self.again_button, self.tr("When its drive is connected, or the file is back in its folder."))
        self._offer(self.begin_button, self.tr("The backups stay as they are."))

    def _try_again(self) -> None:
        self.done(OTHERWISE)
        self.again_requested.emit()

    def _begin(self) -> None:
        self.done(OTHERWISE)
        self.begin_requested.emit()
