"""The frame: every page starts in every language, the address carries language, scenario and run, failures are one sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.page_list import PAGES
from planner.app.plain import label
from planner.app.state import scenario_names
from planner.app.words.words import LANGUAGES, say
from tests.command import ROOT

SECONDS = 30


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one scenario, as ``planner app`` names it to the pages."""
    place = tmp_path / "scenarios"
    place.mkdir()
    (place / "small.yaml").write_bytes((ROOT / "scenarios" / "minimal.yaml").read_bytes())
    (tmp_path / "outside.yaml").write_bytes((ROOT / "scenarios" / "minimal.yaml").read_bytes())
    monkeypatch.setenv("PLANNER_SCENARIOS", str(place))
    monkeypatch.setenv("PLANNER_RESULTS", str(tmp_path / "results"))
    return place


def visit(page: str = PAGES[0], **address: str) -> AppTest:
    """A fresh session at an address."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    return at.switch_page(f"planner/app/pages/{page}.py").run() if page != PAGES[0] else at


def sidebar(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*at.sidebar.text, *at.sidebar.caption])


def fails() -> None:
    """A page with a bug."""
    from planner.app.guard import guarded

    with guarded():
        raise RuntimeError("secret reason")


def refuses() -> None:
    """A page on which something is said no to."""
    from planner.app.guard import guarded
    from planner.errors import UsageError

    with guarded():
        raise UsageError("the *gap* is 7")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_starts_in_every_language(folder: Path, page: str, language: str) -> None:
    for address in ({"lang": language}, {"lang": language, "s": "small.yaml"}):
        at = visit(page, **address)
        assert not at.exception
        assert not at.error
        assert at.sidebar.selectbox(key="lang").label == say(language, "frame.language")
        assert say(language, "frame.version", version="")[:4] in sidebar(at)


def test_the_language_switch_changes_words_and_address(folder: Path) -> None:
    at = visit()
    at.sidebar.selectbox(key="lang").select("ja").run()
    assert at.sidebar.selectbox(key="lang").label == say("ja", "frame.language")
    assert at.query_params["lang"] == "ja"
    at.switch_page("planner/app/pages/plan.py").run()
    assert at.sidebar.selectbox(key="lang").value == "ja"


def test_an_unknown_language_is_english(folder: Path) -> None:
    at = visit(lang="tlh")
    assert not at.exception
    assert at.sidebar.selectbox(key="lang").label == say("en", "frame.language")


def test_the_chip_names_the_open_scenario_on_every_page(folder: Path) -> None:
    at = visit(s="small.yaml")
    assert "small.yaml" in sidebar(at)
    at.switch_page("planner/app/pages/plan.py").run()
    assert "small.yaml" in sidebar(at)
    assert at.query_params["s"] == "small.yaml"


@pytest.mark.parametrize(
    "name", ["../outside.yaml", "nowhere.yaml", "/etc/passwd", "small.yaml/../../outside.yaml", "\x00", "link.yaml", "."]
)
def test_an_address_opens_nothing_outside_the_folder(folder: Path, name: str) -> None:
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    at = visit(s=name)
    assert not at.exception
    assert say("en", "frame.no_scenario") in sidebar(at)


def test_the_folder_is_listed_with_what_is_below_but_nothing_hidden(folder: Path) -> None:
    for name in ("sub/b.yml", "sub/.hidden.yaml", ".git/c.yaml", "a/b/c/d.yaml", "a/b/c/d/e.yaml", "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("format: 1", encoding="utf-8")
    assert scenario_names() == ["a/b/c/d.yaml", "small.yaml", "sub/b.yml"]


@pytest.mark.parametrize("run", ["guessed", "../../etc/passwd", "A" * 22, "x" * 5000])
def test_a_guessed_run_shows_nothing(folder: Path, run: str) -> None:
    for page in PAGES:
        assert not visit(page, run=run).exception


def test_a_failing_page_says_one_sentence_and_logs_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    at = AppTest.from_function(fails).run()
    assert not at.exception
    assert len(at.error) == 1
    assert "secret" not in at.error[0].value
    assert "secret reason" in caplog.text
    mark = caplog.records[-1].getMessage().split("(")[1][:8]
    assert mark in at.error[0].value


def test_a_refusal_is_shown_as_it_stands() -> None:
    at = AppTest.from_function(refuses).run()
    assert at.text[0].value == "the *gap* is 7"


@pytest.mark.parametrize("text", ["*a*", "[a](http://b.c)", "![a](b)", "`a`", "$x$", ":red[a]", "# a", "<b>", "a|b", "1. a"])
def test_a_label_is_not_markdown(text: str) -> None:
    shown = label(text)
    assert shown != text
    assert "".join(c for i, c in enumerate(shown) if c != "\\" and c != "\u2060") == text


@pytest.mark.parametrize("text", ["http://a.bc", "see www.a.bc", "https://a.bc", "x@a.bc"])
def test_a_label_holds_no_address_a_browser_would_link(text: str) -> None:
    plain = label(text).replace("\\", "")
    assert not any(sign in plain for sign in ("http:", "https:", "www.", "x@"))


def test_a_label_holds_no_word_that_becomes_a_picture() -> None:
    assert not any(word in label(":smile: :material/home: 12:30").replace("\\", "") for word in (":smile:", ":material/home:"))
    assert "12:30" in label("12:30").replace("\\", "")


def test_both_ways_to_start_have_the_same_settings() -> None:
    ours = (ROOT / "planner" / "app" / "config.toml").read_bytes()
    assert (ROOT / ".streamlit" / "config.toml").read_bytes() == ours
    settings = tomllib.loads(ours.decode())
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False


def test_every_setting_is_one_streamlit_knows() -> None:
    from streamlit import config

    from planner.app.serve import read_settings

    known = config.get_config_options()
    assert not [name for name in read_settings() if name not in known]
