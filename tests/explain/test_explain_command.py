"""``planner explain`` as people and programs use it: real worker processes, exit codes, what is kept."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from benchmarks.explain import explain
from planner.commands.explain import check_parts, explain_file
from planner.errors import UsageError
from planner.options import Options
from planner.report.documents.explain import ExplainJson
from planner.vocabulary import Exit
from tests.command import ROOT, planner, start
from tests.json_shape import find_differences

CASE = ROOT / "scenarios" / "minimal.yaml"
EXACT = Options(gap=0.0, time_limit=60)


def ask(path: Path, out: Path, capsys: pytest.CaptureFixture[str], parts: str, *why_not: str) -> tuple[dict[str, object], str]:
    code = explain_file(str(path), EXACT, parts=parts, why_not=why_not, as_json=True, out=str(out))
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert document["exit_code"] == code
    return document, said.err


def test_what_is_known_is_not_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, said = ask(CASE, tmp_path, capsys, "why-not,ties", "dear")
    assert not list(find_differences(first, ExplainJson))
    assert "ties" in said
    again, said = ask(CASE, tmp_path, capsys, "why-not,ties", "dear")
    assert said == ""
    assert again == first
    alone, said = ask(CASE, tmp_path, capsys, "ties")
    assert (alone["ties"], alone["why_not"], said) == (first["ties"], [], "")


def test_what_ran_out_of_time_is_kept_and_is_asked_again_with_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = Options(gap=0.0, time_limit=0.5)
    documents = []
    for options in (short, short, EXACT):
        explain_file(str(CASE), options, parts="slots", why_not=[], as_json=True, out=str(tmp_path))
        said = capsys.readouterr()
        documents.append((json.loads(said.out), said.err))
    (first, _), (again, silence), (full, _) = documents
    assert (again, silence) == (first, "")
    assert first["parts"][0]["ended"] == "out of time"
    assert full["parts"][0]["ended"] == ""


def test_another_question_keeps_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ties, _ = ask(CASE, tmp_path, capsys, "ties")
    both, said = ask(CASE, tmp_path, capsys, "why-not,ties", "cheap")
    assert both["ties"] == ties["ties"]
    assert both["why_not"]
    assert "ties" not in said


def test_people_get_sentences_and_tables(tmp_path: Path) -> None:
    done = planner("explain", CASE, "--parts", "why-not", "--why-not", "dear", "--gap", "0", cwd=tmp_path)
    assert done.returncode == Exit.SOLVED, done.stderr
    assert done.stdout.startswith("Two makers, one factory\nThe plan costs USD 386.8 m")
    assert "Why not dear: it is in the plan." in done.stdout
    assert {"explain.json", "plan.json", "run.json"} <= {path.name for path in tmp_path.glob("results/minimal-*/*")}


def test_confidential_names_and_prices_stay_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CASE.read_text(encoding="utf-8").replace("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}")
    (tmp_path / "case.yaml").write_text(text.replace("A cheap maker", "A maker"), encoding="utf-8")
    document, said = ask(tmp_path / "case.yaml", tmp_path, capsys, "offers")
    kept = next(tmp_path.glob("case-*/explain.json")).read_text(encoding="utf-8")
    assert "cheap" not in (json.dumps(document) + said + kept).lower()
    assert "confidential-1" in kept
    prices = {offer["offer"]: (offer["price"], offer["low"], offer["high"]) for offer in document["offers"]}  # type: ignore[attr-defined]
    assert prices["confidential-1.1"] == (None, None, None)
    assert prices["dear-line"][0] == 65
    again, said = ask(tmp_path / "case.yaml", tmp_path, capsys, "offers")
    assert (again, said) == (document, "")


def test_no_plan_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CASE.read_text(encoding="utf-8").replace("shortage_cost: {amount: 60, per: GW-year}", "hard: true")
    text = text.replace("2026-Q2: 3}", "2026-Q2: 0}").replace(
        "slots: {per: quarter, 2026-Q2: 1}", "slots: {per: quarter, 2027-Q1: 1}"
    )
    (tmp_path / "hard.yaml").write_text(text, encoding="utf-8")
    document, _ = ask(tmp_path / "hard.yaml", tmp_path, capsys, "ties")
    assert document["exit_code"] == Exit.INFEASIBLE


def test_wrong_options_are_named() -> None:
    with pytest.raises(UsageError, match="--parts is prices; allowed: rules, slots"):
        check_parts("prices")
    assert check_parts("ties, rules") == ("rules", "ties")


def test_an_unknown_name_is_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = explain_file(str(CASE), EXACT, parts="why-not", why_not=["chaep"], as_json=False, out=str(tmp_path))
    assert code == Exit.USAGE
    assert "did you mean cheap?" in capsys.readouterr().err


def test_an_interrupt_keeps_what_was_found(tmp_path: Path) -> None:
    process = start("explain", CASE, "--parts", "slots", "--json", cwd=tmp_path)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("slots 2 of"):
            break
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, _ = process.communicate(timeout=30)
    assert process.returncode == Exit.INTERRUPTED
    assert time.monotonic() - began < 10
    document = json.loads(out)
    part = document["parts"][0]
    assert (part["part"], part["ended"]) == ("slots", "interrupted")
    assert 2 <= part["answered"] < part["questions"]
    assert sum(value["steps"]["useful"] == 1 for value in document["slots"]) >= 2


def test_the_benchmark_counts_what_is_answered() -> None:
    row = explain(CASE, 20.0)
    assert row["answered"] == row["questions"] > 30
    assert row["plan_gap"] <= 0.002
    assert set(row["parts"]) == {"rules", "slots", "offers", "waiting", "ties"}
