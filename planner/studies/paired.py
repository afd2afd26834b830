"""Two plans on the same futures: their difference is known far better than either cost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from planner.errors import UsageError
from planner.studies.estimate import Estimate, estimate_mean, estimate_share
from planner.studies.stress import Stress


@dataclass(frozen=True, slots=True)
class Paired:
    """``cost`` and ``shortage``: second less first, mean over the futures; ``cheaper``: how often the second costs less."""

    cost: Estimate
    shortage: Estimate
    cheaper: Estimate

    @property
    def distinct(self) -> bool:
        """Whether the mean costs differ beyond what chance explains."""
        return not self.cost.low <= 0 <= self.cost.high

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)


def compare(first: Stress, second: Stress) -> Paired:
    """The second plan against the first, future by future. Raises UsageError when they were not tried on the same futures."""
    if first.futures_id != second.futures_id:
        raise UsageError("the two plans were not tried on the same futures: use the same scenario, number of futures and seed")
    return Paired(
        estimate_mean(second.costs - first.costs),
        estimate_mean(second.shortages - first.shortages),
        estimate_share(second.costs < first.costs),
    )
