"""What a command does to a journal, for harnesses that break it from outside at each call to the disk.

    python -m tests.faults.scenes make SCENE KEPT    a folder to begin with, what it holds before and after
    python -m tests.faults.scenes run SCENE DIR      carry the command out in a copy of it; ACK when done
    python -m tests.faults.scenes verify KEPT DIR    0 when what DIR holds is wholly the one or wholly the other

The scenes are backup, restore, import, migrate, rekey, unkey and export. `verify` hears of an acknowledgement by
DIR.acks, or by the exit code and the words of the command in RUN_RC and RUN_OUT.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app import paths
from app.__main__ import main
from app.core import attachments, backups, files, integrity, journal, keys, migrations, passphrase
from app.core.errors import UserError
from app.core.refusals import told
from app.core.store import bare, open_store, schema_of
from tests.driver import NAME, unlock_by

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OLDEST = "001"
SECRETS = ("the first passphrase", "and the second one")
COMMANDS = {
    "backup": ("backup",),
    "restore": ("restore", "{}/older/older.northing"),
    "import": ("import", "{}/old.journal"),
    "migrate": ("migrate",),
    "rekey": ("passphrase", "--new-passphrase-file", "{}/new"),
    "unkey": ("passphrase", "--remove"),
    "export": ("export", "{}/out.json"),
}


def make(scene: str, kept: Path) -> None:
    """Lay out `kept/before`, and say in `kept/said.json` what it holds before and after the command."""
    shutil.rmtree(kept, ignore_errors=True)
    before, after = kept / "before", kept / "after"
    before.mkdir(parents=True, mode=0o700)
    _write_journal(before)
    if scene == "migrate":
        _make_old(before / NAME)
    if scene in ("rekey", "unkey"):
        (before / "passphrases").write_text("\n".join(SECRETS), encoding="utf-8")
        (before / "new").write_text(SECRETS[1], encoding="utf-8")
        key = keys.new_key(SECRETS[0])
        passphrase.change(before / NAME, key)
        with open_store(before / NAME) as store:
            passphrase.settle_files(store)
    shutil.copytree(before, after)
    with told(before / NAME):
        was = state(before)
    code = run(scene, after)
    assert code == 0, code
    said = {"scene": scene, "before": was, "after": state(after), "backups": len(_backups_in(after))}
    (kept / "said.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    shutil.rmtree(after)


def run(scene: str, folder: Path) -> int:
    """Carry out the command; ACK when it says that it is done."""
    os.environ["NORTHING_HOME"] = str(folder / "home")
    if (folder / "passphrases").exists():
        os.environ["NORTHING_PASSPHRASE_FILE"] = str(folder / "passphrases")
    words = [word.format(folder) for word in COMMANDS[scene]]
    code = main(["--journal", str(folder / NAME), *words])
    if code == 0:
        sys.stdout.flush()
        os.write(1, f"ACK {scene} 1\n".encode())
    return code


def state(folder: Path) -> dict[str, Any]:
    """What the journal in `folder` holds, and how: rows of each table, all texts, its attachments, its key."""
    path = folder / NAME
    unlock_by(path, SECRETS)
    with told(path), closing(bare(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith(("sqlite_", "item_search"))
        ]
        counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
        counts["setting"] -= connection.execute("SELECT count(*) FROM setting WHERE key = 'seal'").fetchone()[0]
        texts = connection.execute("SELECT kind, title, text FROM item ORDER BY kind, title, text").fetchall()
        shas = (
            sorted(sha for (sha,) in connection.execute("SELECT DISTINCT sha256 FROM attachment"))
            if "attachment" in names
            else []
        )
    for sha in shas:
        assert files.is_whole(paths.files_dir(path), sha), f"attachment {sha} is lost"
    key = keys.key_of(path)
    return {
        "schema": schema_of(path),
        "counts": counts,
        "texts": hashlib.sha256(repr(texts).encode()).hexdigest(),
        "shas": shas,
        "secret": None if key is None else key == keys.derived(SECRETS[1], key.salt),
    }


def verify(kept: Path, folder: Path) -> list[str]:
    """What is wrong in `folder` after the command was broken, as sentences."""
    said = json.loads((kept / "said.json").read_text(encoding="utf-8"))
    scene, before, after = said["scene"], said["before"], said["after"]
    os.environ["NORTHING_HOME"] = str(folder / "home")
    now = state(folder)
    wrong = []
    if now not in (before, after):
        wrong.append(f"neither old nor new: {_difference(now, before)} / {_difference(now, after)}")
    is_done, is_refused, words = _outcome(folder)
    if "Traceback" in words:
        wrong.append("a traceback: " + words.strip().splitlines()[-1])
    if is_refused and len(words.strip().splitlines()) != 1:
        wrong.append(f"refused with {words!r}")
    if is_refused and before != after and now != before:
        wrong.append(f"said that it was not done, and did it: {words!r}")
    if is_done and now != after:
        wrong.append("said that it was done, and did not")
    if scene == "export" and is_done and not _is_export(folder):
        wrong.append("the export is not whole")
    # Northing starts again, as after any crash.
    with open_store(folder / NAME) as store:
        passphrase.settle_files(store)
        integrity.mend_search(store)
    wrong += integrity.check(folder / NAME).problems
    if state(folder)["texts"] not in (before["texts"], after["texts"]):
        wrong.append("the texts differ after the next start")
    made = _backups_in(folder)
    for backup in made:
        unlock_by(backup.path, SECRETS)
        try:
            backups.verify(backup)
        except UserError as error:
            wrong.append(f"backup: {error}")
        for sha in backup.files:
            if not (backup.path.parent / "files" / sha).is_file():
                wrong.append(f"backup without its attachment {sha}")
    # The one after a change of the passphrase may fail; the change is done, and the next backup says why.
    if is_done and len(made) < (1 if scene in ("rekey", "unkey") else said["backups"]):
        wrong.append(f"done without its backup: {len(made)} of {said['backups']}")
    return wrong


def _outcome(folder: Path) -> tuple[bool, bool, str]:
    """Whether the command said that it was done, or refused, and all its words."""
    acks = Path(f"{folder}.acks")
    code = os.environ.get("RUN_RC", "")
    out = os.environ.get("RUN_OUT", "")
    words = Path(out).read_text(encoding="utf-8", errors="replace") if out else ""
    is_done = code == "0" or (not code and acks.exists() and "ACK" in acks.read_text(encoding="utf-8"))
    if code not in ("", "0", "3", "137", "-9"):
        words += f"\nTraceback? exit code {code}"
    return is_done, code == "3", words


def _is_export(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / "out.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return False


def _difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {one[name]} not {other[name]}" for name in one if one[name] != other[name])[:300]


def _backups_in(folder: Path) -> list[backups.Backup]:
    return [one for one in backups.listed(backups.folder_of(folder / NAME)) if one.is_verified]


def _write_journal(folder: Path) -> None:
    """Sixty entries, two pictures; forty of them in an older backup; a diary to import."""
    with open_store(folder / NAME) as store:
        held = paths.files_dir(folder / NAME)
        for number in range(60):
            with store.write() as session:
                entry = journal.add_entry(
                    session,
                    day=date(2026, 11, 23) - timedelta(days=number),
                    now=NOW,
                    zone=ZoneInfo("UTC").key,
                    text=f"Entry {number} " * 60 + "#tag",
                )
            if number in (3, 50):
                raw = bytes([number]) * 9000
                with store.write() as session:
                    attachments.attach(session, entry.id, [attachments.keep(held, "a.png", raw)], now=NOW)
            if number == 39:
                backups.take(store, reason="time", now=NOW)
        (made,) = _backups_in(folder)
        (folder / "older").mkdir()
        shutil.move(made.path, folder / "older" / "older.northing")
        shutil.move(made.path.with_suffix(".json"), folder / "older" / "older.json")
        shutil.move(made.path.parent / "files", folder / "older" / "files")
        integrity.seal(store)
    shutil.rmtree(folder / "Backups")
    (folder / "old.journal").write_text(
        "".join(f"[2020-01-{day:02} 09:00] Day {day}. It rained.\n\n" for day in range(1, 29)), encoding="utf-8"
    )


def _make_old(path: Path) -> None:
    """Give the journal the first schema there was, with what that could hold."""
    now = path.with_name("now")
    path.replace(now)
    head, migrations.HEAD = migrations.HEAD, OLDEST  # type: ignore[misc]
    try:
        open_store(path).close()
    finally:
        migrations.HEAD = head  # type: ignore[misc]
    with closing(keys.connect(path, None)) as connection:
        connection.execute("ATTACH ? AS now", (str(now),))
        connection.execute("BEGIN")
        for table in ("setting", "item", "entry", "tag", "item_tag"):
            of_both = [
                {name for _, name, *_ in connection.execute(f'PRAGMA {schema}.table_info("{table}")')}
                for schema in ("main", "now")
            ]
            shared = ", ".join(sorted(of_both[0] & of_both[1]))
            connection.execute(f'DELETE FROM main."{table}"')
            connection.execute(f'INSERT INTO main."{table}" ({shared}) SELECT {shared} FROM now."{table}"')
        connection.execute("DELETE FROM main.setting WHERE key = 'seal'")
        connection.execute("COMMIT")
    now.unlink()
    shutil.rmtree(paths.files_dir(path))


def obey(words: list[str]) -> int:
    """Do what the call says."""
    match words:
        case ["make", scene, kept]:
            make(scene, Path(kept))
            return 0
        case ["run", scene, folder]:
            return run(scene, Path(folder))
        case ["verify", kept, folder]:
            try:
                wrong = verify(Path(kept), Path(folder))
            except (AssertionError, UserError) as error:
                wrong = [f"{type(error).__name__}: {error}"]
            print("; ".join(wrong))
            return 1 if wrong else 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    sys.exit(obey(sys.argv[1:]))
