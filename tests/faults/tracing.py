"""What a command does to the disk, call by call, as strace tells it; and what happens when one of them fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHANGES = (
    "write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir"
)
WRITES = {"write", "pwrite64", "writev", "pwritev", "ftruncate"}
SYNCS = {"fsync", "fdatasync"}
ANSWER = "ACK"
LONGEST_S = 60

_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
_UNFINISHED = " <unfinished ...>"
_HELD = re.compile(r"\d+<([^>]*)>")
_NAMED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Call:
    """A call that was carried out; `place` is how many of its name the thread had made by then."""

    thread: str
    name: str
    said: str
    place: int

    @property
    def paths(self) -> list[str]:
        """The files it names: the open one, or those in quotes."""
        held = _HELD.match(self.said)
        return [held[1]] if held else _NAMED.findall(self.said)


@dataclass
class Ledger:
    """What the disk need not have yet: files written and folders with new names since they were last synced."""

    folder: str
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def note(self, call: Call) -> None:
        """Follow one call."""
        paths = [path for path in call.paths if path.startswith(self.folder) and not _is_passing(path)]
        if not paths:
            return
        if call.name in SYNCS:
            self.files.discard(paths[0])
            self.folders.discard(paths[0])
        elif call.name in WRITES:
            self.files.add(paths[0])
        elif call.name.startswith("rename"):
            if paths[0] in self.files:
                self.files.discard(paths[0])
                self.files.add(paths[-1])
            self.folders.add(os.path.dirname(paths[-1]))
        elif call.name.startswith(("unlink", "rmdir")):
            self.files.discard(paths[-1])
            self.folders.discard(paths[-1])


def traced(words: Sequence[str], *, env: dict[str, str], log: Path, given: str = "") -> list[Call]:
    """Carry out Python with `words` and `given` as its input; every call that changed the disk or answered."""
    told = f"-f -qq -y -s 8 -e trace={CHANGES} -e signal=none -o {log}".split()
    subprocess.run(
        ["strace", *told, sys.executable, *words],
        input=given, text=True, env=env, cwd=ROOT, timeout=LONGEST_S, check=True, capture_output=True,
    )  # fmt: skip
    return list(_calls(log.read_text(encoding="utf-8", errors="replace").splitlines()))


def broken(words: Sequence[str], call: Call, how: str, *, env: dict[str, str]) -> tuple[int, str]:
    """Carry out Python with `words`, but let `call` fail with the error `how`, or kill the process for "kill"."""
    fault = "error=EINTR:signal=SIGKILL" if how == "kill" else f"error={how}"
    told = f"-f -qq -o /dev/null -e trace={call.name} -e inject={call.name}:{fault}:when={call.place}".split()
    done = subprocess.run(
        ["strace", *told, sys.executable, *words],
        text=True, env=env, cwd=ROOT, timeout=LONGEST_S, check=False, capture_output=True,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def unsynced_at_answers(calls: Sequence[Call], folder: Path) -> list[set[str]]:
    """For each acknowledgement, which files and folders a power cut right after it might not have."""
    ledger, found = Ledger(str(folder)), []
    for call in calls:
        if call.name == "write" and call.said.startswith("1<") and f'"{ANSWER}' in call.said:
            found.append({*ledger.files, *ledger.folders})
        ledger.note(call)
    return found


def _is_passing(path: str) -> bool:
    """Whether nobody needs it after a power cut: SQLite's index of its log, our own log, choices of the window."""
    return path.endswith(("-shm", ".log", ".ini", ".code", ".part")) or "/home/" in path


def _calls(lines: Sequence[str]) -> Iterator[Call]:
    begun: dict[str, str] = {}
    counted: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.endswith(_UNFINISHED):
            begun[line.split(" ", 1)[0]] = line.removesuffix(_UNFINISHED)
            continue
        if resumed := _RESUMED.match(line):
            line = begun.pop(resumed[1], "") + resumed[2]
        if match := _CALL.match(line):
            thread, name, said, result = match.groups()
            counted[thread, name] = place = counted.get((thread, name), 0) + 1
            if int(result) >= 0:
                yield Call(thread, name, said, place)
