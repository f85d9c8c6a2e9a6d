"""The self-test passes, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_self_test_passes_in_a_process_of_its_own(tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "app", "--self-test"],
        capture_output=True, text=True, env=env, cwd=Path(__file__).parents[1], timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The self-test passed." in done.stdout
    assert done.stdout.count("\nok ") == 8
    assert list(tmp_path.glob("northing-self-test-*")) == []
