"""Grids: what ``--vary`` says, which cells it makes, how they are named, and that each can be solved alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from planner.batch.grid.cells import build_cells
from planner.batch.grid.variation import Variation, read_variation
from planner.batch.grid.writing import write_grid
from planner.batch.sources import Source
from planner.errors import UsageError
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.solve import solve
from planner.vocabulary import Exit
from tests.batch.scenes import go
from tests.command import MINIMAL, planner

PRICE = "offers[cheap-line].price.amount"
READ = {
    f"{PRICE}=38,40": Variation(PRICE, "set", ("38", "40")),
    f"{PRICE}*=0.9,1.1": Variation(PRICE, "multiply", ("0.9", "1.1")),
    f"{PRICE}+=-2,3": Variation(PRICE, "add", ("-2", "3")),
    "offers[supplier=cheap].price.*=1": Variation("offers[supplier=cheap].price.*", "set", ("1",)),
    "offers[supplier=cheap].price.**=2": Variation("offers[supplier=cheap].price.*", "multiply", ("2",)),
    f"{PRICE}=0.5..1": Variation(PRICE, "set", (), 0.5, 1.0),
    "policy.groups.a=[x, y],[z]": Variation("policy.groups.a", "set", ("[x, y]", "[z]")),
    'title="one, two",three': Variation("title", "set", ('"one, two"', "three")),
}
REFUSED = {
    "offers": "there is no value", "=3": "there is no value", f"{PRICE}=": "is no value", f"{PRICE}=1,,2": "is no value",
    f"{PRICE}*=a": "is no number", "offers[=3": "there is no value", f"{PRICE}=2..1": "the range is empty",
    f"{PRICE}=1,1": "stands twice",
    "offers..price=1": "selector", f"{PRICE}=1\nformat: 2": "is no value", f"{PRICE}={{a: 1": "is no value",
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_vary_is_read(text: str) -> None:
    assert read_variation(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_vary_is_refused_with_a_reason_and_an_example(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read_variation(text)
    assert REFUSED[text] in str(error.value)
    assert "allowed" in str(error.value)


def test_cells_are_every_combination_with_readable_names() -> None:
    variations = [read_variation(f"{PRICE}*=0.9,1.1"), read_variation("demand[ramp].shortage_cost.amount=60,80")]
    assert [cell.name for cell in build_cells(variations, None, 1)] == [
        "cheap-line.price=x0.9_ramp.shortage_cost=60", "cheap-line.price=x0.9_ramp.shortage_cost=80",
        "cheap-line.price=x1.1_ramp.shortage_cost=60", "cheap-line.price=x1.1_ramp.shortage_cost=80",
    ]  # fmt: skip


def test_names_that_would_be_alike_or_too_long_are_numbered() -> None:
    cells = build_cells([Variation("title", "set", ("a?b", "a!b", "x" * 300))], None, 1)
    assert [cell.name for cell in cells] == ["title=a-b", "title=a-b_2", f"title={'x' * 114}_3"]


def test_a_sample_is_the_same_for_the_same_seed_and_even() -> None:
    variations = [Variation("a", "set", ("1", "2", "3", "4")), Variation("b", "set", (), 0.0, 10.0)]
    first = build_cells(variations, 2000, 7)
    assert first == build_cells(variations, 2000, 7)
    assert first != build_cells(variations, 2000, 8)
    assert len({cell.values for cell in first}) == 2000
    counts = Counter(cell.values[0] for cell in first)
    assert all(abs(count - 500) < 5 * (2000 * 0.25 * 0.75) ** 0.5 for count in counts.values())
    below = sum(float(cell.values[1]) < 5 for cell in first)
    assert abs(below - 1000) < 5 * 500**0.5


def test_a_sample_of_lists_never_repeats_and_knows_its_limit() -> None:
    variations = [Variation("a", "set", ("1", "2", "3")), Variation("b", "set", ("1", "2"))]
    assert len({cell.values for cell in build_cells(variations, 6, 1)}) == 6
    with pytest.raises(UsageError, match="allowed: 1 to 6"):
        build_cells(variations, 7, 1)


def test_a_range_needs_a_sample_and_a_grid_has_an_end() -> None:
    with pytest.raises(UsageError, match="--sample"):
        build_cells([Variation("a", "set", (), 0.0, 1.0)], None, 1)
    with pytest.raises(UsageError, match="1,000,000 combinations"):
        build_cells([Variation(key, "set", tuple(map(str, range(100)))) for key in "abc"], None, 1)


def test_cells_are_variants_of_a_copy_of_the_base_and_all_its_bases(tmp_path: Path) -> None:
    """The base is itself a variant: its own base goes along. The cells say what the selector and the value say."""
    (tmp_path / "base.yaml").write_text(MINIMAL.read_text())
    middle = tmp_path / "middle.yaml"
    middle.write_text("extends: base.yaml\ntitle: Middle\nchanges:\n  - {select: '" + PRICE + "', set: 50}\n")
    variation = read_variation(f"{PRICE}*=0.5,2")
    cells = build_cells([variation], None, 1)
    found = write_grid([Source(middle)], [variation], cells, tmp_path / "out")
    prices = [read_scenario(source.path).scenario.offers[0].price.amount for source in found]
    assert [price.listed or price.points[0][1] for price in prices] == [25, 100]
    assert read_scenario(found[0].path).scenario.title == "Middle: cheap-line.price=x0.5"
    times = {source.path: source.path.stat().st_mtime_ns for source in found}
    assert write_grid([Source(middle)], [variation], cells, tmp_path / "out") == found
    assert times == {source.path: source.path.stat().st_mtime_ns for source in found}
    (tmp_path / "base.yaml").write_text(MINIMAL.read_text().replace("amount: 65", "amount: 66"))
    other = write_grid([Source(middle)], [variation], cells, tmp_path / "out")
    assert not {source.path for source in other} & {source.path for source in found}


def test_a_cell_solved_alone_has_the_answer_it_has_in_the_batch(tmp_path: Path) -> None:
    """By the command: two cells, and a base that cannot be read."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: [\n")
    line = ["batch", MINIMAL, bad, "--out", "out", "--json", "--vary", f"{PRICE}*=0.9,1", "--vary", "offers[dear-line].price=70"]
    done = planner(*line, cwd=tmp_path)
    assert done.returncode == Exit.BAD_INPUT
    rows = json.loads(done.stdout)["rows"]
    assert [row["status"] for row in rows] == ["optimal", "optimal", "refused"]
    file = tmp_path / rows[0]["file"]
    result = solve(read_scenario(file).scenario, file.stem, Options(time_limit=600))
    assert (result.fingerprint, result.objective) == (rows[0]["fingerprint"], rows[0]["objective"])
    (table,) = (tmp_path / "out" / "scenarios").glob("*/cells.csv")
    assert [line.split(",")[0] for line in table.read_text().splitlines()] == ["name", *(row["name"] for row in rows[:2])]


def test_a_cell_whose_selector_selects_nothing_is_refused_alone(tmp_path: Path) -> None:
    variation = Variation("offers[none].price", "set", ("1",))
    (source,) = write_grid([Source(MINIMAL)], [variation], build_cells([variation], None, 1), tmp_path / "out")
    (row,) = go(tmp_path / "out", source.path).rows
    assert (row.status, "selects nothing" in row.reason) == ("refused", True)
