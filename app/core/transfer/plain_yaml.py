"""YAML as plain text, lists and maps: no tag runs code, no alias multiplies, no nesting overflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml import Node

MOST_NODES: Final = 2_000_000
DEEPEST: Final = 60

_NULLS: Final = ("~", "null", "Null", "NULL")

Plain = str | list["Plain"] | dict[str, "Plain"]
Pairs = list[tuple[str, "Plain"]]


class NotPlain(ValueError):
    """The YAML is broken or made to do harm.

    Attributes:
        line: Where, counted from 1; 0 where it is the whole.
    """

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


def pairs(text: str) -> Pairs:
    """The outermost map of `text` in order, a key that stands twice twice; scalars as written, null as "".

    Raises:
        NotPlain: it is no YAML, no map, or would unfold beyond measure.
    """
    from yaml import MappingNode, YAMLError, compose

    _refuse_bombs(text)
    try:
        root = compose(text, Loader=_loader())
    except (YAMLError, RecursionError, ValueError) as error:
        raise _not_plain(error) from error
    if root is None:
        return []
    if not isinstance(root, MappingNode):
        raise NotPlain("is no list of names and values")
    return [(_word(key), _plain(value)) for key, value in root.value]


def is_nothing(value: Plain) -> bool:
    """Whether a value was null or is empty."""
    return value in ("", [], {})


def _loader() -> type:
    """The loader that knows strings only; in C where the system has it."""
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _refuse_bombs(text: str) -> None:
    """Count what the text unfolds to, aliases written out, without unfolding it."""
    from yaml import (
        AliasEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        YAMLError,
        parse,
    )

    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    try:
        for event in parse(text, Loader=_loader()):
            if isinstance(event, ScalarEvent):
                total += 1
                if event.anchor:
                    sizes[event.anchor] = 1
            elif isinstance(event, AliasEvent):
                total += sizes.get(event.anchor or "", MOST_NODES)
            elif isinstance(event, SequenceStartEvent | MappingStartEvent):
                open_nodes.append((event.anchor, total))
                total += 1
            elif isinstance(event, SequenceEndEvent | MappingEndEvent):
                anchor, before = open_nodes.pop()
                if anchor:
                    sizes[anchor] = total - before
            if total > MOST_NODES or len(open_nodes) > DEEPEST:
                raise NotPlain("would unfold to far more than it says")
    except (YAMLError, RecursionError, ValueError) as error:
        raise error if isinstance(error, NotPlain) else _not_plain(error) from error


def _not_plain(error: Exception) -> NotPlain:
    mark = getattr(error, "problem_mark", None)
    return NotPlain("is no valid YAML", mark.line + 1 if mark else 0)


def _plain(node: Node) -> Plain:
    from yaml import MappingNode, SequenceNode

    if isinstance(node, SequenceNode):
        return [_plain(child) for child in node.value]
    if isinstance(node, MappingNode):
        return {_word(key): _plain(value) for key, value in node.value}
    return "" if not getattr(node, "style", None) and node.value in _NULLS else str(node.value)


def _word(node: Node) -> str:
    value = _plain(node)
    return value if isinstance(value, str) else str(value)
