"""What today's costs leave out or count otherwise of what was paid before the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.scenario.scenario import Scenario
from planner.studies.replan.signed import Placed

FEES = {"vetting": "qualification", "signing_fee": "frame agreement", "process_qualification": "process qualification"}


def note_paid(
    before: Scenario, today: Scenario, begun: Iterable[str], lost: frozenset[str], held: list[Placed], signed: list[Placed]
) -> Iterator[str]:
    """Sentences. ``begun``: suppliers signed or being qualified before the day, ``lost`` those who may not be signed today."""
    for supplier in sorted(lost):
        yield f"what was paid to qualify and sign {supplier}, who may not be signed today, is not in today's costs"
    for supplier in sorted(set(begun) - lost):
        for field, words in FEES.items():
            if getattr(before.supplier[supplier], field) != getattr(today.supplier[supplier], field):
                yield f"the {words} of {supplier} counts at today's terms, though it was paid before"
    calls = {(one.order.supplier, one.order.order_period) for one in held}
    for maker, period in sorted({(one.order.supplier, one.order.order_period) for one in signed} - calls):
        if today.supplier[maker].order_fee is not None:
            yield f"the order fee paid to {maker} in {period} is not in today's costs"
