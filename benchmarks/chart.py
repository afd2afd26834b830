"""The chart of the benchmark: one line per instance, one mark per method, seconds on a logarithmic scale; light and dark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from benchmarks.methods import MODULES
from benchmarks.store import Row
from benchmarks.summary import MEASURES

LEFT, WIDE, BETWEEN, TOP, HIGH, FOOT = 250, 380, 80, 118, 32, 46
APART = 3
"""How far the methods' marks stand apart in height, so that those at the limit can be told."""
COLOURS = ("#D1495B", "#2F7FBF", "#7B5EA7", "#2E9E6B", "#E08E1B", "#8C7B6B", "#4FA3A5")
SHAPES = ("circle", "square", "diamond", "up", "down", "cross", "ring")
FONT = "role=\"img\" font-family=\"Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\""
STYLE = """
.ground{fill:#FFFFFF}.ink{fill:#1F2A33}.soft{fill:#5A6772}.line{stroke:#DCE3E8}.edge{stroke:#FFFFFF}
@media (prefers-color-scheme: dark){.ground{fill:#12181E}.ink{fill:#E8EEF2}.soft{fill:#9FB0BC}
.line{stroke:#2B3741}.edge{stroke:#12181E}}
"""
PANELS = ((MEASURES["first"], "first plan within 1 % of the best known", "first_missed"),
          (MEASURES["half"], "proven within 0.5 %", "limit_hit_0_5"))  # fmt: skip


def draw_chart(table: Sequence[Row]) -> str:
    """The SVG. Hollow marks stand at the limit: the method had not got there."""
    names = list(dict.fromkeys(row["instance"] for row in sorted(table, key=lambda row: (row["nodes"], row["instance"]))))
    shown = [row[measure] for row in table for measure, *_ in PANELS if row[measure]]
    low, high = (math.floor(math.log10(min(shown, default=0.1))), math.ceil(math.log10(max(shown, default=100))))
    high = max(high, low + 1)
    width, height = LEFT + 2 * WIDE + BETWEEN + 30, TOP + HIGH * len(names) + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" {FONT}>',
        "<title>Seconds to a first good plan and to a proven one, by method</title>",
        f"<desc>{escape(_describe(table))}</desc><style>{STYLE}</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>',
        *_legend(),
    ]
    for number, name in enumerate(names):
        y = TOP + HIGH * (number + 0.5)
        nodes = next(row["nodes"] for row in table if row["instance"] == name)
        parts.append(f'<line class="line" x1="24" x2="{width - 30}" y1="{y + HIGH / 2:.0f}" y2="{y + HIGH / 2:.0f}"/>')
        parts.append(f'<text class="ink" x="24" y="{y + 4:.0f}" font-size="13">{escape(name)}</text>')
        parts.append(f'<text class="soft" x="{LEFT - 16}" y="{y + 4:.0f}" font-size="12" text-anchor="end">{nodes:,}</text>')
    parts.append(f'<text class="soft" x="{LEFT - 16}" y="{TOP - 10}" font-size="12" text-anchor="end">nodes</text>')
    for number, (measure, title, missed) in enumerate(PANELS):
        left = LEFT + number * (WIDE + BETWEEN)
        parts += _scale(left, title, low, high, height)
        for row in (row for method in reversed(MODULES) for row in table if row["method"] == method and row[measure]):
            x = left + WIDE * (math.log10(row[measure]) - low) / (high - low)
            middle = TOP + HIGH * (names.index(row["instance"]) + 0.5)
            y = middle + APART * (list(MODULES).index(row["method"]) - len(MODULES) // 2)
            parts.append(_mark(row["method"], x, y, hollow=row[missed]))
    return "\n".join([*parts, "</svg>", ""])


def _describe(table: Sequence[Row]) -> str:
    instances, methods = ({row[key] for row in table} for key in ("instance", "method"))
    return f"{len(instances)} instances, {len(methods)} methods, one thread each. All figures are in docs/speed.md."


def _legend() -> list[str]:
    found = ['<text class="ink" x="24" y="34" font-size="18" font-weight="600">Seconds by method, one thread each</text>']
    x = 32.0
    for method in MODULES:
        found.append(_mark(method, x, 58, hollow=False))
        found.append(f'<text class="soft" x="{x + 12:.0f}" y="62" font-size="13">{escape(method)}</text>')
        x += 36 + 7.6 * len(method)
    found.append(f'<text class="soft" x="{x + 10:.0f}" y="62" font-size="13">hollow: not within the limit</text>')
    return found


def _scale(left: int, title: str, low: int, high: int, height: int) -> list[str]:
    found = [f'<text class="ink" x="{left}" y="{TOP - 26}" font-size="14" font-weight="600">{escape(title)}</text>']
    for power in range(low, high + 1):
        x = left + WIDE * (power - low) / (high - low)
        found.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{height - FOOT + 6}"/>')
        place = f'x="{x:.1f}" y="{height - FOOT + 24}" font-size="12" text-anchor="middle"'
        found.append(f'<text class="soft" {place}>{10.0**power:g} s</text>')
    return found


def _mark(method: str, x: float, y: float, *, hollow: bool) -> str:
    number = list(MODULES).index(method)
    colour, shape, r = COLOURS[number], SHAPES[number], 6.5 if number == 0 else 5.0
    paint = f'fill="none" stroke="{colour}" stroke-width="1.8"' if hollow else f'class="edge" fill="{colour}" stroke-width="0.8"'
    points = {"diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)), "up": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
              "down": ((0, 1.1), (1.1, -0.9), (-1.1, -0.9)), "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
              "cross": ((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4), (0.4, 1.1), (-0.4, 1.1),
                        (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
              "ring": tuple((math.cos(a * math.pi / 3), math.sin(a * math.pi / 3)) for a in range(6))}  # fmt: skip
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {paint}/>'
    corners = " ".join(f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in points[shape])
    return f'<polygon points="{corners}" {paint}/>'
