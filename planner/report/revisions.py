"""One line for each scenario that was changed: costs, gap to target and what to sign, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planner.report.brief import find_steps
from planner.report.compare_markdown import write_markdown
from planner.report.compare_words import show_amount
from planner.report.comparison import Comparison, Side, Target, join_masks, show_comparison
from planner.report.mask import Mask
from planner.report.table import Column, Table, counted, grouped, listed, show_share
from planner.report.view import open_view
from planner.studies.compare.pairing import compare
from planner.studies.compare.subject import Subject

NONE, ARROW = "-", " → "
COLUMNS = (
    Column("scenario", "Scenario"),
    Column("status", "Answer"),
    Column("cash", "Cash"),
    Column("penalty", "Capacity-gap penalty"),
    Column("difference", "All costs"),
    Column("target", "Gap to target"),
    Column("now", "Now"),
)
NOTE = "Before → after. Costs are discounted averages over all futures; gap and what to do now are those if nothing happens."


MOST_INPUTS = 10


@dataclass(frozen=True, slots=True)
class Revision:
    """The answers of one scenario file before and after a change; None where there is none, and why."""

    file: str
    before: Subject | None
    after: Subject | None
    why_before: str = ""
    why_after: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision as it may be shown: a row of the table, and one sentence for each input that changed."""

    row: tuple[str, ...]
    inputs: tuple[str, ...]


def show_revision(revision: Revision, unmask: bool = False) -> Revised:
    """Names of confidential suppliers are masked and their terms left out, unless ``unmask``."""
    known = tuple(subject for subject in (revision.before, revision.after) if subject)
    pairs = (compare(known, 0, 1),) if len(known) > 1 else ()
    found = show_comparison(known, pairs, unmask)
    mask = join_masks([subject.scenario for subject in known if subject.scenario], unmask)
    sides = iter(found.sides)
    before = _Shown.of(next(sides) if revision.before else None, revision.before, revision.why_before, mask)
    after = _Shown.of(next(sides) if revision.after else None, revision.after, revision.why_after, mask)
    changes = [_change(old, new) for old, new in zip(before, after, strict=True)]
    row = (mask.text(revision.file), *changes[:3], _difference(found), *changes[3:])
    return Revised(row, found.pairs[0].inputs if found.pairs else ())


def revisions_table(revised: Iterable[Revised]) -> Table:
    """One row each."""
    return Table("Revisions", "What do the changes come to?", COLUMNS, tuple(one.row for one in revised), NOTE)


def write_revisions(revised: Sequence[Revised], same: int) -> str:
    """The page as Markdown; ``same``: how many scenarios ask what they asked."""
    table = revisions_table(revised)
    parts = [write_markdown(table), f"{table.note}\n"] if revised else []
    parts += [_listing(one) for one in revised if one.inputs]
    if same:
        parts.append(f"{counted(same, 'scenario')} {'says' if same == 1 else 'say'} what {'it' if same == 1 else 'they'} said.\n")
    return "\n".join(parts) or "There are no scenarios.\n"


def _listing(one: Revised) -> str:
    more = len(one.inputs) - MOST_INPUTS
    lines = [*one.inputs[:MOST_INPUTS], *([f"and {more} more"] if more > 0 else [])]
    return f"What changed in {one.row[0]}:\n\n" + "".join(f"* {line}\n" for line in lines)


class _Shown(NamedTuple):
    """What stands in the cells of one answer."""

    status: str
    cash: str = NONE
    penalty: str = NONE
    target: str = NONE
    now: str = NONE

    @classmethod
    def of(cls, side: Side | None, subject: Subject | None, why: str, mask: Mask) -> _Shown:
        """The cells of an answer that is there, or of one that is not, and why."""
        if side is None or subject is None:
            return cls(mask.text(why) or NONE)
        if not side.measures:
            return cls(side.status)
        cash, penalty = (_money(side, key) for key in ("cash_cost", "shortage_cost"))
        return cls(_status(side), cash, penalty, _target(side), _now(subject, mask))


def _status(side: Side) -> str:
    proven = f", gap {show_share(side.gap)}" if side.gap else ""
    return f"{side.status}{proven}" if side.verified else "not verified"


def _money(side: Side, key: str) -> str:
    return show_amount(side.measures[key], side) if key in side.measures else NONE


def _target(side: Side) -> str:
    """How much capacity is missing until the target is met for good, and when that is."""
    return "; ".join(_target_of(target) for target in side.targets) or NONE


def _target_of(target: Target) -> str:
    whose = f"{target.demand}: " if target.demand else ""
    missing = f"{grouped(target.open_gw_years, 2)} GW-years" if target.open_gw_years else "none"
    return f"{whose}{missing}, met from {target.since}" if target.since else f"{whose}{missing}, not met"


def _now(subject: Subject, mask: Mask) -> str:
    """Whom to sign and qualify on the first day."""
    if subject.scenario is None or subject.plan is None:
        return NONE
    steps = [step for step in find_steps(open_view(subject.scenario, subject.plan, mask)) if step.now]
    return "; ".join(f"{step.verb} {listed(list(step.suppliers))}" for step in steps) or "nothing to sign"


def _difference(found: Comparison) -> str:
    """By how much all costs change; a change within the proven gaps is none."""
    difference = found.pairs[0].difference if found.pairs else None
    if difference is None:
        return NONE
    before, after = found.sides
    if (before.currency, before.unit) != (after.currency, after.unit):
        return "in other money"
    return "the same within the gaps" if found.pairs[0].equal else show_amount(difference, after, sign=True)


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before}{ARROW}{after}"
