"""The Markdown editor: styled source, live saving; what it shows is what is stored, character for character."""

from app.ui.kit.editor.autosave import Autosaver, SaveState
from app.ui.kit.editor.comfort import Comfort, comfort
from app.ui.kit.editor.markdown import MarkdownEditor
from app.ui.kit.editor.savelabel import SaveLabel

__all__ = ["Autosaver", "Comfort", "MarkdownEditor", "SaveLabel", "SaveState", "comfort"]
