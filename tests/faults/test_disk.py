"""Any call to the disk may fail, kill, or be undone by a power cut: in short, where strace is there to see it."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
if sys.platform != "win32":
    from tests.faults import tracing

SCALE = int(os.environ.get("NORTHING_FAULTS", "1"))
SCENES = ("backup", "restore", "import", "migrate", "rekey", "export")
HOW = ("kill", "EIO", "ENOSPC")


@pytest.fixture
def noise():
    return random.Random(int(os.environ.get("NORTHING_SEED", "1")))


def of_scenes(*words, **more):
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.scenes", *map(str, words)],
        cwd=tracing.ROOT, env={**os.environ, **more}, text=True, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.timeout(240 * SCALE)
@pytest.mark.parametrize("scene", SCENES)
def test_a_command_is_whole_whatever_call_fails_and_answers_when_the_disk_has_it(tmp_path, noise, scene):
    kept, first = tmp_path / "kept", tmp_path / "first"
    assert of_scenes("make", scene, kept).returncode == 0
    shutil.copytree(kept / "before", first)
    words = ["-m", "tests.faults.scenes", "run", scene]
    calls = tracing.traced([*words, str(first)], env=dict(os.environ), log=tmp_path / "log")
    answers = tracing.unsynced_at_answers(calls, first)
    assert answers == [set()]
    points = [call for call in calls if any(path.startswith(str(first)) for path in call.paths)]
    for number in range(2 * SCALE):
        call, how = noise.choice(points), HOW[(number + SCENES.index(scene)) % 3]
        folder = tmp_path / str(number)
        shutil.copytree(kept / "before", folder)
        code, said = tracing.broken([*words, str(folder)], call, how, env=dict(os.environ))
        out = tmp_path / f"{number}.out"
        out.write_text(said, encoding="utf-8")
        seen = of_scenes("verify", kept, folder, RUN_RC=str(code), RUN_OUT=str(out))
        assert seen.returncode == 0, (how, call, seen.stdout + seen.stderr)


def test_saved_is_said_when_the_disk_has_it(tmp_path):
    folder = tmp_path / "journal"
    folder.mkdir()
    typed = [{"op": "put", "id": "e", "rev": rev, "text": f"words {rev}"} for rev in range(1, 6)]
    given = "".join(json.dumps(each) + "\n" for each in [*typed, {"op": "quit"}])
    env = {**os.environ, "NORTHING_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    calls = tracing.traced(["-m", "tests.driver", str(folder)], env=env, log=tmp_path / "log", given=given)
    assert tracing.unsynced_at_answers(calls, folder) == [set()] * 5


def test_what_answers_too_early_is_found(tmp_path):
    place = str(tmp_path / "f")
    lazy = f"import os\nf = open({place!r}, 'w')\nf.write('x')\nf.flush()\nos.write(1, b'ACK f 1\\n')"
    calls = tracing.traced(["-c", lazy], env=dict(os.environ), log=tmp_path / "log")
    assert tracing.unsynced_at_answers(calls, tmp_path) == [{place}]
