"""The pages of the rail, by name: built when first opened, so that start-up pays for none of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.core.store import Store


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page of the rail.

    Attributes:
        place: ``module:class``; the class takes a store and a parent.
        opens: The kinds of item that the page can show by `open_item`.
    """

    name: str
    text: str
    icon: str
    place: str
    opens: frozenset[str] = frozenset()

    @property
    def module(self) -> str:
        """Where the page's class is; importing it may take long, so a worker does it ahead of time."""
        return self.place.split(":")[0]

    def load(self) -> type[QWidget]:
        """The page's class."""
        found: type[QWidget] = getattr(import_module(self.module), self.place.split(":")[1])
        return found

    def build(self, store: Store, parent: QWidget) -> QWidget:
        """A new page on `store`."""
        return self.load()(store, parent)  # type: ignore[arg-type]


PAGES: Final = (
    PageKind("today", "Today", "sun", "app.ui.today.page:TodayPage"),
    PageKind(
        "journal",
        "Journal",
        "notebook-pen",
        "app.ui.journal.page:JournalPage",
        frozenset({"note"}),
    ),
    PageKind(
        "objectives",
        "Objectives",
        "target",
        "app.ui.objectives.page:ObjectivesPage",
        frozenset({"objective", "key_result", "check_in", "period"}),
    ),
    PageKind(
        "roadmap", "Roadmap", "route", "app.ui.roadmap.page:RoadmapPage", frozenset({"step", "person", "post"})
    ),
    PageKind(
        "skills",
        "Skills",
        "radar",
        "app.ui.skills.page:SkillsPage",
        frozenset({"skill", "area", "role", "rating", "competency_model"}),
    ),
    PageKind("insights", "Insights", "chart-line", "app.ui.insights.page:InsightsPage"),
)
