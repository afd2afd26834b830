"""The watch itself is watched: what it must see, it sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import find_browser
from tests.browser.watch import Watch, leaves


@pytest.mark.parametrize(
    "url", ["https://fonts.example/a.woff", "http://10.0.0.1/x", "wss://evil.example/", "http://127.0.0.1.evil.example/"]
)
def test_another_machine_is_outside(url: str) -> None:
    assert leaves(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8501/x", "ws://localhost:8501/_stcore/stream", "data:image/png;base64,x", "blob:http://x/1"]
)
def test_this_machine_is_inside(url: str) -> None:
    assert not leaves(url)


def test_a_picture_from_elsewhere_and_an_error_are_seen(browser: Browser) -> None:
    watch, context = Watch(), browser.new_context()
    watch.follow(context)
    page = context.new_page()
    page.set_content("<img src='https://pictures.example/x.png'><script>console.error('oh')</script>")
    page.wait_for_load_state("networkidle")
    context.close()
    assert watch.outside == ["https://pictures.example/x.png"]
    assert any("oh" in text for text in watch.errors)
    assert "pictures.example" in watch.verdict()


def test_a_found_browser_answers() -> None:
    assert find_browser.browser().is_file()


def test_what_only_looks_like_a_browser_is_passed_over(tmp_path, monkeypatch) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'this command needs another installer'\nexit 1\n")
    stub.chmod(0o755)
    real = find_browser.browser()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "MAC", (str(real),))
    assert find_browser.browser() == real
