"""Code that is kept from one start to the next."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.kit.keptcode import KeptCode

ROOT = Path(__file__).parents[3]

START = """
import sys
from pathlib import Path
from app.ui.kit.lean import start_lean
compiled = []
def heard(event, args):
    if event == "compile" and sys._getframe(1).f_globals["__name__"] in ("dataclasses", "app.ui.kit.keptcode"):
        compiled.append(args[1])
sys.addaudithook(heard)
start_lean(Path(sys.argv[1]))
import app.core.objectives
from app.core.objectives import ObjectiveDraft
same = ObjectiveDraft("Fewer calls") == ObjectiveDraft("Fewer calls")
print(len(compiled), same)
"""


def never(*_args, **_more):
    raise AssertionError("compiled again")


def test_a_text_is_compiled_once_and_damage_costs_only_time(tmp_path):
    file = tmp_path / "cache" / "kept.code"
    first = KeptCode(file)
    names = {}
    first.run("made = 3", names)
    first.write()
    assert names["made"] == 3
    again = KeptCode(file)
    exec(again.code("made = 3", "<string>", never), names)
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)
    with pytest.raises(AssertionError):
        KeptCode(file).code("made = 3", "<string>", never)


def test_what_another_start_asked_for_stays(tmp_path):
    file = tmp_path / "kept.code"
    for text in ("one = 1", "two = 2"):
        kept = KeptCode(file)
        kept.code(text, "<string>")
        kept.write()
    for text in ("one = 1", "two = 2"):
        assert KeptCode(file).code(text, "<string>", never)


def test_without_a_place_nothing_is_kept(tmp_path):
    kept = KeptCode(tmp_path / "file" / "kept.code")
    (tmp_path / "file").write_text("no folder")
    kept.run("made = 1")
    kept.write()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_second_start_writes_no_dataclass_anew(tmp_path):
    def start():
        done = subprocess.run(
            [sys.executable, "-c", START, str(tmp_path / "kept.code")],
            capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    assert int(start()[0]) > 50
    assert start() == ["0", "True"]


def test_what_dataclasses_run_is_what_is_replaced():
    assert "exec(" in Path(dataclasses.__file__).read_text(encoding="utf-8")
