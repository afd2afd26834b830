"""One ``--vary``: a selector, what is done there, and the values it takes in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from planner.errors import BadInput, UsageError
from planner.scenario.change_path import Step, is_number, parse_selector
from planner.scenario.yaml_events import parse_yaml

EXAMPLE = "such as offers[acme].price.amount*=0.9,1,1.1 (multiplied), demand[ramp].shortage_cost.amount=60,80 (set)"
MOST_VALUES = 10_000
_SIGNS = {"*": "multiply", "+": "add"}
_RANGE = re.compile(r"(-?[0-9.]+(?:e[+-]?\d+)?)\.\.(-?[0-9.]+(?:e[+-]?\d+)?)")


@dataclass(frozen=True, slots=True)
class Variation:
    """``action`` is set, multiply or add. ``values`` as they are written in a file; or ``low`` and ``high`` to draw between."""

    select: str
    action: str
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def drawn(self) -> bool:
        """Whether its values are drawn from a range."""
        return not self.values

    @property
    def label(self) -> str:
        """The last words of the selector: ``offers[acme].price.amount`` is ``acme.price``."""
        words = [_word(step) for step in parse_selector(self.select)]
        if words[-1] == "amount" and len(words) > 1:
            words.pop()
        return ".".join(words[-2:])

    def describe(self, value: str) -> str:
        """A value as names show it: ``x0.9``, ``+5``, ``60``."""
        return f"x{value}" if self.action == "multiply" else f"{float(value):+g}" if self.action == "add" else value


def _word(step: Step) -> str:
    return "all" if step.every else step.key or step.item or "-".join(value for _, value in step.where)


def read_variation(text: str) -> Variation:
    """What ``--vary`` says. Raises UsageError with what is wrong and an example."""
    select, sign, values = _split_name(text)
    if not sign or not select:
        raise UsageError(f"--vary {text}: there is no value; allowed: a selector, = or *= or +=, and values, {EXAMPLE}")
    action = "set"
    if select[-1] in _SIGNS and not select.endswith((".*", "[*")) and len(select) > 1:
        select, action = select[:-1], _SIGNS[select[-1]]
    try:
        parse_selector(select)
    except ValueError as error:
        raise UsageError(f"--vary {text}: the selector {error}; allowed: {EXAMPLE}") from None
    span = _RANGE.fullmatch(values.strip())
    if span:
        return _between(text, select, action, span[1], span[2])
    parts = tuple(part.strip() for part in _split_values(values))
    if len(parts) > MOST_VALUES or len(set(parts)) < len(parts):
        raise UsageError(f"--vary {text}: a value stands twice; allowed: at most {MOST_VALUES:,} different values")
    for part in parts:
        _check_value(text, part, action)
    return Variation(select, action, parts)


def _between(text: str, select: str, action: str, low: str, high: str) -> Variation:
    try:
        first, last = float(low), float(high)
    except ValueError:
        raise UsageError(f"--vary {text}: {low}..{high} is no range; allowed: two numbers, such as 0.8..1.2") from None
    if not first < last:
        raise UsageError(f"--vary {text}: the range is empty; allowed: the smaller number first, such as 0.8..1.2")
    return Variation(select, action, (), first, last)


def _check_value(text: str, part: str, action: str) -> None:
    value = _read_value(part) if part and "\n" not in part else None
    if value is None:
        raise UsageError(f"--vary {text}: '{part}' is no value; allowed: what a scenario file may say there, with commas between")
    if action != "set" and not is_number(value):
        raise UsageError(f"--vary {text}: '{part}' is no number; allowed: plain decimal numbers after *= and +=")


def _read_value(part: str) -> Any:
    """The value as a scenario file would be read; None where it cannot be."""
    try:
        parsed = parse_yaml(f"value: {part}\n", "--vary")
    except BadInput:
        return None
    return None if parsed.complaints or list(parsed.data) != ["value"] else parsed.data["value"]


def _split_name(text: str) -> tuple[str, str, str]:
    """What stands before and after the first ``=`` outside brackets."""
    depth = 0
    for i, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if letter == "=" and depth <= 0:
            return text[:i].strip(), "=", text[i + 1 :]
    return text.strip(), "", ""


def _split_values(text: str) -> list[str]:
    """Parts between commas outside brackets and quotes."""
    parts, depth, quote = [""], 0, ""
    for letter in text:
        if letter == "," and not depth and not quote:
            parts.append("")
            continue
        if letter in "\"'":
            quote = "" if letter == quote else quote or letter
        elif not quote:
            depth += (letter in "[{") - (letter in "]}")
        parts[-1] += letter
    return parts
