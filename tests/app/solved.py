"""Solved scenarios for the pages that draw answers: real runs in a registry of their own, and visits to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.jobs import find_runs
from planner.app.words.words import say
from planner.report.answer import Answer
from tests.app.asking import ask, started, wait_for
from tests.command import ROOT

SECONDS = 60
Solve = Callable[[str], str]
SECRET = "Quiet Tools GmbH"
HIDDEN = (
    ("{id: dear, country: DE}", f"{{id: dear, name: {SECRET}, country: DE, confidential: true}}"),
    ("id: dear-line", f"id: dear-line, note: 'told by {SECRET}'"),
)
HOSTILE = (
    ("title: Two makers, one factory", "title: '<script>x</script> **bold** [link](http://x.example) $a$'"),
    ("{id: cheap, country: CN}", "{id: cheap, name: '=1+1 ![p](http://x.example/p.png) `c` <b>', country: CN}"),
)
CHANGES = {
    "confidential": ("minimal", HIDDEN),
    "confidential-news": ("two-futures", HIDDEN),
    "hostile": ("minimal", HOSTILE),
    "short": ("minimal", (("lead_time: 8 months", "lead_time: 24 months"),)),
    "impossible": (
        "minimal",
        (("shortage_cost: {amount: 60, per: GW-year}", "hard: true"), ("lead_time: 8 months", "lead_time: 24 months")),
    ),
}
"""Scenarios made from shipped ones by replacing pieces of their text."""


def find_file(folder: Path, name: str) -> Path:
    """A shipped scenario, or one written to the folder."""
    if name not in CHANGES:
        return ROOT / "scenarios" / f"{name}.yaml"
    base, changes = CHANGES[name]
    text = (ROOT / "scenarios" / f"{base}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def solving(folder: Path) -> Iterator[Solve]:
    """A function from a scenario's name to the id of its ended run; each scenario is solved once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_RESULTS", str(folder / "results"))
        patch.setenv("PLANNER_SCENARIOS", str(ROOT / "scenarios"))
        find_runs.clear()
        known: dict[str, str] = {}

        def solve(name: str) -> str:
            if name not in known:
                run = started(find_runs(), ask(find_file(folder, name), gap=0.01))
                wait_for(lambda: run.settled)
                known[name] = run.run_id
            return known[name]

        yield solve
        find_runs().close()
        find_runs.clear()


def answer_of(run_id: str) -> Answer:
    run = find_runs().get(run_id)
    assert run is not None
    assert run.answer is not None
    return run.answer


def visit(page: str, run_id: str = "", language: str = "en") -> AppTest:
    """A fresh session on a page, looking at a run."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    if run_id:
        at.query_params["run"] = run_id
    at.query_params["lang"] = language
    at.run()
    return check(at.switch_page(f"planner/app/pages/{page}.py").run(), language)


def check(at: AppTest, language: str = "en") -> AppTest:
    """The page, which has not failed."""
    assert not at.exception
    failed = say(language, "frame.failed", mark="").partition(".")[0]
    assert not [error.value for error in at.error if failed in error.value]
    return at


def said(at: AppTest) -> str:
    """All sentences of the page."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")
    return "\n".join(str(element.value) for kind in kinds for element in at.main.get(kind))


def plain(text: str) -> str:
    """The words without what keeps them from being read as Markdown."""
    return text.replace("\\", "").replace("**", "").replace("\u2060", "")


def tables(at: AppTest) -> str:
    """Everything that stands in tables."""
    return "\n".join(frame.value.to_csv() for frame in at.dataframe)
