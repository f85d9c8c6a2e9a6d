"""Keys in the Markdown editor, as they are pressed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor

from app.ui.kit.editor import MarkdownEditor, keys, lines, tables
from app.ui.kit.editor.completion import Completion
from app.ui.kit.editor.findbar import FindBar

CTRL = Qt.KeyboardModifier.ControlModifier


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
    ],
)
def test_enter_goes_on_with_what_was_begun(qtbot, edit, before, after):
    put(edit, before)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    text = edit.text()
    units = edit.textCursor().position()
    place = keys.index_of(text, units)
    assert text[:place] + "¦" + text[place:] == after


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
        ("see nothing", 8, None),
    ],
)
def test_the_link_under_the_pointer(text, place, target):
    assert keys.link_at(text, place) == target


def test_control_click_asks_for_the_link(qtbot, edit):
    put(edit, "https://example.org")
    cursor = edit.textCursor()
    cursor.setPosition(5)
    with qtbot.waitSignal(edit.link_requested) as asked:
        qtbot.mouseClick(
            edit.viewport(), Qt.MouseButton.LeftButton, CTRL, edit.cursorRect(cursor).center() + QPoint(1, 0)
        )
    assert asked.args == ["https://example.org"]


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
