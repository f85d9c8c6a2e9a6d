"""Opening an address that stands in a text: it is shown first, and nothing is fetched by Northing itself."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

ALLOWED = ("https", "http", "mailto")


class OpenLinkDialog(Dialog):
    """Shows where a link leads; the browser or the mail program opens it only when told to."""

    def __init__(self, target: str, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Open this link?"), parent.tr("Open"))
        self.url = QUrl(target)
        self.where = label(self.url.toDisplayString(), "body", wrap=True)
        self.body.addWidget(self.where)
        is_allowed = self.url.scheme() in ALLOWED and self.url.isValid()
        self.primary.setEnabled(is_allowed)
        if not is_allowed:
            self.say(self.tr("Only addresses that begin with https, http or mailto are opened from here."))

    def save(self) -> bool:
        return QDesktopServices.openUrl(self.url)
