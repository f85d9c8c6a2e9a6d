"""Ways to break a program from outside: kill it, take its disk away, spoil its file."""

from __future__ import annotations

import json
import os
import random
import resource
import select
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from app.core.store import bare, open_store
from tests.driver import NAME

ROOT = Path(__file__).parents[2]
PAGE = 4096
PASSPHRASES = "passphrases"
"""The file in a folder with all that may open its journal."""


class Typist:
    """The real window with somebody at the keyboard, to be killed without warning."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.acknowledged: dict[str, int] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.driver", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=_env(home),
        )  # fmt: skip
        assert self._line(20) == "READY"

    def type(self, name: str, rev: int, text: str, *, op: str = "type") -> None:
        """Type `text` into the entry `name`."""
        assert self._process.stdin is not None
        said = json.dumps({"op": op, "id": name, "rev": rev, "text": text}) + "\n"
        self._process.stdin.write(said.encode())
        self._process.stdin.flush()

    def listen(self, seconds: float) -> None:
        """Hear what is acknowledged for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if line := self._line(left):
                word, name, rev, *_ = line.split(" ")
                assert word == "ACK", line
                self.acknowledged[name] = max(self.acknowledged.get(name, 0), int(rev))

    def kill(self) -> None:
        """End it at once."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _line(self, seconds: float) -> str:
        out = self._process.stdout
        assert out is not None
        return out.readline().decode().strip() if select.select([out], [], [], seconds)[0] else ""


def saved(folder: Path) -> dict[str, list[object]]:
    """What the journal holds after it was opened again; fails where it is damaged."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.driver", "--dump", str(folder)],
        capture_output=True, text=True, cwd=ROOT, timeout=60, check=False, env=_env(folder),
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert said["ok"], said
    entries: dict[str, list[object]] = said["entries"]
    return entries


def run(folder: Path, *words: str, killed_after: float | None = None, disk: int | None = None) -> tuple[int, str]:
    """Carry out a command of the command line on the journal in `folder`; its exit code and all that it said.

    Args:
        killed_after: Seconds until it is killed. disk: Bytes beyond which no file may grow, as on a full disk.
    """

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if disk is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (disk, disk))

    process = subprocess.Popen(
        [sys.executable, "-m", "tests.driver", words[0], str(folder), *words[1:]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=_env(folder), preexec_fn=limit,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=killed_after or 60)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return process.returncode, said


def texts(folder: Path) -> list[str]:
    """Every text in the journal, by the bare rows."""
    open_store(folder / NAME).close()
    with closing(bare(folder / NAME)) as connection:
        return sorted(text for (text,) in connection.execute("SELECT text FROM item"))


def spoiled(raw: bytes, noise: random.Random) -> bytes:
    """`raw` with a damage such as disks, cables and other programs make."""
    data = bytearray(raw)
    at = noise.randrange(len(data))
    page = at // PAGE * PAGE
    match noise.randrange(8):
        case 0:
            data[at] ^= 1 << noise.randrange(8)
        case 1:
            data[page : page + PAGE] = bytes(len(data[page : page + PAGE]))
        case 2:
            data[page : page + PAGE] = noise.randbytes(len(data[page : page + PAGE]))
        case 3:
            del data[at:]
        case 4:
            data[at:] = bytes(len(data) - at)
        case 5:
            data[noise.randrange(100)] ^= noise.randrange(1, 256)
        case 6:
            other = noise.randrange(len(data) // PAGE) * PAGE
            data[page : page + PAGE], data[other : other + PAGE] = (
                data[other : other + PAGE],
                data[page : page + PAGE],
            )
        case _:
            for _ in range(16):
                data[noise.randrange(len(data))] = noise.randrange(256)
    return bytes(data)


def _env(home: Path) -> dict[str, str]:
    env = {**os.environ, "NORTHING_HOME": str(home / "home"), "QT_QPA_PLATFORM": "offscreen"}
    if (home / PASSPHRASES).exists():
        env["NORTHING_PASSPHRASE_FILE"] = str(home / PASSPHRASES)
    return env
