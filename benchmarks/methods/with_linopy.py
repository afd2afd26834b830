"""linopy: one array of variables per kind, one vectorised expression per family of rules, handed to HiGHS in memory."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.methods.highs import SETTINGS, read_answer
from benchmarks.watch import Watch, listen_to_highs

linopy.options["semantics"] = "v1"


def _load_all_parts() -> None:
    """What linopy loads only when it is first needed is loaded with it: loading libraries is nobody's time."""
    model = linopy.Model(sparse=True)
    x = model.add_variables(0, 1, [pd.RangeIndex(2, name="column")], name="x", integer=True)
    entry = {"dims": "entry", "coords": {"entry": [0, 1]}}
    terms = x.isel(column=xr.DataArray([0, 1], **entry)).to_linexpr().drop_vars("column") * xr.DataArray([1.0, 1.0], **entry)
    rows = linopy.merge([terms], dim="entry").groupby(xr.DataArray([0, 0], **entry, name="row")).sum()
    model.add_constraints(rows, ">=", xr.DataArray([1.0], dims="row", coords={"row": [0]}), name="row")
    model.add_objective(x.sum())
    model.solve("highs", io_api="direct", set_names=False, progress=False, **SETTINGS)


_load_all_parts()


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Build and solve."""
    last = listen_to_highs(watch)
    model = build(case)
    model.solve("highs", io_api="direct", set_names=False, progress=False, mip_rel_gap=gap, time_limit=watch.left, **SETTINGS)
    return read_answer(last())


def build(case: Case) -> linopy.Model:
    """The entries of a family are one long vector, summed by row: linopy's own way to write rows of unlike lengths."""
    model = linopy.Model(sparse=True)
    kind = {whole: _add_columns(model, case, whole) for whole in (True, False)}
    place = np.zeros(len(case.cost), np.int64)
    for whole in kind:
        place[case.whole == whole] = np.arange(np.count_nonzero(case.whole == whole))
    of_entry, family_of_entry, sense = case.row, case.family[case.row], _senses(case)
    for family in np.unique(case.family):
        for sign, sides in (("=", case.row_lower), ("<=", case.row_upper), (">=", case.row_lower)):
            entries = np.flatnonzero((family_of_entry == family) & (sense[of_entry] == sign))
            if len(entries):
                _add_rows(model, case, kind, place, entries, of_entry[entries], (f"{family} {sign}", sign, sides))
    costs = []
    for whole, variables in kind.items():
        mine = case.cost[case.whole == whole]
        if len(mine) and mine.any():
            costs.append((variables * xr.DataArray(mine, dims="column", coords={"column": np.arange(len(mine))})).sum())
    model.add_objective(sum(costs[1:], costs[0]))
    return model


def _add_columns(model: linopy.Model, case: Case, whole: bool) -> linopy.Variable:
    mine = case.whole == whole
    coords = [pd.RangeIndex(np.count_nonzero(mine), name="column")]
    return model.add_variables(case.lower[mine], case.upper[mine], coords, name="whole" if whole else "parts", integer=whole)


def _senses(case: Case) -> np.ndarray:
    return np.where(case.row_lower == case.row_upper, "=", np.where(np.isfinite(case.row_upper), "<=", ">="))


def _add_rows(model, case, kind, place, entries, rows, rule) -> None:
    name, sign, sides = rule
    terms, order = [], []
    for whole, variables in kind.items():
        mine = case.whole[case.index[entries]] == whole
        if mine.any():
            chosen = entries[mine]
            named = {"dims": "entry", "coords": {"entry": chosen}}
            found = variables.isel(column=xr.DataArray(place[case.index[chosen]], **named)).to_linexpr().drop_vars("column")
            terms.append(found * xr.DataArray(case.values[chosen], **named))
            order.append(rows[mine])
    long = linopy.merge(terms, dim="entry") if len(terms) > 1 else terms[0]
    group = xr.DataArray(np.concatenate(order), dims="entry", coords={"entry": long.indexes["entry"]}, name="row")
    present = np.unique(rows)
    side = xr.DataArray(sides[present], dims="row", coords={"row": present})
    model.add_constraints(long.groupby(group).sum(), sign, side, name=name)
