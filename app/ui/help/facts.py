"""What to send along with a question: what the core knows, and what the desktop is like."""

from __future__ import annotations

import locale
import os

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from app.core import diagnostics
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.tray import has_tray


def facts(store: Store | None) -> str:
    """Lines to paste; versions, places and sizes, and not a word of the journal."""
    screens = ", ".join(
        f"{screen.size().width()}×{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    of_desktop = [
        ("Qt", f"{qVersion()} on {QGuiApplication.platformName()}{f', {desktop}' if desktop else ''}"),
        ("Screens", screens or "none"),
        ("Look", f"{theme.watch().choice}, shown {'dark' if theme.current().is_dark else 'light'}"),
        ("Language", f"{QLocale().name()}, files in {locale.getpreferredencoding(False)}"),
        ("Tray", "yes" if has_tray() else "no"),
    ]
    return diagnostics.as_text([*diagnostics.report(store), *of_desktop])
