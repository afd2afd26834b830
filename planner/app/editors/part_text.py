"""One part of the scenario as text: for what no table shows, read as strictly as a file."""

from __future__ import annotations

from typing import Any

import streamlit as st

from planner.app.draft.compare import edits_between
from planner.app.draft.draft import data, write
from planner.app.draft.history import push
from planner.app.draft.sheet import Sheet
from planner.app.editors.desk import absorb, history_of, set_history
from planner.app.editors.headings import word
from planner.app.editors.opening import draw_refusal
from planner.app.words.words import t
from planner.errors import BadInput, PlannerError
from planner.scenario.document import Path
from planner.scenario.findings import Finding
from planner.scenario.places import value_at
from planner.scenario.render import plain, render_lines
from planner.scenario.yaml_events import parse_yaml

WRONG = "part_text_wrong"


def draw_part_text(name: str, sheet: Sheet, number: int) -> None:
    """Choose a part, change its text, take it over. ``number`` is that of the editors: the text is written anew with them."""
    with st.expander(t("scenario.text_part"), key="part_panel"):
        parts = part_paths(data(sheet.draft))
        labels = {name: _label(name) for name in parts}
        chosen = st.selectbox(
            t("scenario.text_choose"), list(parts), index=None, key="part_choice", placeholder=t("scenario.text_choose"),
            format_func=lambda name: labels.get(name, name),
        )  # fmt: skip
        if chosen is None or chosen not in parts:
            return
        path = parts[chosen]
        key = f"part_text_{chosen}_{number}"
        st.text_area(t("scenario.text_area"), "\n".join(_lines(value_at(data(sheet.draft), path))), height=240, key=key)
        st.button(t("scenario.text_apply"), key="part_apply", on_click=_apply, args=(name, path, key))
        if wrong := st.session_state.pop(WRONG, None):
            draw_refusal(wrong)


def part_paths(found: dict[str, Any]) -> dict[str, Path]:
    """Every part by section and id, such as ``offers.maxwell-line``."""
    paths: dict[str, Path] = {}
    for section, value in found.items():
        if isinstance(value, list):
            for index, item in enumerate(value):
                own = item.get("id", index + 1) if isinstance(item, dict) else index + 1
                paths[f"{section}.{own}"] = (section, index)
        elif isinstance(value, dict):
            paths[section] = (section,)
    return paths


def _label(name: str) -> str:
    section, _, own = name.partition(".")
    return f"{word(section)}: {own}" if own else word(section)


def _lines(value: Any) -> list[str]:
    return render_lines(plain(value))


def _apply(name: str, path: Path, key: str) -> None:
    absorb()
    history = history_of(name)
    label = ".".join(map(str, path))
    try:
        edits = edits_between(value_at(data(history.now), path), _read(st.session_state[key], label))
        draft = write(history.now, [((*path, *below), value) for below, value in edits])
        if draft.text:
            set_history(name, push(history, draft))
    except BadInput as error:
        st.session_state[WRONG] = error.findings
    except PlannerError as error:
        st.session_state[WRONG] = [Finding(label, 0, 0, "", "", str(error))]


def _read(text: str, label: str) -> Any:
    parsed = parse_yaml(text, label)
    if parsed.complaints:
        raise BadInput(parsed.findings())
    return parsed.data
