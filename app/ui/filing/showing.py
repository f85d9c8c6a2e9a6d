"""Showing a file where it lies, selected where the desktop can do that."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices


def command_of(path: Path, platform: str) -> tuple[str, list[str]]:
    """The program, with what it is told, that selects `path` in a file window of `platform`."""
    if platform == "win32":
        return "explorer", ["/select,", str(path)]
    if platform == "darwin":
        return "open", ["-R", str(path)]
    return "gdbus", [
        "call", "--session", "--dest", "org.freedesktop.FileManager1", "--timeout", "3",
        "--object-path", "/org/freedesktop/FileManager1",
        "--method", "org.freedesktop.FileManager1.ShowItems", f"['{path.as_uri()}']", "",
    ]  # fmt: skip


def show_in_folder(path: Path) -> None:
    """Show where `path` lies: the file selected, or at least its folder open."""
    program, told = command_of(path, sys.platform)
    if not QStandardPaths.findExecutable(program):
        _open_folder(path)
    elif sys.platform in ("win32", "darwin"):
        QProcess.startDetached(program, told)
    else:
        process = QProcess()
        process.finished.connect(lambda code: _end(process, path, failed=code != 0))
        process.start(program, told)


def _end(process: QProcess, path: Path, *, failed: bool) -> None:
    process.deleteLater()
    if failed:  # no file window listens on the bus
        _open_folder(path)


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
