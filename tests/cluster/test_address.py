"""Which schedulers a batch is never sent to; nothing is sent before that is decided."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
import typer

from planner.batch.cluster.address import OPEN, Tls, check_address, is_open
from planner.batch.cluster.connect import load_distributed
from planner.cli import app
from planner.commands.batch_place import Place
from planner.errors import ClusterError, UsageError
from planner.vocabulary import Exit
from tests.command import MINIMAL, ROOT, planner

NONE = Tls()


@pytest.mark.parametrize(
    "address", ["tcp://10.1.2.3:8786", "tcp://0.0.0.0:8786", "tcp://[::]:8786", "tcp://cluster.invalid:8786"]
)
def test_bi_281_without_certificates_only_this_machine(address: str) -> None:
    with pytest.raises(UsageError, match="use tls:// with certificates"):
        check_address(address, NONE)


@pytest.mark.parametrize(
    "address", ["local", "tcp://127.0.0.1:8786", "tcp://127.9.9.9:1", "tcp://[::1]:8786", "tcp://localhost:1"]
)
def test_this_machine_needs_no_certificates(address: str) -> None:
    check_address(address, NONE)


@pytest.mark.parametrize(
    "address", ["", "Local", "tls://", "tls://host", "host:8786", "http://h:1", "tcp://127.0.0.1:x", "tls://a@h:1", "inproc://1"]
)
def test_what_is_no_address_is_refused_with_what_is(address: str) -> None:
    with pytest.raises(UsageError, match=r"local, tls://HOST:PORT"):
        check_address(address, NONE)


def test_tls_needs_all_three_files(tmp_path: Path) -> None:
    for name in ("ca", "cert", "key"):
        (tmp_path / name).touch()
    ca, cert, key = (str(tmp_path / name) for name in ("ca", "cert", "key"))
    check_address("tls://10.1.2.3:8786", Tls(ca, cert, key))
    with pytest.raises(UsageError, match="give --tls-cert, --tls-key too"):
        check_address("tls://10.1.2.3:8786", Tls(ca))
    with pytest.raises(UsageError, match=r"--tls-key .*gone: there is no such file"):
        check_address("tls://10.1.2.3:8786", Tls(ca, cert, f"{tmp_path}/gone"))
    with pytest.raises(UsageError, match="certificates are for tls:// addresses only"):
        check_address("local", Tls(ca, cert, key))


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("tcp://0.0.0.0:8786", True),
        ("tcp://192.168.0.4:8786", True),
        ("ws://10.0.0.1:80", True),
        ("tcp://127.0.0.1:8786", False),
        ("tls://0.0.0.0:8786", False),
        ("inproc://10.0.0.1/1/2", False),
    ],
)
def test_open_is_what_strangers_reach_without_a_certificate(address: str, opened: bool) -> None:
    assert is_open(address) == opened


def test_how_many_at_a_time_depends_on_the_place() -> None:
    assert Place("local").check(None) == Place().check(None) == (os.cpu_count() or 1)
    assert Place("tcp://127.0.0.1:8786").check(None) == 0  # as many as the workers have threads
    assert Place("tcp://127.0.0.1:8786").check(500) == 500
    for cluster, jobs in (("tcp://127.0.0.1:8786", 0), ("tcp://127.0.0.1:8786", 10_001), ("local", 500), (None, 500)):
        with pytest.raises(UsageError, match=f"--jobs is {jobs}; allowed: 1 to"):
            Place(cluster).check(jobs)
    with pytest.raises(UsageError, match="are for --cluster tls://HOST:PORT"):
        Place(None, Tls(ca="ca.pem")).check(None)


def test_the_page_names_options_that_are_there() -> None:
    text = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    named = {
        option for line in re.findall(r"^planner batch .*$", text, re.MULTILINE) for option in re.findall(r"--[a-z-]+", line)
    }
    batch = typer.main.get_command(app).commands["batch"]  # type: ignore[attr-defined]
    assert {"--cluster", "--tls-ca", "--tls-cert", "--tls-key"} <= named <= {name for part in batch.params for name in part.opts}


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as Python keeps a module that is not there
    with pytest.raises(ClusterError, match=r"pip install 'planner\[cluster\]'"):
        load_distributed()


def test_the_command_refuses_before_it_writes(tmp_path: Path) -> None:
    done = planner("batch", MINIMAL, "--out", "b", "--cluster", "tcp://10.1.2.3:8786", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert done.stderr == f"planner: --cluster tcp://10.1.2.3:8786: {OPEN}\n"
    assert not (tmp_path / "b").exists()
