"""``planner regret``: plans begun in worlds they were not made for, and the plan that risks least."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.commands.compared import find_answers, read_folder
from planner.commands.ending import Ending, finish, written
from planner.commands.guard import say
from planner.commands.study import Opened, open_study, write_files
from planner.errors import UsageError
from planner.options import Options
from planner.plan.plan import Plan
from planner.report.csv_file import write_csv
from planner.report.folder import to_json
from planner.report.mask import Mask, mask_words
from planner.report.regret import explain_regret, regret_table, regret_tables
from planner.report.regret_picture import draw_regret
from planner.scenario.grow import TooManyNodes, grow
from planner.scenario.scenario import Scenario
from planner.studies.regret.futures import find_regret_of_futures
from planner.studies.regret.matrix import RegretMatrix
from planner.studies.regret.scenarios import Given, find_regret
from planner.studies.worlds import in_mode

MOST_FUTURES = 200


def regret_files(files: list[str], options: Options, *, plans: list[str], futures: int, as_json: bool, out: str | None) -> int:
    """Find the regrets and print them; returns the exit code. Raises UsageError for a wrong option."""
    if not 2 <= futures <= MOST_FUTURES:
        raise UsageError(f"--futures is {futures}; allowed: 2 to {MOST_FUTURES}")
    return finish(", ".join(files), lambda: _regret(files, options, plans, futures, out), as_json)


def _regret(files: list[str], options: Options, plans: list[str], futures: int, out: str | None) -> Ending:
    studies = [open_study(file, options) for file in dict.fromkeys(files)]
    others = [_stored(folder) for folder in (find_answers(plans) if plans else [])]
    mask = _join([study.mask for study in studies])
    found = _find(studies, others, futures)
    title = ", ".join(study.title for study in studies) if len(studies) <= 2 else f"{len(studies)} scenarios"
    document = mask_words(mask, {"files": files, "names": [study.name for study in studies], **found.as_dict()})
    code, folder = found.code, ""
    if out is not None:
        asked = {"files": [study.name for study in studies], "plans": plans, "futures": futures}
        code, folder = written("regrets", lambda: _write(studies[0], found, mask, (out, title, document, asked)), code)
    return Ending(
        code,
        {**document, "results": folder, "exit_code": code},
        title,
        tuple(explain_regret(found, mask)),
        tuple(regret_tables(found, mask)),
    )


def _find(studies: Sequence[Opened], others: Sequence[tuple[str, Plan]], futures: int) -> RegretMatrix:
    """Over the futures of one scenario, or over several scenarios, or of other plans in one without news."""
    first = studies[0]
    if len(studies) == 1:
        data = first.read.document.data
        scenario = Scenario.model_validate(in_mode(data, "tree"))
        try:
            growth = grow(scenario)
        except TooManyNodes as error:
            raise UsageError(f"the tree has at least {error.least} nodes; use fewer branch_at or max_shocks") from None
        if len({moment.parent for moment in growth.moments}) < len(growth.moments):  # it branches
            return find_regret_of_futures(first.solver, data, scenario, growth, others, futures)
        if not others:
            raise UsageError(f"{first.file} names no news that may come; name several scenarios, or other plans with --plans")
    given = [Given(study.name, study.read.document.data, study.read.scenario) for study in studies]
    return find_regret(first.solver, given, others)


def _stored(folder: Path) -> tuple[str, Plan]:
    if not folder.is_dir():
        raise UsageError(f"--plans is {folder}; allowed: results folders, each with a run.json")
    subject = read_folder(folder)
    if subject.plan is None:
        raise UsageError(f"{folder} holds no plan that can be begun: {subject.hidden or subject.reason}")
    if not subject.verified:
        say(f"{folder}: the independent check does not accept this plan")
    return folder.name, subject.plan


def _join(masks: Sequence[Mask]) -> Mask:
    """What hides all that any of the scenarios hides."""
    words = sorted((pair for mask in masks for pair in mask.words), key=lambda pair: -len(pair[0].pattern))
    suppliers, offers = dict[str, str](), dict[str, str]()
    for mask in masks:
        suppliers |= mask.suppliers
        offers |= mask.offers
    return Mask(suppliers, offers, tuple(words))


def _write(study: Opened, found: RegretMatrix, mask: Mask, shown: tuple[str, str, dict[str, Any], dict[str, Any]]) -> Path:
    out, title, document, asked = shown
    folder = study.folder(out, "regret", asked)
    files = {
        "regret.csv": write_csv(regret_table(found, mask), {"gap": f"{found.gap:g}"}),
        "regret.svg": draw_regret(found, title, mask),
        "regret.json": to_json(document),
    }
    write_files(folder, files)
    return folder
