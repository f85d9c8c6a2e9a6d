"""What is written stays where it belongs, and nothing goes out: in short, as seen from beside the program."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.core import keys, passphrase

ROOT = Path(__file__).parents[2]
CANARY = "kanarienvogel"
SAID = "quite a long passphrase"

WATCHED = """
import runpy, socket, sys

SEEN = []

def watch(event, about):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.exec", "os.posix_spawn"):
        SEEN.append((event, str(about)[:200]))
    if event in ("socket.connect", "socket.bind") and about[0].family != getattr(socket, "AF_UNIX", None):
        SEEN.append((event, str(about)[:200]))

sys.addaudithook(watch)
from app.__main__ import main
code = main(["--self-test"])
print("SEEN", SEEN)
sys.exit(code)
"""


def holding(folder: Path) -> set[str]:
    """The files below `folder` that hold the canary, as Python, Qt or a URL would write it."""
    forms = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)) for file in files if any(form in file.read_bytes() for form in forms)}


@pytest.mark.skipif(sys.platform == "win32", reason="no modes on Windows")
@pytest.mark.parametrize("locked", [False, True])
def test_words_stand_in_the_journal_and_its_backups_and_nowhere_else(tmp_path, locked):
    journal = tmp_path / "kept" / "Journal.northing"
    (tmp_path / "tmp").mkdir()
    (tmp_path / "said").write_text(SAID, encoding="utf-8")
    env = {
        **os.environ,
        "NORTHING_HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "QT_QPA_PLATFORM": "offscreen",
        "NORTHING_PASSPHRASE_FILE": str(tmp_path / "said"),
    }

    def northing(*words: str, given: str = "") -> None:
        subprocess.run([sys.executable, *words], cwd=ROOT, env=env, input=given, text=True, check=True, timeout=60)

    northing("-m", "app", "--journal", str(journal), "add", "the first words")
    if locked:
        passphrase.change(journal, keys.new_key(SAID))
        keys.forget()
    typed = [{"op": "type", "id": "e", "rev": 1, "text": f"{CANARY} #{CANARY}"}, {"op": "quit"}]
    northing("-m", "tests.driver", str(journal.parent), given="".join(json.dumps(each) + "\n" for each in typed))
    northing("-m", "app", "--journal", str(journal), "backup")
    found = holding(tmp_path)
    if locked:
        assert found == set()
    else:
        assert "kept/Journal.northing" in found
        assert all(name.startswith(("kept/Journal.northing", "kept/Backups/")) for name in found)
    for file in tmp_path.rglob("*"):
        if file.parent != tmp_path and file.is_file():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_nothing_goes_out_and_no_other_program_is_started(tmp_path):
    env = {**os.environ, "NORTHING_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=90
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "SEEN []"
