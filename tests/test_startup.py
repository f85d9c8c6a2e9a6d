"""What may be loaded at each stage of the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, sys
from pathlib import Path
from app.ui import start

SLOW = {"sqlalchemy", "alembic", "pyqtgraph", "numpy", "sqlite3", "markdown_it", "yaml", "spylls"}
loaded = lambda: sorted(SLOW & set(sys.modules))
qapp = start.application()
stages = {}
window = start.open_window(Path(sys.argv[1]), start.preferences())
stages["shown"] = sorted((SLOW | {"app.ui.kit.room"}) & set(sys.modules))  # that one names QStyle

def ready():
    stages["ready"] = loaded()
    window.show_page("journal")
    stages["journal"] = loaded()
    window.close()
    window.store.close()
    qapp.quit()

window.ready.connect(ready)
qapp.exec()
print(json.dumps(stages))
"""


def stages(tmp_path):
    env = {**os.environ, "NORTHING_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "J.northing")],
        capture_output=True, text=True, env=env, cwd=root, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_slow_is_loaded_before_it_is_needed(tmp_path):
    stages(tmp_path)  # the first start makes the file, with Alembic
    found = stages(tmp_path)
    assert found["shown"] == []
    assert found["ready"] == ["sqlalchemy"]
    assert found["journal"] == ["sqlalchemy"]


PUT_OFF = """
import sys
from app.ui.kit.lean import start_lean
start_lean()
import app.core.writing
assert not {"ssl", "email", "subprocess"} & set(sys.modules), set(sys.modules)
assert all(not hasattr(module, "__file__") or module.__file__ != "" for module in tuple(sys.modules.values()))
assert "ssl" not in sys.modules
import asyncio, asyncio.subprocess, importlib.metadata
assert asyncio.run(asyncio.sleep(0, "done")) == "done"
assert asyncio.subprocess.PIPE == -1
assert importlib.metadata.version("sqlalchemy")
from sqlalchemy.util.concurrency import is_exit_exception
assert is_exit_exception(asyncio.CancelledError()) and not is_exit_exception(ValueError())
"""


def test_what_is_put_off_comes_when_it_is_used():
    done = subprocess.run(
        [sys.executable, "-c", PUT_OFF],
        capture_output=True, text=True, cwd=Path(__file__).parents[1], timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
