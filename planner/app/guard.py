"""What happens when a page fails: one sentence for the reader, everything else for the log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from planner.app.plain import draw_text
from planner.app.words.words import t
from planner.errors import PlannerError

log = logging.getLogger(__name__)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside becomes one sentence on the page; the log has the rest, found by its mark.

    The frame guards every page; a fragment guards itself, because it also runs without the page around it.
    """
    try:
        yield
    except PlannerError as error:
        st.error(t("frame.refused"))
        draw_text(str(error))
    except Exception:
        mark = secrets.token_hex(4)
        log.exception("page failed (%s)", mark)
        st.error(t("frame.failed", mark=mark))
