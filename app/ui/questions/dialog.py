"""All packs of questions: turned on and off, edited, brought from files, brought back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from app.core import clock, journal, prompts
from app.core.errors import UserError
from app.core.prompts import Pack, PackError
from app.core.settings import settings
from app.core.store import Store
from app.core.transfer.packs import Brought, read_packs
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Field
from app.ui.kit.sidelist import SideList

WIDTH = 820
HEIGHT = 560
LIST_WIDTH = 264
TEXT_HEIGHT = 160


class QuestionsDialog(Dialog):
    """Keeps everything at once with Save; Cancel leaves all as it was."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Questions to write on"), parent.tr("Save"), width=theme.px(WIDTH))
        self._store = store
        with store.read() as session:
            chosen = settings(session)
        self._held = list(prompts.packs(chosen))
        self._asks = chosen.prompts
        self._shown = -1
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(TEXT_HEIGHT))
        self.new_button = button(self.tr("New"), icon="plus", slot=self._add)
        self.file_button = button(self.tr("From a file…"), icon="import", slot=self._choose_file)
        self.away_button = button("", slot=self._take_away)
        self._side = SideList(
            self.tr("Packs of questions"),
            [self.new_button, self.file_button, self.away_button],
            width=LIST_WIDTH,
        )
        self.list = self._side.list
        self.said = label("", "secondary", wrap=True)
        self.asking = label("", "hint", wrap=True)
        self._lay_out()
        self._side.chosen.connect(self._show)
        self.list.itemChanged.connect(self._tick)
        self.name.textEdited.connect(self._take)
        self.text.textChanged.connect(self._take)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self._fill_list(0)

    def save(self) -> bool:
        self._clear_errors()
        self._tell("")
        try:
            with self._store.write() as session:
                today = journal.today(session, clock.now(), clock.zone())
                prompts.put_packs(session, self._held, today=today)
        except PackError as error:
            self.list.setCurrentRow(error.place)
            field = self.name_field if error.field == "name" else self.text_field
            field.show_error(str(error))
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def bring(self, path: str) -> None:
        """Add what is new in the file at `path`, and say what that is."""
        self._tell("")
        try:
            brought = read_packs(Path(path))
        except UserError as error:
            self.say(str(error))
            return
        before = self._held
        self._held, count = prompts.joined(before, brought.packs)
        changed = [place for place, each in enumerate(self._held) if each not in before]
        self._fill_list(changed[0] if changed else self._shown)
        self._tell(self._told(brought, count))

    def _lay_out(self) -> None:
        self.name_field = Field(self.tr("Name"), self.name)
        hint = self.tr(
            "One a line. With “monthly:”, “quarterly:” or “yearly:” in front it waits for the last Friday of one; "
            "the others take turns on any day."
        )
        self.text_field = Field(self.tr("Questions"), self.text, hint=hint)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.name_field)
        right.addWidget(self.text_field, 1)
        self.body.addLayout(self._side.beside(right), 1)
        self.body.addWidget(self.said)
        self.body.addWidget(self.asking)
        self._tell("")

    def _fill_list(self, current: int) -> None:
        self._shown = -1
        self._side.fill([self._row(each) for each in self._held], current)
        self._follow()

    def _row(self, pack: Pack) -> QListWidgetItem:
        made = QListWidgetItem(pack.name)
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        made.setCheckState(Qt.CheckState.Checked if pack.is_on else Qt.CheckState.Unchecked)
        return made

    def _show(self, place: int) -> None:
        self._shown = -1
        pack = self._held[place]
        self._clear_errors()
        self.name.setText(pack.name)
        self.text.setPlainText(pack.text)
        self.away_button.setText(self.tr("As shipped") if pack.is_shipped else self.tr("Delete"))
        self.away_button.setAccessibleName(self.away_button.text())
        self.away_button.setToolTip(
            self.tr("Bring back the name and the questions that came with Northing")
            if pack.is_shipped
            else self.tr("Delete this pack")
        )
        self._shown = place
        self._follow()

    def _follow(self) -> None:
        """Show what follows from what is edited."""
        pack = self._held[self._shown]
        self.away_button.setEnabled(not pack.is_as_shipped)
        count = len(prompts.questions(pack.text))
        self.text_field.show_label(self.tr("Questions ({count})").format(count=count))
        count = len(prompts.asked(self._held))
        if not count:
            said = self.tr("No pack is ticked, so Today asks nothing.")
        elif count == 1:
            said = self.tr("Today asks the one question of the ticked packs.")
        else:
            said = self.tr(
                "Today asks one of the {count} questions of the ticked packs, and none again before all others of "
                "its kind had their turn."
            )
        if not self._asks:
            said = self.tr("Today asks no questions now: Settings → Writing brings them back.")
        self.asking.setText(said.format(count=count))

    def _take(self) -> None:
        """Take up what is edited."""
        if self._shown < 0:
            return
        self._held[self._shown] = replace(
            self._held[self._shown], name=self.name.text(), text=self.text.toPlainText()
        )
        self.list.item(self._shown).setText(self.name.text().strip() or self.tr("New pack"))
        self._follow()

    def _tick(self, item: QListWidgetItem) -> None:
        place = self.list.row(item)
        is_on = item.checkState() == Qt.CheckState.Checked
        self._held[place] = replace(self._held[place], is_on=is_on)
        self._follow()

    def _add(self) -> None:
        self._held.append(Pack("", ""))
        self._fill_list(len(self._held) - 1)
        self.list.currentItem().setText(self.tr("New pack"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self) -> None:
        place = self._shown
        if self._held[place].is_shipped:
            self._held[place] = prompts.as_shipped(self._held[place])
        else:
            del self._held[place]
            place -= 1
        self._fill_list(place)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Questions from a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Text, Markdown and JSON (*.txt *.md *.markdown *.json)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.bring)
        dialog.open()

    def _told(self, brought: Brought, count: int) -> str:
        known = sum(len(prompts.questions(each.text)) for each in brought.packs) - count
        if not count:
            said = self.tr("Nothing is new: every question of the file is here already.")
        else:
            said = self.tr("New questions: {count}.").format(count=count)
            if known:
                said += " " + self.tr("Already here, or twice in the file: {known}.").format(known=known)
        return " ".join((said, *brought.remarks))

    def _tell(self, said: str) -> None:
        """Say what a file brought; blank takes it back, and what was wrong with one."""
        self.say("")
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def _clear_errors(self) -> None:
        for field in (self.name_field, self.text_field):
            field.show_error("")
