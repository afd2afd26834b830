"""The fields by which a shock changes something, and what a country in its selector is compared with for each."""

from __future__ import annotations

from planner.scenario.selecting import MADE, SHIPPED, SOLD
from planner.scenario.shocks import Shock

COMPARED = {
    "shipments": SHIPPED,
    "delay": SHIPPED,
    "slots_factor": SOLD,
    "price_factor": SOLD,
    "duty_added": MADE,
    "install_delay": SOLD,
    "output_factor": SOLD,
}
"""Effects on units, with the country of an offer that counts."""
TARGET, CREWS, CURRENCY = "target_factor", "crews_factor", "currency_factor"
EFFECTS = (*COMPARED, TARGET, CREWS, CURRENCY)
FIRST_DAYS = frozenset({"slots_factor", "price_factor", "output_factor", TARGET})
"""Effects that are looked up on the first days of periods only."""


def given_effects(shock: Shock) -> list[str]:
    """The effects the file gives, neutral numbers included, in the order of the format."""
    return [name for name in EFFECTS if name in shock.model_fields_set]
