"""Measure and print: python -m bench [ENTRIES …], 1,000, 10,000 and 100,000 by default; or one of `AREAS`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

STARTS = 9
STALLS = 3
AREAS = {
    "backups": "bench.backups:measure_backups",
    "objectives": "bench.objectives:measure_objectives",
    "roadmap": "bench.roadmap:measure_roadmap",
    "skills": "bench.skills:measure_skills",
    "transfer": "bench.transfer:measure_transfer",
}


def settle() -> None:
    """Wait until the disk has what was copied; else every start after it waits for the disk."""
    if hasattr(os, "sync"):
        os.sync()


def launches(journal: Path) -> dict[str, float]:
    """Starts of an empty PySide6 window and of Northing by turns, from the parent's clock."""
    empty, painted, ready, memory = [], [], [], []
    folder = Path(tempfile.mkdtemp(prefix="northing-launch-"))
    copy = folder / "Launch.northing"
    shutil.copy(journal, copy)
    settle()
    env = {**os.environ, "NORTHING_HOME": str(folder)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for turn in range(STARTS + 1):
        bare = _start(env, "empty")
        if not turn:  # the first of each warms the disk and writes what is compiled
            _start(env, str(copy), "warm")
        ours = _start(env, str(copy))
        if turn:
            empty.append(bare["painted"])
            painted.append(ours["painted"])
            ready.append(ours["ready"])
            memory.append(ours["rss"])
    shutil.rmtree(folder, ignore_errors=True)
    pairs = list(zip(painted, empty, strict=True))
    return {
        "empty PySide6 window (s)": median(empty),
        "launch → first page painted (s)": median(painted),
        "launch → painted ÷ empty window": median(ours / bare for ours, bare in pairs),
        "launch → ready ÷ empty window": median(ours / bare for ours, bare in zip(ready, empty, strict=True)),
        "RSS when ready (MB)": median(memory),
    }


def _start(env: dict[str, str], *what: str) -> dict[str, float]:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "bench.launch", *what],
        capture_output=True,
        text=True,
        env=env,
        timeout=60,
        check=True,
    )
    said = dict(line.split() for line in done.stdout.splitlines())
    return {name: float(value) - (begun if name != "rss" else 0) for name, value in said.items()}


def _inside(what: str, journal: Path) -> Any:
    """What a function of `bench.inside` finds out about the journal, in a process of its own."""
    code = (
        "import json, pathlib; from app import paths; from app.ui.kit.lean import start_lean; "
        f"start_lean(paths.code_file()); from bench import inside; "
        f"print(json.dumps(inside.{what}(pathlib.Path({str(journal)!r}))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(1)
    return json.loads(done.stdout.splitlines()[-1])


def main(words: list[str]) -> None:
    """Print a table with a column for each size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("NORTHING_HOME", tempfile.mkdtemp(prefix="northing-bench-home-"))
    if words and words[0] in AREAS:
        _print_area(AREAS[words[0]])
        return
    from bench.generator import journal_of

    sizes = [int(word.replace(",", "")) for word in words] or [1_000, 10_000, 100_000]
    columns = []
    for size in sizes:
        journal = journal_of(size)
        figures = launches(journal)
        figures |= _inside("measure", journal)
        stalls = [_inside("longest_stall", journal) for _ in range(STALLS)]
        figures["longest stall, first paint to first chart (ms)"] = median(stalls)
        columns.append(figures)
    print(f"{'':48}" + "".join(f"{size:>12,}" for size in sizes))
    for name in columns[0]:
        print(f"{name:48}" + "".join(f"{column[name]:12.2f}" for column in columns))


def _print_area(place: str) -> None:
    module, name = place.split(":")
    for row, value in getattr(import_module(module), name)().items():
        print(f"{row:56}{value:12.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
