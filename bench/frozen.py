"""How much slower the frozen program is on screen than the source: python -m bench.frozen PROGRAM [TIMES].

Both are started by turns on copies of one journal. The log's first line is written when the first page is painted;
its time less that of the start is the figure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

ENTRIES = 1_000
GIVEN_UP_S = 60
LIMIT = 1.3


def first_paint(command: list[str], journal: Path, folder: Path) -> float:
    """Seconds from the start of `command` on `journal` to its first page; `folder` is its home and is emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy = Path(shutil.copy(journal, folder / "Journal.northing"))
    log = folder / "northing.log"
    env = {**os.environ, "NORTHING_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    begun = time.time()
    process = subprocess.Popen([*command, "--journal", str(copy)], env=env, stderr=subprocess.DEVNULL)
    try:
        while not (log.exists() and log.read_text().partition("\n")[1]):
            if time.time() - begun > GIVEN_UP_S or process.poll() is not None:
                raise SystemExit(f"{command[0]} painted nothing.")
            time.sleep(0.02)
    finally:
        process.terminate()
        process.wait()
    return datetime.fromisoformat(log.read_text()[:23]).timestamp() - begun


def main(words: list[str]) -> int:
    """Print both figures and their quotient; 1 when it is beyond the limit."""
    from bench.generator import journal_of

    frozen, source = [str(Path(words[0]).resolve())], [sys.executable, "-m", "app"]
    times = int(words[1]) if len(words) > 1 else 9
    journal, home = journal_of(ENTRIES), Path(tempfile.mkdtemp(prefix="northing-frozen-"))
    pairs = []
    for turn in range(times + 1):
        pair = first_paint(frozen, journal, home / "frozen"), first_paint(source, journal, home / "source")
        if turn:  # the first pair warms the disk
            pairs.append(pair)
    shutil.rmtree(home, ignore_errors=True)
    share = median(one / other for one, other in pairs)
    print(f"frozen → first page painted (s)  {median(one for one, _ in pairs):.3f}")
    print(f"source → first page painted (s)  {median(other for _, other in pairs):.3f}")
    print(f"frozen ÷ source                  {share:.2f}  (limit {LIMIT})")
    return int(share > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
