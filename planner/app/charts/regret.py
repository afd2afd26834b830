"""Regret: every plan in every scenario, the darker the more it costs above the best there."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from planner.app.charts.look import GREY, ORANGE, UNNUMBERED, Look, Say, finish, numbered, values
from planner.report.mask import Mask
from planner.report.regret import short
from planner.studies.regret.matrix import Cell, RegretMatrix

ROW, FRAME = 48, 90
DARK = 0.6
"""Part of the darkest colour above which words are dark."""


def draw_regret(found: RegretMatrix, mask: Mask, show: Any, say: Say, look: Look) -> alt.LayerChart:
    """Rows are plans, columns scenarios; ``show`` writes a cell. Cells without a number have no colour."""
    top = max((cell.regret.value for row in found.cells for cell in row if cell.regret), default=0.0)
    plans = numbered(short(mask.text(plan.name)) for plan in found.plans)
    worlds = numbered(short(mask.text(world.name)) for world in found.worlds)
    records = [
        {
            "plan": plans[i], "world": worlds[j], "part": _part(cell, top), "text": show(cell),
            "known": cell.regret is not None,
            "plan_name": mask.text(found.plans[i].name), "world_name": mask.text(found.worlds[j].name),
        }
        for i, row in enumerate(found.cells)
        for j, cell in enumerate(row)
    ]  # fmt: skip
    y = alt.Y("plan:N", sort=plans, axis=_axis(say("regret.begun_as"), "left"))
    x = alt.X("world:N", sort=worlds, axis=_axis(say("regret.world"), "top"))
    tips = [alt.Tooltip(f"{key}:N", title=say(f"regret.tip_{key}")) for key in ("plan_name", "world_name", "text")]
    base = alt.Chart(values(records)).encode(x=x, y=y, tooltip=tips)
    scale = alt.Scale(domain=[0, 1], range=[look.paper, ORANGE], interpolate="rgb")
    layers: list[Any] = [
        base.transform_filter("datum.known")
        .mark_rect(stroke=look.faint)
        .encode(color=alt.Color("part:Q", scale=scale, legend=None)),
        base.transform_filter("!datum.known").mark_rect(color=GREY, opacity=0.35),
        base.transform_filter(f"datum.part <= {DARK}").mark_text(color=look.ink, fontSize=13).encode(text="text:N"),
        base.transform_filter(f"datum.part > {DARK}")
        .mark_text(color="#1A1A1A", fontSize=13, fontWeight="bold")
        .encode(text="text:N"),
    ]
    return finish(layers, ROW * len(plans) + FRAME)


def _axis(title: str, side: Literal["left", "top"]) -> alt.Axis:
    return alt.Axis(title=title, orient=side, labelExpr=UNNUMBERED, labelLimit=240, labelAngle=0, domain=False, ticks=False)


def _part(cell: Cell, top: float) -> float:
    return cell.regret.value / top if cell.kept and cell.regret and cell.regret.distinct and top > 0 else 0.0
