"""SCIP with its defaults on the exported file; its building is reading the file."""

from __future__ import annotations

from pyscipopt import SCIP_EVENTTYPE, Eventhdlr, Model

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.watch import Watch


class _Listener(Eventhdlr):
    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def eventinit(self):
        self.model.catchEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexit(self):
        self.model.dropEvent(SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexec(self, _event):
        self.watch.plan(self.model.getPrimalbound())


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Read and run; SCIP takes its gap of the smaller of cost and bound, so it is asked for the same gap in its words."""
    model = Model()
    model.hideOutput()
    model.includeEventhdlr(_Listener(watch), "listener", "tells plans")
    model.readProblem(str(case.mps))
    model.setParam("limits/gap", gap / (1 - gap))
    model.setParam("limits/time", watch.left)
    watch.ready()
    model.optimize()
    found = model.getNSols() > 0
    bound = model.getDualbound()
    return Answer(model.getPrimalbound() if found else None, None if model.isInfinity(-bound) else bound, model.getStatus())
