"""Many entries at once, any day in words, a year at a glance, tags as a whole, through the window."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from app.core import indexing, items, journal, kinds, searches
from app.core.progress import go_on
from app.core.searches import SavedSearch
from app.ui.journal.giving import GiveTagDialog
from app.ui.kit.waiting import WaitDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    with window.store.write() as session:
        for ago, text in ((0, "Three #sales"), (1, "Two #sales"), (40, "One #web")):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=text)
    page = window.show_page("journal")
    page.open_item(page.model.ids[0])
    return page


def dialog_of(page):
    return next(dialog for dialog in page.findChildren(QDialog) if dialog.isVisible())


def select_all(qtbot, page):
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_A, CTRL)
    return page.selected_ids()


def rename_tag(qtbot, window, page, name):
    """The tag that the dialog begins with, from the keyboard."""
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    dialog.name.setText(name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.last is not None)
    dialog.reject()


def undo(window):
    window.messages._messages[-1].act()


def in_use(dialog):
    """What a screen reader says of the name in use, with its count."""
    return dialog.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)


def rows(window):
    with window.store.read() as session:
        return [(row.title, row.day) for row in journal.entry_rows(session, journal.entry_ids(session))]


def state(window):
    with window.store.read() as session:
        found = journal.entry_rows(session, journal.entry_ids(session))
        return [(row.title, row.day, row.at, row.private, sorted(row.tags)) for row in found]


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL | SHIFT])
def test_all_that_is_selected_goes_to_the_trash_and_comes_back(qtbot, window, page, modifiers):
    assert len(select_all(qtbot, page)) == 3
    qtbot.keyClick(page.timeline, Qt.Key.Key_Delete, modifiers)
    assert rows(window) == []
    assert "3 entries moved to the Trash." in window.messages.texts
    undo(window)
    assert len(rows(window)) == 3


@pytest.mark.parametrize(("gone", "below"), [([10], 11), ([10, 11, 12], 13), ([58, 59], 57)])
def test_after_entries_went_to_the_trash_one_goes_on_where_they_stood(qtbot, window, page, gone, below):
    with window.store.write() as session:
        for ago in range(3, 60):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=f"Note {ago}")
    qtbot.waitUntil(lambda: len(page.model.ids) == 60)
    stood = page.model.ids[below]
    page.open_item(page.model.ids[gone[0]])
    for _ in gone[1:]:
        qtbot.keyClick(page.timeline, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [page.model.ids.index(chosen) for chosen in page.selected_ids()] == gone
    qtbot.keyClick(page.timeline, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.model.ids) == 60 - len(gone))
    qtbot.waitUntil(lambda: page.desk.entry_id == stood)
    assert page.selected_ids() == [stood]


def test_keys_that_erase_words_while_one_writes_leave_the_entry_where_it_is(qtbot, window, page):
    before = rows(window)
    page.new_note()
    editor = page.desk.editor
    qtbot.keyClicks(editor, "one two three")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace, CTRL)
    assert editor.text() == "one two "
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Delete, CTRL)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text().strip() == "wo"
    assert page.flush()
    assert len(rows(window)) == len(before) + 1


def test_all_that_is_selected_is_tagged_and_untagged(qtbot, window, page):
    select_all(qtbot, page)
    qtbot.keyClick(page.timeline, Qt.Key.Key_T, CTRL)
    asking = page.findChild(GiveTagDialog)
    asking.name.setEditText("2 words")
    qtbot.keyClick(asking, Qt.Key.Key_Return, CTRL)
    assert "cannot be a tag" in asking.field.error
    asking.name.setEditText("plan")
    qtbot.keyClick(asking, Qt.Key.Key_Return, CTRL)
    with window.store.read() as session:
        assert dict(items.tag_counts(session))["plan"] == 3
    undo(window)
    with window.store.read() as session:
        assert "plan" not in dict(items.tag_counts(session))


def test_what_is_selected_stays_so_for_the_next_work_and_the_month_follows(qtbot, window, page):
    chosen = select_all(qtbot, page)
    page.many.tag(chosen, "plan")
    qtbot.waitUntil(lambda: all("plan" in page.model.row(place).tags for place in range(3)))
    assert page.selected_ids() == chosen
    page.many.move(page.selected_ids(), DAY - timedelta(days=40))
    qtbot.waitUntil(lambda: page.calendar.day == DAY - timedelta(days=40))
    assert page.selected_ids() == chosen
    undo(window)
    qtbot.waitUntil(lambda: page.calendar.day > DAY - timedelta(days=40))


def test_a_tag_that_was_given_stands_below_its_entry_and_goes_again(qtbot, window, page):
    page.many.tag([page.desk.entry_id], "quarter")
    given = page.desk.given_tags
    qtbot.waitUntil(lambda: given.texts() == ["#quarter"])
    link = given.findChildren(QPushButton)[-1]
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(given.isHidden)
    assert state(window)[0][4] == ["sales"]
    undo(window)
    qtbot.waitUntil(lambda: given.texts() == ["#quarter"])
    show, _ = given.offer(next(iter(given._names))).actions()
    show.trigger()
    assert page.search.text() == "tag:quarter"
    assert len(page.model.ids) == 1
    page.new_note()
    assert given.isHidden()


def test_the_selected_are_moved_to_a_day_said_in_words(qtbot, window, page):
    before = rows(window)
    page.many.ask_day(select_all(qtbot, page))
    dialog = dialog_of(page)
    assert (dialog.windowTitle(), dialog.primary.text()) == ("Move 3 entries to another day", "Move")
    qtbot.keyClicks(dialog.words, "3 weeks ago")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert {day for _, day in rows(window)} == {date(2026, 11, 2)}
    undo(window)
    assert rows(window) == before


def test_stars_are_given_and_taken_together(qtbot, window, page):
    ids = select_all(qtbot, page)
    page.many.mark(ids, "starred", value=True)
    with window.store.read() as session:
        assert all(journal.has_mark(session, item_id, "starred") for item_id in ids)
    undo(window)
    with window.store.read() as session:
        assert not any(journal.has_mark(session, item_id, "starred") for item_id in ids)


@pytest.mark.parametrize("what", ["mark", "tag", "move", "trash"])
def test_what_is_done_to_a_great_many_goes_on_in_the_background_and_back(qtbot, monkeypatch, window, page, what):
    monkeypatch.setattr("app.ui.journal.many.AT_ONCE", 1)
    ids, before = select_all(qtbot, page), state(window)
    {
        "mark": lambda: page.many.mark(ids, "private", value=True),
        "tag": lambda: page.many.tag(ids, "plan"),
        "move": lambda: page.many.move(ids, date(2026, 1, 5)),
        "trash": lambda: page.many.trash(ids),
    }[what]()
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert state(window) != before
    undo(window)
    qtbot.waitUntil(lambda: state(window) == before)


def test_a_move_of_a_great_many_is_cancelled_and_nothing_moved(qtbot, monkeypatch, window, page):
    monkeypatch.setattr("app.ui.journal.many.AT_ONCE", 1)
    monkeypatch.setattr("app.ui.kit.waiting.PATIENCE_MS", 0)
    going = threading.Event()

    def go_on_later(step, *where):
        going.wait(5)
        go_on(step, *where)

    monkeypatch.setattr("app.core.progress.go_on", go_on_later)
    before = state(window)
    page.many.move(select_all(qtbot, page), date(2026, 1, 5))
    qtbot.mouseClick(page.findChild(WaitDialog).findChild(QPushButton), Qt.MouseButton.LeftButton)
    going.set()
    qtbot.waitUntil(lambda: page.findChild(WaitDialog) is None)
    assert state(window) == before
    assert not window.messages.texts


@pytest.mark.parametrize(
    ("words", "day"),
    [("last monday", date(2026, 11, 16)), ("3 weeks ago", date(2026, 11, 2)), ("2019-05", date(2019, 5, 1))],
)
def test_any_day_is_reached_in_words(qtbot, window, page, words, day):
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.words, words)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert page.desk.writing.day == day


def test_what_is_no_day_keeps_the_dialog_waiting(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.words, "someday")
    assert not dialog.primary.isEnabled()


def test_a_day_of_the_year_is_picked_by_keyboard(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL | SHIFT)
    dialog = dialog_of(page)
    grid = dialog.year.grid
    assert grid.marks[DAY].much == 1
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert page.desk.editor.text() == "Two #sales"


def test_month_and_year_show_the_mood_and_say_what_a_day_has(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.calendar.grid.curves == {DAY: 0.5})
    assert page.calendar.grid.notes[DAY] == "1 entry, 2 words, mood 4 of 5"
    assert page.calendar.grid.notes[DAY - timedelta(days=1)] == "1 entry, 2 words"
    grid = page.calendar.grid
    seen = grid.grab().toImage()
    grid.curves = {DAY: -1.0}
    assert grid.grab().toImage() != seen
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL | SHIFT)
    year = dialog_of(page).year.grid
    assert (year.marks[DAY].bend, year.marks[DAY - timedelta(days=1)].bend) == (0.5, None)
    assert year.marks[DAY].note == "1 entry, 2 words, mood 4 of 5"


def test_a_day_of_the_year_is_picked_by_click(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL | SHIFT)
    dialog = dialog_of(page)
    grid = dialog.year.grid
    place = grid.place_of(DAY - timedelta(days=40)).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert page.desk.editor.text() == "One #web"


def test_a_tag_is_renamed_everywhere_and_the_rename_taken_back(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    assert dialog.preview.text() == "2 entries carry it, all of them in the text."
    dialog.name.setText("revenue")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(window)[0][0] == "Three #revenue")
    qtbot.waitUntil(lambda: dialog.done_line.isVisible())
    assert dialog.list.currentItem().text().startswith("#revenue")
    dialog.reject()
    assert window.messages.texts == ["#sales is called #revenue now."]
    next(made for made in window.menus.actions() if made.shortcut().toString() == "F6").trigger()
    qtbot.waitUntil(lambda: [title for title, _ in rows(window)][:2] == ["Three #sales", "Two #sales"])


def test_searches_follow_a_tag_that_is_renamed_and_come_back_with_it(qtbot, window, page):
    def kept():
        with page._store.read() as session:
            return {each.name: each.text for each in searches.saved_searches(session)}

    with page._store.write() as session:
        searches.keep_search(session, SavedSearch("Sales", "two OR -tag:Sales #sales"))
        searches.keep_search(session, SavedSearch("Other", "tag:web sales tag:sales-kit"))
    page.search_for("tag:sales")
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    dialog.sought.setText("sales")
    assert dialog.preview.text().endswith("Kept searches that ask for it: Sales.")
    dialog.name.setText("revenue/")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.said.text() == "#sales is called #revenue now.")
    assert kept() == {"Sales": "two OR -tag:revenue #revenue", "Other": "tag:web sales tag:sales-kit"}
    assert page.search.text() == "tag:revenue"
    qtbot.waitUntil(lambda: len(page.model.ids) == 2)
    qtbot.keyClick(dialog, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: dialog.done_line.said.text() == "Taken back.")
    assert kept()["Sales"] == "two OR -tag:Sales #sales"
    assert page.search.text() == "tag:sales"
    qtbot.waitUntil(lambda: len(page.model.ids) == 2)


def test_a_merge_is_told_by_the_name_that_stays(qtbot, window, page):
    page.desk.editor.set_text("Three #sales #Web")
    assert page.flush()
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    stays = next(row.name for row in dialog._rows if row.name.casefold() == "web")
    dialog.name.setText("WEB")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.said.text() == f"#sales and #{stays} are one now.")
    assert rows(window)[1][0] == f"Two #{stays}"


def test_enter_deletes_and_takes_back_where_the_keyboard_is_and_it_stays_in_sight(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    dialog.sought.setText("sales")
    dialog.away.setFocus()
    qtbot.keyClick(dialog.away, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.isVisible())
    assert rows(window)[0][0] == "Three sales"
    assert dialog.focusWidget() is dialog.sought
    dialog.done_line.undo.setFocus()
    qtbot.keyClick(dialog.done_line.undo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.said.text() == "Taken back.")
    assert rows(window)[0][0] == "Three #sales"


def test_who_seeks_a_tag_chooses_by_up_and_down(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    first, second = dialog._rows[0].name, dialog._rows[1].name
    qtbot.keyClick(dialog.sought, Qt.Key.Key_Down)
    assert (dialog.name.text(), dialog.focusWidget()) == (second, dialog.sought)
    qtbot.keyClick(dialog.sought, Qt.Key.Key_Up)
    assert dialog.name.text() == first
    dialog.reject()


def test_what_is_done_in_the_dialog_of_tags_is_taken_back_there_the_last_first(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    before = [title for title, _ in rows(window)]
    dialog.name.setText("revenue")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.isVisible())
    qtbot.mouseClick(dialog.away, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no longer a tag" in dialog.done_line.said.text())
    assert rows(window)[0][0] == "Three revenue"
    qtbot.mouseClick(dialog.done_line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.done_line.said.text() == "#sales is called #revenue now.")
    assert rows(window)[0][0] == "Three #revenue"
    qtbot.mouseClick(dialog.done_line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.done_line.undo.isHidden())
    assert [title for title, _ in rows(window)] == before
    dialog.reject()
    assert window.messages.texts == []


def test_a_message_waits_for_the_dialog_before_it(qtbot, window, page):
    window.announce("Moved to the Trash.", lambda: None)
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    message = window.messages._messages[-1]
    message._going.timeout.emit()
    assert window.messages.texts == ["Moved to the Trash."]
    dialog.reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    message._going.timeout.emit()
    assert window.messages.texts == []


def test_a_tag_of_many_texts_is_found_under_its_new_name_by_word(qtbot, window, page):
    with window.store.write() as session:
        for ago in range(indexing.WORTH_A_WAIT):
            journal.add_entry(
                session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=f"Note {ago} #sales"
            )
    rename_tag(qtbot, window, page, "revenue")
    qtbot.keyClicks(page.search, "revenue")
    qtbot.waitUntil(lambda: len(page.model.ids) == indexing.WORTH_A_WAIT + 2)


def test_texts_edited_since_a_rename_keep_their_words_when_it_is_taken_back(qtbot, window, page):
    rename_tag(qtbot, window, page, "revenue")
    with window.store.write() as session:
        newest = journal.entry_ids(session)[0]
        journal.edit_text(session, newest, "Four #revenue", rev=journal.entry(session, newest).rev, now=NOW)
    undo(window)
    qtbot.waitUntil(lambda: "Texts edited since, which stay as they are: 1." in window.messages.texts)
    assert [title for title, _ in rows(window)][:2] == ["Four #revenue", "Two #sales"]


def test_merging_says_so_before_it_is_done(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    dialog.name.setText("web")
    assert dialog.primary.text() == "Merge"
    assert "become one" in dialog.preview.text()
    dialog.name.setText("1st")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.field.error))
    dialog.reject()


def test_tags_that_were_found_and_merged_stay_in_sight_and_the_keyboard_stays(qtbot, window, page):
    before = [title for title, _ in rows(window)]
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    qtbot.keyClicks(dialog.sought, "sal")
    dialog.name.setFocus()
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "web")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_line.isVisible())
    assert dialog.done_line.said.text() == "#sales and #web are one now."
    assert in_use(dialog) == "#web, 3"
    assert dialog.name.hasFocus()
    qtbot.mouseClick(dialog.done_line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.done_line.undo.isHidden())
    assert [title for title, _ in rows(window)] == before
    dialog.reject()


def test_of_a_great_many_tags_those_that_fit_are_listed(qtbot, window, page):
    with window.store.write() as session:
        text = " ".join(f"#topic-{number}" for number in range(400))
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    dialog = dialog_of(page)
    assert dialog.list.count() == 301
    assert dialog.list.item(300).text() == "102 more: type to find one"
    qtbot.keyClicks(dialog.sought, "topic-399")
    assert [dialog.list.item(place).text() for place in range(dialog.list.count())] == ["#topic-399"]
    assert dialog.preview.text() == "One entry carries it, in its text."
    dialog.sought.clear()
    assert in_use(dialog) == "#topic-399, 1"
    dialog.reject()


def test_an_entry_that_begins_comes_into_sight_with_its_day(qtbot, window, page):
    with window.store.write() as session:
        for ago in range(2, 60):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=f"Note {ago}")
    qtbot.waitUntil(lambda: len(page.model.ids) == 61)
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    assert page.calendar.day < DAY
    qtbot.keyClick(page.timeline, Qt.Key.Key_N, CTRL)
    assert page.calendar.day == DAY
    qtbot.keyClicks(page.desk.editor, "Begun now")
    assert page.flush()
    qtbot.waitUntil(lambda: page.model.row(0) is not None and page.model.row(0).title == "Begun now")
    assert page.timeline.currentIndex().row() == 0
    assert (
        page.timeline.viewport().rect().contains(page.timeline.visualRect(page.timeline.currentIndex()).center())
    )


def test_people_are_renamed_merged_and_taken_away_with_a_way_back(qtbot, window, page):
    with window.store.write() as session:
        for name in ("Anabel Lima", "Ana Souza"):
            kinds.person_named(session, name, now=NOW)
        kinds.person_named(session, "Ana Abel", now=NOW)
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="With @Anabel-Lima")
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL | SHIFT)
    dialog = dialog_of(page)
    assert dialog.preview.text() == "Conversations with Anabel Lima: 0. Texts that say @Anabel-Lima: 1."
    dialog.name.setText("ana souza")
    assert dialog.primary.text() == "Merge"
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    assert in_use(dialog) == "Ana Souza, 1"
    assert "With @Ana-Souza" in [row[0] for row in rows(window)]
    assert dialog.done_line.said.text() == "Anabel Lima and Ana Souza are one now."
    qtbot.mouseClick(dialog.done_line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.list.count() == 3)
    assert "With @Anabel-Lima" in [row[0] for row in rows(window)]
    qtbot.keyClicks(dialog.sought, "souza")
    qtbot.mouseClick(dialog.away, Qt.MouseButton.LeftButton)
    assert dialog.preview.text() == "Nobody is called so."
    dialog.reject()
    assert window.messages.texts[-1] == "Ana Souza lies in the Trash; what was written of them stays."


def test_the_list_of_a_long_journal_follows_when_there_is_a_breath(qtbot, monkeypatch, window, page):
    monkeypatch.setattr("app.ui.journal.page.LONG", 2)
    page.breath.later.setInterval(30)
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: page.model.row(0).starred)
    assert not page.breath.typing.isActive()
    page.new_note()
    qtbot.keyClicks(page.desk.editor, "Begun now")
    assert page.flush()
    qtbot.waitUntil(lambda: page.breath.later.isActive())
    assert len(page.model.ids) == 3
    qtbot.waitUntil(lambda: len(page.model.ids) == 4)


def test_the_search_finds_what_is_typed_once_one_pauses(qtbot, window, page):
    page.search.setText("pricing")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    page.open_item(page.model.ids[0])
    qtbot.keyClicks(page.desk.editor, " about pricing")
    page.search.setText("pricing")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=10_000)
