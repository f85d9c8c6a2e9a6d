"""The desk: reading beside writing, links and who links here, completion from the journal, tags that are alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.core import journal, kinds
from app.ui.kit import theme
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    with window.store.write() as session:
        kinds.person_named(session, "Ana Lima", now=NOW)
        for text in (
            "# Pricing memo\n#retention",
            "# Notes\nSee [[Pricing memo]] #retention and https://example.org",
        ):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    page = window.show_page("journal")
    page.open_item(page.model.ids[0])
    return page


def test_the_page_is_read_beside_the_source_and_follows_it(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL | SHIFT)
    assert page.desk.editor.isVisible()
    assert page.desk.preview.isVisible()
    page.desk.editor.append_line("A **new** line")
    qtbot.waitUntil(lambda: "A new line" in page.desk.preview.toPlainText())
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL | SHIFT)
    assert not page.desk.preview.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    assert not page.desk.editor.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    assert page.desk.editor.isVisible()


def test_a_link_to_an_item_opens_it_and_the_item_says_who_links_to_it(qtbot, page):
    notes = page.desk.entry_id
    page.desk.aids.follow_link("[[pricing memo]]")
    assert page.desk.editor.text().startswith("# Pricing memo")
    assert page.desk.backlinks.texts() == ["Notes"]
    qtbot.mouseClick(page.desk.backlinks._flow.itemAt(1).widget(), Qt.MouseButton.LeftButton)
    assert page.desk.entry_id == notes


def test_nothing_moves_sideways_when_a_text_is_saved(qtbot, window, page):
    window.resize(window.minimumSizeHint())
    qtbot.keyClicks(page.desk.editor, "More of it")
    assert page.desk.state.text() == "Typing…"
    qtbot.wait(20)
    wide = page.desk.width()
    page.desk.flush()
    assert page.desk.state.text() == "Saved"
    qtbot.wait(20)
    assert page.desk.width() == wide


def test_what_stands_beside_the_count_of_words_stays_while_one_writes(qtbot, window, page):
    window.resize(900, 700)
    desk = page.desk
    places = set()
    for count in (11, 20, 24, 41):
        desk.editor.set_text("word " * count)
        desk.editor.textCursor().insertText("a ")
        assert desk.flush()
        qtbot.waitUntil(lambda count=count: desk.words.text() == f"{count + 1} words")
        qtbot.wait(50)
        places.add(desk.feelings.x())
    assert len(places) == 1


def test_words_that_are_offered_do_not_end_the_typing(qtbot, page):
    qtbot.keyClicks(page.desk.editor, "More")
    for reason, said in (("Popup", "Typing…"), ("Tab", "Saved")):
        event = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason[f"{reason}FocusReason"])
        QApplication.sendEvent(page.desk.editor, event)
        assert page.desk.state.text() == said


def test_a_link_on_the_page_opens_the_item(qtbot, page):
    page.desk.sheets.toggle("read")
    assert "[[" not in page.desk.preview.toPlainText()
    page.desk.preview.anchorClicked.emit(QUrl("item:%5B%5BPricing%20memo%5D%5D"))
    assert page.desk.editor.text().startswith("# Pricing memo")


@pytest.mark.parametrize("said", ["2026-11-23", "2026-11-23#Morning|that day", "Nov 23rd, 2026"])
def test_a_link_to_the_daily_note_of_another_program_leads_to_the_day(page, said):
    page.desk.aids.follow_link(f"[[{said}]]")
    assert page.search.text() == "on:2026-11-23"
    assert len(page.model.ids) == 2


def test_a_link_to_nothing_is_said_so(window, page):
    page.desk.aids.follow_link("[[Nothing]]")
    assert "“Nothing”" in window.messages.texts[0]


def test_an_address_is_shown_before_it_is_opened(qtbot, monkeypatch, page):
    opened = []

    def open_url(url):
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    page.desk.aids.follow_link("https://example.org")
    dialog = page.findChild(QDialog)
    assert dialog.where.text() == "https://example.org"
    assert opened == []
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert opened == ["https://example.org"]


def test_what_is_no_web_address_is_not_opened(page):
    page.desk.aids.follow_link("file:///etc/passwd")
    dialog = page.findChild(QDialog)
    assert not dialog.primary.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("typed", "text"), [("#ret", "#retention "), ("@an", "@Ana-Lima "), ("[[pri", "[[Pricing memo]]")]
)
def test_tags_people_and_items_are_completed_from_the_journal(qtbot, page, typed, text):
    page.new_entry("note")
    page.desk.editor.setFocus()
    qtbot.keyClicks(page.desk.editor, typed)
    assert page.desk.aids.completion.words()
    qtbot.keyClick(page.desk.aids.completion.popup, Qt.Key.Key_Return)
    assert page.desk.editor.text() == text


def test_tab_goes_from_the_rail_over_the_list_to_the_desk(qtbot, window, page):
    page.search.setFocus()
    came = []
    while not came or came[-1] is not page.search:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        came.append(window.focusWidget())
    wanted = [page.timeline, page.desk.editor, window.rail.entries["today"], page.column.new_button]
    assert [came.index(each) for each in wanted] == sorted(came.index(each) for each in wanted)


def test_a_tag_much_like_another_is_asked_about_once(qtbot, page):
    page.new_entry("note")
    page.desk.editor.setFocus()
    qtbot.keyClicks(page.desk.editor, "Less #retentoin now")
    assert page.flush()
    assert page.desk.tag_hint.isVisible()
    qtbot.keyClick(page.desk.editor, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is page.desk.tag_hint
    qtbot.keyClick(page.desk.tag_hint, Qt.Key.Key_Return)
    assert page.desk.editor.text() == "Less #retention now"
    assert page.window().focusWidget() is page.desk.editor
    assert page.flush()
    assert not page.desk.tag_hint.isVisible()


def test_find_and_replace_rises_by_key(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    assert page.desk.find_bar.isVisible()
    bar, marked = page.desk.find_bar, page.desk.editor.extraSelections
    page.desk.editor.set_text("One fish, two Fish 🙂 fish")
    qtbot.keyClicks(bar.sought, "fish")
    assert bar.said.text() == "3 found"
    assert [made.cursor.selectedText() for made in marked()] == ["fish", "Fish", "fish"]
    qtbot.keyClick(bar.sought, Qt.Key.Key_Return)
    qtbot.keyClick(bar.sought, Qt.Key.Key_Return)
    assert bar.said.text() == "2 of 3"
    theme.watch().choose("dark")
    assert all(made.format.background().color() == theme.current().match for made in marked())
    page.desk.editor.set_text("no such thing")
    bar.follow()
    assert (bar.said.text(), marked()) == ("0 found", [])
    qtbot.keyClick(page.desk.find_bar, Qt.Key.Key_Escape)
    assert not page.desk.find_bar.isVisible()


def test_on_this_day_counts_from_the_day_that_is_chosen_and_shows_all_years_on_request(qtbot, window, page):
    there = [DAY.replace(year=DAY.year - ago) for ago in range(1, 6)] + [date(2026, 10, 23), date(2026, 5, 23)]
    with window.store.write() as session:
        for day in (*there, date(2019, 3, 1), date(2018, 3, 1)):
            journal.add_entry(session, day=day, now=NOW, zone="UTC", text=f"Of {day}")
    page.go_to_day(date(2019, 3, 1))
    assert page.desk.earlier.texts() == ["A year ago – Of 2018-03-01"]
    page.open_item(page.model.ids[0])
    assert page.desk.earlier.texts() == [
        "A month ago – Of 2026-10-23",
        "6 months ago – Of 2026-05-23",
        "A year ago – Of 2025-11-23",
        "2 years ago – Of 2024-11-23",
        "3 more",
    ]
    more = page.desk.earlier.findChildren(QPushButton)[-1]
    qtbot.waitUntil(more.isVisible)
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Tab)
    assert page.desk.feelings.isAncestorOf(window.focusWidget())
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert page.desk.earlier.texts()[-1] == "5 years ago – Of 2021-11-23"


def test_whoever_links_here_is_shown_however_many_they_are(qtbot, window, page):
    memo = page.model.ids[1]
    with window.store.write() as session:
        for number in range(8):
            journal.add_entry(
                session, day=DAY, now=NOW, zone="UTC", text=f"Follow-up {number} of [[Pricing memo]]"
            )
    page.open_item(memo)
    assert page.desk.backlinks.texts()[-1] == "5 more"
    more = page.desk.backlinks.findChildren(QPushButton)[-1]
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert len(page.desk.backlinks.texts()) == 9
    assert "Notes" in page.desk.backlinks.texts()


def test_a_narrow_window_says_the_day_in_fewer_letters(qtbot, window, page):
    heading = page.desk.head.heading
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: heading.shown_text() == heading.text())
    assert heading.text() == "Monday, 23 November 2026"
    heading.setFixedWidth(heading.fontMetrics().horizontalAdvance("Mon 23 Nov") + 4)
    assert heading.shown_text() == "Mon 23 Nov"
    heading.setFixedWidth(heading.fontMetrics().horizontalAdvance("23 Nov") + 2)
    assert heading.shown_text() == "23 Nov"


def test_buttons_beside_the_day_leave_it_room_in_a_narrow_window(qtbot, window, page):
    button = page.desk.head.preview_button
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: button.text() == " Preview")
    window.resize(780, 600)
    qtbot.waitUntil(lambda: button.text() == "")
    assert button.accessibleName() == "Preview"
    qtbot.waitUntil(lambda: not page.desk.head.heading.shown_text().endswith("…"))


def test_an_empty_journal_can_be_written_into_at_once(qtbot, window):
    page = window.show_page("journal")
    assert page.desk.editor.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "First words")
    assert page.flush()
    qtbot.waitUntil(
        lambda: [page.model.row(place).title for place in range(len(page.model.ids))] == ["First words"]
    )
    page.commands.trash_selected()
    assert page.model.ids == []
    assert page.desk.isEnabled()
    assert page.desk.editor.text() == ""
    window.show_page("today")
    window.show_page("journal")
    assert page.desk.editor.hasFocus()


@pytest.mark.parametrize("width", [1000, 1920])
def test_lines_fit_their_column_when_the_page_is_first_shown(window, width):
    window.resize(width, 900)
    editor = window.show_page("journal").desk.editor
    editor.set_text("All of a long line can be read without a bar at its side. " * 20)
    assert editor.document().textWidth() <= editor.viewport().width()
    assert editor.horizontalScrollBar().maximum() == 0


def test_the_journal_opens_at_what_one_can_read(window):
    with window.store.write() as session:
        written = journal.add_entry(session, day=DAY - timedelta(days=1), now=NOW, zone="UTC", text="Words").id
        for _ in range(3):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="")
    page = window.show_page("journal")
    assert page.desk.entry_id == written
    assert page.timeline.currentIndex().row() == 3


def test_the_list_says_words_without_their_marks(window):
    with window.store.write() as session:
        text = (
            "Call on [[Pricing memo]], [[Plan|the plan]]\n"
            "Met **Ana** about _pricing_, *again*: 2 * 3 * 4 in snake_case_name, [[Plan]]"
        )
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    page = window.show_page("journal")
    row = page.entries.describe(page.model.row(0), 0)
    assert row.title == "Call on Pricing memo, the plan"
    assert row.detail == "Met Ana about pricing, again: 2 * 3 * 4 in snake_case_name, Plan"
