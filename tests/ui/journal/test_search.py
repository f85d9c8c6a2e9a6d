"""The search box, its chips and explanations, matches in an entry and kept searches, through the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton

from app.core import items, journal, kinds, searches
from app.core.searches import SavedSearch
from app.ui.journal.keeping import KeepSearchDialog
from app.ui.kit import background
from app.ui.palette import Palette
from tests.conftest import NOW
from tests.core.test_search import HOSTILE

DAY = date(2026, 11, 23)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    with window.store.write() as session:
        for ago, kind, text in (
            (0, "note", "Pricing call with Ana #sales"),
            (1, "win", "Pricing page pays #web"),
            (2, "note", "A walk. Pricing? pricing. PRICING!"),
        ):
            new = kinds.class_of(kind)(day=DAY - timedelta(days=ago), zone="UTC")
            journal.file_entry(session, new, text=text, now=NOW)
    return window.show_page("journal")


def titles(page):
    return [page.model.row(place).title for place in range(len(page.model.ids))]


def test_operators_narrow_the_list_and_say_so(qtbot, page):
    qtbot.keyClicks(page.search, "pricing kind:win ")
    assert titles(page) == ["Pricing page pays #web"]
    assert page.box.chips() == ["kind:win"]
    assert page.box.meaning.text() == "Entries with “pricing” and of kind Win."


def test_a_chip_takes_its_operator_out(qtbot, page):
    qtbot.keyClicks(page.search, "tag:sales pricing")
    assert len(titles(page)) == 1
    chip = page.box._flow.itemAt(0).widget()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.search.text() == "pricing"
    assert len(titles(page)) == 3


def test_chips_are_taken_out_by_keyboard_one_after_the_other(qtbot, page):
    page.box.set_text("tag:sales is:starred pricing")
    page.box._flow.itemAt(0).widget().setFocus()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    assert page.search.text() == "is:starred pricing"
    assert page.window().focusWidget() is page.box._flow.itemAt(0).widget()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Space)
    assert page.search.text() == "pricing"
    assert page.window().focusWidget() is page.search


def test_chips_are_the_next_after_the_search_in_their_order(qtbot, window, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "kind:win is:starred ")
    qtbot.waitUntil(page.box._flow.itemAt(1).widget().isVisible)
    for place in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is page.box._flow.itemAt(place).widget()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert page.calendar.isAncestorOf(window.focusWidget())


def test_the_menu_of_filters_says_which_are_on_and_takes_them_out(qtbot, page):
    page.box.set_text("kind:win tag:web")
    menu = page.box.offer_filters()
    on = [
        made.text()
        for inner in menu.actions()
        for made in (inner.menu().actions() if inner.menu() else [inner])
        if made.isChecked()
    ]
    assert on == ["Win", "#web"]
    next(made for made in menu.actions()[1].menu().actions() if made.text() == "#web").trigger()
    assert page.box.chips() == ["kind:win"]
    menu.close()


def test_after_a_search_the_list_stands_where_the_entry_is(qtbot, window, page):
    with window.store.write() as session:
        for ago in range(3, 80):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=f"Note {ago}")
    qtbot.waitUntil(lambda: len(page.model.ids) == 80)
    qtbot.keyClicks(page.search, "note 70")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Home)
    assert page.desk.editor.text() == "Note 70"
    page.search.clear()
    row = page.timeline.visualRect(page.model.index(page.model.row_of(page.desk.entry_id)))
    assert page.timeline.viewport().rect().contains(row.center())


def test_what_cannot_be_understood_is_said_under_the_box(qtbot, page):
    qtbot.keyClicks(page.search, "mood:9 pricing")
    assert "1 to 5" in page.box.meaning.text()
    assert len(titles(page)) == 3


def test_operators_and_their_values_are_completed_by_keyboard(qtbot, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "kin")
    popup = page.box.offers.popup
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert page.search.text() == "kind:"
    qtbot.keyClicks(page.search, "wi")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert page.search.text() == "kind:win "
    assert titles(page) == ["Pricing page pays #web"]
    assert page.search.hasFocus()


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("ta", "tag:sales"), ("ki", "kind:note"), ("fr", "from:today"), ("to", "to:today"), ("on", "on:today"),
        ("mo", "mood:1"), ("en", "energy:1"), ("ha", "has:tag"), ("in", "in:journal"), ("is", "is:starred"),
        ("li", 'link:"Pricing call with Ana #sales"'),
    ],
)  # fmt: skip
def test_every_operator_is_completed_by_tab_and_by_click(qtbot, page, typed, taken):
    page.search.setFocus()
    qtbot.keyClicks(page.search, f"-{typed}")
    popup = page.box.offers.popup
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert page.search.text() == f"-{taken.partition(':')[0]}:"
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert page.search.text() == f"-{taken} "
    assert page.search.hasFocus()
    page.search.clear()
    qtbot.keyClicks(page.search, typed)
    for _ in range(2):
        place = popup.visualRect(popup.model().index(0, 0)).center()
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.search.text() == f"{taken} "
    assert page.box.chips() == [taken]
    assert page.search.hasFocus()


def test_a_tag_is_completed_as_it_is_written(qtbot, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "#sa")
    assert page.box.meaning.text() == "Entries tagged #sa…."
    qtbot.keyClick(page.box.offers.popup, Qt.Key.Key_Tab)
    assert page.search.text() == "#sales "
    assert page.box.chips() == ["#sales"]
    assert titles(page) == ["Pricing call with Ana #sales"]


def test_return_leads_from_the_search_to_what_it_found(qtbot, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "kind:wi")
    assert page.box.offers.popup.isVisible()
    qtbot.keyClick(page.box.offers.popup, Qt.Key.Key_Return)
    qtbot.waitUntil(page.timeline.hasFocus)


def test_the_filter_menu_opens_by_key_and_writes_operators(qtbot, page):
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    page.box.toggle("is:starred")
    assert page.search.text().strip() == "is:starred"
    page.box.toggle("is:starred")
    assert page.search.text() == ""


def test_the_best_match_comes_first_when_asked_for(qtbot, page):
    qtbot.keyClicks(page.search, "pricing")
    page.box.order(True)
    qtbot.waitUntil(lambda: titles(page)[0].startswith("A walk"))


def test_escape_ends_the_search(qtbot, page):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "zebra ")
    assert titles(page) == []
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(titles(page)) == 3


def test_f3_walks_through_the_matches_of_an_entry(qtbot, window, page):
    qtbot.keyClicks(page.search, "pricing walk")
    page.open_item(page.model.ids[0])
    assert page.desk.matches.count.text() == "4 matches"
    editor = page.desk.editor
    seen = []
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F3)
        seen.append(editor.textCursor().selectionStart())
    assert seen == [2, 8, 17, 26, 2]
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    assert page.desk.matches.count.text() == "4 of 4"
    page.search.clear()
    assert not page.desk.matches.isVisible()


def test_f3_walks_through_the_fields_above_the_text_too(qtbot, window, page):
    with window.store.write() as session:
        new = kinds.class_of("win")(day=DAY, zone="UTC", change="🙂 Pricing won", before="No pricing at all")
        entry = journal.file_entry(session, new, text="It was the pricing page", now=NOW).id
    qtbot.keyClicks(page.search, "pricing")
    page.open_item(entry)
    qtbot.waitUntil(page.desk.matches.isVisible)
    assert page.desk.matches.count.text() == "3 matches"
    seen = []
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F3, Qt.Key.Key_F3, Qt.Key.Key_F3):
        qtbot.keyClick(window, key)
        at = window.focusWidget()
        said = at.textCursor().selectedText() if hasattr(at, "textCursor") else at.selectedText()
        seen.append((page.desk.matches.count.text(), said))
    assert seen == [("1 of 3", "Pricing"), ("2 of 3", "pricing"), ("3 of 3", "pricing"), ("1 of 3", "Pricing")]
    assert page.desk.form.fields["change"].control.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    assert page.desk.editor.hasFocus()
    assert page.desk.matches.count.text() == "3 of 3"
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    assert page.desk.form.fields["before"].control.selectedText() == "pricing"


def test_the_matches_of_a_very_long_entry_are_found_in_a_pause(qtbot, window, page):
    with window.store.write() as session:
        text = "Zeppelin\n" + "Wörter über Wörter\n" * 6_000 + "zeppelin"
        made = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    page.open_item(made.id)
    qtbot.keyClicks(page.search, "zeppelin")
    qtbot.waitUntil(lambda: page.desk.matches.count.text() == "2 matches")
    page.search.setText("zeppeli -nothing")
    page.search.clear()
    qtbot.wait(400)
    assert not page.desk.matches.isVisible()


def test_a_search_is_kept_asked_again_renamed_and_dropped(qtbot, window, page):
    qtbot.keyClicks(page.search, "tag:web")
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    qtbot.keyClicks(dialog.name, "Web wins")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "search:Web wins" in window.rail.entries)
    page.search.clear()
    window.show_page("today")
    qtbot.mouseClick(window.rail.entries["search:Web wins"], Qt.MouseButton.LeftButton)
    assert window.preferred_page == "journal"
    assert titles(page) == ["Pricing page pays #web"]
    qtbot.keyClick(window.rail.entries["search:Web wins"], Qt.Key.Key_F2)
    dialog = window.findChild(KeepSearchDialog)
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "On the web")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "search:On the web" in window.rail.entries)
    qtbot.keyClick(window.rail.entries["search:On the web"], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "search:On the web" not in window.rail.entries)
    window.messages._messages[-1].act()
    with window.store.read() as session:
        assert searches.saved_searches(session) == [SavedSearch("On the web", "tag:web")]


def test_the_keyboard_stays_in_sight_when_the_last_kept_search_is_dropped_and_brought_back(qtbot, window, page):
    keep_many(qtbot, window, 1)
    entry = window.rail.entries["search:No. 0"]
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "search:No. 0" not in window.rail.entries)
    assert window.focusWidget() is window.rail.entries["journal"]
    undo = window.messages._messages[-1].findChild(QPushButton)
    undo.setFocus()
    qtbot.keyClick(undo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "search:No. 0" in window.rail.entries)
    assert window.focusWidget() is window.rail.entries["journal"]


def test_nothing_is_no_search_to_be_kept(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    assert page.findChild(KeepSearchDialog) is None
    assert "Search for something first" in window.messages.texts[-1]


def kept(window):
    with window.store.read() as session:
        return [held.name for held in searches.saved_searches(session)]


def keep_many(qtbot, window, count=searches.MOST):
    with window.store.write() as session:
        searches.put_searches(session, [SavedSearch(f"No. {number}", f"word{number}") for number in range(count)])
    qtbot.waitUntil(lambda: f"search:No. {count - 1}" in window.rail.entries)


def test_many_kept_searches_scroll_and_leave_the_window_as_low_as_it_was(qtbot, window, page):
    before = window.minimumSizeHint().height()
    keep_many(qtbot, window)
    assert window.minimumSizeHint().height() == before
    first, last = window.rail.entries["search:No. 0"], window.rail.entries[f"search:No. {searches.MOST - 1}"]
    qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty() and last.visibleRegion().isEmpty())
    first.setFocus()
    for _ in range(searches.MOST):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert window.focusWidget() is last
    assert not last.visibleRegion().isEmpty()
    qtbot.keyClick(last, Qt.Key.Key_Space)
    assert page.search.text() == f"word{searches.MOST - 1}"


def test_kept_searches_are_moved_by_keyboard_and_keep_it(qtbot, window, page):
    keep_many(qtbot, window, 3)
    alt = Qt.KeyboardModifier.AltModifier
    window.rail.entries["search:No. 0"].setFocus()
    for _ in range(3):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down, alt)
    assert kept(window) == ["No. 1", "No. 2", "No. 0"]
    menu = next(made.menu() for made in window.menus._go.actions() if made.text() == "Kept searches")
    qtbot.waitUntil(lambda: [made.text() for made in menu.actions()] == ["No. 1", "No. 2", "No. 0"])
    assert window.focusWidget().text() == "No. 0"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up, alt)
    qtbot.waitUntil(lambda: [made.text() for made in menu.actions()] == ["No. 1", "No. 0", "No. 2"])
    menu.actions()[2].trigger()
    assert page.search.text() == "word2"


def test_searches_dropped_one_after_the_other_come_back_together(qtbot, window, page):
    keep_many(qtbot, window, 4)
    window.rail.entries["search:No. 1"].setFocus()
    for name in ("No. 1", "No. 2"):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda name=name: f"search:{name}" not in window.rail.entries)
    assert window.messages.texts == ["“No. 1”, “No. 2” are no longer kept."]
    window.undo()
    assert kept(window) == ["No. 0", "No. 1", "No. 2", "No. 3"]
    qtbot.waitUntil(lambda: "search:No. 2" in window.rail.entries)
    window.rail.entries["search:No. 3"].setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert window.messages.texts == ["“No. 3” is no longer kept."]
    window.undo()
    assert kept(window) == ["No. 0", "No. 1", "No. 2", "No. 3"]


def test_a_name_that_is_taken_replaces_no_other_search_by_chance(qtbot, window, page):
    keep_many(qtbot, window, 3)
    qtbot.keyClick(window.rail.entries["search:No. 2"], Qt.Key.Key_F2)
    dialog = window.findChild(KeepSearchDialog)
    dialog.name.setText("no. 0")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert "Another search" in dialog.field.error
    dialog.reject()
    assert kept(window) == ["No. 0", "No. 1", "No. 2"]
    page.search.setText("pricing")
    page.commands.keep_search()
    dialog = page.findChild(KeepSearchDialog)
    qtbot.keyClicks(dialog.name, "no. 1")
    assert "word1" in dialog.field._line.text()
    assert dialog.primary.text() == "Replace"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    with window.store.read() as session:
        assert searches.saved_searches(session)[1] == SavedSearch("no. 1", "pricing")


def test_the_best_match_is_found_for_what_was_typed_last(qtbot, window, page):
    page.box.order(True)
    qtbot.keyClicks(page.search, "pri")
    qtbot.keyClicks(page.search, "cing")
    qtbot.waitUntil(lambda: not background.is_busy())
    with window.store.read() as session:
        wanted = journal.entry_ids(session, matching="pricing", best_first=True)
    assert list(page.model.ids) == wanted
    assert not page.finding.is_busy


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("産品経理", "今日は産品経理と話した。"),
        ("品経", "今日は産品経理と話した。"),
        ("cafe naive", "Café, naïve"),
        ("CAFÉ", "Café, naïve"),
        ("مرحبا", "مرحبا بالعالم"),
        ("👍", "Shipped 👍"),
    ],
)
def test_every_script_is_found_and_its_match_is_marked(qtbot, window, page, typed, text):
    with window.store.write() as session:
        for said in ("今日は産品経理と話した。", "Café, naïve", "مرحبا بالعالم", "Shipped 👍"):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=said)
    composed = QInputMethodEvent()
    composed.setCommitString(typed)
    QApplication.sendEvent(page.search, composed)
    qtbot.waitUntil(lambda: titles(page) == [text])
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Down)
    assert page.desk.editor.text() == text
    assert page.desk.matches.isVisible()


def test_whatever_is_typed_is_a_search_and_no_error(qtbot, window, page):
    for typed in HOSTILE:
        page.box.set_text(typed)
        qtbot.wait(1)
        assert page.column.count.text(), typed
        assert page.box.meaning.isVisible() or typed.strip("\x1f\u0301").isalnum() or typed.isspace(), typed
        assert not any(word in page.box.meaning.text() for word in ("fts5", "syntax", "error")), typed
    assert not window.messages.texts
    page.box.set_text("")
    assert len(titles(page)) == 3


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("ana OR web ", [0, 1]),
        ("pricing AND web ", [1]),
        ("pricing NOT (ana OR web) ", [2]),
        ("-web pricing ", [0, 2]),
        ("pric* ", [0, 1, 2]),
        ("pric ", []),
        ('"pricing page"', [1]),
        ('"page pricing"', []),
    ],
)
def test_words_are_joined_left_out_begun_and_kept_together(qtbot, page, typed, places):
    every = titles(page)
    qtbot.keyClicks(page.search, typed)
    assert titles(page) == [every[place] for place in places]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"', "Nothing to look for yet: every entry is listed."),
        ("(((( ", "Nothing to look for yet: every entry is listed."),
        ('"pricing call"', "Entries with “pricing call”."),
        ("pricing + call", "Entries with “pricing” and with “call…”."),
        ("pricing call", ""),
        ("date:>", "Entries with “date…”.\n“date:>”: No operator is called “date:”, so its words are looked for."),
        ("mood:9", "“mood:9”: Say a number from 1 to 5, such as 4, >3 or 2-4."),
    ],
)
def test_what_is_typed_is_explained_in_plain_words(qtbot, page, typed, said):
    qtbot.keyClicks(page.search, typed)
    assert page.box.meaning.text().startswith(said)
    assert page.box.meaning.isVisible() == bool(said)


def test_hostile_words_are_found_from_the_palette_and_kept(qtbot, window, page):
    for place, typed in enumerate(HOSTILE):
        window.show_page("today")
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
        palette = window.findChild(Palette)
        palette.field.setText(typed)
        qtbot.keyClick(palette.field, Qt.Key.Key_Up)
        if not typed.strip():
            qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
            continue
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        assert page.search.text(), typed
        if page.box.query.node is not None:
            page.box.keep_wanted.emit()
            dialog = window.findChild(KeepSearchDialog)
            assert dialog.width() < 700
            qtbot.keyClicks(dialog.name, f"Asked {place}")
            qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
            asked, name = page.search.text().strip(), f"search:Asked {place}"
            page.search.clear()
            qtbot.waitUntil(lambda name=name: name in window.rail.entries)
            entry = window.rail.entries[name]
            qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
            assert page.search.text() == asked
            assert len(entry.toolTip()) < 300
            qtbot.waitUntil(lambda: window.findChild(KeepSearchDialog) is None)
            with window.store.write() as session:
                searches.put_searches(session, [])
    qtbot.waitUntil(lambda: not background.is_busy())
    assert not window.messages.texts


def test_entries_linked_with_something_are_found_by_menu_and_by_keyboard(qtbot, window, page):
    with window.store.write() as session:
        kinds.person_named(session, "Ana Lima", now=NOW)
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Lunch with @Ana-Lima")
    page.box.offer_filters()
    menu = next(menu for menu in page.box.findChildren(QMenu) if menu.title() == "Linked with")
    next(made for made in menu.actions() if made.text() == "Ana Lima").trigger()
    assert titles(page) == ["Lunch with @Ana-Lima"]
    assert page.box.chips() == ['link:"Ana Lima"']
    assert page.box.meaning.text() == "Entries linked with “Ana Lima”."
    page.box.field.clear()
    page.search.setFocus()
    qtbot.keyClicks(page.search, "link:lim")
    qtbot.keyClick(page.box.offers.popup, Qt.Key.Key_Down)
    qtbot.keyClick(page.box.offers.popup, Qt.Key.Key_Return)
    assert page.search.text().strip() == 'link:"Ana Lima"'
    assert titles(page) == ["Lunch with @Ana-Lima"]


def test_a_search_by_link_without_words_says_what_is_missing(qtbot, page):
    qtbot.keyClicks(page.search, "link:- pricing")
    assert "words of a title" in page.box.meaning.text()
    assert len(titles(page)) == 3


def test_the_month_gives_way_to_a_search_of_many_lines(qtbot, window, page):
    window.resize(900, 700)
    qtbot.waitUntil(page.calendar.isVisible)
    page.search.setText('plague tag:x from:1665 to:1666-05 -kind:decision "my wife" mood:>3')
    qtbot.waitUntil(lambda: not page.calendar.isVisible())
    chips = [page.box._flow.itemAt(place).widget() for place in range(page.box._flow.count())]
    qtbot.waitUntil(lambda: all(chip.visibleRegion().boundingRect().size() == chip.size() for chip in chips))
    page.search.clear()
    qtbot.waitUntil(page.calendar.isVisible)


def test_matches_in_the_entry_leave_the_list_as_wide_as_it_was(qtbot, window, page):
    window.resize(900, 700)
    page.open_item(page.model.ids[-1])
    qtbot.wait(50)
    before = page.entries.width()
    qtbot.keyClicks(page.search, "pricing")
    qtbot.waitUntil(page.desk.matches.isVisible)
    qtbot.wait(50)
    assert page.entries.width() == before


@pytest.mark.parametrize(
    "typed", ['link:"' + "A very long title " * 9 + '"', '"' + "a" * 3000 + '"', "tag:" + "a" * 300]
)
def test_a_long_operator_leaves_the_list_as_wide_as_it_was(qtbot, window, page, typed):
    before, least = page.entries.width(), window.minimumSizeHint().width()
    page.search.setText(typed)
    qtbot.wait(50)
    assert page.entries.width() == before
    assert window.minimumSizeHint().width() == least
    for place in range(page.box._flow.count()):
        chip = page.box._flow.itemAt(place).widget()
        assert chip.width() <= page.search.width()
        assert chip.accessibleName() in chip.toolTip()


def test_the_place_among_the_matches_stays_while_the_list_is_read_anew(qtbot, window, page):
    qtbot.keyClicks(page.search, "pricing")
    page.open_item(page.model.ids[-1])
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert page.desk.matches.count.text() == "2 of 3"
    with window.store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Something else")
    qtbot.wait(50)
    assert page.desk.matches.count.text() == "2 of 3"
    page.open_item(page.model.ids[0])
    assert "of" not in page.desk.matches.count.text()


def test_what_lies_in_the_trash_is_read_there_and_comes_back(qtbot, window, page):
    first, *_, last = page.model.ids
    with window.store.write() as session:
        items.trash(session, [last], now=NOW)
    page.open_item(first)
    qtbot.keyClicks(page.search, "in:trash pricing")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.desk.editor.text().startswith("A walk")
    assert page.desk.head.subheading.text() == "In the Trash"
    assert not page.desk.isEnabled()
    assert page.selected_ids() == [last]
    qtbot.keyClick(page.timeline, Qt.Key.Key_Delete)
    assert titles(page) == ["A walk. Pricing? pricing. PRICING!"]
    next(made for made in window.menus.actions() if made.shortcut().toString() == "F6").trigger()
    assert (page.search.text(), page.desk.entry_id) == ("", last)
    assert page.desk.isEnabled()
    assert len(titles(page)) == 3
