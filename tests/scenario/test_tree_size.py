"""Counting nodes without growing the tree agrees with growing it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from planner.scenario.grow import grow
from planner.scenario.read import read_document
from planner.scenario.scenario import Scenario
from planner.scenario.tree_size import count_nodes
from tests.scenario.news_cases import NEWS
from tests.scenario.sample import SAMPLE


def sample(folder: Path, text: str = SAMPLE) -> dict[str, Any]:
    path = folder / "f.yaml"
    path.write_text(text)
    return read_document(path).data


def shock(rng: random.Random, name: str) -> dict[str, Any]:
    day = f"202{rng.choice('5678')}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    if rng.random() < 0.4:
        return {"id": name, "date": day, "probability": rng.choice([0, 0.3, 1])}
    span = rng.choice([{}, {"from": "2026-08-01"}, {"until": "2027-02-01"}])
    return {"id": name, "hazard_per_year": rng.choice([0, 0.2, 100]), **span}


def licence(rng: random.Random, name: str) -> dict[str, Any]:
    days = sorted(
        rng.sample(["2026-01-01", "2026-06-15", "2026-07-01", "2027-04-01", "2027-12-31", "2028-01-01"], rng.randint(0, 3))
    )
    return {"id": name, "windows": days, "quick": rng.choice([0, 0.5]), "slow": 0.3, "refused": rng.choice([0, 0.2])}


@pytest.mark.parametrize("seed", range(60))
def test_the_count_is_what_grows(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    futures: dict[str, Any] = {"max_shocks": rng.randint(0, 4), "max_nodes": 20_000}
    if rng.random() < 0.5:
        futures["branch_at"] = ["2026-05-01", "2026-11-01", "2027-10-01"]
    data = {
        **sample(tmp_path),
        "shocks": [shock(rng, f"s{n}") for n in range(rng.randint(0, 3))],
        "licences": [licence(rng, f"l{n}") for n in range(rng.randint(0, 2))],
        "futures": futures,
    }
    scenario = Scenario.model_validate(data)
    assert count_nodes(scenario) == len(grow(scenario).moments)


def test_what_another_shock_makes_likelier_is_counted_too_and_what_it_ends_is_not(tmp_path: Path) -> None:
    text = NEWS.replace("times: 2", "times: 0")
    ended = Scenario.model_validate(sample(tmp_path, text))
    likelier = Scenario.model_validate(sample(tmp_path, NEWS))
    assert count_nodes(likelier) == len(grow(likelier).moments)
    assert 0 < count_nodes(ended) < len(grow(ended).moments) < count_nodes(likelier)


def test_nothing_is_known_when_what_is_too_unlikely_is_left_out(tmp_path: Path) -> None:
    data = sample(tmp_path, NEWS)
    data["futures"]["min_probability"] = 0.01
    assert count_nodes(Scenario.model_validate(data)) == 0
