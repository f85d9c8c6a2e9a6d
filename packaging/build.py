"""Freeze Northing into dist/northing, take the debugging symbols out, and try what came out.

python packaging/build.py [--out FOLDER]

Two builds of one commit are the same, byte for byte: times come from the commit, hashes are not shuffled.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIMIT_MB = 180
KEEP_WHOLE = ("numpy.libs", "Qt6", "libicu")
"""Libraries that `strip` breaks or that come without symbols already."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the folder `northing` is put")
    out = parser.parse_args().out
    (ROOT / "build").mkdir(exist_ok=True)
    if sys.platform != "linux":
        icons(ROOT / "build")
    freeze(out)
    made = out / "northing"
    if sys.platform == "linux":
        strip(made)
        look_for_missing(made)
    size = sum(file.lstat().st_size for file in made.rglob("*") if file.is_file()) / 1e6
    print(f"{made}: {size:.0f} MB, payload {payload(made)}")
    if size > LIMIT_MB:
        sys.exit(f"The folder is larger than {LIMIT_MB} MB.")
    name = {"win32": "northing-cli.exe"}.get(sys.platform, "northing")
    subprocess.run([made / name, "--self-test"], check=True, timeout=120)


def epoch() -> str:
    """The instant of the commit: what every file is dated with."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    return subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def freeze(out: Path) -> None:
    """Run PyInstaller on the specification."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": epoch(), "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": "offscreen"}
    words = [
        "--noconfirm",
        "--clean",
        "--log-level",
        "ERROR",
        "--distpath",
        out,
        "--workpath",
        ROOT / "build" / "work",
    ]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *words, ROOT / "packaging" / "northing.spec"],
        cwd=ROOT, env=env, check=True,
    )  # fmt: skip


def libraries(folder: Path) -> list[Path]:
    """Every ELF file in `folder`."""
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink() and file.open("rb").read(4) == b"\x7fELF"
    ]


def strip(folder: Path) -> None:
    """Take the debugging symbols out; the program itself carries the archive of modules and is left alone."""
    for file in libraries(folder / "_internal"):
        if not any(word in str(file) for word in KEEP_WHOLE):
            file.chmod(0o644)
            subprocess.run(["strip", "--strip-unneeded", "-p", file], check=True)


def look_for_missing(folder: Path) -> None:
    """Stop where a library asks for another that is neither in the folder nor on the system."""
    missing = []
    env = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    env["LD_LIBRARY_PATH"] = str(folder / "_internal")  # as the program's own start has it
    for file in libraries(folder):
        told = subprocess.run(["ldd", file], capture_output=True, text=True, env=env, check=False).stdout
        missing += [f"{file.name}: {line.split()[0]}" for line in told.splitlines() if "not found" in line]
    if missing:
        sys.exit("Libraries are missing:\n" + "\n".join(missing))


def payload(folder: Path) -> str:
    """SHA-256 over the names, modes and bytes of all files: what two builds of one commit share."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_symlink():
            held = os.readlink(file).encode()
        elif file.is_file():
            held = hashlib.sha256(file.read_bytes()).digest()
        else:
            continue
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + held)
    return digest.hexdigest()


def icons(folder: Path) -> None:
    """The icon as Windows and macOS want it, from the one drawing."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qapp = QGuiApplication([])
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "northing.svg"))

    def drawn(side: int) -> QImage:
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, side, side))
        painter.end()
        return image

    shutil.rmtree(folder / "png", ignore_errors=True)
    (folder / "png").mkdir(parents=True)
    for side in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        drawn(side).save(str(folder / "png" / f"{side}.png"))
    if sys.platform != "linux":
        drawn(256).save(str(folder / "northing.ico"))
        drawn(512).save(str(folder / "northing.icns"))
    del qapp


if __name__ == "__main__":
    main()
