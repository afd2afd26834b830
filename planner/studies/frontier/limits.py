"""How a question about a plan says that it may have no more than so much of a measure, a share, or suppliers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.options import Options
from planner.studies.frontier.axes import Axis
from planner.studies.worlds import Data

SLACK = 1e-6
"""Room left to a plan that is known to keep a limit, as a part of it: digits must not make the question unanswerable."""
MOST_SUPPLIERS = 1_000_000
FIELDS = {"country-share": "max_country_share", "supplier-share": "max_supplier_share"}


def room(value: float) -> float:
    """A limit that a plan of this value surely keeps."""
    return value + SLACK * max(1.0, abs(value))


def limit(axis: Axis, data: Data, options: Options, most: float) -> tuple[Data, Options]:
    """The question with at most this much; a stricter limit of the scenario's own stays.

    A measure becomes a ceiling. Shares and suppliers go through the policy, and a share that holds from a day on in the
    scenario does so here.
    """
    if axis.kind == "measure":
        return data, replace(options, ceilings=(*options.ceilings, (axis.about, most)))
    policy: dict[str, Any] = dict(data.get("policy") or {})
    if axis.kind == "suppliers":
        old = policy.get("max_suppliers")
        policy["max_suppliers"] = min(int(most + SLACK), *(() if old is None else (int(old),)), MOST_SUPPLIERS)
    else:
        field = FIELDS[axis.kind]
        limits = dict(policy.get(field) or {})
        stated = limits.get(axis.about)
        own: Data = dict(stated) if isinstance(stated, dict) else {"total": stated}
        said = own.get("total")
        own["total"] = min(max(0.0, most), 1.0 if said is None else float(said))
        policy[field] = {**limits, axis.about: own}
    return {**data, "policy": policy}, options
