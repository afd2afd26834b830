"""regret.svg: plans against worlds, each cell the darker the more it costs."""

from __future__ import annotations

from planner.report.mask import Mask
from planner.report.regret import NEVER, OPEN, describe_chance, explain_regret, short, show_cell, show_worst
from planner.report.svg import INK, PAPER, SOFT, clean, page, tag, text
from planner.report.view import money_unit
from planner.studies.regret.matrix import Cell, RegretMatrix

LEFT, TOP, WIDE, HIGH = 300, 190, 104, 34
NONE, MOST, REFUSED = (255, 255, 255), (209, 73, 91), "#E4E1DA"
DARK = 0.55
"""Part of the darkest colour above which words are white."""


def draw_regret(found: RegretMatrix, title: str, mask: Mask) -> bytes:
    """The drawing, SVG."""
    top = max((cell.regret.value for row in found.cells for cell in row if cell.regret), default=0.0)
    width, height = LEFT + WIDE * (len(found.worlds) + 1) + 40, TOP + HIGH * len(found.plans) + 50
    unit = money_unit(found.scenario.money)
    parts = [text(24, 34, title, 18, INK, font_weight="600")]
    parts.append(text(24, 58, f"What each beginning costs more than the best of each world, {unit}", 12.5, SOFT))
    for j, world in enumerate(found.worlds):
        parts.append(_heading(j, mask.text(world.name), describe_chance(world.probability)))
    parts.append(_heading(len(found.worlds), "largest", ""))
    for i, plan in enumerate(found.plans):
        y = TOP + HIGH * i
        weight = "700" if i == found.choice else "400"
        parts.append(text(LEFT - 12, y + 22, short(mask.text(plan.name)), 12, INK, text_anchor="end", font_weight=weight))
        for j, cell in enumerate(found.cells[i]):
            parts += _draw_cell(LEFT + WIDE * j, y, cell, top)
        x = LEFT + WIDE * len(found.worlds)
        parts.append(text(x + WIDE / 2, y + 22, show_worst(found.worst[i]), 12, INK, text_anchor="middle", font_weight=weight))
    return page(width, height, title, " ".join(explain_regret(found, mask)), parts)


def _heading(place: int, name: str, chance: str) -> str:
    x = LEFT + WIDE * place + WIDE / 2
    words = f"{short(name)}{f', {chance}' if chance else ''}"
    return text(x, TOP - 10, words, 11, SOFT, transform=f"rotate(-28 {x:.0f} {TOP - 10})")


def _draw_cell(x: float, y: float, cell: Cell, top: float) -> list[str]:
    shown = show_cell(cell)
    part = cell.regret.value / top if cell.regret and top > 0 and cell.regret.distinct else 0.0
    fill = REFUSED if shown in (NEVER, OPEN) else _shade(part)
    box = tag("title", clean(cell.reason or shown))
    words = {NEVER: "cannot be kept", OPEN: OPEN}.get(shown, shown)
    return [
        tag("rect", box, x=x + 1, y=y + 1, width=WIDE - 2, height=HIGH - 2, rx=2, fill=fill, stroke="#DDE3E8"),
        text(x + WIDE / 2, y + 22, words, 11.5, PAPER if part > DARK else INK, text_anchor="middle"),
    ]


def _shade(part: float) -> str:
    mixed = (round(a + (b - a) * part) for a, b in zip(NONE, MOST, strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)
