"""sweep.svg and tornado.svg: a line or a map of costs, and bars of what every assumption does to cost."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.plane import Plane, spread
from planner.report.svg import FAINT, INK, PAPER, SOFT, clean, legend, page, tag, text
from planner.report.sweep import explain_sweep, name_vary, show_cost, show_number
from planner.report.tornado import explain_tornado, show_more
from planner.report.view import money_unit
from planner.studies.sweep.answers import Sweep
from planner.studies.sweep.bars import Bar, Side, Tornado

LEFT, RIGHT, TOP, BOTTOM = 110, 870, 110, 450
LINE, TURN, SAME = "#2F7FBF", "#D1495B", "#B4C3CF"
LESS, MORE = "#3E9B78", "#D1495B"
LIGHT, DARK = (235, 243, 250), (31, 84, 130)
WIDE, HIGH, TABLE = 92, 34, 130
NAMES, MIDDLE, HALF, ROW = 330, 690, 230, 26
LONGEST, LABEL = 46, 22
"""Letters of an assumption's name, and of a value beside its bar."""
MOST_BARS = 25


def draw_sweep(found: Sweep, title: str, mask: Mask) -> bytes:
    """A line over one number, a map over two; SVG."""
    words = " ".join(explain_sweep(found, mask))
    return _draw_line(found, title, mask, words) if len(found.varies) == 1 else _draw_map(found, title, mask, words)


def _draw_line(found: Sweep, title: str, mask: Mask, words: str) -> bytes:
    points = [(cell.values[0], cell.cost.value) for cell in found.cells if cell.cost.value is not None]
    parts = [text(24, 34, title, 18, INK, font_weight="600")]
    if not points:
        return page(900, 90, title, words, [*parts, text(24, 66, words, 12, SOFT)])
    across = spread([cell.values[0] for cell in found.cells], LEFT, RIGHT, show_number)
    plane = Plane(across, spread([cost for _, cost in points], BOTTOM, TOP, show_cost))
    parts.append(legend(24, 62, [(LINE, "cost of the best plan"), (TURN, "today's decisions surely change")], lines=(LINE, TURN)))
    parts += plane.draw(mask.text(name_vary(found.varies[0], found.base[0])), f"Cost ({money_unit(found.scenario.money)})")
    for turn in found.turns:
        if turn.sure:
            x = across.at((found.cells[turn.before].values[0] + found.cells[turn.after].values[0]) / 2)
            parts.append(tag("line", x1=x, y1=TOP, x2=x, y2=BOTTOM, stroke=TURN, stroke_width=1.5, stroke_dasharray="4 4"))
    parts.append(tag("path", d=plane.path(points), fill="none", stroke=LINE, stroke_width=2))
    for value, cost in points:
        mark = tag("title", clean(f"{show_number(value)}: {show_cost(cost)}"))
        parts.append(tag("circle", mark, cx=across.at(value), cy=plane.up.at(cost), r=4.5, fill=LINE))
    return page(900, 520, title, words, parts)


def _draw_map(found: Sweep, title: str, mask: Mask, words: str) -> bytes:
    rows, columns = (vary.values for vary in found.varies)
    known = [cell.cost.value for cell in found.cells if cell.cost.value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    names = [mask.text(name_vary(vary, base)) for vary, base in zip(found.varies, found.base, strict=True)]
    head = (f"Cost ({money_unit(found.scenario.money)})", f"down: {names[0]}", f"across: {names[1]}")
    parts = [text(24, 34, title, 18, INK, font_weight="600")]
    parts += [text(24, 58 + 18 * i, words_, 12, SOFT) for i, words_ in enumerate(head)]
    for j, value in enumerate(columns):
        parts.append(text(LEFT + WIDE * (j + 0.5), TABLE - 8, show_number(value), 12, SOFT, text_anchor="middle"))
    for i, value in enumerate(rows):
        y = TABLE + HIGH * i
        parts.append(text(LEFT - 10, y + 22, show_number(value), 12, SOFT, text_anchor="end"))
        for j in range(len(columns)):
            cost = found.cells[i * len(columns) + j].cost.value
            share = (cost - low) / (high - low) if cost is not None and high > low else 0.0
            fill = _shade(share) if cost is not None else FAINT
            box = tag("rect", x=LEFT + WIDE * j + 1, y=y + 1, width=WIDE - 2, height=HIGH - 2, rx=2, fill=fill)
            shown = show_cost(cost) if cost is not None else "no plan"
            ink = PAPER if share > 0.5 else INK
            parts += [box, text(LEFT + WIDE * (j + 0.5), y + 22, shown, 12, ink, text_anchor="middle")]
    parts += [_border(found, turn.before, turn.after) for turn in found.turns if turn.sure]
    y = TABLE + 24 + HIGH * len(rows)
    parts.append(legend(24, y, [(TURN, "today's decisions surely change")], lines=(TURN,)))
    return page(max(560, LEFT + WIDE * len(columns) + 30), y + 24, title, words, parts)


def _border(found: Sweep, before: int, after: int) -> str:
    """A line between two cells side by side, or one above the other."""
    wide = len(found.varies[1].values)
    i, j = divmod(after, wide)
    x, y = LEFT + WIDE * j, TABLE + HIGH * i
    end = (x, y + HIGH) if after - before == 1 else (x + WIDE, y)
    return tag("line", x1=x, y1=y, x2=end[0], y2=end[1], stroke=TURN, stroke_width=3)


def _shade(share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in zip(LIGHT, DARK, strict=True))


def draw_tornado(found: Tornado, title: str, mask: Mask) -> bytes:
    """Bars to the left where cost falls and to the right where it rises; SVG."""
    bars = found.bars[:MOST_BARS]
    top = max((abs(side.more.value) for bar in bars for side in (bar.low, bar.high) if side and side.more), default=0.0)
    unit = money_unit(found.scenario.money)
    parts = [text(24, 34, title, 18, INK, font_weight="600")]
    keys = [
        (LESS, f"{unit} less"),
        (MORE, f"{unit} more"),
        (SAME, "not distinguishable"),
        (INK, "today's decisions surely change"),
    ]
    parts.append(legend(24, 62, keys, diamonds=(INK,)))
    for place, bar in enumerate(bars):
        parts += _bar(bar, 84 + ROW * place, top, mask)
    bottom = 84 + ROW * len(bars)
    parts.append(tag("line", x1=MIDDLE, y1=78, x2=MIDDLE, y2=bottom, stroke=INK, stroke_width=1))
    rest = len(found.bars) - len(bars)
    if rest:
        parts.append(text(24, bottom + 20, f"{rest} smaller ones are not drawn", 11, SOFT))
    return page(MIDDLE + HALF + 150, bottom + 36, title, " ".join(explain_tornado(found, mask)), parts)


def _bar(bar: Bar, y: float, top: float, mask: Mask) -> list[str]:
    name = mask.text(bar.assumption.name)
    parts = [text(NAMES, y + 16, name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…", 11.5, INK, text_anchor="end")]
    if bar.changes:
        parts.append(tag("path", d=f"M {NAMES + 14} {y + 6} l 6 6 l -6 6 l -6 -6 z", fill=INK))
    for side in (bar.low, bar.high):
        if side is not None:
            parts += _side(side, y, top, mask)
    return parts


def _side(side: Side, y: float, top: float, mask: Mask) -> list[str]:
    words = tag("title", clean(f"{mask.text(side.value)}: {show_more(side)}"))
    if side.more is None:
        return [text(MIDDLE + HALF + 8, y + 16, show_more(side), 11, MORE, text_anchor="start")]
    value = side.more.value
    wide = HALF * abs(value) / top if top else 0.0
    fill = SAME if abs(value) <= side.more.room else MORE if value > 0 else LESS
    x = MIDDLE if value > 0 else MIDDLE - wide
    label = MIDDLE + wide + 5 if value > 0 else MIDDLE - wide - 5
    parts = [tag("rect", words, x=x, y=y + 3, width=max(wide, 1.0), height=ROW - 8, fill=fill)]
    if abs(value) > side.more.room:
        parts.append(text(label, y + 16, _cut(mask.text(side.value)), 10, SOFT, text_anchor="start" if value > 0 else "end"))
    return parts


def _cut(words: str) -> str:
    return words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"
