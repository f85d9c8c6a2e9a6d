"""Check-ins from every page, and from tables that other programs wrote."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.core import objectives
from app.core.objectives import KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.ui.objectives.check_in import CheckInDialog
from app.ui.objectives.csv_import import CheckInsImportDialog
from tests.conftest import NOW

Q4 = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
DRAFTS = (
    KeyResultDraft("Week-1 activation", "increase", 32.0, 50.0, "%", "percent"),
    KeyResultDraft("Setup time", "decrease", 11.0, 5.0, "min", "duration"),
)


@pytest.fixture
def planned(window):
    """The window, with one objective of two key results."""
    with window.store.write() as session:
        made = objectives.add_objective(session, ObjectiveDraft("Grow activation", period=Q4), now=NOW)
        for draft in DRAFTS:
            objectives.add_key_result(session, made.id, draft, now=NOW)
        window.objective_id = made.id
    return window


def read(window):
    with window.store.read() as session:
        detail = objectives.objective_detail(session, window.objective_id, today=date(2026, 11, 23))
        names = {result.id: result.title for result in detail.row.key_results}
        return [(names[row.key_result_id], row.day.isoformat(), row.value, row.note) for row in detail.check_ins]


def undo(window):
    """Press Undo in the newest message."""
    buttons = [made for made in window.messages.findChildren(QPushButton) if made.text() == "Undo"]
    buttons[-1].click()


def check_in_dialog(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.findChild(CheckInDialog) is not None)
    return window.findChild(CheckInDialog)


@pytest.mark.parametrize("page", ["today", "journal", "objectives", "skills"])
def test_two_keystrokes_check_in_on_every_page(qtbot, planned, page):
    shown = planned.show_page(page)
    qtbot.waitUntil(shown.isVisible)
    dialog = check_in_dialog(qtbot, planned)
    qtbot.keyClicks(dialog.focusWidget(), "41")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert read(planned) == [("Week-1 activation", "2026-11-23", 41.0, "")]
    undo(planned)
    assert read(planned) == []


@pytest.fixture
def imported(qtbot, planned, tmp_path):
    """Open the dialog on a table; returns it when it says what would come."""

    def make(text):
        file = tmp_path / "metrics.csv"
        file.write_bytes(text.encode())
        page = planned.show_page("objectives")
        page.open_item(planned.objective_id)
        page.commands.check_ins.import_from(str(file))
        dialog = planned.findChild(CheckInsImportDialog)
        qtbot.waitUntil(lambda: bool(dialog._plan) or bool(dialog._wrong.text()))
        return dialog

    return make


def test_a_table_names_its_columns_in_its_own_way(qtbot, planned, imported):
    dialog = imported(
        "Datum;Metric;Wert;Kommentar\n31.10.2026;Week-1 activation;36,5;Steady\n"
        "07.11.2026;Setup time;1.000,5;\nsoon;Setup time;9;\n08.11.2026;Something;1;\n"
    )
    assert dialog.said.text().startswith("2 check-ins would come. They reach from 2026-10-31 to 2026-11-07.")
    assert dialog.details.toPlainText().splitlines() == [
        "line 4: “soon” is no day.",
        "line 5: There is no “Something”.",
    ]
    with qtbot.waitSignal(dialog.brought):
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    expected = [
        ("Week-1 activation", "2026-10-31", 36.5, "Steady"),
        ("Setup time", "2026-11-07", 1000.5, ""),
    ]
    assert read(planned) == expected
    undo(planned)
    assert read(planned) == []


def test_a_plain_series_goes_to_the_key_result_one_chooses(qtbot, planned, imported):
    dialog = imported("when,n\n2026-10-05,8\n2026-10-12,\n")
    dialog.columns["value"].setCurrentIndex(dialog.columns["value"].findText("n"))
    place = dialog.key_result.findText("Setup time", Qt.MatchFlag.MatchStartsWith)
    dialog.key_result.setCurrentIndex(place)
    qtbot.waitUntil(lambda: dialog.primary.isEnabled())
    assert "line 3" in dialog.details.toPlainText()
    with qtbot.waitSignal(dialog.brought):
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert read(planned) == [("Setup time", "2026-10-05", 8.0, "")]


def test_what_is_no_table_is_refused_in_a_sentence(imported, planned):
    dialog = imported("just one line\n")
    assert "holds no table" in dialog._wrong.text()
    assert not dialog.primary.isEnabled()
    dialog.reject()
    assert read(planned) == []


def test_what_is_exported_is_known_when_it_is_imported(qtbot, planned, imported, tmp_path):
    dialog = imported("Day,Key result,Value,Note\n2026-10-05,Setup time,8,=SUM(A1)\n")
    with qtbot.waitSignal(dialog.brought):
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    file = tmp_path / "out.csv"
    page = planned.show_page("objectives")
    page.commands.check_ins.export_to(str(file))
    text = file.read_text(encoding="utf-8-sig")
    assert "'=SUM(A1)" in text
    qtbot.waitUntil(lambda: planned.findChild(CheckInsImportDialog) is None)
    again = imported(text)
    assert again.said.text().startswith("0 check-ins would come. 1 are already there.")
    again.reject()
