"""The brief says only what is computed: every number in it is read back from the text and worked out again by other code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from planner.commands.explain import check_language
from planner.errors import UsageError
from planner.explain.amounts import Amount
from planner.explain.explanation import Explanation
from planner.explain.sentence import Sentence
from planner.report.answer import Answer
from planner.report.saying import say, show_value
from planner.report.why_brief.brief import brief_data, find_brief, join_brief, write_brief
from planner.report.why_brief.pieces import is_told
from planner.report.words.catalogue import LANGUAGES, Language
from tests.report.why_brief.brief_case import explain, ruled, short, with_news

CASES = {"ruled": ruled, "news": with_news, "short": short}
Facts = dict[str, Any]


@cache
def explained(name: str) -> tuple[Answer, Explanation]:
    return explain(CASES[name]())


def sentences(name: str) -> list[Sentence]:
    return [sentence for paragraph in find_brief(*explained(name)) for sentence in paragraph]


def every_value(sentence: Sentence) -> list[tuple[str, Any]]:
    """(kind, value) of everything a sentence states, also inside the sentences it holds."""
    found: list[tuple[str, Any]] = []
    for value in sentence.values.values():
        for one in value.value if isinstance(value.value, tuple) else (value.value,):
            found += every_value(one) if isinstance(one, Sentence) else [(value.kind, one)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_no_digit_is_said_that_is_not_among_the_values(name: str, language: Language) -> None:
    view = explained(name)[0].view
    assert view is not None
    for sentence in sentences(name):
        text = say(sentence, view, language)
        for shown in sorted((show_value(*value, view, language) for value in every_value(sentence)), key=len, reverse=True):
            assert shown in text
            text = text.replace(shown, "", 1)
        assert not re.search(r"\d", text), text


NUMBERS: dict[str, tuple[str, Callable[[float], float]]] = {
    "money": (r"USD ([\d,.]+) m", lambda value: value),
    "share": (r"([\d.]+) %", lambda value: 100 * value),
    "mw": (r"([\d,.]+) (?:GW|MW)(?! ?-|·)", lambda value: value / 1000 if value >= 1000 else value),
    "gw_years": (r"([\d.]+) GW[-·]", lambda value: value),
    "days": (r"([\d,]+) (?:days?|日)", lambda value: value),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_numbers_read_from_the_text_are_the_values(name: str, language: Language) -> None:
    """What a reader sees, to the last figure shown."""
    view, read = explained(name)[0].view, 0
    assert view is not None
    for sentence in sentences(name):
        text = say(sentence, view, language)
        for kind, (pattern, scale) in NUMBERS.items():
            said = re.findall(pattern, text)
            kinds = ("share", "percent") if kind == "share" else (kind,)
            meant = [scale(value) for found, value in every_value(sentence) if found in kinds]
            assert len(said) == len(meant), (text, kind)
            for number in said:
                places = len(number.partition(".")[2])
                near = min(meant, key=lambda value: abs(value - float(number.replace(",", ""))))
                assert abs(near - float(number.replace(",", ""))) <= 0.5 * 10**-places + 1e-9
                meant.remove(near)
                read += 1
    assert read > 5


def worked_out(name: str, sentence: Sentence) -> Facts | None:
    """The values of a sentence found again from the plan's and the explanation's plain data; None for one never met here."""
    answer, explanation = explained(name)
    assert answer.result.plan is not None
    plan, told = answer.result.plan.as_dict(), explanation.as_dict()
    trunk = {node["node"] for node in plan["nodes"] if "/" not in node["node"]}
    orders = [order for order in plan["orders"] if order["node"] in trunk]
    first = [order for order in orders if order["ordered"] == min(order["ordered"] for order in orders)]
    gaps = [gap for gap in plan["shortage"] if gap["node"] in trunk]
    data = answer.document.data
    wanted = max(data["demand"][0]["target_mw"].values())
    worst = max((future["cost"] for future in plan["futures"]), default=0.0)
    quiet = plan["futures"][0]
    cents = {"cost": lambda amount: amount["value"]}

    def signed(period: str) -> Facts:
        return {"sign": sorted(s["supplier"] for s in plan["signings"] if s["node"] in trunk and s["period"] == period)}

    def waiting() -> Facts:
        delays = next(w for w in told["waiting"] if not w["supplier"])["delays"]
        delay = next(d for d in delays if d["costs"]["verdict"] == "differs")
        return {"period": delay["period"], "cost": cents["cost"](delay["costs"])}

    def supplier() -> Facts:
        who = sentence.values["supplier"].value
        found = next(s for s in told["suppliers"] if s["supplier"] == who)
        assert found["signed"]
        return {"supplier": who, "cost": found["costs"]["value"]}

    def slot() -> Facts:
        found = next(
            s
            for s in told["slots"]
            if s["window"] == sentence.values["window"].value and s["pool"] == sentence.values["pool"].value
        )
        point = next(p for p in found["steps"]["points"] if p["saves"]["verdict"] == "differs")
        return {"count": point["amount"], "pool": found["pool"], "window": found["window"], "saves": point["saves"]["value"]}

    def offer() -> Facts:
        found = next(o for o in told["offers"] if o["offer"] == sentence.values["offer"].value)
        price = next(o["price"] for o in data["offers"] if o["id"] == found["offer"])
        return {"offer": found["offer"], "share": 1 - found["low"] / (price["amount"] if isinstance(price, dict) else price)}

    def sold(pool: str, window: str) -> Facts:
        offer_ = next(o for o in data["offers"] if f"offer {o['id']}" == pool)
        ordered = sum(o["units"] for o in orders if o["offer"] == offer_["id"] and o["ship_period"] == window)
        return {"pool": pool, "window": [window], "free": offer_["slots"]["2026-Q2"], "ordered": ordered}

    struck = plan["futures"][1:]
    chance = sum(future["probability"] for future in struck)
    found: dict[str, Callable[[], Facts]] = {
        "brief_sign": lambda: signed("2026-Q1"),
        "brief_sign_quiet": lambda: signed("2026-Q2") | {"when.period": "2026-Q2"},
        "brief_orders": lambda: {
            "lots.units.units": [o["units"] for o in sorted(first, key=lambda o: -o["units"])],
            "lots.offer": [o["offer"] for o in sorted(first, key=lambda o: -o["units"])],
            "lots.ships": [o["ship_period"] for o in first],
        },
        "brief_more_orders": lambda: {
            "count": len(orders) - len(first),
            "until": max(o["order_period"] for o in orders),
        },
        "brief_ramp_met": lambda: {"wanted": wanted, "since": "2026-Q2"},
        "brief_ramp_met_quiet": lambda: {"wanted": wanted, "since": "2026-Q3"},
        "brief_ramp_late": lambda: {
            "wanted": wanted, "since": "2026-Q3", "widest": max(gaps, key=lambda g: g["mw"])["period"],
            "gap": max(g["mw"] for g in gaps), "open": sum(g["mw"] for g in gaps) / 4 / 1000,
        },
        "gap_lead": lambda: {"period": gaps[0]["period"]},
        "slot_taken": lambda: sold(str(sentence.values["pool"].value), "2026-Q2"),
        "slot_none": lambda: {"pool": "offer third-line", "window": "2026-Q2"},
        "brief_money": lambda: {
            "cash": sum(line["amount"] for line in plan["cash"]),
            "penalty": plan["measures"]["shortage_cost"], "day": "2026-01-01",
        },
        "brief_money_average": lambda: {
            "count": len(plan["futures"]), "cash": sum(f["probability"] * f["cash_cost"] for f in plan["futures"]),
            "penalty": sum(f["probability"] * f["shortage_cost"] for f in plan["futures"]), "day": "2026-01-01",
        },
        "brief_worst": lambda: {"tail": 0.1, "cost": worst},
        "brief_news_do": lambda: {
            "news": "stop", "when.period": "2026-Q2", "chance": chance, "moves.mw": 500, "moves.step": "line",
            "moves.gone": "cheap", "moves.come": "dear",
        },
        "brief_news_cost": lambda: {
            "cash.amount": sum(f["probability"] * f["cash_cost"] for f in struck) / chance - quiet["cash_cost"],
        },
        "brief_news_hits": lambda: {"what.units.units": sum(o["units"] for o in first), "what.what": "cheap-line"},
        "brief_waiting": waiting,
        "brief_supplier": supplier,
        "brief_slot": slot,
        "brief_offer": offer,
        "brief_rule_share_most": lambda: {"who": "dear", "limit": 0.6, "cost": told["rules"][0]["saves"]["value"]},
        "brief_always": lambda: {"suppliers": list(told["ties"]["always"]), "within": 0.01},
        "brief_tie_none": lambda: {"within": 0.01},
        "brief_rules_other_nothing": dict,
        "brief_rules_none": dict,
        "brief_proof_best": dict,
    }  # fmt: skip
    return found[sentence.key]() if sentence.key in found else None


def stated(name: str, sentence: Sentence) -> Facts:
    """The values of the sentence in its JSON, by name; several of one name in order."""
    answer, explanation = explained(name)
    (data,) = (one for one in brief_data(answer, explanation) if one["text"] == say(sentence, answer.view, "en"))  # type: ignore[arg-type]
    found: dict[str, list[Any]] = {}
    for value in data["values"]:
        found.setdefault(value["name"], []).append(value["value"])
    return {key: values[0] if len(values) == 1 else values for key, values in found.items() if key != "lots.units.unit"}


@pytest.mark.parametrize("name", CASES)
def test_every_sentence_is_worked_out_again(name: str) -> None:
    for sentence in sentences(name):
        expected = worked_out(name, sentence)
        assert expected is not None, f"nothing here works out {sentence.key}"
        found = stated(name, sentence)
        assert found.keys() == expected.keys(), sentence.key
        for key, value in expected.items():
            mine = value if isinstance(value, list) else [value]
            theirs = found[key] if isinstance(found[key], list) else [found[key]]
            assert theirs == pytest.approx(mine) if isinstance(mine[0], float | int) else Counter(theirs) == Counter(mine)


def test_every_value_says_where_it_comes_from() -> None:
    for name in CASES:
        assert all(value["source"] for one in brief_data(*explained(name)) for value in one["values"])


def test_what_cannot_be_told_from_the_gap_is_not_said() -> None:
    """With gaps around every number no sentence of prices is left, and none of the rules is said to cost anything."""
    answer, explanation = explained("ruled")
    noise = Amount("within the gaps", 3.0, 0.0, 30.0)
    rules = tuple(replace(rule, saves=noise) for rule in explanation.rules)
    slots = tuple(
        replace(slot, steps=replace(slot.steps, points=tuple(replace(p, saves=noise) for p in slot.steps.points), useful=None))
        for slot in explanation.slots
    )
    suppliers = tuple(replace(supplier, costs=noise) for supplier in explanation.suppliers)
    waiting = tuple(replace(w, delays=tuple(replace(d, costs=noise) for d in w.delays)) for w in explanation.waiting)
    dim = replace(explanation, rules=rules, slots=slots, suppliers=suppliers, waiting=waiting)
    keys = {sentence.key for paragraph in find_brief(answer, dim) for sentence in paragraph}
    assert "brief_rules_no_other_noise" in keys
    assert not keys & {"brief_waiting", "brief_slot", "brief_supplier", "brief_rule_share_most", "brief_rules_other_nothing"}
    assert not is_told(noise)


def test_a_wide_range_is_told_as_a_range() -> None:
    answer, explanation = explained("ruled")
    wide = Amount("differs", 20.0, 12.0, 26.0)
    rules = tuple(replace(rule, saves=wide) if rule.saves.value else rule for rule in explanation.rules)
    text = " ".join(write_brief(answer, replace(explanation, rules=rules)))
    assert "The limit of 60 % of spend for dear costs USD 12.0 m to USD 26.0 m." in text


def test_the_brief_by_hand() -> None:
    """60 % of 4 lines for dear: one line from the third for 80 + 5 instead of 65; a cheap slot more saves 65 - 40."""
    text = " ".join(write_brief(*explained("ruled")))
    assert "The limit of 60 % of spend for dear costs USD 20.0 m. Nothing else binds." in text
    assert "1 delivery slot more of cheap-line in 2026-Q2 would save USD 25.0 m." in text
    assert "Signing nobody before 2026-Q2 costs USD 200.0 m more" in text
    assert "dear の支出比率の上限 60 % には USD 20.0 m かかります。" in "".join(write_brief(*explained("ruled"), "ja"))


def test_slots_that_others_take_while_we_wait() -> None:
    """Half of what is free goes each quarter: of four slots in July two are left in April, of which the plan takes three."""
    data = with_news()
    del data["shocks"]
    data["offers"][1] |= {"slots": {"per": "quarter", "2026-Q3": 4}, "rival_claims": {"share": 0.5, "per": "quarter"}}
    data["offers"][1] |= {"lead_time": "6 months"}
    data["offers"][0]["slots"] = {"per": "quarter", "2026-Q2": 0}
    text = " ".join(write_brief(*explain(data)))
    ordered = sum(o.units for o in explain(data)[0].result.plan.orders if o.offer == "dear-line" and o.ships < date(2026, 10, 1))  # type: ignore[union-attr]
    assert f"{ordered - 2:.0f} delivery slots of this plan have gone to other buyers by then" in text


def test_no_plan_has_no_brief() -> None:
    answer, _ = explained("ruled")
    assert write_brief(replace(answer, result=replace(answer.result, plan=None))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_reads_as_what_is_written(language: Language) -> None:
    """The JSON beside the results holds both languages."""
    for name in CASES:
        assert join_brief(brief_data(*explained(name)), language) == write_brief(*explained(name), language)


def test_a_language_nobody_speaks_is_refused() -> None:
    assert check_language("ja") == "ja"
    with pytest.raises(UsageError, match="--language is fr; allowed: en, ja"):
        check_language("fr")
