"""Where every value of a YAML text begins and ends, so that one can be replaced and every other byte stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.scenario.document import Path
from planner.scenario.yaml_events import PARSER


@dataclass(slots=True)
class Span:
    """Positions in the text: of the value (``start`` to ``end``) and of its key. Block containers end with their last part.

    ``style`` is '' for plain text, else the quote or the sign of a literal block; ``children`` are keys or numbers.
    """

    start: int
    end: int
    kind: str
    flow: bool = False
    style: str = ""
    key_start: int = -1
    key_end: int = -1
    children: list[str | int] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Where the item begins: at its key, if it has one."""
        return self.start if self.key_start < 0 else self.key_start


@dataclass(slots=True)
class _Open:
    path: Path
    span: Span
    key: Any = None


def find_spans(text: str) -> dict[Path, Span]:
    """Every value by path. The text must be one the strict reader accepts: no aliases, tags or second document."""
    spans: dict[Path, Span] = {}
    stack: list[_Open] = []
    for event in yaml.parse(text, Loader=PARSER):
        if isinstance(event, yaml.ScalarEvent):
            _scalar(event, text, spans, stack)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            _open(event, text, spans, stack)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            _close(event, spans, stack)
    return spans


def _open(event: Any, text: str, spans: dict[Path, Span], stack: list[_Open]) -> None:
    start = event.start_mark.index
    kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
    span = Span(start, event.end_mark.index, kind, flow=text[start : start + 1] in ("{", "["))
    stack.append(_Open(_place(span, spans, stack), span))


def _scalar(event: Any, text: str, spans: dict[Path, Span], stack: list[_Open]) -> None:
    start, end = event.start_mark.index, event.end_mark.index
    if stack and stack[-1].span.kind == "map" and stack[-1].key is None:
        stack[-1].key = (event.value, start, end)
        return
    style = event.style or ""
    if style in ("|", ">"):
        end = start + len(text[start:end].rstrip("\r\n"))
    span = Span(start, end, "scalar", style=style)
    _place(span, spans, stack)
    if start == end and span.key_end >= 0:  # nothing behind the colon: some parsers place it further down
        span.start = span.end = span.key_end


def _place(span: Span, spans: dict[Path, Span], stack: list[_Open]) -> Path:
    """Put a value under the key that waits for it, or at the end of the open list; returns its path."""
    path: Path = ()
    if stack:
        top = stack[-1]
        if top.span.kind == "map":
            name, span.key_start, span.key_end = top.key
            top.key = None
        else:
            name = len(top.span.children)
        top.span.children.append(name)
        path = (*top.path, name)
    spans[path] = span
    return path


def _close(event: Any, spans: dict[Path, Span], stack: list[_Open]) -> None:
    top = stack.pop()
    if top.span.flow:
        top.span.end = event.end_mark.index
    elif top.span.children:
        last = spans[(*top.path, top.span.children[-1])]
        top.span.end = max(last.end, last.key_end + 1)
