"""Names a scenario knows, for select boxes: suppliers, offers, sites, steps, countries, currencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.app.draft.fields import REFERENCES
from planner.scenario.calendar import Calendar
from planner.scenario.places import value_at

_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = tuple(_CODES.split())
"""Codes of ISO 3166-1."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """Names by what they name, countries of the scenario first; ``periods`` are the names of the calendar's periods."""

    known: dict[str, tuple[str, ...]]
    periods: tuple[str, ...]

    def names(self, what: str) -> tuple[str, ...]:
        """The names of ``what``, such as ``suppliers``; empty for anything else."""
        return self.known.get(what, ())


def build_lookups(data: Any) -> Lookups:
    """The names in the data of a scenario, whatever is in it."""
    known = {kind: _ids(data, kind) for kind in ("suppliers", "offers", "sites", "resources", "shocks")}
    routes = value_at(data, ("routes",))
    steps = [route.get("steps") for route in routes.values() if isinstance(route, dict)] if isinstance(routes, dict) else []
    known["steps"] = _words(step for listed in steps if isinstance(listed, list) for step in listed)
    used = [item.get("country") for kind in ("suppliers", "sites") for item in _items(data, kind)]
    known["countries"] = tuple(dict.fromkeys((*sorted(_words(used)), *COUNTRIES)))
    rates, base = value_at(data, ("money", "rates")), value_at(data, ("money", "currency"))
    known["currencies"] = _words([base, *(rates if isinstance(rates, dict) else ())])
    groups = value_at(data, ("policy", "groups"))
    known["groups"] = _words(groups if isinstance(groups, dict) else ())
    calendar = _calendar(value_at(data, ("calendar",)))
    return Lookups(known, calendar.names if calendar else ())


def choices(field: str, lookups: Lookups, present: Iterable[str]) -> tuple[str, ...]:
    """What may stand where a field names something; empty where names are free."""
    names = lookups.names(REFERENCES.get(field, ""))
    return tuple(dict.fromkeys((*names, *present))) if names else ()


def _items(data: Any, kind: str) -> list[dict[str, Any]]:
    held = value_at(data, (kind,))
    return [item for item in held if isinstance(item, dict)] if isinstance(held, list) else []


def _ids(data: Any, kind: str) -> tuple[str, ...]:
    return _words(item.get("id") for item in _items(data, kind))


def _words(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if isinstance(value, str)))


def _calendar(value: Any) -> Calendar | None:
    try:
        return Calendar.model_validate(value)
    except ValueError:
        return None
