"""Make dist/northing_VERSION_ARCH.deb of the frozen folder; prints its size and SHA-256.

python packaging/linux/deb.py [--frozen FOLDER] [--out FOLDER]

Needs dpkg-dev, which finds out what the libraries ask of the system. `docs/decisions` says why not nfpm.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import time
from email.utils import formatdate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from build import ROOT, epoch, icons, libraries  # type: ignore[import-not-found]

HERE = Path(__file__).parent
LIMIT_MB = 60
SIDES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
VERSION = (ROOT / "app" / "__init__.py").read_text().split('__version__ = "')[1].split('"')[0]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--frozen", type=Path, default=ROOT / "dist" / "northing")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--version", default=VERSION, help="for a trial of an upgrade")
    parser.add_argument("--quick", action="store_true", help="packed little: for that trial")
    given = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = epoch()
    tree = ROOT / "build" / ("deb-trial" if given.quick else "deb")
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(given.frozen, tree / "usr" / "lib" / "northing", symlinks=True)
    texts(tree, given.version)
    pictures(tree)
    set_modes(tree)
    made = given.out / f"northing_{given.version}_{architecture()}.deb"
    control(tree, given.version)
    given.out.mkdir(parents=True, exist_ok=True)
    packed = ["-Zgzip", "-z1"] if given.quick else ["-Zxz"]
    subprocess.run(["dpkg-deb", "--root-owner-group", *packed, "--build", tree, made], check=True)
    size = made.stat().st_size / 1e6
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    sums = {file.name: file for file in given.out.iterdir() if file.suffix in {".deb", ".AppImage", ".flatpak"}}
    (given.out / "SHA256SUMS").write_text(
        "".join(f"{hashlib.sha256(sums[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(sums))
    )
    print(f"{made.name}: {size:.1f} MB, sha256 {digest}")
    if size > LIMIT_MB and not given.quick:
        sys.exit(f"The package is larger than {LIMIT_MB} MB.")


def architecture() -> str:
    """Debian's name of this machine."""
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def put(path: Path, text: str, version: str, *, packed: bool = False) -> None:
    """Write a text with the version and the day of the commit in it."""
    day = time.strftime("%Y-%m-%d", time.gmtime(int(epoch())))
    said = text.replace("@VERSION@", version).replace("@DATE@", day).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(said, 9, mtime=0) if packed else said)


def texts(tree: Path, version: str) -> None:
    """What the desktop, the manual and the package tools read."""
    share = tree / "usr" / "share"
    for name, place in (
        ("northing.desktop", share / "applications" / "northing.desktop"),
        ("org.northing.Northing.metainfo.xml", share / "metainfo" / "org.northing.Northing.metainfo.xml"),
        ("northing-mime.xml", share / "mime" / "packages" / "northing.xml"),
        ("copyright", share / "doc" / "northing" / "copyright"),
        ("lintian-overrides", share / "lintian" / "overrides" / "northing"),
    ):
        put(place, (HERE / name).read_text(), version)
    put(share / "man" / "man1" / "northing.1.gz", (HERE / "northing.1").read_text(), version, packed=True)
    when = formatdate(int(epoch()))
    news = f"northing ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n"
    news += f" -- The Northing authors <authors@northing.invalid>  {when}\n"
    put(share / "doc" / "northing" / "changelog.gz", news, version, packed=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "northing").symlink_to("../lib/northing/northing")


def pictures(tree: Path) -> None:
    """The icon at every size that a desktop asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    icons(ROOT / "build")
    hicolor = tree / "usr" / "share" / "icons" / "hicolor"
    for side in SIDES:
        place = hicolor / f"{side}x{side}" / "apps"
        place.mkdir(parents=True)
        shutil.copy(ROOT / "build" / "png" / f"{side}.png", place / "northing.png")
    for kind, drawing, name in (
        ("scalable", "northing.svg", "northing.svg"),
        ("symbolic", "northing-mark.svg", "northing-symbolic.svg"),
    ):
        place = hicolor / kind / "apps"
        place.mkdir(parents=True)
        shutil.copy(ROOT / "resources" / "icons" / drawing, place / name)


def set_modes(tree: Path) -> None:
    """Nothing is writable but by root, and only the program can be run."""
    for file in tree.rglob("*"):
        if file.is_symlink():
            continue
        is_program = file == tree / "usr" / "lib" / "northing" / "northing"
        file.chmod(0o755 if file.is_dir() or is_program else 0o644)


def dependencies(tree: Path) -> str:
    """The Debian packages that hold what the libraries ask for, as dpkg-shlibdeps finds them."""
    (tree / "debian").mkdir()
    (tree / "debian" / "control").write_text("Source: northing\n\nPackage: northing\nArchitecture: any\n")
    inside = tree / "usr" / "lib" / "northing" / "_internal"
    places = sorted({str(file.parent) for file in libraries(inside)})
    words = [f"-l{place}" for place in places] + [str(file) for file in libraries(inside.parent)]
    told = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "-xnorthing", *words],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    shutil.rmtree(tree / "debian")
    if told.returncode:
        sys.exit(told.stderr)
    found = told.stdout.split("shlibs:Depends=")[1].strip()
    return f"{found}, tzdata"


def control(tree: Path, version: str) -> None:
    """DEBIAN/control and md5sums."""
    needed = dependencies(tree)
    files = [file for file in sorted(tree.rglob("*")) if file.is_file() and not file.is_symlink()]
    sums = "".join(f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(tree)}\n" for file in files)
    installed = sum(-(-file.stat().st_size // 1024) for file in files)
    put(
        tree / "DEBIAN" / "control",
        f"""Package: northing
Version: {version}
Architecture: {architecture()}
Maintainer: The Northing authors <authors@northing.invalid>
Installed-Size: {installed}
Depends: {needed}
Recommends: xdg-desktop-portal
Section: misc
Priority: optional
Description: private journal and goal tracker for product managers
 Northing keeps a product manager's career on course: a private desktop journal
 in which every note, step and skill rating can be followed to a measurable
 outcome. Everything is one file in the user's own folder; there is no account
 and no network access of any kind.
""",
        version,
    )
    put(tree / "DEBIAN" / "md5sums", sums, version)
    for file in (tree / "DEBIAN").iterdir():
        file.chmod(0o644)
    print(f"installed {installed * 1024 / 1e6:.1f} MB; depends on {needed}")


if __name__ == "__main__":
    main()
