"""A plan of a frontier, a sweep or a regret matrix as an answer of its own, to be shown like any other."""

from __future__ import annotations

from dataclasses import replace

from planner.report.answer import Answer
from planner.report.mask import Mask
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.studies.frontier.points import Point


def open_point(point: Point, name: str, mask: Mask) -> Answer:
    """The point's plan with the question it answers; ``name`` is that of the scenario's file."""
    result, options = point.solved.result, point.ask.options
    assert result is not None
    assert options is not None
    document = Document(name, "", point.ask.data)
    return Answer(document, Scenario.model_validate(point.ask.data), replace(result, name=name), mask, options.as_dict())
