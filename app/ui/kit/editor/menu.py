"""What can be done to a text, as a menu; its keys work wherever the editor is on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.actions import action
from app.ui.kit.editor import dictionaries, edits
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.markdown import MarkdownEditor
from app.ui.kit.editor.spelling import speller


def format_menu(editor: MarkdownEditor, owner: QWidget) -> QMenu:
    """Marks, lists and headings of what is selected; what only the editor may take has its key told, not set."""
    menu = QMenu(_tr("Fo&rmat"), owner)
    for text, slot, keys in (
        (_tr("&Bold"), lambda: edits.mark(editor, "**"), "Ctrl+B"),
        (_tr("&Italic"), lambda: edits.mark(editor, "*"), "Ctrl+I"),
        (_tr("&Code"), lambda: edits.mark(editor, "`"), "Ctrl+E"),
        (_tr("&Struck out"), lambda: edits.mark(editor, "~~"), "Ctrl+Shift+D"),
        (_tr("&Link (Ctrl+K on selected words)"), lambda: edits.link(editor), ""),
        ("", None, ""),
        (_tr("Heading &1"), lambda: edits.head(editor, 1), "Ctrl+Alt+1"),
        (_tr("Heading &2"), lambda: edits.head(editor, 2), "Ctrl+Alt+2"),
        (_tr("Heading &3"), lambda: edits.head(editor, 3), "Ctrl+Alt+3"),
        (_tr("&Plain text"), lambda: edits.head(editor, 0), "Ctrl+Alt+0"),
        ("", None, ""),
        (_tr("Bulleted lis&t"), lambda: edits.prefix(editor, "-"), "Ctrl+Shift+8"),
        (_tr("&Numbered list"), lambda: edits.prefix(editor, "1."), "Ctrl+Shift+7"),
        (_tr("Chec&k-box"), lambda: edits.tick(editor), "Ctrl+Return"),
        (_tr("&Quotation"), lambda: edits.prefix(editor, ">"), "Ctrl+Shift+9"),
        (_tr("T&able"), lambda: edits.insert_table(editor), ""),
    ):
        if slot is None:
            menu.addSeparator()
        else:
            menu.addAction(action(editor, text, slot=slot, shortcut=keys))
    return menu


def comfort_menu(editor: MarkdownEditor, owner: QWidget) -> QMenu:
    """How the text is shown while one writes; one choice for all editors."""
    menu = QMenu(_tr("&While writing"), owner)
    for text, steps, keys in (
        (_tr("&Larger text"), 1, "Ctrl++"),
        (_tr("&Smaller text"), -1, "Ctrl+-"),
        (_tr("&Usual size of text"), 0, "Ctrl+0"),
    ):
        menu.addAction(action(editor, text, slot=_zoomer(steps), shortcut=keys))
    menu.addSeparator()
    for text, choice, keys in (
        (_tr("&Focus on the paragraph"), "focus", "Ctrl+Shift+F"),
        (_tr("&Typewriter: keep the line in place"), "typewriter", ""),
        (_tr("&Check spelling"), "spelling", ""),
    ):
        made = action(editor, text, slot=_switcher(choice), shortcut=keys, checkable=True)
        made.setData(choice)
        menu.addAction(made)
    menu.aboutToShow.connect(lambda: _show_choices(menu))
    languages = menu.addMenu(_tr("&Dictionary"))
    languages.addSeparator()
    languages.addAction(_tr("&Add a dictionary…")).triggered.connect(lambda: _ask_dictionary(owner))
    languages.addAction(_tr("&My own words…")).triggered.connect(lambda: _show_words(owner))
    languages.aboutToShow.connect(lambda: _show_languages(languages))
    _show_choices(menu)
    return menu


def _show_choices(menu: QMenu) -> None:
    for made in menu.actions():
        if made.isCheckable():
            made.setChecked(comfort().is_on(made.data()))


def _show_languages(menu: QMenu) -> None:
    """Offer the dictionaries there are now, above what is always offered."""
    for old in [made for made in menu.actions() if made.isCheckable()]:
        menu.removeAction(old)
        old.deleteLater()
    always, chosen = menu.actions()[0], comfort().language
    for name, said in (
        ("", _tr("As the system")),
        *((name, _language(name)) for name in dictionaries.languages()),
    ):
        made = QAction(said, menu)
        made.setCheckable(True)
        made.setChecked(name == chosen)
        made.triggered.connect(lambda _=False, name=name: comfort().choose_language(name))
        menu.insertAction(always, made)


def _ask_dictionary(owner: QWidget) -> None:
    """Let the files of a dictionary be chosen, and check spelling by it."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(owner.window(), _tr("Add a dictionary"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilter(_tr("Hunspell dictionaries") + " (*.aff *.dic *.oxt *.xpi *.zip)")
    dialog.fileSelected.connect(_take_dictionary)
    dialog.open()


def _take_dictionary(file: str) -> None:
    from zipfile import BadZipFile

    try:
        names = dictionaries.adopt(Path(file))
    except (OSError, BadZipFile) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        speller().refused.emit(_tr("“{file}” could not be taken in: {why}.").format(file=file, why=why))
        return
    if names:
        speller().forget_damage()
        comfort().choose_language(names[0])
    else:
        said = _tr("“{file}” is no dictionary: an .aff and a .dic file of one name belong together.")
        speller().refused.emit(said.format(file=Path(file).name))


def _show_words(owner: QWidget) -> None:
    from app.ui.kit.editor.ownwords import OwnWordsDialog

    OwnWordsDialog(owner).open()


def _language(name: str) -> str:
    """What the language of a dictionary calls itself: en_GB is British English."""
    locale = QLocale(name)
    said = locale.nativeLanguageName()
    return said[:1].upper() + said[1:] if said and locale.name() == name else name


def _zoomer(steps: int) -> Callable[[], None]:
    return lambda: comfort().zoom_by(steps)


def _switcher(choice: str) -> Callable[[bool], None]:
    return lambda on: comfort().switch(choice, on=on)


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditorMenu", text)
