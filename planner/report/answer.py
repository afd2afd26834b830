"""One solved scenario with everything a report of it may need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from planner.report.mask import NOTHING_MASKED, Mask, mask_result
from planner.report.view import View, open_view
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class Answer:
    """What was asked (``document``, ``scenario``, ``options``) and what came out (``result``, ``warnings``)."""

    document: Document
    scenario: Scenario
    result: Result
    mask: Mask = NOTHING_MASKED
    options: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @cached_property
    def view(self) -> View | None:
        """The plan to report on, if there is one: what is done while nothing happens, the rest of the plan behind it."""
        return open_view(self.scenario, self.result.plan, self.mask) if self.result.plan is not None else None

    @property
    def verified(self) -> bool:
        """Whether the independent check accepted the plan."""
        return bool(self.result.audit.get("ok"))

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON of ``planner solve --json``, confidential suppliers masked."""
        cash = self.result.plan.cash if self.result.plan is not None else ()
        return mask_result(self.mask, self.scenario, self.result.as_dict(), cash)
