"""The model in PuLP: columns and tagged rows. PuLP is the modelling language, never the judge of a solve.

PuLP brings the engine along, so it is loaded when a model is built, not by everybody who knows what a measure is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from planner.vocabulary import RowTag

if TYPE_CHECKING:
    import pulp

INFINITY = float("inf")
Terms = dict[int, float]
"""Column number -> coefficient."""
Row = tuple[tuple[str, ...], Terms, float, float]
"""(index of the row, terms, least, most); equal bounds make an equation."""
Rows = Iterator[Row]


@cache
def _find_maker() -> Callable[[dict[Any, float]], pulp.LpAffineExpression]:
    """PuLP 4 makes expressions with from_dict; 3.3 has a dict, which is filled at once: it need not ask for every hash again."""
    import pulp

    def fill(terms: dict[Any, float]) -> pulp.LpAffineExpression:
        expression = pulp.LpAffineExpression()
        expression.update(terms)
        return expression

    return getattr(pulp.LpAffineExpression, "from_dict", fill)


def _begin() -> pulp.LpProblem:
    import pulp

    return pulp.LpProblem("plan", pulp.LpMinimize)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number the plan is judged by: terms times columns plus a constant."""

    terms: Terms
    constant: float = 0.0


@dataclass
class Problem:
    """One model. Columns are numbered in the order they were added; names carry no meaning."""

    lp: pulp.LpProblem = field(default_factory=_begin)
    columns: list[pulp.LpVariable] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    tags: list[RowTag] = field(default_factory=list)
    objective: Measure = field(default_factory=lambda: Measure({}))

    def add_column(self, most: float = INFINITY, whole: bool = False, least: float = 0.0) -> int:
        """A column from ``least`` to ``most``; its number."""
        from pulp import LpContinuous, LpInteger

        number = len(self.columns)
        low = None if least == -INFINITY else least
        up = None if most == INFINITY else most
        category = LpInteger if whole else LpContinuous
        self.columns.append(self.lp.add_variable(f"x{number}", low, up, category))
        self.whole.append(whole)
        return number

    def expression(self, terms: Terms) -> pulp.LpAffineExpression:
        """The sum of terms, built from a dict at once: three times faster than with operators."""
        columns = self.columns
        return _find_maker()({columns[number]: value for number, value in terms.items()})

    def add_rows(self, family: str, rows: Iterable[Row]) -> None:
        """Add the rows a family yields; a range becomes two rows, an empty row that holds is left out."""
        for index, terms, least, most in rows:
            if not terms:
                if not least <= 0 <= most:  # a row that cannot hold stays in the model, to be named as the reason
                    self._add(self.expression({self.add_column(0.0): 1.0}) >= 1.0, RowTag(family, index))
                continue
            tag = RowTag(family, index)
            if least == most:
                self._add(self.expression(terms) == most, tag)
                continue
            if most < INFINITY:
                self._add(self.expression(terms) <= most, tag)
            if least > -INFINITY:
                self._add(self.expression(terms) >= least, tag)

    def _add(self, constraint: pulp.LpConstraint, tag: RowTag) -> None:
        self.lp.addConstraint(constraint, f"r{len(self.tags)}")
        self.tags.append(tag)

    def minimise(self, measure: Measure) -> None:
        """Set what is minimised."""
        self.objective = measure
        self.lp.setObjective(self.expression(measure.terms) + measure.constant)
