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

    _changed = Signal(object)

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
        known, concerns, tell = self._known, self._concerns, self._changed.emit

        def hear(changes: frozenset[type]) -> None:
            if (wanted := known.get(changes)) is None:
                wanted = known[changes] = concerns(changes)
            if wanted:
                tell(changes)

        stop = store.listen(hear)
        self.destroyed.connect(lambda: stop())
        widget.installEventFilter(self)

    def _concerns(self, changes: frozenset[type]) -> bool:
        return any(
            issubclass(changed, self._classes) or issubclass(kind, changed)
            for changed in changes
            for kind in self._classes
        )

    def _note(self, _changes: frozenset[type]) -> None:
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
