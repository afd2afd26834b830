"""``planner explain``: why the plan is as it is, by solving neighbouring questions; why there is none, by what clashes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.commands.ending import Ending, finish, read_aloud
from planner.commands.explain_base import Plan, Seconds, open_plan, show_progress, solve_base
from planner.commands.explain_clash import explain_clash
from planner.commands.explained import BRIEF, Kept, keep, mask_explanation, read_kept
from planner.commands.guard import Failure, attempt, say
from planner.commands.solve import find_changes
from planner.errors import UsageError
from planner.explain.asking import Asking, Step
from planner.explain.explain import Wanted, find_explanation
from planner.explain.explanation import PARTS
from planner.explain.prices.why_not import check_names
from planner.options import Options
from planner.report.answer import Answer
from planner.report.folder import write_results
from planner.report.gaps import gaps_data, table_of_gaps
from planner.report.mask import mask_words
from planner.report.table import Table
from planner.report.why import explain_why
from planner.report.why_brief.brief import brief_data, join_brief
from planner.report.why_tables import why_tables
from planner.report.why_words import Naming
from planner.report.words.catalogue import LANGUAGES, Language, find_language


def check_parts(parts: str) -> tuple[str, ...]:
    """The parts named, most useful first. Raises UsageError naming what is allowed."""
    asked, known = [part.strip() for part in parts.split(",") if part.strip()], (*PARTS, BRIEF)
    if not asked or set(asked) - set(known):
        raise UsageError(f"--parts is {parts}; allowed: {', '.join(known)}, separated by commas")
    return tuple(part for part in known if part in asked)


def check_language(language: str) -> Language:
    """The language. Raises UsageError naming those there are."""
    if language not in LANGUAGES:
        raise UsageError(f"--language is {language}; allowed: {', '.join(LANGUAGES)}")
    return find_language(language)


def explain_file(
    file: str, options: Options, *, parts: str, why_not: Sequence[str], as_json: bool, out: str, language: str = "en"
) -> int:
    """Explain one scenario's plan and print what was found; returns the exit code. Raises UsageError.

    The time limit of ``options`` is for everything.
    """
    asked, spoken = check_parts(parts), check_language(language)
    return finish(file, lambda: _explain(file, options, asked, why_not, Path(out), spoken), as_json)


def _explain(
    file: str, options: Options, parts: tuple[str, ...], why_not: Sequence[str], out: Path, language: Language
) -> Ending:
    read = read_aloud(file)
    names = check_names(read.scenario, why_not)
    plan = open_plan(Path(file), read, options)
    kept = read_kept(out / plan.folder, plan.key)
    missing = kept.missing(Wanted(parts, names), late=False)  # with as much time as now there was no more
    if missing:
        base = solve_base(plan)
        if base.plan is None:
            return explain_clash(file, plan, base, language)
        kept = _ask(plan, Asking(plan.solver, plan.data, read.scenario, base), kept, Wanted(missing, names))
        for warning in find_changes(Path(file), read.document):
            say(warning)
        _write(plan, plan.answer(base) if base.result else None, kept, out)
    return _ending(file, plan, kept, Wanted(parts, names), language)


def _ask(plan: Plan, asking: Asking, kept: Kept, wanted: Wanted) -> Kept:
    """What was known, with the answers to what was not; the brief is of all of it."""

    def tell(step: Step) -> None:
        say(f"{step.part} {step.answered} of {step.asked}: {show_progress(step.solved, plan.scenario.money, plan.mask)}")

    asking.tell, asking.limits = tell, Seconds(plan.options.time_limit).limits(asking.base, plan.began)
    fresh = find_explanation(asking, wanted, plan.key)
    known = kept.join(fresh)
    answer = plan.answer(asking.base) if asking.base.result is not None else None
    brief = tuple(brief_data(answer, known)) if answer else ()
    gaps = tuple(gaps_data(answer.view, known)) if answer and answer.view else ()
    names = tuple(one.asked for one in known.why_not)
    return Kept(plan.key, names, mask_explanation(known, plan.mask), brief, gaps)


def _write(plan: Plan, answer: Answer | None, kept: Kept, out: Path) -> None:
    """The results of the plan, and the explanation beside them; where the plan is not the scenario's own, that alone."""

    def write() -> None:
        if answer is not None and plan.own:
            write_results(answer, out, plan.path)
        keep(out / plan.folder, kept)

    failed = attempt(write)
    if isinstance(failed, Failure):
        say(f"the results could not be written: {failed.text}")
    else:
        say(f"Results: {out / plan.folder}/")


def _ending(file: str, plan: Plan, kept: Kept, wanted: Wanted, language: Language) -> Ending:
    found = kept.only(wanted)
    brief, gaps = (list(kept.brief), list(kept.gaps)) if BRIEF in wanted.parts else ([], [])
    document: dict[str, Any] = {
        "file": file,
        "scenario": plan.scenario.title,
        "name": plan.path.stem,
        "asked": list(wanted.parts),
    }
    document |= {**found.as_dict(), "brief": brief, "gaps": gaps, "exit_code": found.code}
    naming = Naming(plan.scenario, plan.mask)
    paragraphs = join_brief(brief, language)
    sentences = tuple(plan.mask.text(sentence) for sentence in explain_why(found, naming))
    title = plan.mask.text(plan.scenario.title)
    return Ending(
        found.code, mask_words(plan.mask, document), title, (*paragraphs, *sentences),
        (*tables_of(gaps, naming.unit, language), *why_tables(found, naming)),
    )  # fmt: skip


def tables_of(gaps: list[dict[str, Any]], unit: str, language: Language) -> tuple[Table, ...]:
    """The reasons of capacity gaps, where there are some."""
    return (table_of_gaps(gaps, unit, language),) if gaps else ()
