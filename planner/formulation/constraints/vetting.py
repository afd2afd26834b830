"""Rule 5: signing needs a finished supplier qualification."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import futures_apart, signed_by
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def vetting(data: Instance, x: Decisions) -> Rows:
    r"""A supplier is signed only after its qualification has run its time; each one keeps a team busy until then.

    .. math:: \sum_{m \in path(n)} sign_{j,m} \le \sum_{m : done(m) \le n} vet_{j,m}, \qquad
              \sum_{(j,m)\ busy\ at\ n} vet_{j,m} \le teams_n

    Sums over the path make the row tighter than one per signing node, and say the same for whole decisions.
    """
    for (supplier, n), done in data.vetted_by.items():
        terms = dict.fromkeys(signed_by(data, x, supplier, n), 1.0)
        if terms:
            terms |= {x.vet[key]: -1.0 for key in done}
            yield ("done", supplier, data.tree.nodes[n].name), terms, -INFINITY, 0.0
    for n, (teams, busy) in data.teams.items():
        yield ("teams", data.tree.nodes[n].name), {x.vet[key]: 1.0 for key in busy}, -INFINITY, teams
    for supplier in sorted({supplier for supplier, _ in x.vet}):
        for leaf in futures_apart(data):
            terms = {x.vet[supplier, m]: 1.0 for m in data.tree.told[leaf]}
            yield ("once", supplier, data.tree.nodes[leaf].name), terms, -INFINITY, 1.0
