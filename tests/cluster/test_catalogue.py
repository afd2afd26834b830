"""Every row of the catalogue of bad inputs about clusters has a test here."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from tests.command import ROOT


def test_every_row_has_a_test() -> None:
    with (ROOT / "tests" / "catalogue" / "bad_inputs.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id"] for row in csv.DictReader(stream) if row["category"] == "cluster"}
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert rows == {f"BI-{number}" for text in texts for number in re.findall(r"^def test_bi_(\d+)", text, re.MULTILINE)}
