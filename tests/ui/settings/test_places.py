"""Where is my data?: every place, and a warning where one is due."""

from __future__ import annotations

from pathlib import Path

from app.core.whereabouts import Whereabouts
from app.ui.settings.places import PlacesDialog, sentences


def test_every_place_is_listed_with_its_size(qtbot, window):
    window.keeping.show_places()
    dialog = window.findChild(PlacesDialog)
    assert window.path in dialog.places.values()
    qtbot.waitUntil(lambda: dialog._sizes[window.path].text().endswith("B"))
    assert (
        dialog._sizes[next(p for p in dialog.places.values() if p.name.endswith(".files"))].text()
        == "not there yet"
    )
    assert dialog.warning.isHidden()


def test_a_synced_folder_is_told_once(qtbot, window):
    place = Whereabouts("Dropbox", is_on_network=True, conflicts=(Path("Journal (1).northing"),))
    assert len(sentences(place, window)) == 3
    window.keeping._warn_of_place(place)
    assert "Dropbox" in window.messages.texts[0]
    window.messages.clear()
    window.keeping._warn_of_place(place)
    assert window.messages.texts == []
