"""The promises under violence, in short; `make faults` runs the same a hundred times longer.

Never lost: an acknowledged word. Never half: a backup, a restore, an import, an update of the schema.
Never silent: damage.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import paths
from app.core import backups, demo, integrity, journal, keys, passphrase
from app.core.errors import UserError
from app.core.model import Entry
from app.core.store import open_store
from tests import driver
from tests.conftest import NOW
from tests.driver import NAME

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals on Windows")
if sys.platform != "win32":
    from tests.faults import breaking

SCALE = int(os.environ.get("NORTHING_FAULTS", "1"))
DAY = date(2026, 11, 23)


@pytest.fixture
def noise():
    return random.Random(int(os.environ.get("NORTHING_SEED", "1")))


@pytest.mark.timeout(180 * SCALE)
def test_no_acknowledged_word_is_lost_by_a_kill(tmp_path, noise):
    acknowledged: dict[str, int] = {}
    sent: dict[str, set[int]] = {}
    rev = 0
    for _ in range(3 * SCALE):
        typist = breaking.Typist(tmp_path, tmp_path)
        for _ in range(noise.randrange(4, 12)):
            rev += 1
            name = f"e{noise.randrange(4)}"
            typist.type(name, rev, f"words {rev} " * noise.randrange(1, 60), op=noise.choice(["type", "put"]))
            sent.setdefault(name, set()).add(rev)
            typist.listen(noise.random() * 0.1)
        typist.listen(noise.random() * 0.5)
        typist.kill()
        for name, last in typist.acknowledged.items():
            acknowledged[name] = max(acknowledged.get(name, 0), last)
        entries = breaking.saved(tmp_path)
        for name, last in acknowledged.items():
            held = entries[name][0]
            assert isinstance(held, int)
            assert held >= last
            assert held in sent[name]
    assert acknowledged


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A folder with a journal of forty entries, an older backup of twenty of them, and a diary to import."""
    folder = tmp_path_factory.mktemp("before")
    with open_store(folder / NAME) as store:
        for number in range(40):
            with store.write() as session:
                journal.add_entry(
                    session, day=DAY - timedelta(days=number), now=NOW, zone="UTC", text=f"Entry {number} " * 300
                )
            if number == 19:
                shutil.move(backups.take(store, reason="time", now=NOW).path, folder / "older.northing")
    shutil.rmtree(folder / "Backups")
    (folder / "old.journal").write_text(
        "".join(f"[2020-01-{day:02} 09:00] Day {day}. It rained.\n\n" for day in range(1, 29)), encoding="utf-8"
    )
    return folder


COMMANDS = {"backup": (), "restore": ("older.northing",), "import": ("old.journal",)}


@pytest.mark.timeout(120 * SCALE)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_done_or_has_not_happened(tmp_path, before, noise, command):
    old = None
    for number in range(4 * SCALE):
        folder = tmp_path / str(number)
        shutil.copytree(before, folder)
        old = old or breaking.texts(folder)
        words = [str(folder / word) for word in COMMANDS[command]]
        if number % 2:
            code, said = breaking.run(folder, command, *words, disk=noise.randrange(300_000))
            assert code in (0, 3), said
        else:
            code, said = breaking.run(folder, command, *words, killed_after=0.3 + noise.random() * 0.5)
        assert "Traceback" not in said
        now = breaking.texts(folder)
        if command == "backup":
            assert now == old
        elif command == "restore":
            assert now in (old, [text for text in old if int(text.split()[1]) < 20])
        else:
            assert now == old or len(now) == len(old) + 28
        if code == 3:
            assert now == old
            assert len(said.strip().splitlines()) == 1
        assert integrity.check(folder / NAME).problems == ()
        for backup in backups.listed(backups.folder_of(folder / NAME)):
            if backup.is_verified:
                backups.verify(backup)


SECRETS = ("the first passphrase", "and the second one")
CHANGES = {"set": (None, 0), "changed": (0, 1), "removed": (0, None)}


@pytest.mark.timeout(120 * SCALE)
@pytest.mark.parametrize("change", CHANGES)
def test_a_passphrase_is_the_old_or_the_new_one(tmp_path, before, noise, change):
    old, new = CHANGES[change]
    kept = tmp_path / "kept"
    shutil.copytree(before, kept)
    if old is not None:
        passphrase.change(kept / NAME, keys.new_key(SECRETS[old]))
    (kept / breaking.PASSPHRASES).write_text("\n".join(SECRETS), encoding="utf-8")
    (kept / "new").write_text(SECRETS[new or 0], encoding="utf-8")
    texts = breaking.texts(before)
    for number in range(2 * SCALE):
        folder = tmp_path / str(number)
        shutil.copytree(kept, folder)
        words = ("--remove",) if new is None else ("--new-passphrase-file", str(folder / "new"))
        if number % 2:
            code, said = breaking.run(folder, "rekey", *words, disk=noise.randrange(300_000))
            assert code in (0, 3), said
        else:
            code, said = breaking.run(folder, "rekey", *words, killed_after=0.5 + noise.random())
        assert "Traceback" not in said
        keys.forget()
        driver.unlock_by(folder / NAME, SECRETS)
        assert breaking.texts(folder) == texts
        assert not paths.rekeyed_file(folder / NAME).exists()
        key = keys.key_of(folder / NAME)
        outcomes = [None if one is None else SECRETS[one] for one in (old, new)]
        assert any((key is None) is (one is None) for one in outcomes)
        if code == 0:
            assert (key is None) is (new is None)
        assert integrity.check(folder / NAME).problems == ()
    keys.forget()


def test_no_damage_is_silent(tmp_path, noise):
    path = tmp_path / NAME
    with open_store(path) as store:
        demo.load_demo(store, today=DAY, now=NOW, zone=ZoneInfo("UTC"))
        integrity.seal(store)
    good, whole = path.read_bytes(), integrity.check(path)
    noticed = 0
    for _ in range(60 * SCALE):
        path.write_bytes(breaking.spoiled(good, noise))
        try:
            report = integrity.check(path)
        except UserError:
            noticed += 1
            continue
        if report.problems or report.is_search_damaged:
            noticed += 1
        else:  # what was hit held nothing
            assert (report.items, report.sha256) == (whole.items, whole.sha256)
    assert noticed > 20 * SCALE


def test_two_windows_write_and_lose_nothing(tmp_path):
    with open_store(tmp_path / NAME) as one, open_store(tmp_path / NAME) as two:
        for number in range(20):
            for store in (one, two):
                with store.write() as session:
                    journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"{number}")
        backups.take(one, reason="time", now=NOW)
        with two.read() as session:
            assert session.query(Entry).count() == 40
    assert integrity.check(tmp_path / NAME).problems == ()
