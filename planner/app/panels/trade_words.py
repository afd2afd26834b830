"""A trade-off in words, in the session's language."""

from __future__ import annotations

from collections.abc import Callable

from planner.app.panels.phrases import percent, word
from planner.app.plain import label
from planner.app.words.numbers import number, show_share
from planner.app.words.words import t
from planner.report.axes import unit_of_axis
from planner.report.mask import Mask
from planner.report.table import show as show_cell
from planner.report.view import show_money
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis, read_axis
from planner.studies.frontier.points import Frontier

Show = Callable[[Axis, float], str]


def say_axis(axis: Axis, scenario: Scenario, mask: Mask) -> str:
    """What an axis measures, such as the average of the worst 10 % or the share of a country; plain text."""
    if axis.kind == "measure":
        return t(f"trade.axis_{axis.about}", share=percent(1 - scenario.policy.tail))
    if axis.kind == "suppliers":
        return t("trade.axis_suppliers")
    if axis.kind == "country-share":
        return t("trade.axis_country", country=axis.about)
    hidden = mask.hides(axis.about)
    return t(
        "trade.axis_supplier", supplier=mask.supplier(axis.about) if hidden else scenario.supplier[axis.about].name or axis.about
    )


def say_measure(name: str, scenario: Scenario, mask: Mask) -> str:
    """The same for a measure by its name."""
    return say_axis(read_axis(scenario, "", name, weighted=False), scenario, mask)


def title_of(axis: Axis, scenario: Scenario, mask: Mask) -> str:
    """What stands at the axis of a picture: with its unit."""
    unit = unit_of_axis(axis, scenario)
    text = say_axis(axis, scenario, mask)
    return f"{text} ({word('tables.unit', unit)})" if unit else text


def showing(scenario: Scenario) -> Show:
    """A function that writes a number on an axis with its unit; plain text."""

    def show(axis: Axis, value: float) -> str:
        if axis.unit == "money":
            return show_money(value, scenario.money)
        if axis.unit == "share":
            return show_share(value)
        if axis.unit == "suppliers":
            return t("trade.supplier" if value == 1 else "trade.suppliers", count=show_cell(value, "units"))
        return number(value, t("tables.unit_MW_years"))

    return show


def say_frontier(found: Frontier, mask: Mask) -> list[str]:
    """Ends, knee, what the gaps leave open; safe where Markdown is read. At least one point."""
    scenario, first, last, plain = found.scenario, found.points[0], found.points[-1], showing(found.scenario)

    def show(axis: Axis, value: float) -> str:
        return label(plain(axis, value))

    names = {"of": label(say_axis(found.of, scenario, mask)), "against": label(say_axis(found.against, scenario, mask))}
    ends = {"cost": show(found.of, last.of), "amount": show(found.against, last.against)}
    if first is last:
        return [t("trade.nothing" if found.settled else "trade.one", **names, **ends), say_effort(found)]
    said = [
        t("trade.ends", **names, **ends, least=show(found.against, first.against), more=show(found.of, first.of - last.of)),
        t("trade.no_knee"),
    ]
    if found.knee is not None:
        knee = found.points[found.knee]
        more = show(found.of, knee.of - last.of)
        said[1] = t("trade.knee_is", number=found.knee + 1, amount=show(found.against, knee.against), more=more, **names)
    pairs = [f"{i + 1}–{i + 2}" for i, point in enumerate(found.points) if point.step and not point.step.distinct]
    if pairs:
        said.append(t("trade.unclear", pairs=label(t("plan.list_comma").join(pairs)), **names))
    return [*said, say_effort(found)]


def say_effort(found: Frontier) -> str:
    """How many solves it took, how well every point is proven."""
    gaps = [point.gap for point in found.points if point.gap is not None]
    text = t("trade.solves", count=found.asked, points=len(found.points))
    if len(gaps) == len(found.points):
        text += " " + t("trade.proven", gap=label(show_share(max(gaps))))
    if found.spared:
        text += " " + t("trade.spared", count=found.spared)
    return text
