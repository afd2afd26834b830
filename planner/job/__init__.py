"""A solve in a process of its own: start, listen, cancel within a second, and never lose the best plan found."""

from planner.job.crew import Crew
from planner.job.solving import SolveJob
from planner.job.warm import Warm

__all__ = ["Crew", "SolveJob", "Warm"]
