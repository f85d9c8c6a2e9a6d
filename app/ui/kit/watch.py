"""Keeping a widget in step with a store: told once per change, and only while it can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget


class Listened(Protocol):
    """A store that says, on any thread, which classes of things changed."""

    def listen(self, listener: Callable[[frozenset[type]], None]) -> Callable[[], None]: ...


class Watch(QObject):
    """Calls `refresh` on the GUI thread when things of `classes` changed, once for all changes of a moment.

    While the widget is hidden nothing runs; it is refreshed once, when shown.
    """

    _changed = Signal()

    def __init__(
        self, widget: QWidget, store: Listened, classes: Iterable[type], refresh: Callable[[], None]
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._classes = tuple(classes)
        self._known: dict[frozenset[type], bool] = {}
        self._refresh = refresh
        self._stale = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._run)
        self._changed.connect(self._note, Qt.ConnectionType.AutoConnection)
        stop = store.listen(self._hear)
        self.destroyed.connect(lambda: stop())
        widget.installEventFilter(self)

    def _hear(self, changes: frozenset[type]) -> None:
        """On any thread."""
        if changes not in self._known:
            self._known[changes] = self._concerns(changes)
        if self._known[changes]:
            self._changed.emit()

    def _concerns(self, changes: frozenset[type]) -> bool:
        return any(
            issubclass(changed, self._classes) or issubclass(kind, changed)
            for changed in changes
            for kind in self._classes
        )

    def _note(self) -> None:
        self._stale = True
        if self._widget.isVisible():
            self._soon.start()

    def _run(self) -> None:
        if self._stale and self._widget.isVisible():
            self._stale = False
            self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._soon.start()
        return False


def watch(widget: QWidget, store: Listened, classes: Iterable[type], refresh: Callable[[], None]) -> Watch:
    """Keep `widget` in step with `store`; it ends with the widget."""
    return Watch(widget, store, classes, refresh)
