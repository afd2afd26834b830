"""Batches of scenarios: every one solved once, whatever happens to the others."""

from planner.batch.local import Runner, run_tasks
from planner.batch.solving import solve_task
from planner.batch.stopping import Stop
from planner.batch.task import BatchTask, Row

__all__ = ["BatchTask", "Row", "Runner", "Stop", "run_tasks", "solve_task"]
