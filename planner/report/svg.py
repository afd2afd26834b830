"""Drawing by hand: the few SVG elements and the time axis both charts share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from planner.scenario.dates import add_months

FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
INK, SOFT, FAINT, PAPER = "#1F2A33", "#5A6772", "#DDE3E8", "#FFFFFF"
FIRST_DAY_OF_QUARTER = (1, 4, 7, 10)


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; ``stroke_width`` becomes stroke-width, a trailing underscore is dropped, numbers keep one decimal."""
    parts = [f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()]
    return f"<{name}{''.join(parts)}>{content}</{name}>" if content else f"<{name}{''.join(parts)}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, size: float = 12, colour: str = INK, **more: str | float) -> str:
    """Words with their baseline at (x, y); escaped, control characters dropped."""
    return tag("text", clean(words), x=x, y=y, font_size=size, fill=colour, **more)


def clean(words: str) -> str:
    """Words that may stand in a drawing: nothing active, no control characters."""
    return escape("".join(c for c in words if c.isprintable()))


def page(width: float, height: float, title: str, description: str, parts: list[str]) -> bytes:
    """A whole drawing on white paper, with words for those who cannot see it."""
    head = tag("title", clean(title)) + tag("desc", clean(description))
    body = tag("rect", x=0, y=0, width=width, height=height, fill=PAPER)
    attributes = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    lines = "\n".join(
        [f'<svg xmlns="http://www.w3.org/2000/svg" {attributes} font-family="{FONT}" role="img">', head, body, *parts]
    )
    return f"{lines}\n</svg>\n".encode()


def legend(x: float, y: float, items: list[tuple[str, str]], lines: tuple[str, ...] = (), diamonds: tuple[str, ...] = ()) -> str:
    """Swatches with words in one line; each item is (fill, words). Fills in ``lines`` are drawn as a stroke."""
    parts: list[str] = []
    for fill, words in items:
        if fill in diamonds:
            parts.append(tag("path", d=f"M {x + 7} {y - 12} l 7.5 7.5 l -7.5 7.5 l -7.5 -7.5 z", fill=fill))
        else:
            top, height = (y - 6, 3) if fill in lines else (y - 10, 11)
            parts.append(tag("rect", x=x, y=top, width=14, height=height, rx=1.5, fill=fill))
        parts.append(text(x + 20, y, words, 12, SOFT))
        x += 20 + 6.6 * len(words) + 24
    return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days between ``start`` and ``end`` spread evenly between ``left`` and ``right``."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def quarters(self) -> list[date]:
        """First days of the quarters inside."""
        day = date(self.start.year, self.start.month, 1)
        found = []
        while day <= self.end:
            if day >= self.start and day.month in FIRST_DAY_OF_QUARTER:
                found.append(day)
            day = add_months(day, 1)
        return found

    def draw(self, top: float, bottom: float, labels: float) -> list[str]:
        """Grid lines from ``top`` to ``bottom``, years bold and quarters small with their names at height ``labels``."""
        parts = []
        quarters = self.quarters()
        for day in quarters:
            year = day.month == 1
            x = self.at(day)
            parts.append(tag("line", x1=x, y1=top, x2=x, y2=bottom, stroke="#B8C2CA" if year else FAINT, stroke_width=1))
            following = min(add_months(day, 3), self.end)
            middle, wide = (x + self.at(following)) / 2, self.at(following) - x
            if wide > 18:
                parts.append(text(middle, labels, f"Q{(day.month + 2) // 3}", 10.5, SOFT, text_anchor="middle"))
            if (year or day == quarters[0]) and wide > 8:
                parts.append(text(x + 4, labels - 15, str(day.year), 12, INK, font_weight="600"))
        return parts
