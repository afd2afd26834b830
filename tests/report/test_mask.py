"""Confidential suppliers: no export shows a name, an offer or a price unless it was asked for."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest

from planner.plan.plan import Cash
from planner.report.answer import Answer
from planner.report.folder import build_files, to_json
from planner.report.headline import find_headline
from planner.report.mask import build_mask, mask_cash
from planner.report.record import build_record
from tests.report.cases import SECRET_ID, SECRET_NAME, SECRET_OFFER, SECRET_PRICE, build_answer, build_scenario
from tests.report.tree_case import build_tree_answer

SECRETS = (SECRET_NAME, SECRET_ID, SECRET_OFFER, str(SECRET_PRICE), "225.75")


def every_text(answer: Answer, tmp_path: object) -> str:
    """Everything that leaves the house, as one text; workbooks unpacked."""
    from pathlib import Path

    files = build_files(answer)
    files["run.json"] = to_json(build_record(answer, Path("two-makers.yaml"), files))
    texts = []
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                texts += [book.read(part).decode("utf-8", "replace") for part in book.namelist()]
        else:
            texts.append(content.decode())
    return "\n".join([*texts, *find_headline(answer)]).casefold()


@pytest.mark.parametrize("secret", SECRETS)
def test_masked_exports_do_not_hold_the_secret(secret: str, tmp_path: object) -> None:
    assert secret.casefold() not in every_text(build_answer(), tmp_path)


@pytest.mark.parametrize("secret", SECRETS)
def test_unmasked_exports_do(secret: str, tmp_path: object) -> None:
    assert secret.casefold() in every_text(build_answer(unmask=True), tmp_path)


@pytest.mark.parametrize("secret", SECRETS)
def test_masked_futures_do_not_hold_the_secret_either(secret: str, tmp_path: object) -> None:
    """In the tree case the name stands in a shock's name and in an indicator, and a future's orders differ for the maker."""
    assert secret.casefold() not in every_text(build_tree_answer(), tmp_path)
    assert secret.casefold() in every_text(build_tree_answer(unmask=True), tmp_path)


def test_masked_plan_keeps_units_days_and_totals() -> None:
    answer = build_answer()
    plan = answer.data["plan"]
    order = next(o for o in plan["orders"] if o["supplier"] == "confidential-1")
    assert (order["units"], order["ships"], order["price"], order["offer"]) == (6, "2026-07-01", None, "confidential-1.1")
    assert answer.result.plan is not None
    assert sum(line["amount"] for line in plan["cash"]) == pytest.approx(sum(line.amount for line in answer.result.plan.cash))


def test_payments_are_merged_by_fiscal_year_only() -> None:
    scenario, _ = build_scenario()
    days = [date(2026, 1, 5), date(2026, 3, 31), date(2026, 4, 1)]
    cash = tuple(Cash("root", day, "order", SECRET_ID, SECRET_OFFER, "texas", 1.0, "USD", 1.0) for day in days)
    merged = mask_cash(build_mask(scenario), scenario, cash)
    assert [(line.day, line.amount, line.kind) for line in merged] == [
        (date(2026, 3, 31), 2.0, "confidential"),
        (date(2026, 4, 1), 1.0, "confidential"),
    ]


def test_names_in_free_text_are_masked_whole_words_only() -> None:
    scenario, data = build_scenario()
    data["suppliers"][1] |= {"id": "zen", "name": "迈为股份"}
    data["offers"][1]["supplier"] = "zen"
    mask = build_mask(type(scenario).model_validate(data))
    assert mask.text("Zen, zenith and 苏州迈为股份有限公司") == "confidential-1, zenith and 苏州confidential-1有限公司"


def test_a_reason_that_names_the_supplier_is_masked_in_json() -> None:
    findings = [{"rule": "slots", "place": f"offer {SECRET_OFFER}, 2026-Q3", "message": f"{SECRET_NAME} is sold out"}]
    answer = build_answer(audit={"ok": False, "findings": findings})
    assert "offer confidential-1.1, 2026-Q3" in json.dumps(answer.data)
    assert SECRET_NAME not in json.dumps(answer.data)
