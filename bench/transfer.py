"""10,000 entries in from a Day One file, and out and in again in every format; a bomb that is refused."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.core import clock
from app.core.errors import UserError
from app.core.store import open_store
from app.core.transfer import bringing, exporting, reader_for
from bench.generator import text_of, vocabulary
from bench.inside import Figures

ENTRIES: Final = 10_000
SEED: Final = 5
BOMB_MB: Final = 1024
FIRST: Final = datetime(1998, 1, 1, 7, tzinfo=UTC)


def measure_transfer() -> Figures:
    """All figures of import and export."""
    folder = Path(tempfile.mkdtemp(prefix="northing-bench-transfer-"))
    try:
        return _in_and_out(folder) | _bomb(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_and_out(folder: Path) -> Figures:
    diary, journal = folder / "Journal.json", folder / "Journal.northing"
    diary.write_text(_dayone(), encoding="utf-8")
    figures = {
        "import Day One, 10,000 entries (s)": _timed(lambda: _bring(diary, journal)),
        "import it again: nothing new (s)": _timed(lambda: _bring(diary, journal)),
    }
    for format, name in (("json", "all.json"), ("markdown", "all"), ("csv", "tables"), ("html", "all.html")):
        target = folder / name
        figures[f"export {format} (s)"] = _timed(
            lambda format=format, target=target: exporting.export(  # type: ignore[misc]
                journal, target, format=format, now=clock.now()
            )
        )
        if format in ("json", "markdown"):
            back = folder / f"{format}.northing"
            figures[f"import {format} (s)"] = _timed(
                lambda target=target, back=back: _bring(target, back)  # type: ignore[misc]
            )
    return figures


def _bring(path: Path, journal: Path) -> None:
    with open_store(journal) as store:
        reader = reader_for(path)
        plan = bringing.plan(store, reader.name, path.name, reader.records(path, zone=clock.zone()))
        bringing.bring(store, plan, now=clock.now(), zone="Europe/Berlin")


def _dayone() -> str:
    chance = random.Random(SEED)
    words, weights = vocabulary(chance)
    tags = [f"tag{number}" for number in range(60)]
    entries = [
        {
            "uuid": f"{number:032X}",
            "creationDate": f"{FIRST + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}",
            "timeZone": "Europe/Berlin",
            "text": f"# Day {number}\n\n{text_of(chance, words, weights)}",
            "tags": chance.sample(tags, 2),
        }
        for number in range(ENTRIES)
    ]
    return json.dumps({"metadata": {"version": "1.0"}, "entries": entries})


def _bomb(folder: Path) -> Figures:
    """A gigabyte of zeros in a megabyte, looked at by a process of its own."""
    bomb = folder / "bomb.zip"
    packed = zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with packed as archive, archive.open("Journal.json", "w", force_zip64=True) as member:
        for _ in range(BOMB_MB):
            member.write(bytes(1 << 20))
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"from bench.transfer import refuse; refuse({str(bomb)!r})"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {
        "bomb of 1 GB refused (s, with the start of Python)": time.perf_counter() - begun,
        "bomb of 1 GB, most memory (MB)": float(done.stdout),
    }


def refuse(path: str) -> None:
    """Print the memory in MB that it takes to refuse the file."""
    try:
        reader_for(Path(path))
    except UserError:
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        print(int(status["VmHWM"].split()[0]) / 1024)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
