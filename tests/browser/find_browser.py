"""Finds a browser and Japanese fonts for the screen's tests and pictures; installs what is missing, or says what to do.

Run as a program (``make test`` does) it installs; ``browser()`` only looks. Never is a test left out for want of either.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_WORDS = ("cjk", "gothic", "mincho", "notosansjp", "ipaex", "ipag", "takao", "vlgothic")
ADVICE = "install Chromium (Debian: apt-get install chromium fonts-noto-cjk; elsewhere: python -m playwright install chromium)"


def browser() -> Path:
    """The first browser that answers; raises FileNotFoundError with advice when there is none."""
    for candidate in _candidates():
        if _answers(candidate):
            return candidate
    raise FileNotFoundError(f"no browser for the tests of the screen: {ADVICE}")


def speaks_japanese() -> bool:
    """Whether a font with Japanese letters is installed (always taken as true outside Linux)."""
    if platform.system() != "Linux":
        return True
    if lister := shutil.which("fc-list"):
        return bool(subprocess.run([lister, ":lang=ja", "family"], capture_output=True, text=True, check=False).stdout.strip())
    fonts = (font.name.lower() for place in FONT_PLACES for font in Path(place).expanduser().rglob("*.[to]t[fc]"))
    return any(word in font for font in fonts for word in FONT_WORDS)


def _candidates() -> Iterator[Path]:
    yield from (Path(place) for name in NAMES if (place := shutil.which(name)))
    yield from (Path(place) for place in MAC)
    # In a process of its own: the driver cannot be started twice in one.
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as d: print(d.chromium.executable_path)"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    if told:
        yield Path(told)


def _answers(path: Path) -> bool:
    """Some systems put a placeholder in the browser's place, which asks for another installer."""
    if not path.is_file():
        return False
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode == 0 and "chrom" in done.stdout.lower()


def _by_apt(*packages: str) -> bool:
    """Install with apt-get when that is ours to do: Debian, and we are root."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if subprocess.run(["apt-get", "--quiet", "--quiet", *arguments], env=quiet, stdout=sys.stderr, check=False).returncode:
            return False
    return True


def _by_playwright() -> bool:
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0


def _has_browser() -> bool:
    try:
        browser()
    except FileNotFoundError:
        return False
    return True


def main() -> int:
    """Look, install what is missing, look again; 0 when all is there, 1 with advice when not."""
    if not _has_browser():
        print("no browser found; installing Chromium", file=sys.stderr)
        if not (_by_apt("chromium") and _has_browser()):
            _by_playwright()
    if not speaks_japanese():
        print("no Japanese font found; installing one", file=sys.stderr)
        _by_apt("fontconfig", "fonts-noto-cjk")
    if not _has_browser():
        print(f"no browser for the tests of the screen: {ADVICE}", file=sys.stderr)
        return 1
    if not speaks_japanese():
        print("no font with Japanese letters for the tests of the screen: install Noto Sans CJK "
              "(Debian: apt-get install fonts-noto-cjk)", file=sys.stderr)  # fmt: skip
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
