"""The message bar: says what happened and offers to undo it, instead of asking first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.kit.actions import button

Act = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""

SHOWN_FOR_MS: Final = 8000
MARGIN: Final = 20
WIDEST: Final = 640
MOST_LASTING: Final = 3


class Message(QFrame):
    """One message on the bar."""

    closed = Signal()

    def __init__(self, text: str, actions: Sequence[Act], *, lasting: bool) -> None:
        super().__init__()
        self.text = text
        self.lasting = lasting
        self._actions = tuple(actions)
        self.setProperty("role", "message")
        self.setAccessibleName(text)
        words = QLabel(text)
        words.setWordWrap(len(text) > 70)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 7, 7)
        row.setSpacing(8)
        row.addWidget(words, 1)
        for place, (said, _) in enumerate(self._actions):
            row.addWidget(button(said, slot=lambda _checked=False, place=place: self.act(place)))
        close = button("✕", tip=self.tr("Close"), slot=self._close)
        close.setAccessibleName(self.tr("Close"))
        row.addWidget(close)
        self._going = QTimer(self, singleShot=True, interval=SHOWN_FOR_MS)
        self._going.timeout.connect(self._go)
        if not lasting:
            self._going.start()

    def act(self, place: int = 0) -> None:
        """Close it and do what a button says, once."""
        actions, self._actions = self._actions, ()
        self.closed.emit()
        if actions:
            actions[place][1]()

    @property
    def has_actions(self) -> bool:
        """Whether there is something to press."""
        return bool(self._actions)

    def _close(self) -> None:
        self.closed.emit()

    def _go(self) -> None:
        """Go, unless somebody reads or is about to press, or nobody can: behind a dialog, or with no window."""
        focused = QApplication.focusWidget()
        dialog = QApplication.activeModalWidget()
        is_behind = not self.isVisible() or (dialog is not None and dialog is not self.window())
        if is_behind or self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._going.start()
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class MessageBar(QWidget):
    """Floats at the bottom of its parent.

    A new passing message replaces the one before; lasting ones stay until closed, the newest three of them.
    From one that closes the keyboard goes back to where it came from.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._messages: list[Message] = []
        self._came_from: QWidget | None = None
        qapp = QApplication.instance()
        assert isinstance(qapp, QApplication)
        qapp.focusChanged.connect(self._follow_keyboard)
        parent.installEventFilter(self)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is on the bar, oldest first."""
        return [message.text for message in self._messages]

    @property
    def is_passing(self) -> bool:
        """Whether there is a message that goes by itself: its Undo may be wanted yet."""
        return any(not message.lasting for message in self._messages)

    def show_message(
        self,
        text: str,
        action_text: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        other: Act | None = None,
        lasting: bool = False,
    ) -> None:
        """Say `text`; it goes by itself after eight seconds, but not under the mouse or with the keyboard in it.

        Args:
            action_text: Text of a button that calls `on_action`, once, and closes the message.
            other: Text and call of a second button.
            lasting: Stay until closed: for what must not be missed.
        """
        for old in [old for old in self._messages if not old.lasting or old.text == text]:
            self._drop(old)
        if lasting:
            for old in self._messages[: max(0, len(self._messages) - MOST_LASTING + 1)]:
                self._drop(old)
        actions = [(action_text, on_action)] if action_text and on_action is not None else []
        made = Message(text, [*actions, *([other] if other else [])], lasting=lasting)
        made.closed.connect(self._closed)
        self._rows.addWidget(made)
        self._messages.append(made)
        made.show()  # a hidden one would have no share of the height
        self.show()
        self.raise_()
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def act(self) -> None:
        """Press the first button of the newest message that has one, as a key does."""
        if made := next((each for each in reversed(self._messages) if each.has_actions), None):
            made.act()

    def take_back(self, text: str) -> None:
        """Close the message that says `text`, where it is still there: it is settled."""
        for message in [message for message in self._messages if message.text == text]:
            self._drop(message)

    def clear(self) -> None:
        """Close every message."""
        for message in tuple(self._messages):
            self._drop(message)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._messages:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _follow_keyboard(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and before is not None and self.isAncestorOf(now) and not self.isAncestorOf(before):
            self._came_from = before

    def _closed(self) -> None:
        message = self.sender()
        assert isinstance(message, Message)
        self._drop(message)

    def _drop(self, message: Message) -> None:
        if message not in self._messages:
            return
        self._messages.remove(message)
        self._rows.removeWidget(message)
        focused, back = QApplication.focusWidget(), self._came_from
        if focused is not None and message.isAncestorOf(focused) and back is not None and isValid(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        message.hide()
        message.deleteLater()
        if self._messages:
            self._place()
        else:
            self.hide()

    def _place(self) -> None:
        around = self.parentWidget()
        assert around is not None
        self._rows.activate()
        width = min(self.sizeHint().width(), WIDEST, around.width() - 2 * MARGIN)
        tall = self._rows.heightForWidth(width) if self._rows.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((around.width() - width) // 2, around.height() - tall - MARGIN, width, tall)
