"""Every row of the catalogue of bad inputs about units, dates, references, contradictions and saving under a name."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from planner.errors import BadInput, SaveConflict
from planner.scenario.findings import Finding
from planner.scenario.fingerprint import scenario_hash
from planner.scenario.grow import grow
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.scenario.store import create, open_file, save
from planner.vocabulary import Exit
from tests.catalogue.checking import CASES, HAZARD, NEIGHBOUR, PROVEN_BY_THE_SOLVER, Case
from tests.command import planner
from tests.scenario.sample import SAMPLE, line_of, with_lines

HERE = Path(__file__).parent
CHECKED = ("units_money", "units_energy", "dates_periods", "references", "contradictions", "probabilities")
SIZES = ("shocks", "licences")
"""Where the size of the tree of futures is told."""
PRICE = ("offers", 0, "price", "amount")
BAD_NAMES = {
    "BI-186": ["/etc/passwd.yaml", "/f.yaml"],
    "BI-187": ["a\0b.yaml", "a\nb.yaml", "c:f.yaml", "a*.yaml", "${HOME}.yaml"],
    "BI-188": ["-rf.yaml", ".hidden.yaml", "../f.yaml", "a/../../f.yaml"],
}
SAVING = {*BAD_NAMES, "BI-191", "BI-192", "BI-291"}


def rows() -> dict[str, dict[str, str]]:
    with (HERE / "bad_inputs.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def prepare(case: Case, folder: Path) -> tuple[Path, str]:
    (folder / "neighbour.yaml").write_text(NEIGHBOUR)
    texts = dict(case.others) or {"f.yaml": case.text}
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder / "f.yaml", texts["f.yaml"]


def contents(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns, one.stat().st_mode) for one in folder.iterdir()}


def single(found: list[Finding], case: Case, text: str) -> Finding:
    says = [with_lines(text, part) for part in case.says]
    # A name of 300 characters is cut in the field too.
    fields = [one for one in found if one.field == case.field or (len(one.field) > 200 and one.field.startswith(case.field))]
    hits = [one for one in fields if all(part in str(one) for part in says)]
    assert len(hits) == 1, "\n".join(map(str, found)) or "nothing was found"
    return hits[0]


def test_every_row_has_a_case() -> None:
    wanted = {name for name, row in rows().items() if row["category"] in CHECKED}
    assert wanted == {case.row for case in CASES} | PROVEN_BY_THE_SOLVER
    assert set(rows()) >= SAVING


@pytest.mark.parametrize("case", CASES, ids=[f"{case.row}-{number}" for number, case in enumerate(CASES)])
def test_row(case: Case, tmp_path: Path) -> None:
    path, text = prepare(case, tmp_path)
    before = contents(tmp_path)
    agrees = re.split(r"\W", rows()[case.row]["expected"])[0] == case.verdict
    assert agrees or case.differs, "an answer other than the row's needs its reason"
    if case.verdict == "REJECT":
        with pytest.raises(BadInput) as caught:
            read_scenario(path)
        assert caught.value.exit_code == Exit.BAD_INPUT
        hit = single(caught.value.findings, case, text)
        assert hit.severity == "error"
    else:
        found = list(read_scenario(path).findings)
        assert [one for one in found if one.severity == "error"] == []
        if case.verdict == "ACCEPT":
            assert [one for one in found if one.field not in SIZES] == []
            return
        hit = single(found, case, text)
        assert hit.severity == "warning"
    assert (hit.file, hit.line) == (case.file, line_of(text, case.at))
    assert hit.column > 0
    assert hit.allowed or hit.fix, "a finding says what to do"
    assert len(hit.value) <= 80
    assert "\n" not in str(hit)
    assert str(tmp_path) not in str(hit)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("row", "code"), [("BI-151", Exit.BAD_INPUT), ("BI-163", Exit.BAD_INPUT), ("BI-121", Exit.SOLVED), ("BI-133", Exit.SOLVED),
     ("BI-177", Exit.SOLVED), ("BI-178", Exit.BAD_INPUT), ("BI-182", Exit.SOLVED)]
)  # fmt: skip
def test_the_command_ends_with_the_right_code(row: str, code: int, tmp_path: Path) -> None:
    path, _ = prepare(next(case for case in CASES if case.row == row), tmp_path)
    before = contents(tmp_path)
    assert planner("check", path, cwd=tmp_path).returncode == code
    assert contents(tmp_path) == before


def test_sums_are_exact_in_decimal_though_not_in_binary(tmp_path: Path) -> None:  # BI-182
    assert sum([0.7, 0.2, 0.1]) != 1
    assert sum([0.1, 0.2, 0.3, 0.4]) == 1  # and the other way round: what is exact in binary is so in decimal
    (case,) = (case for case in CASES if case.row == "BI-182")
    path, _ = prepare(case, tmp_path)
    licence = read_scenario(path).scenario.licences[0]
    assert (licence.quick.probability, licence.slow.probability, licence.refused.probability) == (0.7, 0.2, 0.1)


def test_probability_0_grows_nothing(tmp_path: Path) -> None:  # BI-181
    """A shock or outcome that cannot come leaves the tree as it is without: one certain course of events."""
    (tmp_path / "f.yaml").write_text(SAMPLE)
    certain = grow(read_scenario(tmp_path / "f.yaml").scenario)
    assert [moment.probability for moment in certain.moments] == [1.0] * 8
    for case in CASES:
        if case.row == "BI-181":
            path, _ = prepare(case, tmp_path)
            assert grow(read_scenario(path).scenario) == certain


def test_a_near_sum_is_divided_by_itself(tmp_path: Path) -> None:  # BI-177
    case = next(case for case in CASES if case.row == "BI-177")
    path, _ = prepare(case, tmp_path)
    last = [moment.probability for moment in grow(read_scenario(path).scenario).moments[-3:]]
    assert last == pytest.approx([1 / 3] * 3, abs=1e-15)
    assert sum(last) == pytest.approx(1, abs=1e-15)


def test_a_selector_that_hits_nothing_and_a_tree_too_large_are_refused(tmp_path: Path) -> None:
    more = "".join(f"  - {{id: s{n}, hazard_per_year: 0.1, shipments: stopped}}\n" for n in range(9))
    for news, field, at, says in (
        (HAZARD.format(0.1, "{countries: [KR]}"), "shocks.stop.hits.countries", "hits:", ("nothing ships from KR", "CN, DE, JP")),
        (HAZARD.format(0.1, "{}") + more, "shocks", "shocks:", ("at least", "nodes", "at most 3,000", "branch_at")),
    ):
        text = SAMPLE.replace("policy:\n", f"{news}policy:\n")
        (tmp_path / "f.yaml").write_text(text)
        with pytest.raises(BadInput) as caught:
            read_scenario(tmp_path / "f.yaml")
        (error,) = (one for one in caught.value.findings if one.severity == "error")
        assert (error.file, error.field, error.line) == ("f.yaml", field, line_of(text, at))
        assert all(part in str(error) for part in says)
        assert planner("check", "f.yaml", cwd=tmp_path).returncode == Exit.BAD_INPUT


def test_ids_alike_to_a_solver_stay_two(tmp_path: Path) -> None:  # BI-156
    case = next(case for case in CASES if case.row == "BI-156" and case.verdict == "ACCEPT")
    path, _ = prepare(case, tmp_path)
    offers = read_scenario(path).scenario.offer
    assert offers["ship-US"].price != offers["ship_US"].price


@pytest.mark.parametrize(("row", "name"), [(row, name) for row, names in BAD_NAMES.items() for name in names])
def test_no_scenario_is_saved_under_a_name_that_leaves_the_folder(row: str, name: str, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    with pytest.raises(BadInput) as caught:
        create(folder, name, SAMPLE)
    assert caught.value.exit_code == Exit.BAD_INPUT
    assert "\n" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert list(folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == [folder]


def test_names_that_differ_by_case_are_refused_on_save(tmp_path: Path) -> None:  # BI-191
    create(tmp_path, "base.yaml", SAMPLE)
    before = contents(tmp_path)["base.yaml"]
    for name in ("Base.yaml", "BASE.yaml"):
        with pytest.raises(BadInput, match="capital letters"):
            create(tmp_path, name, SAMPLE)
    assert contents(tmp_path)["base.yaml"] == before
    assert [one for one in contents(tmp_path) if one.casefold() == "base.yaml"] == ["base.yaml"]


def test_nothing_is_saved_through_a_link_out_of_the_folder(tmp_path: Path) -> None:  # BI-192
    folder = tmp_path / "scenarios"
    folder.mkdir()
    secret = tmp_path / "secret.yaml"
    secret.write_text(SAMPLE)
    opened = open_file(secret)
    (folder / "f.yaml").symlink_to(secret)
    before = secret.read_bytes()
    with pytest.raises(BadInput, match="is a link") as caught:
        save(folder / "f.yaml", opened, [(PRICE, 1)], folder)
    assert "secret" not in str(caught.value)
    assert secret.read_bytes() == before


def test_the_second_of_two_savers_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:  # BI-232
    path = tmp_path / "f.yaml"
    path.write_text(SAMPLE)
    first, second = open_file(path), open_file(path)
    save(path, first, [(PRICE, 260)])
    with pytest.raises(SaveConflict) as caught:
        save(path, second, [(PRICE, 270)])
    assert caught.value.exit_code == Exit.BAD_INPUT
    assert "amount: 260" in path.read_text()


def test_suppliers_in_another_order_are_the_same_scenario(tmp_path: Path) -> None:  # BI-291
    path = tmp_path / "f.yaml"
    path.write_text(SAMPLE)
    read = read_scenario(path)
    data = {**read.document.data, "suppliers": read.document.data["suppliers"][::-1]}
    assert scenario_hash(Scenario.model_validate(data)) == scenario_hash(read.scenario)
