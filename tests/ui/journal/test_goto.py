from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.core.days import Calendar
from app.ui.journal.goto import GoToDayDialog

TODAY = date(2026, 11, 23)


@pytest.fixture
def dialog(qtbot, window):
    dialog = GoToDayDialog(TODAY, Calendar(), window)
    dialog.open()
    return dialog


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 feb", "Not a day yet."),
        ("31 february 2026", "There is no such day."),
        ("2026-02-30", "There is no such day."),
        ("29.2.2025", "There is no such day."),
        ("sometime", "Not a day yet."),
    ],
)
def test_what_is_no_day_is_said_so_and_enter_goes_nowhere(qtbot, dialog, typed, said):
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClicks(dialog.words, typed)
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.words.accessibleDescription() == said
    assert dialog.isVisible()
    assert not dialog.primary.isEnabled()


def test_a_day_in_words_is_shown_in_full_and_gone_to(qtbot, dialog):
    qtbot.keyClicks(dialog.words, "3 weeks ago")
    assert "2 November 2026" in dialog.words.accessibleDescription()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 11, 2)]
