"""Rules about futures as such: enough capacity without a country, supplier or group; a limit on the worst futures."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.audit.capacity import installed_capacity, most_output
from planner.plan.audit.case import Case
from planner.plan.audit.clock import after
from planner.plan.audit.findings import AuditFinding, at_least, at_most
from planner.scenario.policy import Policy, Resilience


def check_resilience(trunk: Case) -> Iterator[AuditFinding]:
    """While nothing happens the tools that a loss leaves can run the wanted share of every target."""
    setting = trunk.setting
    for entry in setting.scenario.policy.resilience:
        gone = _suppliers_of(trunk, entry)
        left = installed_capacity(
            setting, (lot for lot in trunk.lots if lot.supplier.id not in gone or lot.ships < entry.start)
        )  # fmt: skip
        until = after(entry.start, entry.window)
        for n in range(setting.clock.count):
            if not entry.start <= setting.clock.starts[n] < until:
                continue
            for demand in setting.scenario.demand:
                able = sum(sum(most_output(setting, left, setting.sites[site], n).values()) for site in demand.sites)
                place = f"without {entry.country or entry.supplier or entry.group}, demand {demand.id}, {trunk.period(n)}"
                yield from at_least("resilience", place, able, entry.share * setting.target(demand, n), "possible output")


def _suppliers_of(trunk: Case, entry: Resilience) -> frozenset[str]:
    if entry.group is not None:
        return frozenset(trunk.setting.scenario.policy.groups.get(entry.group, ()))
    suppliers = trunk.setting.suppliers.values()
    return frozenset(s.id for s in suppliers if s.id == entry.supplier or s.country == entry.country)


def check_tail(policy: Policy, measures: dict[str, float]) -> Iterator[AuditFinding]:
    """The average of the worst futures stays within its limit."""
    if policy.max_cvar_cost is not None:
        yield from at_most("tail limit", "worst futures", measures["cvar_cost"], policy.max_cvar_cost, "cvar_cost")
