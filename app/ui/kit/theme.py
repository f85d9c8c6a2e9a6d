"""Colours, type and the style sheet: everything that decides how the window looks, read from `resources/themes`.

`install` is called once on the application; after that `current()` has the colours in force, and
`watch().changed` tells widgets that keep something made from them. Widgets that only paint need nothing: a new
theme changes the palette, which repaints all of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.paths import RESOURCES

Choice = Literal["system", "light", "dark"]
FontRole = Literal["title", "number", "section", "body", "medium", "strong", "secondary", "hint", "label", "mono"]

FUSION: Final = "is_fusion"
"""The property of an application that is known to have this style."""

THEMES: Final = RESOURCES / "themes"
FONTS: Final = RESOURCES / "fonts"
SANS: Final = "Inter"
MONO: Final = "JetBrains Mono"
_SIZES: Final = range(1, 49)

# role: (pixels at scale 1, weight)
_TYPE: Final[dict[str, tuple[float, QFont.Weight]]] = {
    "title": (22, QFont.Weight.DemiBold),
    "number": (20, QFont.Weight.DemiBold),
    "section": (15, QFont.Weight.DemiBold),
    "body": (13, QFont.Weight.Normal),
    "medium": (13, QFont.Weight.Medium),
    "strong": (13, QFont.Weight.DemiBold),
    "secondary": (12, QFont.Weight.Normal),
    "hint": (12, QFont.Weight.Normal),
    "label": (11, QFont.Weight.DemiBold),
    "mono": (13, QFont.Weight.Normal),
}


@dataclass(frozen=True, eq=False)
class Theme:
    """The tokens of one theme.

    Attributes:
        border3: Edge of inputs and buttons, at least 3:1; `border` and `border2` only divide.
        series: Six line colours that colour-blind readers can tell apart.
        heat: Five steps from nothing to most; unknown is drawn hollow instead.
    """

    name: str
    is_dark: bool
    bg: QColor
    surface: QColor
    sidebar: QColor
    hover: QColor
    pressed: QColor
    border: QColor
    border2: QColor
    border3: QColor
    text: QColor
    text2: QColor
    text3: QColor
    text_disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    accent_soft: QColor
    on_accent: QColor
    selection: QColor
    match: QColor
    focus: QColor
    good: QColor
    good_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    neutral_soft: QColor
    track: QColor
    grid: QColor
    tooltip: QColor
    on_tooltip: QColor
    tooltip_accent: QColor
    series: tuple[QColor, ...]
    heat: tuple[QColor, ...]

    def color(self, role: str) -> QColor:
        """The colour by token name; `series3` and `heat0` count from one and from nought.

        Raises:
            KeyError: no such token.
        """
        if role.startswith("series") and role[6:].isdigit():
            return self.series[(int(role[6:]) - 1) % len(self.series)]
        if role.startswith("heat") and role[4:].isdigit():
            return self.heat[int(role[4:])]
        found = getattr(self, role, None)
        if not isinstance(found, QColor):
            raise KeyError(role)
        return found


@cache
def load(name: str) -> Theme:
    """The theme in `resources/themes/<name>.toml`."""
    table = tomllib.loads((THEMES / f"{name}.toml").read_text(encoding="utf-8"))
    colors: dict[str, str | list[str]] = dict(table["color"])
    series, heat = colors.pop("series"), colors.pop("heat")
    single = {token: QColor(value) for token, value in colors.items() if isinstance(value, str)}
    return Theme(
        name=name,
        is_dark=bool(table["dark"]),
        series=tuple(QColor(value) for value in series),
        heat=tuple(QColor(value) for value in heat),
        **single,
    )


class ThemeWatch(QObject):
    """Which theme is in force, and the signal that it changed. Owned by the application."""

    changed = Signal()

    def __init__(self, qapp: QApplication) -> None:
        super().__init__(qapp)
        self.theme = load("light")
        self.text_scale = 1.0
        self._choice: Choice = "light"
        self._installed = False
        self._user_scale = 1.0
        self._system_scale = 1.0

    @property
    def choice(self) -> Choice:
        """What the user chose, which may be to follow the system."""
        return self._choice

    def install(self, choice: Choice) -> None:
        """Dress the application; another time that is no more than `choose`."""
        if self._installed:
            self.choose(choice)
            return
        qapp = QApplication.instance()
        assert isinstance(qapp, QApplication)
        self._choice = choice
        self._system_scale = _system_scale()
        add_fonts("Inter-[RMS]*.ttf")
        # To ask a style for its name makes PySide6 create its types, for which the first picture has no other use.
        if not qapp.property(FUSION) and qapp.style().name() != "fusion":
            qapp.setStyle(QStyleFactory.create("Fusion"))
        self._installed = True
        qapp.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    def choose(self, choice: Choice) -> None:
        """Change the theme while the application runs."""
        self._choice = choice
        if self._wanted() != self.theme.name:
            self._dress()

    def scale_text(self, factor: float) -> None:
        """Make all text larger or smaller than the system asks for (1.0 is as the system)."""
        self._user_scale = min(max(factor, 0.8), 2.0)
        self._dress()

    @Slot()
    def _follow(self) -> None:
        if self._choice == "system" and self._wanted() != self.theme.name:
            self._dress()

    def _wanted(self) -> str:
        if self._choice != "system":
            return self._choice
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if is_dark else "light"

    def _dress(self) -> None:
        self.theme = load(self._wanted())
        self.text_scale = self._system_scale * self._user_scale
        if self._installed:
            qapp = QApplication.instance()
            assert isinstance(qapp, QApplication)
            qapp.setPalette(palette(self.theme))
            qapp.setFont(font("body"))
            qapp.setStyleSheet(style_sheet(self.theme, self.text_scale))
        self.changed.emit()


def install(qapp: QApplication, choice: Choice = "system") -> ThemeWatch:
    """Give the application Fusion, the fonts, the palette and the style sheet; follow the system if asked to."""
    watching = watch()
    assert watching.parent() is qapp
    watching.install(choice)
    return watching


_watching: ThemeWatch | None = None


def watch() -> ThemeWatch:
    """The application's own `ThemeWatch`; light and undressed until `install`."""
    global _watching
    if _watching is None:
        qapp = QApplication.instance()
        if not isinstance(qapp, QApplication):
            raise RuntimeError("a QApplication comes first")
        _watching = ThemeWatch(qapp)
        _watching.destroyed.connect(_forget)
    return _watching


def _forget() -> None:
    global _watching
    _watching = None


def current() -> Theme:
    """The theme in force."""
    return watch().theme


def font(role: FontRole | float = "body", weight: QFont.Weight | None = None) -> QFont:
    """A font by its use, or by its size in pixels at scale 1; at the text scale in force."""
    return QFont(_font(role, weight, watch().text_scale))


@cache
def _font(role: FontRole | float, weight: QFont.Weight | None, scale: float) -> QFont:
    pixels, own_weight = _TYPE[role] if isinstance(role, str) else (role, QFont.Weight.Normal)
    if role == "mono":
        add_fonts("JetBrainsMono-*.ttf")
    made = QFont(MONO if role == "mono" else SANS)
    made.setPixelSize(max(round(pixels * scale), 1))
    made.setWeight(own_weight if weight is None else weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def numerals(of: QFont) -> QFont:
    """The same font with figures of one width, for numbers that stand above each other."""
    made = QFont(of)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def px(pixels: float) -> int:
    """A height or width that must grow with the text, in device-independent pixels."""
    return round(pixels * watch().text_scale)


@cache
def add_fonts(pattern: str) -> None:
    """Make the bundled fonts that match the file pattern known to Qt, once."""
    for file in sorted(FONTS.glob(pattern)):
        QFontDatabase.addApplicationFont(str(file))


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, color in {
        role.Window: theme.surface,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.bg,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.ToolTipBase: theme.tooltip,
        role.ToolTipText: theme.on_tooltip,
        role.PlaceholderText: theme.text3,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.border,
        role.Mid: theme.border2,
        role.Dark: theme.border3,
        role.Shadow: theme.border2,
    }.items():
        made.setColor(which, color)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, theme.text_disabled)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.border2)
    return made


def style_sheet(theme: Theme, scale: float) -> str:
    """The style sheet with the theme's colours and sizes.

    `s30` is 30 pixels at scale 1; `f30` is that less the extra width of the focus ring, so nothing moves.
    """
    words: dict[str, str] = {
        token: value.name() for token, value in vars(theme).items() if isinstance(value, QColor)
    }
    for size in _SIZES:
        scaled = round(size * scale)
        words[f"s{size}"] = str(scaled)
        words[f"f{size}"] = str(scaled - 2)
        words[f"p{size}"] = str(round((size + 1) * scale) - 1)
    words["folder"] = (THEMES / theme.name).as_posix()
    return Template(_template()).substitute(words)


@cache
def _template() -> str:
    text = Path(THEMES / "kit.qss").read_text(encoding="utf-8")
    return text.split("*/", 1)[1]


def _system_scale() -> float:
    """How much larger than usual the system's own text is; 1.0 between 12 and 15 pixels."""
    if QGuiApplication.platformName() in {"offscreen", "minimal"}:
        return 1.0
    pixels = QFontInfo(QGuiApplication.font()).pixelSize()
    return 1.0 if 12 <= pixels <= 15 else min(max(pixels / 13.3, 0.85), 2.0)
