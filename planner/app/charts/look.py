"""One look for all pictures: colours that the colour-blind can tell apart, on light and on dark, and shared axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import altair as alt

Say = Callable[..., str]
"""Words by their key and values, as ``words.t`` finds them."""
Record = dict[str, Any]

BLUE, ORANGE, GREEN, SKY, PINK, YELLOW, BROWN, GREY = (
    "#3B7DC4", "#E69F00", "#0FA37F", "#79BDE8", "#CC79A7", "#D9CB3C", "#A9744F", "#8C9AA5",
)  # fmt: skip
RED = "#D55E00"
"""What is missing, and what it costs; nothing else."""
PALETTE = (BLUE, ORANGE, GREEN, SKY, PINK, YELLOW, BROWN, GREY, "#6A5ACD", "#5C7A29")


NUMBER = 3
"""Figures in front of a name of ``numbered``."""
UNNUMBERED = f"slice(datum.label, {NUMBER})"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours that depend on the page: words, faint lines, and what lies behind."""

    ink: str
    faint: str
    paper: str


LIGHT, DARK = Look("#3A4550", "#D5DBE1", "#FFFFFF"), Look("#D5DBE1", "#3A4550", "#0E1117")


def moment(day: date) -> str:
    """A day as the chart reads it: midnight where the reader is, so that no time zone moves it."""
    return f"{day.isoformat()}T00:00:00"


def values(records: Iterable[Record]) -> alt.InlineData:
    """Records as the data of a chart."""
    return alt.InlineData(values=list(records))


def numbered(names: Iterable[str]) -> list[str]:
    """Names that are told apart by their place, for the rows of a picture; ``UNNUMBERED`` shows them without it."""
    return [f"{place:0{NUMBER}d}{name}" for place, name in enumerate(names)]


def time_axis(begin: date, end: date) -> tuple[alt.Axis, alt.Scale]:
    """The axis of a calendar from ``begin`` to ``end``: quarters by name, few enough to be read."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    step = 3 if months <= 42 else 6 if months <= 84 else 12
    axis = alt.Axis(
        title=None,
        tickCount=alt.TimeIntervalStep(interval="month", step=step),
        labelExpr="timeFormat(datum.value, '%Y') + '-Q' + quarter(datum.value)",
        labelOverlap=True,
        labelAlign="left",
        grid=True,
    )
    return axis, alt.Scale(domain=[_day(begin), _day(end)])


def _day(day: date) -> alt.ExprRef:
    """As an expression: several layers that share the axis then agree on it."""
    return alt.ExprRef(f"datetime({day.year}, {day.month - 1}, {day.day})")


def scale_of(names: Iterable[str], colours: Iterable[str] = PALETTE) -> alt.Scale:
    """Names and their colours in order; the palette begins again when it ends."""
    found, known = list(names), list(colours)
    return alt.Scale(domain=found, range=[known[i % len(known)] for i in range(len(found))])


def legend(columns: int = 3, symbol: str = "square") -> alt.Legend:
    """The legend above the picture, in as many columns as fit a small screen."""
    return alt.Legend(
        title=None, orient="top", direction="horizontal", columns=columns, labelLimit=200, symbolType=symbol, symbolSize=120
    )


def finish(layers: Iterable[Any], height: int | alt.Step, x: Literal["shared", "independent"] = "shared") -> alt.LayerChart:
    """The layers as one chart with its height and no frame; ``x``: whether they share one axis."""
    chart = alt.layer(*layers).resolve_scale(x=x).properties(height=height)
    return cast("alt.LayerChart", chart.configure_view(strokeOpacity=0))
