"""Explanations kept beside the results, so that what has been found is not asked again."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from planner.explain.explain import Wanted
from planner.explain.explanation import Explanation, OfferPrice
from planner.explain.reread import read_explanation
from planner.report.files import write_atomic
from planner.report.folder import to_json
from planner.report.mask import Mask, mask_words
from planner.vocabulary import Exit

FILE = "explain.json"
LATE = "out of time"
BRIEF = "brief"
"""The part that puts the others into a page of words."""
FIELDS = {
    "rules": ("rules",), "slots": ("slots", "weeks", "sites"), "offers": ("offers", "suppliers"), "why-not": ("why_not",),
    "waiting": ("waiting",), "ties": ("ties",),
}  # fmt: skip
"""The fields of an explanation that each part fills."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one scenario solved with the same options by the same versions.

    ``why_not``: the ids asked about. ``brief``: the sentences of the brief about all of it, as ``brief_data`` gives them,
    ``gaps`` the capacity gaps if nothing happens with their reasons, as ``gaps_data`` does.
    """

    key: str
    why_not: tuple[str, ...] = ()
    found: Explanation | None = None
    brief: tuple[dict[str, Any], ...] = ()
    gaps: tuple[dict[str, Any], ...] = ()

    def missing(self, wanted: Wanted, *, late: bool = True) -> tuple[str, ...]:
        """The parts wanted that are not known in full; without ``late`` those that ran out of time are not among them."""
        known = self.found.parts if self.found else ()
        done = {part.part for part in known if not part.ended or (part.ended == LATE and not late)}
        if set(wanted.why_not) - set(self.why_not):
            done -= {"why-not"}
        if self.found and self.found.ties and self.found.ties.within != wanted.within:
            done -= {"ties"}
        if self.brief:
            done |= {BRIEF}
        return tuple(part for part in wanted.parts if part not in done and (part != "why-not" or wanted.why_not))

    def only(self, wanted: Wanted) -> Explanation:
        """The parts wanted of what is known."""
        assert self.found is not None
        names = {name for part, names in FIELDS.items() if part not in wanted.parts for name in names}
        empty: dict[str, Any] = {field.name: field.default for field in fields(Explanation) if field.name in names}
        parts = tuple(part for part in self.found.parts if part.part in wanted.parts)
        about = tuple(one for one in self.found.why_not if one.asked in wanted.why_not)
        return replace(self.found, parts=parts, **{"why_not": about, **empty})

    def join(self, fresh: Explanation) -> Explanation:
        """What was found just now, with the parts known from before."""
        if self.found is None:
            return fresh
        new = {part.part for part in fresh.parts}
        old = [part for part in self.found.parts if part.part not in new]
        known: dict[str, Any] = {name: getattr(self.found, name) for part in old for name in FIELDS[part.part]}
        return replace(fresh, parts=(*old, *fresh.parts), **known)


def read_kept(folder: Path, key: str) -> Kept:
    """What the folder holds for this key; nothing where there is none or another version wrote it."""
    try:
        data = json.loads((folder / FILE).read_bytes())
        if data["key"] == key and data["found"]["code"] in (Exit.SOLVED, Exit.LIMIT, Exit.INTERRUPTED):
            return Kept(key, tuple(data["why_not"]), read_explanation(data["found"]), tuple(data["brief"]), tuple(data["gaps"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Kept(key)


def keep(folder: Path, kept: Kept) -> None:
    """Write the file, whole. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    found = kept.found.as_dict() if kept.found else None
    said = {"brief": list(kept.brief), "gaps": list(kept.gaps)}
    data = {"key": kept.key, "why_not": list(kept.why_not), "found": found, **said}
    write_atomic(folder / FILE, to_json(data))


def mask_explanation(found: Explanation, mask: Mask) -> Explanation:
    """The explanation without names and prices of confidential suppliers."""
    if not mask.suppliers:
        return found
    offers = tuple(_hide(price) if mask.hides(price.supplier) else price for price in found.offers)
    data: dict[str, Any] = mask_words(mask, replace(found, offers=offers).as_dict())
    return read_explanation(data)


def _hide(price: OfferPrice) -> OfferPrice:
    return replace(price, price=None, low=None, high=None)
