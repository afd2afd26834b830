"""Work on the way: the first at once, the rest within its share of the time, never in the way of the search."""

from __future__ import annotations

import time

from planner.plan.pace import FIRST_SHARE, SHARE, Pace


def worker(done: list[int], number: int, seconds: float, good: bool = True) -> bool:
    time.sleep(seconds)
    done.append(number)
    return good


def test_the_first_is_done_at_once_and_the_next_waits() -> None:
    done: list[int] = []
    pace = Pace(time.perf_counter())
    pace.offer(lambda: worker(done, 1, 0.02))
    pace.offer(lambda: worker(done, 2, 0.02))
    pace.ask()
    assert done == [1]


def test_of_those_that_wait_only_the_latest_is_done_once_there_is_time() -> None:
    done: list[int] = []
    pace = Pace(time.perf_counter())
    pace.offer(lambda: worker(done, 1, 0.02))
    pace.offer(lambda: worker(done, 2, 0.02))
    pace.offer(lambda: worker(done, 3, 0.02))
    pace.began -= (pace.spent + pace.last) / SHARE  # as if the search had gone on for so long
    pace.ask()
    pace.ask()
    assert done == [1, 3]


def test_work_that_comes_to_nothing_may_be_followed_sooner() -> None:
    done: list[int] = []
    pace = Pace(time.perf_counter())
    pace.offer(lambda: worker(done, 1, 0.02, good=False))
    pace.began -= (pace.spent + pace.last) / FIRST_SHARE
    pace.offer(lambda: worker(done, 2, 0.0))
    assert done == [1, 2]
    assert (pace.share, pace.waiting) == (SHARE, None)


def test_work_that_fails_does_not_end_the_search() -> None:
    pace = Pace(time.perf_counter())
    pace.offer(lambda: 1 // 0 == 0)
    assert pace.waiting is None
    assert pace.share == FIRST_SHARE


def test_the_share_is_kept_over_a_long_search() -> None:
    done: list[int] = []
    began = time.perf_counter()
    pace = Pace(began)
    while time.perf_counter() - began < 0.5:
        pace.offer(lambda: worker(done, 1, 0.002))
        time.sleep(0.001)
    assert len(done) > 1
    assert pace.spent - pace.last <= SHARE * 0.5 + 0.01
