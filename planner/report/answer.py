"""One solved scenario with everything a report of it may need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from planner.report.appointments import Appointment
from planner.report.calendar import calendar_data, find_calendar
from planner.report.mask import NOTHING_MASKED, Mask, mask_result
from planner.report.playbook import playbook_data
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
    def calendar(self) -> list[Appointment]:
        """The contract calendar; empty without a plan."""
        return find_calendar(self.view) if self.view else []

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON of ``planner solve --json``, confidential suppliers masked."""
        view, document = self.view, self.result.as_dict()
        if view is None:
            return mask_result(self.mask, self.scenario, {**document, "playbook": [], "calendar": []}, ())
        document |= {"playbook": playbook_data(view), "calendar": calendar_data(self.calendar)}
        paths = view.paths if view.branches else None
        return mask_result(self.mask, self.scenario, document, view.everything.cash, paths)
