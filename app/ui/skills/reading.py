"""What the skills page shows, read beside the window: tens of thousands of ratings take longer than a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.core import skills
from app.core.skills import Board, ModelRow, RoleRow
from app.core.store import Store
from app.ui.kit.background import run_in_background


@dataclass(frozen=True, slots=True)
class Found:
    """The model in use, the parts of one's product, and what else could be chosen."""

    board: Board
    parts: Board
    roles: tuple[RoleRow, ...]
    models: tuple[ModelRow, ...]


class Boards(QObject):
    """Reads once for all that asked meanwhile; `read` tells a `Found`."""

    read = Signal(object)

    def __init__(self, owner: QObject, store: Store, today: date) -> None:
        super().__init__(owner)
        self._store, self._today = store, today
        self._under_way = self._again = False

    def ask(self) -> None:
        """Read soon; what is asked while one reads is read once more after it."""
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        run_in_background(self, self._work, self._tell, self._fail)

    def _work(self) -> Found:
        # SQLite joins ratings and evidence without the interpreter's lock, so two threads take half the time.
        with ThreadPoolExecutor(1) as beside, self._store.read() as session:
            evidence = beside.submit(self._evidence)
            told = skills.histories(session, on=self._today, evidence=evidence.result)
            return Found(
                skills.board(session, on=self._today, of=told),
                skills.map_board(session, on=self._today, of=told),
                tuple(skills.roles(session)),
                tuple(skills.models(session)),
            )

    def _evidence(self) -> Mapping[int, Sequence[date]]:
        with self._store.read() as session:
            return skills.proof_days(session)

    def _tell(self, found: Found) -> None:
        self._under_way = False
        if self._again:
            self._again = False
            self.ask()
            return
        self.read.emit(found)

    def _fail(self, error: Exception) -> None:
        self._under_way = self._again = False
        raise error
