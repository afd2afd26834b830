"""Names that clash, names that look alike, and text that should not stand in a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.places import finding_at, nearest, place_of
from planner.scenario.scenario import Scenario

KINDS = ("sites", "demand", "suppliers", "offers", "resources", "commitments", "duties")
NEWS = ("shocks", "licences")
"""Kinds that share their ids: a future is named after what struck."""
UNDISCLOSED = "undisclosed"
NEAR = 0.82
FIRM_WORDS = re.compile(r"\b(co|ltd|inc|corp|company|limited|gmbh|ag|sa|kk|plc|group|holdings?)\b|[^\w]+")
SECRET = re.compile(
    r"\b(pass(word|wd|phrase)|pwd|(access |auth |bearer )?token|api[ _-]?key|secret( key)?|private key)\b['\"]?\s*[=:]\s*\S{4,}"
    r"|\bBearer [\w.~+/-]{16,}|://[^/\s:@]+:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|xox[abp]-[\w-]{10,}|sk-[\w-]{20,})\b",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """Text as people tell it apart: one Unicode form, no difference between capital and small letters."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def check_names(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Ids and supplier names given twice, sanctioned names spelled differently, secrets in texts."""
    for kind in KINDS:
        ids = [((kind, i, "id"), item.id) for i, item in enumerate(getattr(scenario, kind))]
        yield from _clashes(document, ids, f"{kind}: the id")
    news = [((kind, i, "id"), item.id) for kind in NEWS for i, item in enumerate(getattr(scenario, kind))]
    yield from _clashes(document, news, "shocks and licences: the id")
    yield from _clashes(document, [(("routes", name), name) for name in scenario.routes], "routes: the name")
    yield from _clashes(document, [(("policy", "groups", name), name) for name in scenario.policy.groups], "groups: the name")
    names = [(("suppliers", i, "name"), s.name) for i, s in enumerate(scenario.suppliers) if s.name]
    shown: list[tuple[Path, str]] = [(path, name) for path, name in names if folded(name) != UNDISCLOSED]
    yield from _clashes(document, shown, "two suppliers have the same name:")
    yield from _sanctioned(scenario, document)
    yield from find_secrets(document)


def _clashes(document: Document, names: list[tuple[Any, str]], what: str) -> Iterator[Finding]:
    seen: dict[str, tuple[Path, str]] = {}
    for path, name in names:
        first, before = seen.setdefault(folded(name), (path, name))
        if first != path:
            same = f"{name} is given twice" if name == before else f"{name} differs from {before} only in how it is written"
            problem = f"{what} {same} (first at {place_of(document, first)})"
            yield finding_at(document, path, problem, "a name of its own", "rename one of the two", value=name)


def _sanctioned(scenario: Scenario, document: Document) -> Iterator[Finding]:
    exact: dict[str, Path] = {}
    for i, supplier in enumerate(scenario.suppliers):
        exact.setdefault(supplier.id.casefold(), ("suppliers", i, "id"))
        if supplier.name and folded(supplier.name) != UNDISCLOSED:
            exact.setdefault(supplier.name.casefold(), ("suppliers", i, "name"))
    bare = {_bare(name): path for name, path in exact.items()}
    for i, name in enumerate(scenario.policy.sanctioned):
        path: Path = ("policy", "sanctioned", i)
        if name.casefold() in exact:
            problem = f"nothing is bought from {name} ({place_of(document, exact[name.casefold()])}): it is sanctioned"
            yield finding_at(document, path, problem, severity="note")
        elif near := nearest(_bare(name), bare, NEAR):
            supplier = scenario.suppliers[int(bare[near][1])]
            problem = f"matches no supplier, but is like {supplier.name or supplier.id} ({place_of(document, bare[near])})"
            fix = "spell it alike if it is the same firm"
            yield finding_at(document, path, problem, "the supplier's id or exact name", fix, "warning")


def _bare(name: str) -> str:
    """The part of a firm's name that tells it from others."""
    return FIRM_WORDS.sub("", folded(name)) or folded(name)


def find_secrets(document: Document) -> Iterator[Finding]:
    """Texts that look like a password, a token or a key; their value is not repeated in the finding."""
    for path, text in _texts(document.data, ()):
        if SECRET.search(text):
            problem = "looks like a password, token or key; the scenario is shared and kept in history"
            yield finding_at(
                document, path, problem, "no secrets in a scenario", "remove it and change the secret", "warning", ""
            )


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, str) and len(value) > 6:
        yield path, value
