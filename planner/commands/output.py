"""Data on standard output: exactly one JSON document, whatever the terminal can show."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(document: Any) -> None:
    """One document; letters beyond ASCII are escaped where the stream cannot carry them."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(document, indent=2, ensure_ascii=not wide, allow_nan=False))
