"""Work off the GUI thread, and its result back on it.

One executor and one long-lived courier: a signal object for each job would be destroyed on the wrong thread.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Qt, Signal

from app.ui.kit.garbage import collect_on_gui_thread

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

REPORTS_A_SECOND: Final = 20


LONGEST_WAIT_S: Final = 0.05


class Progress:
    """How far a piece of work is; made here, filled by the worker, read by the screen."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for an end; the worker looks now and then and stops."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the worker to stop."""
        self._cancelled.set()

    def report(self, done: int, total: int, text: str = "") -> bool:
        """Say how far it is, at most 20 times a second; returns whether to go on."""
        now = time.monotonic()
        if done >= total or now - self._last >= 1 / REPORTS_A_SECOND:
            self._last = now
            self._tell(done, total, text)
        return not self.cancelled


class _Courier(QObject):
    """Carries calls from any thread to the GUI thread."""

    carried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        from concurrent.futures import ThreadPoolExecutor  # after the first picture

        self.carried.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.under_way = 0
        self.quiet = threading.Event()
        self.quiet.set()
        self.executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="northing")

    def look_at_events(self) -> None:
        """Know from now on whether the GUI thread has something to do."""
        dispatcher = QAbstractEventDispatcher.instance(self.thread())
        if dispatcher is not None:
            dispatcher.awake.connect(self.quiet.clear)
            dispatcher.aboutToBlock.connect(self.quiet.set)

    def _deliver(self, call: Callable[[], None]) -> None:
        call()


_courier: _Courier | None = None


def _the_courier() -> _Courier:
    global _courier
    if _courier is None or not shiboken6.isValid(_courier):
        qapp = QCoreApplication.instance()
        _courier = _Courier()
        if qapp is not None:
            _courier.moveToThread(qapp.thread())
            _courier.look_at_events()
            collect_on_gui_thread()
            qapp.aboutToQuit.connect(shutdown)
    return _courier


def on_gui_thread(call: Callable[[], None]) -> None:
    """Run `call` soon on the GUI thread; may be called from any thread."""
    _the_courier().carried.emit(call)


def run_in_background(
    owner: QObject,
    work: Callable[[], T],
    then: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Run `work` on another thread, then `then` with its result on the GUI thread.

    Nothing is delivered once `owner` is gone. What `work` raises goes to `failed`, or else ends where
    every exception ends (`sys.excepthook`).
    """
    courier = _the_courier()

    def deliver(future: Future[T]) -> None:
        courier.under_way -= 1
        _hand_over(owner, future, then, failed)

    def finish(future: Future[T]) -> None:
        if future.cancelled():
            return
        courier.carried.emit(lambda: deliver(future))

    courier.under_way += 1
    courier.executor.submit(work).add_done_callback(finish)


def give_way() -> None:
    """On a worker, between two small steps in Python: wait while the GUI thread is busy, but not for long.

    Two threads in Python hand the interpreter to and fro, and a frame of ten milliseconds becomes one of fifty.
    """
    if _courier is not None and threading.current_thread() is not threading.main_thread():
        _courier.quiet.wait(LONGEST_WAIT_S)


def run_job(
    owner: QObject,
    work: Callable[[Progress], T],
    then: Callable[[T], None],
    *,
    on_progress: Callable[[int, int, str], None],
    failed: Callable[[Exception], None] | None = None,
) -> Progress:
    """As `run_in_background`, for long work that reports and can be cancelled through the result."""
    courier = _the_courier()

    def tell(done: int, total: int, text: str) -> None:
        courier.carried.emit(lambda: on_progress(done, total, text) if shiboken6.isValid(owner) else None)

    progress = Progress(tell)
    run_in_background(owner, lambda: work(progress), then, failed)
    return progress


def is_busy() -> bool:
    """Whether work is under way or its result not yet handed over; asked on the GUI thread."""
    return _courier is not None and _courier.under_way > 0


def shutdown() -> None:
    """Let running work end and start no more; called when the application quits."""
    global _courier
    if _courier is not None:
        _courier.executor.shutdown(wait=True, cancel_futures=True)
        _courier = None


def _hand_over(owner: QObject, future: Future[Any], then: Callable[[Any], None], failed: Any) -> None:
    if not shiboken6.isValid(owner):
        return
    error = future.exception()
    if error is None:
        then(future.result())
    elif failed is not None and isinstance(error, Exception):
        failed(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
