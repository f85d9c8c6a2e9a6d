"""Pictures and files in an entry: pasted, dropped, chosen; on the page, in the list, below the text; swept."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDropEvent, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog

from app import paths
from app.core import attachments, journal
from app.core.backups import folder_of
from app.core.backups.place import shared_file
from app.ui.filing import showing
from app.ui.journal.versions import VersionsDialog
from app.ui.kit import background
from app.ui.settings.dialog import SettingsDialog
from tests.conftest import NOW

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    page = window.show_page("journal")
    page.new_note()
    return page


def picture(path=None, width=40, height=30):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    if path is not None:
        image.save(str(path))
    return image


def settled(qtbot):
    qtbot.waitUntil(lambda: not background.is_busy())


def paste(qtbot, editor, *, image=None, files=(), text="", html=""):
    copied = QMimeData()
    if image is not None:
        copied.setImageData(image)
    if files:
        copied.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if text:
        copied.setText(text)
    if html:
        copied.setHtml(html)
    QApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(editor, Qt.Key.Key_V, CTRL)
    settled(qtbot)
    QApplication.clipboard().clear()


def held(window, item_id):
    with window.store.read() as session:
        return attachments.attachments_of(session, item_id), journal.entry(session, item_id).text


def test_a_pasted_picture_is_kept_and_shown_on_the_page_and_in_the_list(qtbot, window, page):
    qtbot.keyClicks(page.desk.editor, "The new screen")
    paste(qtbot, page.desk.editor, image=picture())
    rows, text = held(window, page.desk.entry_id)
    assert [row.name for row in rows] == ["2026-11-23 09.30.00.png"]
    assert text == "The new screen\n![](2026-11-23%2009.30.00.png)\n"
    assert (paths.files_dir(window.store.path) / rows[0].sha256).is_file()
    assert [made.text().strip() for made in page.desk.filing.bar.buttons()] == ["2026-11-23 09.30.00.png"]
    page.desk.sheets.toggle("read")
    name, kind = QUrl("2026-11-23 09.30.00.png"), QTextDocument.ResourceType.ImageResource
    qtbot.waitUntil(lambda: page.desk.preview.loadResource(kind.value, name).width() == 40)
    qtbot.waitUntil(lambda: page.model.row(0) is not None and page.model.row(0).picture == rows[0].sha256)
    page.timeline.grab()
    settled(qtbot)
    area = page.timeline.visualRect(page.model.index(0))
    assert page.timeline.grab().toImage().pixelColor(area.right() - 40, area.center().y()) == QColor("teal")


def test_files_are_dropped_where_they_belong_and_a_fresh_page_begins_with_them(qtbot, window, page, tmp_path):
    (tmp_path / "Plan (draft).pdf").write_bytes(b"%PDF plan")
    (tmp_path / "notes.txt").write_text("notes")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("Plan (draft).pdf", "notes.txt")])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.desk.editor.dropEvent(event)
    settled(qtbot)
    rows, text = held(window, page.desk.entry_id)
    assert [row.name for row in rows] == ["Plan (draft).pdf", "notes.txt"]
    assert text == "[Plan (draft).pdf](Plan%20%28draft%29.pdf), [notes.txt](notes.txt)"
    qtbot.waitUntil(lambda: len(page.model.ids) == 1)


def test_files_are_chosen_by_keyboard(qtbot, window, page, tmp_path):
    picture(tmp_path / "board.png")
    qtbot.keyClick(page.desk.editor, Qt.Key.Key_A, CTRL | SHIFT)
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "board.png")])
    dialog.close()
    settled(qtbot)
    assert held(window, page.desk.entry_id)[1] == "![](board.png)\n"


def test_words_with_a_picture_of_them_are_pasted_as_words(qtbot, page):
    paste(qtbot, page.desk.editor, image=picture(), text="a table cell")
    assert page.desk.editor.text() == "a table cell"
    assert page.desk.filing.bar.buttons() == []


def test_the_same_file_again_is_kept_once_and_what_is_no_file_is_refused(qtbot, window, page, tmp_path):
    picture(tmp_path / "one.png")
    paste(qtbot, page.desk.editor, files=[tmp_path / "one.png"])
    paste(qtbot, page.desk.editor, files=[tmp_path / "one.png"])
    assert page.desk.editor.text() == "![](one.png)\n![](one.png)\n"
    assert len(list(paths.files_dir(window.store.path).iterdir())) == 1
    paste(qtbot, page.desk.editor, files=[tmp_path])
    assert "is no file" in window.messages.texts[-1]


def test_of_several_those_that_are_files_are_taken(qtbot, window, page, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("notes")
    paste(qtbot, page.desk.editor, files=[tmp_path / "folder", tmp_path / "notes.txt"])
    assert page.desk.editor.text() == "[notes.txt](notes.txt)"
    assert "“folder” is no file" in window.messages.texts[-1]


def test_a_row_of_pictures_says_no_half_of_a_pointer_in_the_list(qtbot, page, tmp_path):
    names = [f"Screenshot of the pricing page, variant {number}.png" for number in range(6)]
    for number, name in enumerate(names, start=1):
        picture(tmp_path / name, width=40 + number)
    paste(qtbot, page.desk.editor, files=[tmp_path / name for name in names])
    qtbot.waitUntil(lambda: len(page.model.ids) == 1)
    page.search.setText("has:file")
    assert page.box.meaning.text() == "Entries with a picture or file."
    assert len(page.model.ids) == 1
    page.search.setText("-has:file")
    assert page.model.ids == []
    page.search.clear()
    assert page.entries.describe(page.model.row(0), 0).detail == "Note"


def test_a_wide_picture_never_makes_the_page_wider_than_its_room(qtbot, page, tmp_path):
    for number in range(3):
        picture(tmp_path / f"{number}.png", width=1600, height=900 + number)
    paste(qtbot, page.desk.editor, files=[tmp_path / f"{number}.png" for number in range(3)])
    page.desk.sheets.toggle("read")
    preview = page.desk.preview
    qtbot.waitUntil(lambda: preview.document().size().height() > preview.height())
    qtbot.wait(500)  # it is drawn again when the bar at its side has come
    assert preview.verticalScrollBar().maximum() > 0
    assert preview.horizontalScrollBar().maximum() == 0


def test_a_file_that_comes_late_goes_into_its_own_entry(qtbot, window, page, tmp_path):
    picture(tmp_path / "late.png")
    qtbot.keyClicks(page.desk.editor, "First")
    page.desk.flush()
    first = page.desk.entry_id
    page.desk.filing.take_files([tmp_path / "late.png"])
    page.new_note()
    settled(qtbot)
    assert held(window, first)[1] == "First\n![](late.png)"
    assert page.desk.editor.text() == ""


def test_what_can_be_done_with_a_file(qtbot, window, page, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(showing.QStandardPaths, "findExecutable", lambda program: "")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF plan")
    paste(qtbot, page.desk.editor, files=[tmp_path / "plan.pdf"])
    bar = page.desk.filing.bar
    made = bar.offer(bar.rows[0], bar.buttons()[0])
    choices = {choice.text(): choice for choice in made.actions()}
    assert list(choices) == [
        "Open",
        "Show it in the text",
        "Save a copy…",
        "Show in folder",
        "Take it off this entry",
    ]
    choices["Open"].trigger()
    choices["Show in folder"].trigger()
    assert opened[0].endswith("/plan.pdf")
    assert opened[1] == str(paths.files_dir(window.store.path))
    made.close()
    assert bar.copy_to(bar.rows[0], tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF plan"
    assert not bar.copy_to(bar.rows[0], tmp_path / "nowhere" / "copy.pdf")
    assert "could not be written" in window.messages.texts[-1]


def test_a_file_is_taken_off_an_entry_with_what_points_to_it_and_comes_back(qtbot, window, page, tmp_path):
    for name in ("plan.pdf", "notes (old).txt"):
        (tmp_path / name).write_text(name)
    qtbot.keyClicks(page.desk.editor, "See ")
    paste(qtbot, page.desk.editor, files=[tmp_path / "plan.pdf", tmp_path / "notes (old).txt"])
    bar, item_id = page.desk.filing.bar, page.desk.entry_id
    before = page.desk.editor.text()
    bar.buttons()[1].setFocus()
    qtbot.keyClick(bar.buttons()[1], Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert page.desk.editor.text() == "See [plan.pdf](plan.pdf)"
    assert [row.name for row in bar.rows] == ["plan.pdf"]
    window.messages._messages[-1].act()
    assert page.desk.editor.text() == before
    assert [row.name for row in bar.rows] == ["plan.pdf", "notes (old).txt"]
    assert held(window, item_id)[1] == before


def test_a_file_that_an_earlier_version_needs_stays_for_it_and_is_not_shown(qtbot, window, page, tmp_path):
    picture(tmp_path / "board.png")
    paste(qtbot, page.desk.editor, files=[tmp_path / "board.png"])
    qtbot.keyClicks(page.desk.editor, "Words")
    assert page.flush()
    item_id, bar = page.desk.entry_id, page.desk.filing.bar
    with window.store.write() as session:
        rev, text = journal.entry(session, item_id).rev, "Words alone"
        journal.edit_text(session, item_id, text, rev=rev, now=NOW + timedelta(hours=3))
    qtbot.waitUntil(lambda: page.desk.editor.text() == text)
    assert bar.rows == []
    assert bar.isHidden()
    assert [row.name for row in held(window, item_id)[0]] == ["board.png"]
    page.commands.show_versions()
    dialog = page.findChild(VersionsDialog)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [row.name for row in bar.rows] == ["board.png"])


def test_a_link_to_a_file_offers_it_and_a_program_is_never_opened(qtbot, window, page, tmp_path):
    (tmp_path / "run.sh").write_text("echo")
    paste(qtbot, page.desk.editor, files=[tmp_path / "run.sh"])
    page.desk.sheets.toggle("read")
    page.desk.preview.anchorClicked.emit(QUrl("run.sh"))
    bar = page.desk.filing.bar
    menu = bar.offer(bar.rows[0], bar.buttons()[0])
    assert "Open" not in [choice.text() for choice in menu.actions()]


def test_a_picture_from_elsewhere_is_named_and_never_read(qtbot, page, tmp_path):
    picture(tmp_path / "secret.png")
    page.desk.editor.apply_text(f"![chart](https://example.org/a.png) ![]({tmp_path}/secret.png)")
    page.desk.sheets.toggle("read")
    assert page.desk.preview.toPlainText().rstrip() == f"Picture: chart Picture: {tmp_path}/secret.png"
    place, kind = QUrl.fromLocalFile(str(tmp_path / "secret.png")), QTextDocument.ResourceType.ImageResource
    assert page.desk.preview.loadResource(kind.value, place).isNull()
    assert page.desk.preview.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, place) is None


def test_today_takes_pictures_too(qtbot, window):
    page = window.pages["today"]
    paste(qtbot, page.view.editor, image=picture())
    assert page.view.editor.text() == "![](2026-11-23%2009.30.00.png)\n"
    assert len(page.filing.bar.buttons()) == 1
    with window.store.read() as session:
        assert journal.page_of(session, NOW.date()) is not None


def test_settings_count_the_files_and_remove_those_that_nothing_mentions(qtbot, window, page):
    folder = paths.files_dir(window.store.path)
    paste(qtbot, page.desk.editor, image=picture())
    idle = attachments.keep(folder, "idle.png", b"left over")
    past = (NOW - timedelta(days=3)).timestamp()
    os.utime(folder / idle.sha256, (past, past))
    qtbot.keyClick(window, Qt.Key.Key_Comma, CTRL)
    dialog = window.findChild(SettingsDialog)
    dialog.shown.set_value(1)
    dialog.stack.setCurrentIndex(1)
    field = dialog.writing.files
    settled(qtbot)
    assert field.said.text().startswith("2 kept beside the journal")
    assert "1 of them, 9 bytes" in field.said.text()
    qtbot.mouseClick(field.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: field.said.text().startswith("1 kept"), timeout=10_000)
    assert "One file is gone for good; a backup still has it." in window.messages.texts
    assert shared_file(folder_of(window.store.path), idle.sha256).read_bytes() == b"left over"
    assert field.remove_button.isHidden()
    assert [file.name for file in folder.iterdir()] == [held(window, page.desk.entry_id)[0][0].sha256]
    dialog.reject()
