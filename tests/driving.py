"""Obeys the harness: opens its entries in the journal's own editor and types into it."""

from __future__ import annotations

import json
import os

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QPushButton

from app.core import clock, journal
from app.core.errors import UserError
from app.core.model import Entry
from app.core.words import normal_text
from app.ui.kit.editor import SaveState
from app.ui.window import MainWindow


class Driver(QObject):
    """Types what standard input says into the window, and tells what was committed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.page = window.show_page("journal")
        self.desk = self.page.desk
        self.desk.autosaver.state_changed.connect(self._saved)
        self.desk.autosaver.failed.connect(self._failed)
        self.buffer = b""
        self.open = ""
        self.typed = 0
        self.refused = set()
        self.entries = {}
        assert window.store is not None
        self.store = window.store
        with self.store.read() as session:
            for entry in session.query(Entry):
                self.entries[entry.text.split("\n", 1)[0]] = entry.id

    def read(self) -> None:
        """Take whatever has come on standard input."""
        try:
            chunk = os.read(0, 1 << 20)
        except BlockingIOError:
            return
        *lines, self.buffer = (self.buffer + chunk).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))
        if not chunk:
            self._quit()

    def _obey(self, command: dict) -> None:
        if command["op"] == "quit":
            self._quit()
            return
        if command["op"] == "lock":
            self.window.locking.lock()
            return
        try:
            if not self._turn_to(command["id"]):
                # As for a person: the window does not leave words that are not saved yet.
                raise UserError("What was typed before could not be saved yet.")
        except UserError as error:
            self._refuse(command["id"], command["rev"], str(error))
            return
        self.typed = command["rev"]
        self.desk.editor.apply_text(f"{command['id']}\n{command['rev']}\n{normal_text(command['text'])}")
        if command["op"] == "put" and not self.desk.autosaver.flush() and self.typed not in self.refused:
            self._refuse(self.open, self.typed, "It could not be saved yet.")

    def _turn_to(self, name: str) -> bool:
        if name == self.open:
            return True
        if not self.desk.flush():
            return False
        if self.open and self.desk.entry_id is not None:
            self.entries[self.open] = self.desk.entry_id
        self.typed = 0
        self.open = ""
        if name in self.entries:
            self.page.open_item(self.entries[name])
        else:
            with self.store.read() as session:
                today = journal.today(session, clock.now(), clock.zone())
            self.desk.begin(today)
        self.open = name
        return True

    def _saved(self, state: SaveState) -> None:
        if state is SaveState.SAVED and self.typed and self.typed not in self.refused:
            os.write(1, f"ACK {self.open} {self.typed}\n".encode())

    def _failed(self, error: Exception) -> None:
        self._refuse(self.open, self.typed, str(error))

    def _refuse(self, name: str, rev: int, why: str) -> None:
        self.refused.add(rev)
        os.write(1, f"ERR {name} {rev} {why[:100]}\n".encode())

    def _quit(self) -> None:
        if not self.window.close():  # something could not be saved; one goes all the same
            buttons = self.window.messages.findChildren(QPushButton)
            next(one for one in buttons if "leave it in a file" in one.text()).click()
        QApplication.quit()
