"""Cards, chips, bars, empty states and the rail."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.ui.kit import theme
from app.ui.kit.cards import Chip, ProgressBar, SectionHead
from app.ui.kit.empty import EmptyState
from app.ui.kit.rail import NARROW, Rail
from app.ui.kit.room import on_two_lines


def colors(widget):
    """How many pixels have each colour."""
    image = widget.grab().toImage()
    counted: dict[int, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            counted[image.pixel(x, y)] = counted.get(image.pixel(x, y), 0) + 1
    return counted


def filled(qtbot, value, role="good"):
    bar = ProgressBar(value, role)
    qtbot.addWidget(bar)
    bar.resize(100, 10)
    return colors(bar).get(theme.current().color(role).rgba(), 0)


def test_a_bar_fills_with_its_share(qtbot):
    nothing, half, whole, beyond = (filled(qtbot, value) for value in (0.0, 0.5, 1.0, 1.4))
    assert nothing == 0
    assert half == pytest.approx(whole / 2, rel=0.1)
    assert whole > beyond > whole * 0.9


def test_unknown_is_not_nought(qtbot):
    unknown, nothing = ProgressBar(None), ProgressBar(0.0)
    for bar in (unknown, nothing):
        qtbot.addWidget(bar)
        bar.resize(100, 10)
    assert colors(unknown) != colors(nothing)
    assert "unknown" in unknown.accessibleName()
    assert "0" in nothing.accessibleName()


def test_a_chip_grows_with_its_text(qtbot):
    chip = Chip("On track", "good")
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.show_text("Behind, needs attention", "warn")
    assert chip.sizeHint().width() > before
    assert chip.accessibleName() == "Behind, needs attention"


def test_a_section_counts(qtbot):
    head = SectionHead("Entries")
    qtbot.addWidget(head)
    head.show_count(12)
    assert head._count.text() == "12"
    head.show_count(None)
    assert head._count.text() == ""


def test_an_empty_state_offers_the_one_thing_to_do(qtbot):
    done = []
    empty = EmptyState("target", "No objectives yet", "Start with one.", "New objective", lambda: done.append(1))
    qtbot.addWidget(empty)
    qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    assert done == [1]


@pytest.fixture
def rail(qtbot):
    made = Rail("Northing")
    for name, icon in (("Today", "sun"), ("Journal", "notebook-pen"), ("Objectives", "target")):
        made.add(name.lower(), name, icon, shortcut="Ctrl+1")
    made.add("settings", "Settings", "settings", at_bottom=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_a_click_goes_there(qtbot, rail):
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail.entries["journal"], Qt.MouseButton.LeftButton)
    assert told.args == ["journal"]
    assert rail.current == "journal"


def test_choosing_by_program_is_silent(qtbot, rail):
    with qtbot.assertNotEmitted(rail.chosen):
        rail.choose("today")
    assert rail.current == "today"


def test_arrows_go_to_the_next(qtbot, rail):
    rail.choose("today")
    rail.entries["today"].setFocus()
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(rail.entries["today"], Qt.Key.Key_Down)
    assert told.args == ["journal"]


def test_it_folds_to_icons(qtbot, rail):
    with qtbot.waitSignal(rail.folded):
        qtbot.mouseClick(rail._fold, Qt.MouseButton.LeftButton)
    assert rail.width() == NARROW
    assert rail.entries["today"].toolTip() == "Today (Ctrl+1)"
    rail.set_collapsed(collapsed=False)
    assert rail.width() > NARROW


def test_words_stand_on_one_line_or_two(qapp):
    metrics = QFontMetrics(theme.font("body"))
    wide = metrics.horizontalAdvance("Coaching: difficult ")
    assert on_two_lines("Coaching", metrics, wide) == ["Coaching"]
    assert on_two_lines("Coaching: difficult talks", metrics, wide) == ["Coaching: difficult", "talks"]
    assert on_two_lines("Donaudampfschifffahrtsgesellschaft", metrics, 20) == [
        "Donaudampfschifffahrtsgesellschaft"
    ]
