"""The real window behind a line protocol, for harnesses that kill, starve and corrupt it from outside.

    python -m tests.driver DIR          commands as JSON lines on standard input, answers on standard output
    python -m tests.driver --dump DIR   what the journal in DIR holds, as one JSON object
    python -m tests.driver COMMAND DIR …    a command of the command line on the journal in DIR: import, export,
                                        backup, restore, check, salvage, search, migrate, lock; `rekey` is
                                        `passphrase`

Commands: ``{"op": "put"|"type", "id": …, "rev": …, "text": …}``, ``{"op": "lock"}`` and ``{"op": "quit"}``.
`type` goes through the editor and its autosave, `put` saves at once. ``ACK id rev`` follows the commit. The
harness's id and revision stand in the first lines of the entry, as any other text. A journal with a passphrase is
opened by any line of the file that NORTHING_PASSPHRASE_FILE names.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME = "Journal.northing"
LONGEST_START_MS = 10_000


def dump(folder: Path) -> int:
    """Print every entry's revision and the SHA-256 of its text; 3 when the journal is refused or damaged."""
    from app.core import integrity
    from app.core.errors import UserError
    from app.core.model import Entry
    from app.core.store import open_store

    path = folder / NAME
    if not path.exists():
        print(json.dumps({"ok": True, "entries": {}, "problems": []}))
        return 0
    try:
        unlock_by(path, passphrases())
        with open_store(path) as store:
            problems = list(integrity.check(path).problems)
            with store.read() as session:
                texts = [entry.text for entry in session.query(Entry).filter(Entry.deleted_at.is_(None))]
    except UserError as error:
        print(json.dumps({"ok": False, "message": str(error)}))
        return 3
    entries = {}
    for text in texts:
        name, rev, body = text.split("\n", 2)
        entries[name] = [int(rev), hashlib.sha256(body.encode()).hexdigest()]
    print(json.dumps({"ok": not problems, "entries": entries, "problems": problems}))
    return 3 if problems else 0


def unlock_by(path: Path, passphrases: Iterable[str]) -> None:
    """Open a journal, where it is encrypted, by one of some passphrases."""
    from app.core import keys, passphrase

    for said in passphrases:
        if keys.is_locked(path):
            with suppress(passphrase.WrongPassphrase):
                passphrase.unlock(path, said)


def passphrases() -> list[str]:
    """What the harness may have chosen, one a line."""
    file = os.environ.get("NORTHING_PASSPHRASE_FILE")
    return Path(file).read_text(encoding="utf-8").splitlines() if file else []


def drive(folder: Path) -> int:
    """Show the real window on the journal in `folder` and obey."""
    os.umask(0o077)  # as `northing` does
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("NORTHING_HOME", str(folder / "home"))
    from PySide6.QtCore import QSocketNotifier, QTimer

    from app.ui import start

    unlock_by(folder / NAME, passphrases())
    qapp = start.application()
    window = start.open_window(folder / NAME, start.preferences())

    def begin() -> None:
        from tests.driving import Driver

        driver = Driver(window)
        notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, qapp)
        notifier.activated.connect(driver.read)
        os.set_blocking(0, False)
        os.write(1, b"READY\n")

    def give_up() -> None:
        if window.store is None and window.locking.view is None:
            os.write(2, b"The journal could not be opened.\n")
            qapp.exit(3)

    window.ready.connect(begin)
    QTimer.singleShot(LONGEST_START_MS, window, give_up)
    code = qapp.exec()
    start.finish(window)
    return code


def command(name: str, folder: str, *words: str) -> int:
    """Carry out a command of the command line on the journal in `folder`."""
    from app.__main__ import main

    name = "passphrase" if name == "rekey" else name
    return main(["--journal", str(Path(folder) / NAME), name, *words])


def run(words: list[str]) -> int:
    """Do what the call says."""
    if words[0] == "--dump":
        return dump(Path(words[1]))
    return command(*words) if len(words) > 1 else drive(Path(words[0]))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
