"""An explanation in sentences, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.explanation import Explanation, OfferPrice
from planner.explain.prices.why_not import IN_THE_PLAN
from planner.report.table import counted, listed, show, show_share
from planner.report.why_words import Naming, say_holds

MOST = 3


def explain_why(found: Explanation, naming: Naming) -> list[str]:
    """What was found, in sentences."""
    said = (_base, _why_not, _rules, _slots, _weeks, _offers, _suppliers, _waiting, _ties)
    return [*(sentence for say in said for sentence in say(found, naming)), *_ended(found)]


def _base(found: Explanation, naming: Naming) -> Iterator[str]:
    base = found.base
    if base.cost.value is None:
        return
    gap = base.cost.gap / max(abs(base.cost.value), 1e-9)
    yield (
        f"The plan costs {naming.money(base.cost.value)} (cash {naming.money(base.cash)}, penalty {naming.money(base.penalty)}), "
        f"proven to {show_share(gap)}, and signs {naming.suppliers(base.suppliers)}."
    )


def _why_not(found: Explanation, naming: Naming) -> Iterator[str]:
    for one in found.why_not:
        name = naming.supplier(one.asked) if one.kind == "supplier" else naming.offer(one.asked)
        if one.costs.verdict == "impossible":
            yield f"Why not {name}: no plan that buys from it keeps every rule."
        elif one.costs.reason == IN_THE_PLAN:
            yield f"Why not {name}: {IN_THE_PLAN}."
        else:
            then = naming.changes(one.other)
            yield f"Why not {name}: more by {naming.amount(one.costs)}{f' - {then}' if then else ''}."


def _rules(found: Explanation, naming: Naming) -> Iterator[str]:
    single = [price for price in found.rules if not price.members]
    dear = [price for price in single if price.saves.verdict == "differs"]
    if dear:
        yield f"Rules that cost: {'; '.join(f'{price.rule} {naming.amount(price.saves)}' for price in dear[:MOST])}."
    free = sum(price.saves.verdict == "nothing" for price in single)
    near = sum(price.saves.verdict == "within the gaps" for price in single)
    if free or near:
        parts = [f"surely nothing for {counted(free, 'rule')}"] if free else []
        parts += [f"nothing that can be told from the gaps for {counted(near, 'rule')}"] if near else []
        yield f"Leaving out one rule by itself saves {listed(parts)}."


def _slots(found: Explanation, naming: Naming) -> Iterator[str]:
    for value in [value for value in found.slots if value.steps.useful][:MOST]:
        pool, each = naming.mask.text(value.pool), naming.money(value.steps.each or 0.0)
        yield f"More slots of {pool} in {value.window} save {each} each: {say_holds(value.steps)}."
    for site in found.sites:
        if site.steps.useful:
            useful = f"{show(site.steps.useful, 'mw')} MW"
            yield f"If {site.site} might run {useful} more: {naming.money((site.steps.each or 0.0) * site.steps.useful)} saved."


def _weeks(found: Explanation, naming: Naming) -> Iterator[str]:
    for value in [value for value in found.weeks if value.steps.useful][:MOST]:
        points = value.steps.points
        point = next(point for point in points if point.amount == value.steps.useful)
        said = (
            f"{counted(point.amount, 'week')} earlier from {naming.supplier(value.supplier)} saves {naming.amount(point.saves)}"
        )
        yield f"{said}; for the fewer weeks tried no saving is sure." if points[0].amount < point.amount else f"{said}."


def _offers(found: Explanation, naming: Naming) -> Iterator[str]:
    entering = [price for price in found.offers if price.turn == "enters" and price.low]
    entering.sort(key=lambda price: -(price.low or 0.0) / (price.price or 1.0))
    for price in entering[:MOST]:
        yield f"{naming.offer(price.offer)} comes into the best plan at {_price(price.low, price)} a unit{_less(price)}."
    staying = [price for price in found.offers if price.turn == "stays" and price.low and price.price]
    for price in sorted(staying, key=lambda price: (price.low or 0.0) / (price.price or 1.0))[:MOST]:
        yield f"{naming.offer(price.offer)} stays in the best plan up to {_price(price.low, price)} a unit{_more(price)}."


def _price(amount: float | None, price: OfferPrice) -> str:
    return f"{price.currency} {show(amount, 'money')}"


def _less(price: OfferPrice) -> str:
    return f", {show_share(1 - (price.low or 0.0) / price.price)} below its price" if price.price else ""


def _more(price: OfferPrice) -> str:
    return f", {show_share((price.low or 0.0) / price.price - 1)} above its price" if price.price else ""


def _suppliers(found: Explanation, naming: Naming) -> Iterator[str]:
    for worth in [worth for worth in found.suppliers if worth.signed][:MOST]:
        if worth.costs.verdict == "impossible":
            yield f"Without {naming.supplier(worth.supplier)} no plan keeps every rule."
        elif worth.costs.verdict == "differs":
            yield f"Without {naming.supplier(worth.supplier)} the best plan costs {naming.amount(worth.costs)} more."


def _waiting(found: Explanation, naming: Naming) -> Iterator[str]:
    whole = next((wait for wait in found.waiting if not wait.supplier), None)
    if whole is not None:
        said = [f"{delay.day}: {naming.amount(delay.costs)}" for delay in whole.delays[:MOST]]
        yield f"Signing nothing before a day costs: {'; '.join(said)}."


def _ties(found: Explanation, naming: Naming) -> Iterator[str]:
    if found.ties is None:
        return
    ties, within = found.ties, show_share(found.ties.within)
    others = len(ties.mixes) - 1
    known = "all there are" if ties.complete else "there may be more"
    if not others:
        yield f"No other mix of suppliers within {within} is known; " + (
            "proven that there is none." if ties.complete else f"not ruled out for {naming.suppliers(ties.unknown)}."
        )
        return
    mixes = "1 other mix" if others == 1 else f"{others} other mixes"
    yield f"{mixes} of suppliers within {within} of the plan's cost ({known})."
    if ties.always:
        yield f"Every plan within {within} signs {naming.suppliers(ties.always)}."


def _ended(found: Explanation) -> Iterator[str]:
    for part in found.parts:
        if part.ended:
            yield f"{part.part}: {part.answered} of {part.questions} questions answered ({part.ended})."
