"""The scenarios of the stability record with other dates of news, by month, with more shocks: plain data, nothing solved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.scenario.document import Document
from planner.scenario.read import read_scenario

SCENARIOS = Path(__file__).parent.parent / "scenarios"
NAMES = ("licence-stop", "two-shocks")
AS_IS, SECOND, EVERY = "as in the file", "every second date", "every quarter"
MONTH, MONTH_TIMELY, MONTH_MORE = "by month, dates of the file", "by month, November for October", "by month, more dates"
MAKER, MAKER_MORE = "a maker may fail too", "a maker may fail too, one more in a future"
MORE_DATES = {
    "licence-stop": ("2026-05-01", "2026-08-01", "2026-11-01", "2027-02-01", "2027-05-01"),
    "two-shocks": ("2026-08-01", "2026-11-01"),
}
"""Dates of news put between those of the file when the calendar is by month: one in each interval, or in two of the four."""

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Variation:
    """One version of a scenario; ``against`` names the version its answer is compared with (empty: none)."""

    scenario: str
    name: str
    data: Data
    against: str = AS_IS

    @property
    def document(self) -> Document:
        """The data as a solve wants it."""
        return Document(f"{self.scenario}.yaml", "", self.data)


def build_variations(scenario: str) -> tuple[Variation, ...]:
    """All versions of a shipped scenario, itself first; each stands behind the one it is compared with."""
    data, monthly, failing = (_read(name) for name in (scenario, "monthly-calendar", "maker-fails"))
    dates: list[str] = data["futures"]["branch_at"]
    by_month = _by_month(data, monthly)
    maker = _with_maker(data, failing)
    more = sorted({*dates, *MORE_DATES[scenario]})
    dated = any(shock.get("date") for shock in data["shocks"])
    timely = [day.replace("2026-10-01", "2026-11-01") for day in dates]
    return (
        Variation(scenario, AS_IS, data, ""),
        Variation(scenario, SECOND, _with_futures(data, branch_at=dates[::-1][::2][::-1])),
        Variation(scenario, EVERY, _with_futures(data, branch_at=[])),
        Variation(scenario, MONTH, by_month),
        *([Variation(scenario, MONTH_TIMELY, _with_futures(by_month, branch_at=timely))] if dated else []),
        Variation(scenario, MONTH_MORE, _with_futures(by_month, branch_at=more), MONTH_TIMELY if dated else MONTH),
        Variation(scenario, MAKER, maker),
        Variation(scenario, MAKER_MORE, _with_futures(maker, max_shocks=data["futures"]["max_shocks"] + 1), MAKER),
    )


def _read(name: str) -> Data:
    return read_scenario(SCENARIOS / f"{name}.yaml").document.data


def _with_futures(data: Data, **changes: object) -> Data:
    return {**data, "futures": {**data["futures"], **changes}}


def _by_month(data: Data, monthly: Data) -> Data:
    """The calendar of the shipped monthly case, and its one rule that names a quarter."""
    return {**data, "calendar": monthly["calendar"], "policy": {**data["policy"], "forbid": monthly["policy"]["forbid"]}}


def _with_maker(data: Data, failing: Data) -> Data:
    """The shock of the shipped case, and its offers: the same but for what is secured with that maker."""
    return {**data, "shocks": [*data["shocks"], *failing["shocks"]], "offers": failing["offers"]}
