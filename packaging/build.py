"""Freeze Northing into dist/northing, take the debugging symbols out, and try what came out.

python packaging/build.py [--out FOLDER] [--same-as FOLDER]

Two builds of one commit are the same, byte for byte, wherever they are made: times come from the commit, hashes
are not shuffled, no path of the machine is kept. `--same-as` names the folder of another build and stops where a
file differs.
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
    parser.add_argument("--same-as", type=Path, help="the folder `northing` of another build of this commit")
    given = parser.parse_args()
    out = given.out.resolve()
    (ROOT / "build").mkdir(exist_ok=True)
    if sys.platform != "linux":
        icons(ROOT / "build")
        version_resource(ROOT / "build" / "version.txt")
    freeze(out)
    made = out / "northing"
    if sys.platform == "linux":
        strip(made)
        look_for_missing(made)
    size = sum(file.lstat().st_size for file in made.rglob("*") if file.is_file()) / 1e6
    digest = payload(made)
    (out / "northing.payload").write_text(f"{digest}\n")
    print(f"{made}: {size:.1f} MB, payload {digest}")
    if size > LIMIT_MB:
        sys.exit(f"The folder is larger than {LIMIT_MB} MB.")
    name = {"win32": "northing-cli.exe"}.get(sys.platform, "northing")
    subprocess.run([made / name, "--self-test"], check=True, timeout=120)
    if given.same_as and (others := differing(given.same_as, made)):
        sys.exit("These files differ:\n" + "\n".join(others))


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
    for name, held in contents(folder).items():
        digest.update(name.encode() + b"\0" + held)
    return digest.hexdigest()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its name in `folder`, with whether it can be run and the SHA-256 of its bytes."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_symlink():
            found[file.relative_to(folder).as_posix()] = os.readlink(file).encode()
        elif file.is_file():
            mark = b"x" if os.access(file, os.X_OK) else b"-"
            found[file.relative_to(folder).as_posix()] = mark + hashlib.sha256(file.read_bytes()).digest()
    return found


def differing(one: Path, other: Path) -> list[str]:
    """The names of files that are not in both folders, or not the same."""
    here, there = contents(one), contents(other)
    return [name for name in sorted(here | there) if here.get(name) != there.get(name)]


def version_resource(file: Path) -> None:
    """What Windows shows under Properties, as PyInstaller reads it."""
    version = (ROOT / "app" / "__init__.py").read_text().split('__version__ = "')[1].split('"')[0]
    numbers = tuple(int(part) for part in (*version.split("."), "0", "0", "0")[:4])
    said = {
        "CompanyName": "The Northing authors",
        "FileDescription": "Northing",
        "FileVersion": version,
        "InternalName": "northing",
        "LegalCopyright": "MIT licence",
        "OriginalFilename": "northing.exe",
        "ProductName": "Northing",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in said.items())
    file.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', "
        f"[{strings}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )


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
