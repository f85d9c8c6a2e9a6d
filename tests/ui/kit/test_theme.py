"""The tokens can be read, the application takes them on, and a change reaches what is on screen."""

from __future__ import annotations

import dataclasses
import re

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QCompleter, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from app.ui.kit import icons, theme

THEMES = [theme.load("light"), theme.load("dark")]
NAMES = [each.name for each in THEMES]


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""

    def luminance(color: QColor) -> float:
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def watch(qapp):
    """The application dressed in light, and put back so afterwards."""
    watching = theme.install(qapp, "light")
    yield watching
    watching.choose("light")
    watching.scale_text(1.0)


@pytest.mark.parametrize("each", THEMES, ids=NAMES)
@pytest.mark.parametrize("ground", ["bg", "surface", "sidebar", "hover", "selection"])
@pytest.mark.parametrize("ink", ["text", "text2", "text3", "accent", "bad"])
def test_text_can_be_read(each, ground, ink):
    assert contrast(each.color(ink), each.color(ground)) >= 4.5


@pytest.mark.parametrize("each", THEMES, ids=NAMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "selection"),
        ("text2", "selection"),
        ("accent", "selection"),
        ("text", "match"),
        ("text", "pressed"),
        ("text2", "pressed"),
        ("text2", "neutral_soft"),
        ("good", "good_soft"),
        ("warn", "warn_soft"),
        ("bad", "bad_soft"),
        ("good", "surface"),
        ("warn", "surface"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("on_tooltip", "tooltip"),
        ("tooltip_accent", "tooltip"),
    ],
)
def test_text_can_be_read_where_it_stands(each, ink, ground):
    assert contrast(each.color(ink), each.color(ground)) >= 4.5


@pytest.mark.parametrize("each", THEMES, ids=NAMES)
@pytest.mark.parametrize("ground", ["bg", "surface", "sidebar", "selection"])
@pytest.mark.parametrize("edge", ["border3", "focus"])
def test_edges_of_controls_can_be_seen(each, ground, edge):
    assert contrast(each.color(edge), each.color(ground)) >= 3.0


@pytest.mark.parametrize("each", THEMES, ids=NAMES)
def test_lines_can_be_seen(each):
    assert min(contrast(color, each.surface) for color in each.series) >= 3.0


@pytest.mark.parametrize("each", THEMES, ids=NAMES)
def test_heat_rises(each):
    against = [contrast(color, each.surface) for color in each.heat]
    assert against == sorted(against)


def test_colors_by_name():
    light = theme.load("light")
    assert light.color("series2") == light.series[1]
    assert light.color("series7") == light.series[0]
    assert light.color("heat4") == light.heat[-1]
    with pytest.raises(KeyError):
        light.color("name")


def test_every_token_differs_in_the_dark():
    light, dark = THEMES
    same = [
        field.name
        for field in dataclasses.fields(theme.Theme)
        if getattr(light, field.name) == getattr(dark, field.name)
    ]
    assert same == []


def test_the_style_sheet_is_filled_in():
    sheet = theme.style_sheet(theme.load("dark"), 1.25)
    assert "$" not in sheet
    pictures = re.findall(r"url\((.*?)\)", sheet)
    assert pictures
    assert all((theme.THEMES / picture).is_file() for picture in pictures)


def test_install_dresses_the_application(watch, qapp):
    assert qapp.palette().color(QPalette.ColorRole.PlaceholderText) == watch.theme.text3
    assert QFontInfo(qapp.font()).family() == "Inter"
    assert QFontInfo(theme.font("strong")).weight() == 600
    assert QFontInfo(theme.font("mono")).family() == "JetBrains Mono"


def test_a_change_is_told_and_reaches_the_palette(watch, qapp, qtbot):
    with qtbot.waitSignal(watch.changed):
        watch.choose("dark")
    assert theme.current().is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.load("dark").surface


def test_unknown_is_light(watch):
    watch.choose("dark")
    watch.choose("system")
    assert theme.current().name == "light"


def test_text_grows(watch, qtbot):
    label = QLabel("Northing")
    label.setProperty("role", "title")
    qtbot.addWidget(label)
    label.ensurePolished()
    small = label.sizeHint().height()
    watch.scale_text(1.5)
    assert label.sizeHint().height() > small * 1.3
    assert theme.px(30) == 45


def test_an_icon_follows_the_theme(watch):
    picture = icons.icon("plus", role="text")
    before = picture.pixmap(24, 24).toImage().pixelColor(12, 12)
    watch.choose("dark")
    after = picture.pixmap(24, 24).toImage().pixelColor(12, 12)
    assert before.lightness() == theme.load("light").text.lightness()
    assert after.lightness() == theme.load("dark").text.lightness()


def test_an_icon_is_as_sharp_as_the_screen(watch):
    sharp = icons.pixmap("plus", 16, watch.theme.text, 2.0)
    assert (sharp.width(), sharp.devicePixelRatio()) == (32, 2.0)


def test_an_icon_outlives_its_copies(watch, qtbot):
    copy = icons.icon("star")
    copy.setIsMask(True)
    assert not copy.pixmap(16, 16).isNull()
    del copy
    assert not icons.icon("star").pixmap(16, 16).isNull()


def test_an_unknown_icon_is_refused():
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_every_icon_can_be_drawn(qapp):
    blank = [
        file.stem
        for file in icons.ICONS.glob("*.svg")
        if icons.pixmap(file.stem, 24, QColor("black")).toImage().allGray()
        and not any(
            icons.pixmap(file.stem, 24, QColor("black")).toImage().pixelColor(x, y).alpha()
            for x in range(24)
            for y in range(24)
        )
    ]
    assert blank == []


def test_one_watch_for_the_application(qapp):
    assert isinstance(QApplication.instance(), QApplication)
    assert theme.watch() is theme.watch()


def test_rows_of_a_list_have_room_when_first_shown(watch, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    names = QListWidget()
    names.addItems(["One", "Two", "Three"])
    names.setCurrentRow(1)
    QVBoxLayout(page).addWidget(names)
    with qtbot.waitExposed(page):
        page.show()
    tops = [names.visualItemRect(names.item(place)).top() for place in range(3)]
    assert min(tops[1] - tops[0], tops[2] - tops[1]) >= 28


@pytest.mark.parametrize("look", NAMES)
def test_a_list_without_a_window_around_it_hides_what_is_behind(watch, qtbot, look):
    watch.choose(look)
    completer = QCompleter(["pricing", "priority"])
    field = QLineEdit()
    field.setCompleter(completer)
    qtbot.addWidget(field)
    field.show()
    popup = completer.popup()
    assert popup is not None
    popup.resize(200, 120)
    picture = popup.grab().toImage()
    assert picture.pixelColor(100, 110) == theme.current().surface
