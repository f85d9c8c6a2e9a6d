"""Getting about in the window: the palette, the search from anywhere, back and forward."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import people, roadmap
from app.core.people import PersonDraft
from app.core.roadmap import StepDraft
from app.ui.kit.editor import comfort
from app.ui.kit.editor.ownwords import OwnWordsDialog
from tests.ui.test_window import DAY, NOW, add


def test_the_palette_finds_commands_and_items(qtbot, window):
    (entry,) = add(window.store, "Quarterly narrative")
    window.commands.show_palette()
    palette = window.commands.palette
    qtbot.keyClicks(palette.field, "narrat")
    assert "Quarterly narrative" in [find.text for find in palette.model.finds]
    place = [find.text for find in palette.model.finds].index("Quarterly narrative")
    palette.list.setCurrentIndex(palette.model.index(place))
    qtbot.keyPress(palette.field, Qt.Key.Key_Return)
    assert window.pages["journal"].desk.entry_id == entry
    window.commands.show_palette()
    qtbot.keyClicks(palette.field, "go skills")
    assert palette.model.finds[0].text == "Skills"
    qtbot.keyPress(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_begins_any_kind_of_entry_from_any_page(qtbot, window):
    window.show_page("insights")
    window.commands.show_palette()
    palette = window.commands.palette
    qtbot.keyClicks(palette.field, "decis")
    assert palette.model.finds[0].text == "New decision"
    qtbot.keyPress(palette.field, Qt.Key.Key_Return)
    assert window.preferred_page == "journal"
    assert window.pages["journal"].desk.head.kind_button.text().strip() == "Decision"
    window.commands.show_palette()
    qtbot.keyClicks(palette.field, "decis")
    assert [find.text for find in palette.model.finds].count("New decision") == 1


def test_the_palette_finds_what_lies_deep_in_a_menu(qtbot, window):
    window.show_page("journal")
    window.commands.show_palette()
    palette = window.commands.palette
    qtbot.keyClicks(palette.field, "dictionary")
    assert palette.model.finds[0].text == "Add a dictionary"
    palette.field.clear()
    qtbot.keyClicks(palette.field, "own words")
    qtbot.keyPress(palette.field, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OwnWordsDialog)
    qtbot.keyClicks(dialog.words, "telehealthy")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert comfort().words == ["telehealthy"]


def test_words_that_nothing_is_called_are_searched_for(qtbot, window):
    window.commands.show_palette()
    palette = window.commands.palette
    qtbot.keyClicks(palette.field, "zzqx")
    assert [find.text for find in palette.model.finds] == ["Search the journal for “zzqx”"]
    qtbot.keyPress(palette.field, Qt.Key.Key_Return)
    assert window.pages["journal"].search.text() == "zzqx"


def test_ctrl_f_searches_the_journal_from_a_page_without_a_search(qtbot, window):
    window.show_page("insights")
    [find] = [made for made in window.menus.actions() if made.text() == "Search the journal"]
    assert find.shortcut().toString() == "Ctrl+F"
    find.trigger()
    assert window.focusWidget() is window.pages["journal"].search
    window.show_page("objectives")
    assert find.shortcut().isEmpty()


def test_back_and_forward_follow_the_links_as_in_a_browser(qtbot, window):
    first, second = add(window.store, "The first", day=DAY - timedelta(days=400)) + add(window.store, "The second")
    assert not window.trail.back.isEnabled()
    window.open_item(first)
    window.open_item(second)
    page = window.pages["journal"]
    assert page.desk.entry_id == second
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_Left, alt)
    assert page.desk.entry_id == first
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.BackButton, pos=page.rect().center())
    assert window.preferred_page == "today"
    assert not window.trail.back.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Right, alt)
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.ForwardButton, pos=page.rect().center())
    assert page.desk.entry_id == second
    assert not window.trail.ahead.isEnabled()


def test_back_leads_out_of_a_search_and_forward_into_it(qtbot, window):
    (first,) = add(window.store, "The first")
    window.open_item(first)
    page = window.pages["journal"]
    window.search_journal("nothing such")
    window.trail.back.trigger()
    assert (page.desk.entry_id, page.search.text()) == (first, "")
    window.trail.ahead.trigger()
    assert page.search.text() == "nothing such"
    window.trail.back.trigger()
    window.trail.back.trigger()
    assert window.preferred_page == "today"


def test_back_leads_to_the_step_and_to_the_person_one_came_from(qtbot, window):
    with window.store.write() as session:
        course, talk = (
            roadmap.add_step(session, StepDraft(title=title), now=NOW).id for title in ("A course", "A talk")
        )
        priya = people.add_person(session, PersonDraft(name="Priya"), now=NOW).id
        people.add_person(session, PersonDraft(name="Ana"), now=NOW)
    (entry,) = add(window.store, "Somewhere else")
    window.open_item(talk)
    page = window.pages["roadmap"]
    for there, elsewhere in ((talk, course), (priya, entry)):
        window.open_item(there)
        assert page.shown_item == there
        window.open_item(elsewhere)
        page.open_item(course)
        window.trail.back.trigger()
        assert window.preferred_page == "roadmap"
        assert page.shown_item == there
