"""tree.svg: every future from today on, when news comes, how likely it is and what it costs."""

from __future__ import annotations

from math import sqrt

from planner.report.futures import Tail, find_tail
from planner.report.play_words import news_part
from planner.report.svg import FAINT, INK, SOFT, TimeAxis, clean, legend, page, tag, text
from planner.report.table import digits_for, grouped, show_share
from planner.report.twigs import Kind, Twig, find_twigs
from planner.report.view import View, money_unit

WIDTH, LEFT, RIGHT = 1240, 30, 560
NAME, CHANCE, BAR, END = 574, 930, 946, 1150
LETTER = 0.56
"""Width of a letter on average, in parts of its size."""
CASH, PENALTY = "#B4C3CF", "#D1495B"
COLOURS = ("#2F7FBF", "#E08E1B", "#7B5EA7", "#3E9B78", "#8C6D46", "#C2528B", "#4C9A9A", "#5E6B2F", "#8C9AA5")
THICKEST, THINNEST = 9.0, 1.3
APART = 4.0
"""Distance between lines that leave the same one at the same time."""


def draw_tree(view: View, title: str) -> bytes:
    """The drawing, SVG: the trunk on top, what branches off late just below it; at the right chance and cost."""
    twigs, left_out = find_twigs(view)
    kinds = _kinds(twigs)
    colours = {kind: COLOURS[i % len(COLOURS)] for i, kind in enumerate(kinds)}
    keys = _keys(view, kinds, colours)
    top = 84 + 20 * len(keys) + 26
    height = 26.0 if len(twigs) <= 20 else 19.0 if len(twigs) <= 40 else 15.5
    bottom = top + height * len(twigs) + 10
    axis = TimeAxis(view.scenario.calendar.start, view.scenario.calendar.end, LEFT, RIGHT)
    levels = [top + height * (row + 0.5) for row in range(len(twigs))]
    parts = [text(24, 34, title, 18, INK, font_weight="600")]
    parts += [legend(24, 62 + 20 * i, line, lines=(*colours.values(), INK)) for i, line in enumerate(keys)]
    parts += [*axis.draw(top - 8, bottom, top - 16), *_heads(view, top - 16)]
    parts += [
        tag("line", x1=NAME - 6, y1=y + height / 2, x2=END + 66, y2=y + height / 2, stroke=FAINT, stroke_width=0.6)
        for y in levels
    ]
    most = max([1e-9, *(twig.costs["expected_cost"] for twig in twigs)])
    parts += _averages(view, most, top, bottom)
    for row in reversed(range(len(twigs))):
        parts += _line(view, axis, twigs, row, levels, colours)
    for row, twig in enumerate(twigs):
        parts += _figures(twig, levels[row], min(height - 6, 15), most)
    if left_out:
        parts.append(text(NAME, bottom + 8, f"{left_out} less likely first news are not drawn", 10.5, SOFT))
    return page(WIDTH, bottom + 18, title, _describe(view, twigs), parts)


def _kinds(twigs: list[Twig]) -> list[Kind]:
    """News in order of its chance."""
    weight: dict[Kind, float] = {}
    for twig in twigs:
        if twig.kind:
            weight[twig.kind] = weight.get(twig.kind, 0.0) + twig.widths[0]
    return sorted(weight, key=lambda kind: (-weight[kind], kind))


def _keys(view: View, kinds: list[Kind], colours: dict[Kind, str]) -> list[list[tuple[str, str]]]:
    """The legend in lines that fit the page."""
    items = [(INK, "if nothing happens")]
    items += [(colours[kind], view.mask.text(f"{news_part(view, kind[0]).shown} {kind[1]}".strip())) for kind in kinds]
    items += [(CASH, "cash"), (PENALTY, "penalty for the capacity gap")]
    lines: list[list[tuple[str, str]]] = [[]]
    room = WIDTH - 48.0
    for fill, words in items:
        wide = 44 + 6.6 * len(words)
        if wide > room and lines[-1]:
            lines.append([])
            room = WIDTH - 48.0
        lines[-1].append((fill, words))
        room -= wide
    return lines


def _heads(view: View, y: float) -> list[str]:
    money = money_unit(view.scenario.money)
    return [
        text(NAME, y, "Future", 11.5, SOFT),
        text(CHANCE, y, "Chance", 11.5, SOFT, text_anchor="end"),
        text(BAR, y, f"All costs ({money})", 11.5, SOFT),
    ]


def _averages(view: View, most: float, top: float, bottom: float) -> list[str]:
    """Upright lines at the average of all futures and at that of the worst."""
    tail: Tail = find_tail(view)
    mean = sum(f.probability * f.cost for f in view.everything.futures) / sum(f.probability for f in view.everything.futures)
    worst = tail.costs["expected_cost"]
    parts = []
    for cost, words, anchor, shift in (
        (mean, "average", "end", 3),
        (worst, f"worst {grouped(100 * tail.share, 0)} %", "start", -3),
    ):
        x = _bar(cost, most)
        parts.append(tag("line", x1=x, y1=top - 6, x2=x, y2=bottom, stroke=SOFT, stroke_width=1, stroke_dasharray="2 3"))
        parts.append(text(x + shift, top - 30, words, 10, SOFT, text_anchor=anchor))
    return parts


def _bar(cost: float, most: float) -> float:
    return BAR + (END - BAR) * max(cost, 0.0) / most


def _thick(probability: float) -> float:
    return max(THINNEST, THICKEST * sqrt(min(probability, 1.0)))


def _line(view: View, axis: TimeAxis, twigs: list[Twig], row: int, levels: list[float], colours: dict[Kind, str]) -> list[str]:
    """The connector from the row it leaves, then one piece for every stretch of equal probability."""
    twig, y = twigs[row], levels[row]
    starts = view.scenario.calendar.starts
    colour = colours[twig.kind] if twig.kind else INK
    begin = axis.at(starts[twig.start]) + APART * twig.beside
    parts, x = [], begin
    if twig.parent >= 0:
        above, bend = levels[twig.parent], min(7.0, y - levels[twig.parent])
        path = f"M {begin:.1f} {above:.1f} L {begin:.1f} {y - bend:.1f} Q {begin:.1f} {y:.1f} {begin + bend:.1f} {y:.1f}"
        thin = _thick(twig.widths[0])
        parts.append(tag("path", d=path, fill="none", stroke=colour, stroke_width=thin, stroke_linecap="round"))
        x = begin + bend
    for place, width in enumerate(twig.widths):
        last = place == len(twig.widths) - 1
        until = RIGHT if last else axis.at(starts[twig.start + place + 1])
        if last or abs(twig.widths[place + 1] - width) > 1e-12:
            parts.append(tag("line", x1=x, y1=y, x2=until, y2=y, stroke=colour, stroke_width=_thick(width)))
            x = until
    words = f"{twig.label}: chance {show_share(twig.probability)}"
    return [tag("g", tag("title", clean(words)) + "".join(parts))]


def _figures(twig: Twig, y: float, high: float, most: float) -> list[str]:
    """Name, chance, and a bar of cash and penalty with the sum beside it."""
    bold = {"font_weight": "600"} if twig.parent < 0 else {}
    size = 11.5 if high >= 12 else 10.5
    label = f"{twig.label} ({twig.count} futures)" if twig.count > 1 else twig.label
    room = int((CHANCE - 50 - NAME) / (LETTER * size))
    # what came last tells a row from its neighbours; what came before stands in the row it leaves
    short = label if len(label) <= room else f"… {label[2 - room :].partition(' ')[2]}"
    cash, penalty, cost = (twig.costs[key] for key in ("cash_cost", "shortage_cost", "expected_cost"))
    middle, end = _bar(cash, most), _bar(cash + penalty, most)
    words = f"{label}: cash {grouped(cash, digits_for(cash))}, penalty {grouped(penalty, digits_for(penalty))}"
    bars = tag("rect", x=BAR, y=y - high / 2, width=middle - BAR, height=high, fill=CASH)
    if end > middle:
        bars += tag("rect", x=middle, y=y - high / 2, width=end - middle, height=high, fill=PENALTY)
    return [
        text(NAME, y + 4, short, size, INK, **bold),
        text(CHANCE, y + 4, show_share(twig.probability), size, SOFT, text_anchor="end"),
        tag("g", tag("title", clean(words)) + bars),
        text(END + 66, y + 4, grouped(cost, digits_for(cost)), size, INK, text_anchor="end", **bold),
    ]


def _describe(view: View, twigs: list[Twig]) -> str:
    futures = view.everything.futures
    worst = max(futures, key=lambda future: future.cost)
    return (
        f"{len(futures)} futures in {len(twigs)} rows. Nothing happens with a chance of {show_share(twigs[0].probability)}; "
        f"the dearest future: {view.mask.text(worst.name)}. The table is in results.xlsx, sheet Futures."
    )
