"""Saving while somebody types: soon after the first unsaved key, and at every switch, hide and close."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication

from app.ui.kit.editor.markdown import MarkdownEditor

DELAY_MS: Final = 400
HUGE: Final = 300_000
LONGEST_DELAY_MS: Final = 3000
SHARE: Final = 20
"""A huge text takes long to save: at least this many times as long is left to the typing."""

RETRY_MS: Final = (1000, 2000, 4000)
RETRY_SHARE: Final = 5
"""Who puts a file or a drive back is saved soon after; a try that took long (another program's lock) leaves at
least this many times as long to the typing."""


class SaveState(Enum):
    """Where the text in the editor stands."""

    CLEAN = "clean"
    TYPING = "typing"
    SAVED = "saved"
    FAILED = "failed"


class Autosaver(QObject):
    """Saves an editor's text through a callable that returns once the text is committed.

    The wait counts from the first unsaved key and is not pushed back by more typing, so that no more than
    `DELAY_MS` (`LONGEST_DELAY_MS` for a huge text) and one save can ever be lost. A save that fails keeps the
    text, is reported, and is tried again every few seconds and at every `flush`.
    """

    state_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, editor: MarkdownEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._save: Callable[[str], None] | None = None
        self._state = SaveState.CLEAN
        self._unsaved = False
        self._tries = 0
        self._binding = False
        self._delay = DELAY_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        editor.textChanged.connect(self._note)
        editor.installEventFilter(self)
        qapp = QGuiApplication.instance()
        if isinstance(qapp, QGuiApplication):
            qapp.applicationStateChanged.connect(self._application_state)

    @property
    def state(self) -> SaveState:
        """`SAVED` only after a save returned; `CLEAN` while nothing was typed since `bind`."""
        return self._state

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not committed yet."""
        return self._unsaved

    @property
    def unsaved_text(self) -> str:
        """All that stands in the editor, where some of it is not committed yet; else ""."""
        return self._editor.text() if self._unsaved else ""

    def bind(self, text: str, save: Callable[[str], None] | None) -> bool:
        """Show `text` and save it from now on by `save`; what stood there is saved by its own callable first.

        Returns False, and changes nothing, when that last save failed: the words stay on screen.
        """
        if not self.flush():
            return False
        self._binding = True
        self._editor.set_text(text)
        self._binding = False
        self._save = save
        self._unsaved = False
        self._tries = 0
        self._delay = DELAY_MS
        self._timer.stop()
        self._set_state(SaveState.CLEAN)
        return True

    def set_save(self, save: Callable[[str], None]) -> None:
        """Give the text that is being typed its place; anything typed before is saved now."""
        self._save = save
        if self._unsaved:
            self.flush()

    def flush(self) -> bool:
        """Save now if anything is unsaved. Returns whether everything is committed."""
        if not self._unsaved:
            return True
        if self._save is None:
            return False
        self._timer.stop()
        begun, text = time.perf_counter(), self._editor.text()
        try:
            self._save(text)
        except Exception as error:
            tried = round((time.perf_counter() - begun) * 1000)
            self._timer.start(max(RETRY_MS[min(self._tries, len(RETRY_MS) - 1)], tried * RETRY_SHARE))
            self._tries += 1
            self._set_state(SaveState.FAILED)
            if self._tries == 1:
                self.failed.emit(error)
            return False
        self._unsaved = False
        self._tries = 0
        taken = (time.perf_counter() - begun) * 1000 if len(text) > HUGE else 0
        self._delay = min(max(DELAY_MS, round(taken * SHARE)), LONGEST_DELAY_MS)
        self._set_state(SaveState.SAVED)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.flush()
        elif event.type() == QEvent.Type.FocusOut:
            assert isinstance(event, QFocusEvent)
            if event.reason() != Qt.FocusReason.PopupFocusReason:  # while words are offered, typing goes on
                self.flush()
        return False

    def _note(self) -> None:
        if self._binding or not self._editor.document().isModified():
            return
        self._unsaved = True
        if self._state is not SaveState.FAILED:
            self._set_state(SaveState.TYPING)
        if not self._timer.isActive() and self._save is not None:
            self._timer.start(self._delay)

    def _application_state(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.flush()

    def _set_state(self, state: SaveState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
