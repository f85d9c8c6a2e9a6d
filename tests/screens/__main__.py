"""Make a picture of every page, light and dark, empty and with the demo: python -m tests.screens [FOLDER].

The README's picture and those of the user guide are made anew with them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NORTHING_HOME"] = tempfile.mkdtemp(prefix="northing-screens-")


def main(folder: Path) -> None:
    """Write the pictures into `folder`, and the README's into `docs`."""
    from app.core import clock
    from app.ui import start
    from tests.screens import pictures

    start.application()
    clock.fix(pictures.NOW)
    folder.mkdir(parents=True, exist_ok=True)
    places = Path(tempfile.mkdtemp(prefix="northing-journals-"))
    pictures.make_demo(places / "demo.northing")
    for name in ("empty", "demo"):
        with pictures.opened(places / f"{name}.northing", places / "window.ini") as window:
            for page in pictures.PAGE_NAMES:
                for look in ("light", "dark"):
                    made = pictures.picture(window, page, look)
                    made.save(str(folder / f"{page}-{name}-{look}.png"))
                    if (page, name, look) == ("objectives", "demo", "light"):
                        window.statusBar().hide()  # it names a folder of this computer
                        pictures.wait(pictures.SETTLED_MS)  # the pages take its room
                        made = window.grab()
                        window.statusBar().show()
                        made.save(str(Path(__file__).parents[2] / "docs" / "picture.png"))
    pictures.make_guide(places / "demo.northing", places / "window.ini")
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("screens"))
