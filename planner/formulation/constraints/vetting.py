"""Rule 5: signing needs a finished supplier qualification."""

from __future__ import annotations

from planner.formulation.decisions import Decisions
from planner.formulation.measures import signed_at, state_row
from planner.formulation.problem import INFINITY, Rows
from planner.instance.instance import Instance


def vetting(data: Instance, x: Decisions) -> Rows:
    r"""A supplier is signed only after its qualification has run its time; each one keeps a team busy until then.

    .. math:: signed_{j,n} \le begun_{j,m}, \quad m\ the\ last\ node\ whose\ qualification\ is\ done\ at\ n, \qquad
              begun_{j,n} = begun_{j,parent(n)} + vet_{j,n} \le 1, \qquad \sum_{(j,m)\ busy\ at\ n} vet_{j,m} \le teams_n
    """
    for key in x.begun:
        yield ("begun", key[0], data.tree.nodes[key[1]].name), state_row(data, x.begun, x.vet, key), 0.0, 0.0
    for (supplier, n), done in data.vetted_by.items():
        if terms := signed_at(data, x, supplier, n, 1.0):
            if done:
                terms[x.begun[done[-1]]] = -1.0
            yield ("done", supplier, data.tree.nodes[n].name), terms, -INFINITY, 0.0
    for n, (teams, busy) in data.teams.items():
        yield ("teams", data.tree.nodes[n].name), {x.vet[key]: 1.0 for key in busy}, -INFINITY, teams
