"""Long work that must be done on the GUI thread, between its events: above all importing what uses Qt."""

from __future__ import annotations

import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

SLICE_S: Final = 0.008
"""A frame has sixteen milliseconds; half of it is the window's own."""


class Slices(QObject):
    """Does `steps` one after another, for some milliseconds at a time, then calls `then`; belongs to `owner`.

    What a step raises ends where every exception ends, and ends the work.
    """

    def __init__(self, owner: QObject, steps: Iterable[Callable[[], object]], then: Callable[[], object]) -> None:
        super().__init__(owner)
        self._steps: Iterator[Callable[[], object]] = iter(steps)
        self._then: Callable[[], object] = then
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        end = time.perf_counter() + SLICE_S
        try:
            for step in self._steps:
                step()
                if time.perf_counter() >= end:
                    return
        except BaseException:
            self._end()
            raise
        then = self._then
        self._end()
        then()

    def _end(self) -> None:
        """Stop, and let go of what was given: it may hold the owner, which must not go while this goes."""
        self._timer.stop()
        self._steps, self._then = iter(()), lambda: None
        self.deleteLater()


def imports(names: Iterable[str]) -> Iterator[Callable[[], object]]:
    """A step for each module that uses Qt.

    PySide6 keeps its Python types in tables that the window reads without any lock for each event. A type that
    another thread makes meanwhile brings the process down now and then, so they are made here.
    """
    return (partial(import_module, name) for name in names)


def modules_in(package: str, *, but: str = "") -> Iterator[str]:
    """The modules of a package, each by its full name, without `but`."""
    inside = import_module(package)
    yield package
    for found in pkgutil.iter_modules(inside.__path__, f"{package}."):
        if found.name == but:
            continue
        if found.ispkg:
            yield from modules_in(found.name, but=but)
        else:
            yield found.name


def types_in(*modules: str) -> Iterator[Callable[[], object]]:
    """A step for each class of these modules of PySide6, which is made when it is first named."""
    for module in modules:
        inside = import_module(module)
        for name in dir(inside):
            yield partial(getattr, inside, name)
