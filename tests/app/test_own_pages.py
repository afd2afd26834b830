"""Which origins are the application's own: the very host and port that were asked for, nothing that looks like them."""

from __future__ import annotations

import pytest

from planner.app.own_pages import is_own

HOST = b"127.0.0.1:8501"


@pytest.mark.parametrize("origin", [b"http://127.0.0.1:8501", b"https://127.0.0.1:8501", b"HTTP://127.0.0.1:8501"])
def test_its_own_pages_are_own(origin: bytes) -> None:
    assert is_own([(b"host", HOST), (b"origin", origin)])


def test_a_request_without_an_origin_is_no_foreign_page() -> None:
    assert is_own([(b"host", HOST)])


@pytest.mark.parametrize(
    "origin",
    [
        b"http://127.0.0.1:1234", b"http://127.0.0.1", b"http://localhost:8501", b"http://127.0.0.1:8501.evil.example", b"null",
        b"", b"http://user@127.0.0.1:8501", b"http://[", b"ftp://127.0.0.1:8501", b"127.0.0.1:8501",
        b"http://evil.example", b"\xff",
    ],
)  # fmt: skip
def test_all_others_are_foreign(origin: bytes) -> None:
    assert not is_own([(b"host", HOST), (b"origin", origin)])


def test_more_than_one_name_is_no_name() -> None:
    own = b"http://127.0.0.1:8501"
    assert not is_own([(b"host", HOST), (b"origin", own), (b"origin", b"http://evil.example")])
    assert not is_own([(b"host", HOST), (b"host", b"evil.example"), (b"origin", own)])
    assert not is_own([(b"origin", own)])
