"""Every bad input at the screen has its verdict: one test, which names it."""

from __future__ import annotations

import ast

import pytest

from tests.app.ui_rows import rows
from tests.command import ROOT


@pytest.mark.parametrize("name", sorted(rows()))
def test_every_row_has_one_test_that_names_it(name: str) -> None:
    file, _, test = rows()[name]["test"].partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == test]
    assert len(found) == 1
    assert name in (ast.get_source_segment(text, found[0]) or "")


def test_no_two_rows_share_a_test() -> None:
    tests = [row["test"] for row in rows().values()]
    assert len(set(tests)) == len(tests)
    assert {row["category"] for row in rows().values()} == {"ui"}
