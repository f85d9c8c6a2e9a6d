"""Forms, numbers, choices and the message bar, driven as a user drives them."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.core.errors import Damage
from app.ui.kit import toast
from app.ui.kit.actions import button
from app.ui.kit.choices import Choice, Option, score_picker
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import NotANumber, NumberField, number_text, parse_number
from app.ui.kit.toast import Message, MessageBar

GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("41", ENGLISH, 41),
        ("6.2", ENGLISH, 6.2),
        ("6,2", ENGLISH, 6.2),
        ("1,240", ENGLISH, 1240),
        ("1,240.5", ENGLISH, 1240.5),
        ("6,2", GERMAN, 6.2),
        ("6.2", GERMAN, 6.2),
        ("1.240", GERMAN, 1240),
        ("1.240,5", GERMAN, 1240.5),
        ("1 240,5", FRENCH, 1240.5),
        ("1\u202f240,5", FRENCH, 1240.5),
        ("50 %", ENGLISH, 50),
        ("−3", ENGLISH, -3),
        (".5", GERMAN, 0.5),
        ("1e3", ENGLISH, 1000),
        ("", ENGLISH, None),
        ("   ", GERMAN, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, locale, value):
    assert parse_number(text, locale) == value


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "1e400", "1e308", "9" * 400, "twelve", "1,2,3", "--1", "0x10", "1e"]
)
def test_what_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(NotANumber, match=r"\.$"):
        parse_number(text, ENGLISH)


@given(st.floats(-1e9, 1e9, allow_nan=False), st.sampled_from([ENGLISH, GERMAN, FRENCH]))
def test_numbers_come_back(value, locale):
    again = parse_number(number_text(value, locale), locale)
    # A German "1.240" reads as a group, but number_text never writes groups.
    assert again is not None
    assert math.isclose(again, value, abs_tol=1e-6)


def test_a_number_field_shows_how_it_was_understood(qtbot):
    field = NumberField()
    qtbot.addWidget(field)
    field.setLocale(ENGLISH)
    qtbot.keyClicks(field, "1,240")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value()) == ("1240", 1240)
    field.setText("lots")
    assert "lots" in field.problem()


def test_a_form_says_what_is_wrong_under_the_field(qtbot):
    form = Form()
    qtbot.addWidget(form)
    form.add("title", "Title", QLineEdit())
    form.add_row(("from", "From", NumberField()), ("to", "To", NumberField()))
    with qtbot.waitExposed(form):
        form.show()
    assert not form.show_errors({"to": "It must differ from where it began."})
    assert form.fields["to"].error == "It must differ from where it began."
    assert form.fields["to"].control.accessibleDescription() == "It must differ from where it began."
    assert form.fields["title"].error == ""
    assert form.focusWidget() is form.fields["to"].control
    assert form.show_errors({})
    assert form.fields["to"].error == ""


class NameDialog(Dialog):
    def __init__(self) -> None:
        super().__init__(None, "New period", "Create")
        self.name = QLineEdit()
        self.body.addWidget(self.name)

    def save(self) -> bool:
        self.say("" if self.name.text() else "A period needs a name.")
        return bool(self.name.text())


def test_a_dialog_stays_open_until_it_can_save(qtbot):
    dialog = NameDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.name, "Q1 2027")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


class ScoreDialog(Dialog):
    def __init__(self):
        super().__init__(None, "Check in", "Save")
        self.day = DayPicker(date(2026, 11, 23))
        self.score = score_picker(0, 10)
        self.more = button("Add a guard")
        for part in (self.day, self.score, self.more):
            self.body.addWidget(part)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)


@pytest.mark.parametrize("focused", ["day", "score", "more", "cancel", "primary"])
def test_ctrl_enter_accepts_a_dialog_whichever_button_has_the_keyboard(qtbot, focused):
    dialog = ScoreDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.score.set_value(7)
    control = getattr(dialog, focused)
    target = control.focused_button() if focused == "score" else control
    target.setFocus()
    with qtbot.waitSignal(dialog.accepted), qtbot.assertNotEmitted(dialog.more.clicked):
        qtbot.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.score.value() == 7


def test_enter_is_a_click_of_the_button_that_has_the_keyboard(qtbot):
    dialog = ScoreDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.more.setAutoDefault(False)
    for focused, signal in ((dialog.more, dialog.more.clicked), (dialog.cancel, dialog.rejected)):
        focused.setFocus()
        with qtbot.waitSignal(signal), qtbot.assertNotEmitted(dialog.accepted):
            qtbot.keyClick(focused, Qt.Key.Key_Return)


def test_the_keyboard_is_in_the_first_control_of_a_dialog(qtbot):
    dialog = NameDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.focusWidget() is dialog.name


def test_the_keyboard_is_on_what_enter_does_where_there_is_nothing_to_fill_in(qtbot):
    dialog = Dialog(None, "Import 12 entries?", "Import")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.focusWidget() is dialog.primary


def test_escape_cancels_a_dialog(qtbot):
    dialog = NameDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def shown_choice(qtbot, choice):
    qtbot.addWidget(choice)
    with qtbot.waitActive(choice):
        choice.show()
    return choice


def test_a_choice_is_moved_by_arrows(qtbot):
    choice = shown_choice(
        qtbot, Choice([Option("week", "Week"), Option("month", "Month"), Option("year", "Year")])
    )
    choice.set_value("week")
    told: list[object] = []
    choice.changed.connect(told.append)
    choice.setFocus()
    qtbot.keyClick(choice.focused_button(), Qt.Key.Key_Right)
    qtbot.keyClick(choice.focused_button(), Qt.Key.Key_Space)
    assert choice.value() == "month"
    assert told == ["month"]


def test_a_score_is_typed_clicked_and_taken_back(qtbot):
    picker = shown_choice(qtbot, score_picker(0, 10, low_text="None", high_text="Certain"))
    told: list[object] = []
    picker.changed.connect(told.append)
    assert picker.value() is None
    qtbot.keyClicks(picker, "7")
    assert picker.value() == 7
    qtbot.mouseClick(picker.focused_button(), Qt.MouseButton.LeftButton)
    assert picker.value() is None
    qtbot.keyClicks(picker, "10")
    assert picker.value() == 10
    qtbot.keyClick(picker, Qt.Key.Key_Delete)
    assert picker.value() is None
    assert told == [7, None, 1, 10, None]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def bar(window):
    return MessageBar(window)


def press(qtbot, bar, text):
    [found] = [each for each in bar.findChildren(QPushButton) if each.text() == text and each.isVisible()]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_undo_is_called_once_and_closes(qtbot, bar):
    done = []
    bar.show_message("Entry moved to the trash", "Undo", lambda: done.append("undone"))
    assert bar.isVisible()
    press(qtbot, bar, "Undo")
    assert done == ["undone"]
    assert not bar.isVisible()


def test_each_of_several_messages_has_room_for_its_words(window, bar):
    window.resize(900, 600)
    long = "What was typed could not be saved, because nobody may write there any more, and it stays here."
    bar.show_message(long, lasting=True)
    alone = bar.height()
    bar.show_message(f"{long} Also this.", "What can be done…", lambda: None, lasting=True)
    bar.show_message(f"{long} And this.")
    assert bar.height() >= 3 * alone
    for message in bar.findChildren(Message):
        assert message.height() >= message.heightForWidth(message.width())


def test_a_new_message_replaces_the_last_but_not_a_lasting_one(bar):
    bar.show_message("The disk is full.", lasting=True)
    bar.show_message("One")
    bar.show_message("Two")
    assert bar.texts == ["The disk is full.", "Two"]
    for number in range(5):
        bar.show_message(f"Error {number}", lasting=True)
    assert bar.texts == ["Error 2", "Error 3", "Error 4"]


def test_a_passing_message_goes_and_a_lasting_one_stays(qtbot, bar, monkeypatch):
    monkeypatch.setattr(toast, "SHOWN_FOR_MS", 10)
    bar.show_message("Lasting", lasting=True)
    bar.show_message("Passing")
    qtbot.waitUntil(lambda: bar.texts == ["Lasting"])


def test_the_bar_stays_at_the_bottom(bar):
    bar.show_message("A long message " * 12)
    bar.window().resize(500, 700)
    assert bar.geometry().bottom() < 700
    assert bar.geometry().top() > 500
    assert 0 < bar.geometry().left() < bar.geometry().right() < 500


def test_of_damage_the_window_hears_and_the_dialog_stays(qtbot):
    class Keeps(Dialog):
        def save(self):
            raise Damage("It is damaged.")

    dialog = Keeps(None, "Keep it", "Keep")
    qtbot.addWidget(dialog)
    dialog.open()
    with pytest.raises(Damage):
        dialog.accept()
    assert dialog.isVisible()
