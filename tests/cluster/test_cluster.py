"""A batch on a scheduler and workers of their own behind certificates: same answers, nobody let in, nothing lost."""

from __future__ import annotations

import json
import os
import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.batch.cluster.address import OPEN, Tls
from planner.batch.cluster.connect import connected
from planner.batch.cluster.running import ClusterRunner, cluster_runner
from planner.batch.cluster.vetting import check_scheduler, vet
from planner.batch.local import run_tasks
from planner.batch.stopping import Stop
from planner.batch.task import BatchTask, Row
from planner.errors import ClusterError
from planner.result import find_versions
from tests.cluster.cases import answers, long_task, short_tasks
from tests.cluster.certificates import make_certificates
from tests.cluster.machines import Machines, machines, other_version

OTHER = "9.9.9"


class Cluster:
    """The machines, their runner, and what it warned of."""

    def __init__(self, running: Machines, runner: ClusterRunner, out: Path, warned: list[str]) -> None:
        self.machines, self.runner, self.out, self.warned = running, runner, out, warned
        self.told: list[dict[str, Any]] = []

    def run(self, tasks: list[BatchTask], stop: Stop | None = None) -> list[Row]:
        """The rows of the tasks."""
        return list(self.runner(tasks, 0, self.told.append, stop or Stop()))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder, out = tmp_path_factory.mktemp("cluster"), tmp_path_factory.mktemp("out")
    warned: list[str] = []
    with machines(folder, make_certificates(folder, "ours")) as running:
        running.start_scheduler()
        for code in ([], [], [other_version(folder / "other", OTHER)]):
            running.start_worker(*code)
        running.wait(3)
        with cluster_runner(running.address, running.tls, 0, out, warned.append) as runner:
            yield Cluster(running, runner, out, warned)


def test_answers_are_those_of_this_machine(cluster: Cluster, tmp_path: Path) -> None:
    prices = [40, 55, 70]
    there = cluster.run(short_tasks(tmp_path, cluster.out, prices))
    here = list(run_tasks(short_tasks(tmp_path, tmp_path / "here", prices), 1, cluster.told.append, Stop()))
    assert answers(there) == answers(here)
    for row in there:
        record = json.loads((cluster.out / row.results / "run.json").read_text(encoding="utf-8"))
        assert record["versions"] == find_versions()


def test_bi_283_a_worker_of_another_version_is_named_and_not_used(cluster: Cluster) -> None:
    assert len(cluster.runner.roster.workers) == 2
    (refused,) = cluster.runner.roster.refused
    assert cluster.warned == [f"worker {refused} is not used: it has planner {OTHER} instead of 0.1.0"]
    used = {event["worker"] for event in cluster.told if event.get("event") == "started" and "worker" in event}
    assert used
    assert refused not in used


def test_bi_286_a_scenario_is_solved_once_whoever_asks(cluster: Cluster, tmp_path: Path) -> None:
    """Two batches with one folder at the same time: work is claimed by creating a file, without locks."""
    tasks = short_tasks(tmp_path, cluster.out, [41, 42])
    other = ClusterRunner(cluster.runner.client, cluster.runner.roster)
    told: list[dict[str, Any]] = []
    rows: list[Row] = []
    thread = threading.Thread(target=lambda: rows.extend(other(tasks, 0, told.append, Stop())))
    cluster.told.clear()
    thread.start()
    mine = cluster.run(tasks)
    thread.join()
    time.sleep(0.2)
    assert answers(mine) == answers(rows)
    assert sorted(event["name"] for event in [*cluster.told, *told]) == ["price-41", "price-42"]


def test_a_worker_that_does_not_share_the_folder_is_not_used(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the workers are elsewhere, so that this name is another folder to them
    Path("batch").mkdir()
    vetted = vet(cluster.runner.client, cluster.runner.roster.workers, Path("batch"))
    assert not vetted.good
    assert set(vetted.refused.values()) == {"it does not share the folder batch, where results go"}


def test_bi_287_results_are_files_and_only_a_row_travels(cluster: Cluster, tmp_path: Path) -> None:
    (row,) = cluster.run(short_tasks(tmp_path, cluster.out, [40]))
    files = sum(path.stat().st_size for path in (cluster.out / row.results).iterdir())
    assert len(pickle.dumps(row)) < 1000 < 10_000 < files


def test_a_stop_reaches_what_runs_on_the_workers(cluster: Cluster, tmp_path: Path) -> None:
    """Three tasks, two workers: two are under way and end with what they have, the third is never begun."""
    stop, tasks = Stop(), [long_task(cluster.out), *short_tasks(tmp_path, cluster.out, [43])]
    begun = threading.Event()
    asked: list[float] = []

    def tell(event: dict[str, Any]) -> None:
        if event["name"] == tasks[0].name:
            begun.set()

    def ask() -> None:
        begun.wait(30)
        time.sleep(1.0)
        asked.append(time.monotonic())
        stop.request()

    threading.Thread(target=ask, daemon=True).start()
    rows = list(cluster.runner(tasks, 0, tell, stop))
    assert time.monotonic() - asked[0] < 5.0
    by_file = {row.file: row for row in rows}
    assert by_file[tasks[0].document.file].status in ("stopped", "feasible")
    assert not by_file[tasks[0].document.file].kept


def test_bi_282_nobody_without_a_certificate_gets_in(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.machines.address
    strangers = make_certificates(tmp_path, "strangers")
    for other, tls in ((address, strangers), (address.replace("tls:", "tcp:"), Tls())):
        with pytest.raises(ClusterError, match="no scheduler answers at"), connected(other, tls, 0, seconds=1):
            pass


def test_a_task_outlives_its_workers(cluster: Cluster, tmp_path: Path) -> None:
    """One worker loses its power: the other goes on. Then that one does: a new one goes on. Each once a solve has begun."""
    pids = cluster.runner.client.run(os.getpid, workers=list(cluster.runner.roster.workers))
    for number, last in ((44, False), (45, True)):
        killed: list[str] = []

        def tell(event: dict[str, Any], killed: list[str] = killed, last: bool = last) -> None:
            if not killed:
                killed.append(event["worker"])
                cluster.machines.kill(pids[event["worker"]])
                if last:
                    cluster.machines.start_worker()

        rows = list(cluster.runner(short_tasks(tmp_path, cluster.out, [number]), 0, tell, Stop()))
        assert [row.status for row in rows] == ["optimal"]
        cluster.runner.roster.look()
        assert killed[0] not in cluster.runner.roster.workers
    assert not [path for path in (cluster.out / "claims").iterdir() if path.name.startswith("price-")]


def test_bi_282_a_scheduler_open_to_the_network_is_refused(tmp_path: Path) -> None:
    with machines(tmp_path, Tls()) as running:
        port = running.start_scheduler("0.0.0.0").rpartition(":")[2]
        with connected(f"tcp://127.0.0.1:{port}", Tls(), 0) as client, pytest.raises(ClusterError) as refused:
            check_scheduler(client)
        assert str(refused.value) == f"the scheduler listens on tcp://0.0.0.0:{port}: {OPEN}"


def test_a_scheduler_that_goes_away_ends_the_batch(cluster: Cluster, tmp_path: Path) -> None:
    """The last test: the cluster is gone after it. What was written before stays."""
    scheduler = cluster.machines.running[0].pid
    before = sorted(cluster.out.glob("*/run.json"))
    with pytest.raises(ClusterError, match="the scheduler is gone; what is solved stays"):
        list(cluster.runner([long_task(cluster.out)], 0, lambda event: cluster.machines.kill(scheduler), Stop()))
    assert set(before) <= set(cluster.out.glob("*/run.json"))
