"""Everything the page shows of one draft, worked out once: its tables, and where in them the findings belong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.app.draft.draft import Draft, data, findings, sentences
from planner.app.draft.located import Located, build_views, locate_findings
from planner.app.draft.lookups import Lookups, build_lookups
from planner.app.draft.view import View
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class Sheet:
    """One draft as the page shows it."""

    draft: Draft

    @cached_property
    def lookups(self) -> Lookups:
        """Names for select boxes."""
        return build_lookups(data(self.draft))

    @cached_property
    def tables(self) -> dict[str, View]:
        """Every table by name."""
        return build_views(data(self.draft), self.lookups)

    @cached_property
    def located(self) -> tuple[Located, ...]:
        """Every finding with its cell."""
        return locate_findings(findings(self.draft), data(self.draft), self.tables)

    @cached_property
    def sentences(self) -> list[str]:
        """What differs from the file."""
        return sentences(self.draft)

    @property
    def scenario(self) -> Scenario | None:
        """The scenario; while the draft has errors, the one of the file as opened; None when that had errors too."""
        return self.draft.reading.scenario or self.draft.start.reading.scenario

    def count(self, severity: str) -> int:
        """How many findings there are of one severity."""
        return sum(finding.severity == severity for finding in findings(self.draft))

    def in_table(self, table: str) -> list[Located]:
        """The findings whose cell is in a table."""
        return [located for located in self.located if located.spot and located.spot.table == table]
