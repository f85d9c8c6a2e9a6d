"""Keys in the Markdown editor, as they are pressed."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.kit.editor import MarkdownEditor, comfort, lines, links, tables
from app.ui.kit.editor.completion import Completion
from app.ui.kit.editor.findbar import FindBar

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def usual_comfort(qapp, tmp_path):
    comfort().remember_in(QSettings(str(tmp_path / "usual.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def edit(qtbot):
    made = MarkdownEditor()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.setFocus()
    return made


def put(edit, text):
    """Show `text` with the cursor at the bar, or a selection between two."""
    parts = text.split("¦")
    bars = [len("".join(parts[: number + 1]).encode("utf-16-le")) // 2 for number in range(len(parts) - 1)]
    edit.set_text(text.replace("¦", ""))
    cursor = edit.textCursor()
    cursor.setPosition(bars[0] if bars else 0)
    if len(bars) > 1:
        cursor.setPosition(bars[1], QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def at(edit):
    text, place = edit.text(), edit.textCursor().position()
    return text[:place] + "¦" + text[place:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one¦", "- one\n- ¦"),
        ("- [x] one¦", "- [x] one\n- [ ] ¦"),
        ("1. one¦\n2. two", "1. one\n2. ¦\n3. two"),
        ("- one ¦two", "- one\n- ¦two"),
        ("- one\n- ¦", "- one\n¦"),
        ("- one\n  - ¦", "- one\n- ¦"),
        ("> said¦", "> said\n> ¦"),
        ("plain¦", "plain\n¦"),
        ("1. 😀 one¦", "1. 😀 one\n2. ¦"),
        ("plain\n¦", "plain\n\n¦"),
        ("| a | b |\n|---|---|\n|   |  ¦ |", "| a | b |\n|---|---|\n¦"),
        ("| a | b |\n|---|---|\n|¦   |   |\n| 1 | 2 |", "| a | b |\n|---|---|\n|\n¦   |   |\n| 1 | 2 |"),
    ],
)
def test_enter_goes_on_with_what_was_begun(qtbot, edit, before, after):
    put(edit, before)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    text = edit.text()
    units = edit.textCursor().position()
    place = len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
    assert text[:place] + "¦" + text[place:] == after


def test_every_enter_begins_a_line_with_the_room_of_the_others(qtbot, edit):
    for key in ("o", "", "", "", "t"):
        qtbot.keyClick(edit, key or Qt.Key.Key_Return)
    assert edit.text() == "o\n\n\nt"
    blocks = [edit.document().findBlockByNumber(number) for number in range(4)]
    tops = [edit.document().documentLayout().blockBoundingRect(block).y() for block in blocks]
    assert len({round(below - above) for above, below in pairwise(tops)}) == 1


def test_enter_in_a_list_is_one_step_of_undo(qtbot, edit):
    put(edit, "1. one¦\n2. two")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    edit.undo()
    assert edit.text() == "1. one\n2. two"


def test_tab_nests_an_item_and_shift_tab_takes_it_out(qtbot, edit):
    put(edit, "- one\n- two¦\n- three")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert at(edit) == "- one\n  - two¦\n- three"
    qtbot.keyClick(edit, Qt.Key.Key_Backtab)
    assert at(edit) == "- one\n- two¦\n- three"


def test_control_enter_turns_a_check_box_or_makes_one(qtbot, edit):
    put(edit, "call Ana¦")
    for wanted in ("- [ ] call Ana¦", "- [x] call Ana¦", "- [ ] call Ana¦"):
        qtbot.keyClick(edit, Qt.Key.Key_Return, CTRL)
        assert at(edit) == wanted


def test_a_click_ticks_a_box(qtbot, edit):
    put(edit, "- [ ] call Ana")
    cursor = edit.textCursor()
    cursor.setPosition(3)
    place = edit.cursorRect(cursor).center()
    qtbot.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert edit.text() == "- [x] call Ana"


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        (Qt.Key.Key_B, "a ¦word¦ here", "a **word** here"),
        (Qt.Key.Key_I, "a wo¦rd here", "a *word* here"),
        (Qt.Key.Key_K, "a ¦word¦ here", "a [word]() here"),
    ],
)
def test_marks_go_around_the_selection_or_the_word(qtbot, edit, key, before, after):
    put(edit, before)
    qtbot.keyClick(edit, key, CTRL)
    assert edit.text() == after


def test_a_mark_is_taken_away_again(qtbot, edit):
    put(edit, "a ¦word¦ here")
    qtbot.keyClick(edit, Qt.Key.Key_B, CTRL)
    qtbot.keyClick(edit, Qt.Key.Key_B, CTRL)
    assert edit.text() == "a word here"


def test_tab_walks_through_a_table_and_puts_it_straight(qtbot, edit):
    put(edit, "| a¦ | long name |\n|--|--|\n| 1 | 2 |")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.textCursor().selectedText() == "long name"
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.textCursor().selectedText() == "1"
    assert edit.text().splitlines()[2] == "| 1   | 2         |"


def test_an_address_pasted_over_words_makes_a_link(edit):
    put(edit, "see ¦the memo¦ now")
    pasted = QMimeData()
    pasted.setText("https://example.org/memo")
    edit.insertFromMimeData(pasted)
    assert edit.text() == "see [the memo](https://example.org/memo) now"


def test_a_page_is_pasted_as_markdown(edit):
    edit.markdown_of = lambda html: "**bold**\n"
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText("bold")
    edit.insertFromMimeData(pasted)
    assert edit.text() == "**bold**"


@pytest.mark.parametrize(
    ("text", "place", "target"),
    [
        ("see [memo](https://a.b/c) now", 8, "https://a.b/c"),
        ("see https://a.b/c now", 8, "https://a.b/c"),
        ("see [[Memo]] now", 8, "[[Memo]]"),
        ("see nothing", 8, ""),
        ("see @ana now", 6, "@ana"),
        ("see `https://a.b` now", 8, ""),
    ],
)
def test_the_link_under_the_pointer(text, place, target):
    assert links.target_in(text, place) == target


def test_control_click_asks_for_the_link(qtbot, edit):
    put(edit, "https://example.org")
    cursor = edit.textCursor()
    cursor.setPosition(5)
    with qtbot.waitSignal(edit.link_requested) as asked:
        qtbot.mouseClick(
            edit.viewport(), Qt.MouseButton.LeftButton, CTRL, edit.cursorRect(cursor).center() + QPoint(1, 0)
        )
    assert asked.args == ["https://example.org"]


def test_a_click_beside_the_list_closes_it_and_is_felt_where_it_fell(qtbot, edit):
    completion = Completion(edit, {"#": lambda _: ["pricing", "planning"]})
    beside = QPushButton("Beside")
    qtbot.addWidget(beside)
    beside.move(edit.frameGeometry().bottomRight())
    beside.show()
    qtbot.waitExposed(beside)
    qtbot.keyClicks(edit, "#p")
    assert completion.words()
    qtbot.mousePress(completion.popup.viewport(), LEFT, pos=completion.popup.viewport().rect().center())
    assert completion.words()
    there = completion.popup.mapFromGlobal(beside.mapToGlobal(beside.rect().center()))
    with qtbot.waitSignal(beside.clicked):
        qtbot.mouseClick(completion.popup, LEFT, pos=there)
    assert completion.words() == []


def test_completion_offers_while_one_types_and_enter_takes(qtbot, edit):
    names = ["pricing", "product"]
    completion = Completion(edit, {"#": lambda typed: [name for name in names if name.startswith(typed)]})
    qtbot.keyClicks(edit, "On #pr")
    assert completion.words() == names
    qtbot.keyClick(completion.popup, Qt.Key.Key_Down)
    qtbot.keyClick(completion.popup, Qt.Key.Key_Return)
    assert edit.text() == "On #product "
    qtbot.keyClicks(edit, "and [[")
    assert completion.words() == []


def test_what_takes_long_to_find_is_offered_in_a_pause_or_when_it_is_taken(qtbot, edit):
    asked = []

    def slowly(typed):
        asked.append(typed)
        time.sleep(0.01)
        return [name for name in ("pricing", "product", "prose") if name.startswith(typed)]

    completion = Completion(edit, {"#": slowly})
    qtbot.keyClicks(edit, "On #pro")
    assert asked == ["p"]
    qtbot.waitUntil(lambda: completion.words() == ["product", "prose"])
    assert asked == ["p", "pro"]
    qtbot.keyClicks(edit, "s")
    qtbot.keyClick(completion.popup, Qt.Key.Key_Return)
    assert edit.text() == "On #prose "
    qtbot.keyClicks(edit, "#pr")
    qtbot.keyClicks(edit, "x y")
    qtbot.wait(150)
    assert completion.words() == []


def test_find_walks_and_replaces(qtbot, edit):
    put(edit, "one two one")
    bar = FindBar(edit)
    qtbot.addWidget(bar)
    bar.show()
    bar.sought.setText("ONE")
    assert bar.said.text() == "2 found"
    bar.ahead()
    assert edit.textCursor().selectionStart() == 0
    bar.ahead()
    assert edit.textCursor().selectionStart() == 8
    bar.put.setText("1")
    bar.replace_all()
    assert edit.text() == "1 two 1"
    edit.undo()
    assert edit.text() == "one two one"


def test_find_and_replace_by_keyboard_alone(qtbot, edit):
    put(edit, "one two one six one")
    bar = FindBar(edit)
    qtbot.addWidget(bar)
    bar.show()
    bar.activateWindow()
    bar.sought.setFocus()
    qtbot.waitUntil(bar.sought.hasFocus)
    qtbot.keyClicks(bar.sought, "one")
    qtbot.keyClick(bar.sought, Qt.Key.Key_Return)
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "1")
    qtbot.keyClick(bar.put, Qt.Key.Key_Return)
    assert edit.text() == "1 two one six one"
    qtbot.keyClick(bar.put, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert edit.text() == "1 two 1 six one"
    assert edit.textCursor().selectionStart() == 12
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert edit.text() == "1 two 1 six 1"


LINE = st.text(st.sampled_from(list("- *+1.)>[]xX abä\t")), max_size=14)


@given(LINE)
def test_a_line_taken_apart_and_put_together_is_the_same(text):
    assert str(lines.parse(text)) == text


@settings(max_examples=60)
@given(st.lists(LINE, min_size=1, max_size=6), st.data())
def test_nesting_keeps_every_word(texts, data):
    place = data.draw(st.integers(0, len(texts) - 1))
    for change in (lines.nested, lines.unnested):
        made = change(list(texts), place, place)
        if made is not None:
            words = [lines.parse(text).words.strip() for text in texts]
            assert [lines.parse(text).words.strip() for text in made] == words


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("ab |é漢"), max_size=6), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_a_straight_table_stays_as_it_is(cells):
    rows = ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in cells]
    made = tables.aligned([rows[0], "|---|", *rows[1:]])
    assert tables.aligned(made) == made


def test_code_is_left_alone(qtbot, edit):
    put(edit, "```\n  - one¦\n```")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "```\n  - one\n  \n```"
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == "```\n  - one\n      \n```"


def test_tab_goes_on_to_the_next_control_outside_of_lists(qtbot):
    both = QWidget()
    edit, other = MarkdownEditor(), QLineEdit()
    row = QVBoxLayout(both)
    row.addWidget(edit)
    row.addWidget(other)
    qtbot.addWidget(both)
    both.show()
    both.activateWindow()
    edit.setFocus()
    qtbot.keyClicks(edit, "plain")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert both.focusWidget() is other
    assert edit.text() == "plain"


def test_a_table_stands_straight_when_one_leaves_it(qtbot, edit):
    put(edit, "| a¦ | b |\n|--|--|\n| 1 | 2 |\n\nafter")
    qtbot.keyClicks(edit, "bcdef")
    for _ in range(4):
        qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.text().splitlines()[2] == "| 1      | 2   |"


def test_tab_in_the_last_cell_begins_a_row(qtbot, edit):
    put(edit, "| a | b |\n|--|--|\n| 1 | 2¦ |")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(edit, "x")
    assert edit.text().splitlines()[3] == "| x    |     |"


def test_a_text_that_is_shown_has_nothing_selected(edit):
    edit.set_text("One")
    assert not edit.textCursor().hasSelection()
    assert edit.textCursor().position() == 0


def test_every_edit_goes_back_by_undo_and_styling_is_no_edit(qtbot, edit):
    edit.set_text("# Head\n\ntext")
    assert not edit.document().isUndoAvailable()
    put(edit, "one¦")
    qtbot.keyClicks(edit, " **two**")
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Return, CTRL)
    while edit.document().isUndoAvailable():
        edit.undo()
    assert edit.text() == "one"


def styles(edit, line):
    block = edit.document().findBlockByNumber(line)
    text = block.text()
    return {
        text[made.start : made.start + made.length]: QTextCharFormat(made.format)
        for made in block.layout().formats()
    }


def test_what_is_typed_is_styled(qtbot, edit):
    qtbot.keyClicks(edit, "# Head")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "some **bold** and `code`")
    assert styles(edit, 0)["# Head"].property(int(QTextFormat.Property.FontPixelSize.value)) > 20
    assert styles(edit, 1)["bold"].fontWeight() > QFont.Weight.Normal
    assert styles(edit, 1)["`code`"].fontFamilies()


def test_a_fence_styles_what_follows_and_lets_go_of_it(qtbot, edit):
    put(edit, "¦\ncode **not bold**\n")
    qtbot.keyClicks(edit, "```")
    assert list(styles(edit, 1)) == ["code **not bold**"]
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert "not bold" in styles(edit, 1)


def test_what_is_scrolled_to_is_styled(edit):
    edit.set_text("# Head\nwords\n" * 2000)
    assert not styles(edit, 3900)
    edit.verticalScrollBar().setValue(edit.verticalScrollBar().maximum())
    assert styles(edit, 3996)


def test_text_grows_by_key_for_every_editor_and_is_remembered(qtbot, edit, tmp_path):
    kept = QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat)
    comfort().remember_in(kept)
    other = MarkdownEditor()
    qtbot.addWidget(other)
    usual = edit.document().defaultFont().pixelSize()
    qtbot.keyClick(edit, Qt.Key.Key_Plus, CTRL)
    qtbot.keyClick(edit, Qt.Key.Key_Plus, CTRL)
    assert edit.document().defaultFont().pixelSize() > usual
    assert other.document().defaultFont().pixelSize() > usual
    comfort().remember_in(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
    assert comfort().zoom > 1
    qtbot.keyClick(edit, Qt.Key.Key_0, CTRL)
    assert edit.document().defaultFont().pixelSize() == usual


def test_all_but_the_paragraph_in_focus_steps_back(edit):
    put(edit, "one\ntw¦o\nthree")
    comfort().switch("focus", on=True)
    edit.moveCursor(QTextCursor.MoveOperation.Right)
    assert [made.cursor.selectedText() for made in edit.extraSelections()] == ["one\u2029", "\u2029three"]
    comfort().switch("focus", on=False)
    edit.moveCursor(QTextCursor.MoveOperation.Left)
    assert not edit.extraSelections()


@pytest.mark.parametrize("text", ["word " * 1_100_000, "a\n" * 200_001])
def test_more_than_an_entry_holds_or_one_waits_for_is_refused_whole(qtbot, edit, text):
    pasted = QMimeData()
    pasted.setText(text)
    with qtbot.waitSignal(edit.refused):
        edit.insertFromMimeData(pasted)
    assert edit.text() == ""


@given(text=st.text(alphabet=st.sampled_from("ab 😀\n#*-|>`[]é漢א\r\u2028"), max_size=60))
@settings(deadline=None, max_examples=60)
def test_what_is_set_is_what_is_given_back(qapp, text):
    edit = MarkdownEditor()
    edit.set_text(text)
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    assert edit.text() == wanted
    edit.deleteLater()


@given(
    edits=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 6), st.text("ab \n漢", max_size=9)), max_size=12)
)
@settings(deadline=None, max_examples=40)
def test_words_are_counted_line_by_line_as_in_the_whole(qapp, edits):
    edit = MarkdownEditor()
    edit.set_text("one two\n\nthree " * 8)
    for place, gone, new in edits:
        cursor = edit.textCursor()
        end = edit.document().characterCount() - 1
        cursor.setPosition(min(place, end))
        cursor.setPosition(min(place + gone, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
    assert edit.tally.is_complete
    assert edit.tally.words == len(edit.text().split())
    edit.deleteLater()
