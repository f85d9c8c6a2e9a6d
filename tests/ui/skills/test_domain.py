"""The domain notebook on screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from app.core import domain
from app.ui.skills.noting import AnswerDialog, InsightDialog
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


def book(store):
    with store.read() as session:
        return domain.notebook(session, today=TODAY)


def test_an_insight_is_noted_and_a_competitor_answered(qtbot, page, store):
    page.show_domain()
    sheet = page.domain
    sheet.note_insight()
    dialog = page.findChild(InsightDialog)
    dialog.accept()
    assert book(store).shelves[2].insights == ()
    dialog.said.setPlainText("Acme dropped its free plan #acme")
    dialog.shelf.set_value("competition")
    dialog.accept()
    settle()
    assert [row[1] for row in sheet.fresh.table().rows] == [0.0, 0.0, 1.0, 0.0]
    sheet.answer("acme")
    dialog = page.findChild(AnswerDialog)
    dialog.review.set_value(date(2026, 11, 1))
    dialog.accept()
    assert book(store).competitors[0].answer == ""
    dialog.review.set_value(date(2027, 1, 1))
    dialog.accept()
    assert (book(store).competitors[0].answer, book(store).competitors[0].review_on) == (
        "differ",
        date(2027, 1, 1),
    )


def test_the_rhythm_wanted_is_kept_and_an_insight_opens(qtbot, page, store):
    page.show_domain()
    sheet = page.domain
    sheet.wanted.setFocus()
    sheet.wanted.setValue(4)
    sheet.wanted.editingFinished.emit()
    settle()
    assert {row[2] for row in sheet.contacts.table().rows} == {4.0}
    with store.write() as session:
        more: dict[str, Any] = {
            "shelf": "market",
            "source": "data",
            "so_what": "",
            "day": TODAY,
            "now": NOW,
            "zone": "UTC",
        }
        made = domain.note_insight(session, said="It grows", **more)
    settle()
    item = sheet.shelves.topLevelItem(1).child(0)
    sheet.shelves.setCurrentItem(item)
    with qtbot.waitSignal(page.item_requested) as told:
        qtbot.keyClick(sheet.shelves, Qt.Key.Key_Return)
    assert told.args == [made]
