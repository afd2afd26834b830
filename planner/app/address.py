"""Choices of a page that its address carries, so that a reload and a passed-on address find them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st


def take_one(key: str, allowed: Collection[Any], usual: Any) -> None:
    """Let the choice ``key`` be what the session holds, else what the address says, else ``usual``; always one of ``allowed``.

    Called before the widget of this key is drawn. The texts of ``allowed`` stand in the address.
    """
    said = {str(value): value for value in allowed}
    held = st.session_state.get(key)
    if held not in allowed:
        held = said.get(st.query_params.get(key, ""), usual)
    st.session_state[key] = held if held in allowed else next(iter(allowed), None)


def take_several(key: str, allowed: Collection[str], usual: Sequence[str] = ()) -> None:
    """The same for a choice of several, which keep their order."""
    held = st.session_state[key] if key in st.session_state else st.query_params.get_all(key) or list(usual)
    st.session_state[key] = [value for value in held if value in allowed]


def tell_address(choices: Mapping[str, Any]) -> None:
    """Let the address say these choices; all at once, because each change is a step of the browser's way back."""
    wanted = {key: [str(one) for one in value] if isinstance(value, list) else [str(value)] for key, value in choices.items()}
    if any(st.query_params.get_all(key) != value for key, value in wanted.items()):
        st.query_params.update({key: value if isinstance(choices[key], list) else value[0] for key, value in wanted.items()})
