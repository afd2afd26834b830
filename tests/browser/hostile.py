"""A scenario as an ill-meaning supplier might fill it in: every free text tries to be more than text."""

from __future__ import annotations

import json

PLACE = "evil.example"
INLINE = (
    "<script>window.hacked=1</script>",
    f'<img src="https://{PLACE}/a.png" onerror="window.hacked=1">',
    f"![picture](https://{PLACE}/b.png)",
    f"[link](https://{PLACE}/c)",
    "[script](javascript:window.hacked=1)",
    f"<https://{PLACE}/d>",
    f"https://{PLACE}/e",
    f"www.{PLACE}/f",
    f"post@{PLACE}",
    "javascript:window.hacked=1",
    ":material/home: :red[red] :streamlit: `code` **bold** ~~gone~~",
    f"$\\href{{https://{PLACE}/g}}{{formula}}$",
    f'<iframe src="https://{PLACE}/h"></iframe>',
    '<svg onload="window.hacked=1"></svg>',
    f'=HYPERLINK("https://{PLACE}/i","formula")',
    "{0} {title} %s",
    "data:text/html,<script>window.hacked=1</script>",
)
BLOCK = (f"[ref]: https://{PLACE}/j\n\n[ref]\n\n# heading\n\n- list\n\n<div onclick='window.hacked=1'>\n\n---\n\n"
         f"```\ncode\n```\n\n> ![quoted](https://{PLACE}/k.png)")  # fmt: skip
LINE = " ".join(INLINE)
TEXT = f"{LINE}\n\n{BLOCK}"
MARK = "<script>window.hacked=1</script>"
"""Must stand on the page as it is written."""


def hostile_scenario() -> str:
    """Two makers, two futures; every free text is hostile. JSON is YAML."""
    line, text = json.dumps(LINE), json.dumps(TEXT)
    one, other = (json.dumps(" ".join(INLINE[first : first + 4])) for first in (0, 2))  # names may have 200 characters
    source = f"sources: [{{is: assumption, note: {text}, url: {line}}}]"
    return f"""format: 1
title: {line}
description: {text}
calendar: {{start: 2026-01-01, step: quarter, periods: 4}}
money: {{currency: USD, in: millions, discount_rate: 0, {source}}}
routes: {{cell: {{steps: [line]}}}}
sites: [{{id: plant, country: US, note: {text}}}]
demand:
  - id: ramp
    sites: [plant]
    target_mw: {{2026-Q3: 500, 2026-Q4: 1000}}
    shortage_cost: {{amount: 400, per: GW-year}}
    note: {text}
    {source}
suppliers:
  - {{id: cheap, name: {one}, country: CN, class_default: {line}, note: {text}, {source}}}
  - {{id: dear, name: {other}, country: DE, class_default: {line}, note: {text}}}
offers:
  - {{id: cheap-line, supplier: cheap, unit: {line}, covers: {{line: 500}}, price: {{amount: 40}}, lead_time: 6 months,
     incoterm: {{rule: FCA, place: {line}}}, note: {text}, {source}}}
  - {{id: dear-line, supplier: dear, unit: {line}, covers: {{line: 500}}, price: {{amount: 65}}, lead_time: 6 months,
     incoterm: {{rule: FCA, place: {line}}}, note: {text}, {source}}}
shocks:
  - {{id: stop, date: 2026-04-01, probability: 0.25, hits: {{suppliers: [cheap]}}, shipments: stopped, indicator: {line},
     note: {text}, {source}}}
"""
