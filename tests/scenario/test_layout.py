"""The common layout: what the file says and every comment stay, whatever the layout was; twice is once."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import BadInput, UsageError
from planner.scenario.layout import canonical_text
from planner.scenario.store import open_file, relay, same_data
from planner.scenario.yaml_events import parse_yaml
from tests.command import ROOT
from tests.scenario.sample import SAMPLE

ROUGH = """\


# top\t\x20
a:\t1\x20\x20\x20
list:
- x: 1  # c
  y:
  - 2
  # about y
-   z: |
      kept\x20\x20


      # text
#  c
-     -    7
      -  8
b: {q: 1,\tr: 2,
  # in
  s: 3}



    # odd
c:
    d: 1
    # about e
    e:
        - "f\tg"
        - 'h


            i'
    t: >-
       folded
        more
# end


"""
LAID = """\
# top
a: 1
list:
  - x: 1  # c
    y:
      - 2
      # about y
  - z: |
      kept\x20\x20


      # text
  #  c
  - - 7
    - 8
b: {q: 1, r: 2,
  # in
  s: 3}

    # odd
c:
  d: 1
  # about e
  e:
    - "f\tg"
    - 'h


        i'
  t: >-
     folded
      more
# end
"""


def data_of(text: str) -> Any:
    return parse_yaml(text, "f.yaml").data


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_rough_file_gets_the_layout(ending: str) -> None:
    assert canonical_text(ROUGH.replace("\n", ending)) == LAID
    assert canonical_text(LAID) == LAID


def test_every_reader_of_yaml_reads_the_layout() -> None:
    """The reader in plain Python refuses tabs between values, which the fast one takes."""
    tabbed = "a: 1\t# why\nb:\t{c: 2,\td: 3}\n"
    with pytest.raises(yaml.YAMLError):
        yaml.load(tabbed, Loader=yaml.SafeLoader)
    assert yaml.load(canonical_text(tabbed), Loader=yaml.SafeLoader) == {"a": 1, "b": {"c": 2, "d": 3}}


@pytest.mark.parametrize(
    "text", ["a: b\tc\n", "a: |+\n  b  \n\n\n", "a: |2\n    b\nc: 1\n", "a: 'b\n\n\n  c'\n", 'a: "b \\\n  c"\n']
)
def test_text_is_never_touched(text: str) -> None:
    assert canonical_text(text) == text


def test_shipped_scenarios_have_the_layout() -> None:
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        assert canonical_text(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8"), path.name


def roughened(text: str, r: random.Random) -> str:
    """Other indentation, line ends, spaces at line ends and empty lines, which change nothing."""
    step = r.choice([2, 3, 4, 7])
    lines = [" " * ((len(line) - len(line.lstrip())) // 2 * step) + line.lstrip() for line in text.splitlines()]
    lines = [re.sub(r"^( *)- ", lambda found: found[1] + "-".ljust(step), line) for line in lines]
    lines = [line + r.choice(["", "", " ", "\t", "  \t "]) for line in lines]
    lines = [line + r.choice(["", "", "\n\n"]) if not line.strip() else line for line in lines]
    return r.choice(["", "\n"]) + r.choice(["\n", "\r\n"]).join("\n".join(lines).split("\n")) + r.choice(["", "\n", "\n \n"])


@pytest.mark.parametrize("seed", range(12))
def test_any_layout_of_one_scenario_becomes_the_same_file(seed: int) -> None:
    rough = roughened(SAMPLE, random.Random(seed))
    assert same_data(data_of(rough), data_of(SAMPLE))
    assert rough != SAMPLE
    assert canonical_text(rough) == canonical_text(SAMPLE)


WORDS = st.text(st.sampled_from("ab #:-|>'\"\t,{}[]é\n"), max_size=8)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=12,
)


@given(
    data=st.dictionaries(st.sampled_from("wxyz"), VALUES, min_size=1, max_size=4),
    indent=st.integers(2, 6),
    width=st.sampled_from([5, 20, 80]),
    flow=st.sampled_from([None, False, True]),
    style=st.sampled_from([None, "|", ">", "'", '"']),
)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_no_layout_changes_what_a_file_says(data: Any, indent: int, width: int, flow: bool | None, style: str | None) -> None:
    class Dumper(yaml.SafeDumper):
        """Writes text in the chosen style."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style))
    text = yaml.dump(
        data, Dumper=Dumper, indent=indent, width=width, default_flow_style=flow, sort_keys=False, allow_unicode=True
    )
    try:
        meant = data_of(text)
    except BadInput:
        return
    laid = canonical_text(text)
    assert same_data(data_of(laid), meant)
    assert canonical_text(laid) == laid


def test_a_layout_that_says_something_else_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(SAMPLE, encoding="utf-8")
    with pytest.raises(UsageError, match="would change what the file says"):
        relay(path, open_file(path), SAMPLE.replace("amount: 250", "amount: 251"))
    assert path.read_text(encoding="utf-8") == SAMPLE
