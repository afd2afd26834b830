"""Every limit of a scenario, days before money and numbers of units."""

from __future__ import annotations

from planner.explain.conflict.limits import Limit
from planner.explain.conflict.limits_demand import find_demand_limits
from planner.explain.conflict.limits_news import find_news_limits
from planner.explain.conflict.limits_offers import find_contract_limits, find_offer_limits, find_supplier_limits
from planner.explain.conflict.limits_policy import find_policy_limits
from planner.explain.conflict.limits_sites import find_site_limits
from planner.explain.conflict.limits_slots import find_slot_limits
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data


def find_limits(scenario: Scenario, data: Data) -> tuple[Limit, ...]:
    """The limits, in the order in which a clash prefers them where it has a choice.

    Days come before numbers of units: where it is too late anyway, nobody wants to read about slots.
    When all are given up, buying nothing is a plan: what no limit names can never stand in the way.
    """
    return (
        *find_demand_limits(scenario, data),
        *find_site_limits(scenario),
        *find_supplier_limits(scenario),
        *find_offer_limits(scenario),
        *find_policy_limits(scenario, data),
        *find_slot_limits(scenario, data),
        *find_contract_limits(scenario),
        *find_news_limits(scenario),
    )
