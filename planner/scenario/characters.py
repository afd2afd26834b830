"""From bytes to text: strict UTF-8 without invisible characters, so that what is read is what is seen."""

from __future__ import annotations

import re
import unicodedata

from planner.errors import BadInput
from planner.scenario.findings import Finding

MOST_FINDINGS = 20
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
    "|[\ud800-\udfff]"
)
# A zero-width joiner between two pictures makes one picture of them; everywhere else it hides.
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINED = re.compile(f"(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])")
_WIDE_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# As indentation, after '- ' or after a colon such a space makes another structure than the eye sees.
_WIDE_INDENT = re.compile(f"(?:^[ \t?-]*|[:,\\[{{][ \t]*)([{_WIDE_SPACES}])", re.MULTILINE)
WIDE_SPACE = re.compile(f"[{_WIDE_SPACES}]")
_BREAK = re.compile(r"\r\n|\r|\n")
_NAMES = {
    "\x00": "NUL",
    "\x07": "bell",
    "\xa0": "no-break space",
    "\ufeff": "byte-order mark",
    "\u202e": "right-to-left override",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode_text(raw: bytes, file: str) -> str:
    """The text of a scenario file without its byte-order mark; raises BadInput naming every unusable character."""
    if raw[:2] in _UTF16:
        raise BadInput([Finding(file, 1, 1, "", "", "the file is UTF-16, not UTF-8", "UTF-8 text", "re-save the file as UTF-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput([_undecodable(raw, error, file)]) from None
    bad = [match.start() for match in INVISIBLE.finditer(_JOINED.sub("-", text))]
    bad += [match.start(1) for match in _WIDE_INDENT.finditer(text)]
    if bad:
        raise BadInput([_invisible(text, index, file) for index in sorted(bad)[:MOST_FINDINGS]])
    return text


def find_invisible(text: str) -> str | None:
    """Words for the first invisible character in ``text``, or None; for values written with escapes."""
    found = INVISIBLE.search(_JOINED.sub("-", text))
    return _words(found[0]) if found else None


def visible(text: str) -> str:
    """The text for a message: on one line, with every invisible character spelled out."""
    spelled = INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>" if found[0] not in "\x85\u2028\u2029" else " ", text)
    return " ".join(spelled.split())


def place_in(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1) of a position; LF, CR LF and CR end a line."""
    line, begin = 1, 0
    for found in _BREAK.finditer(text, 0, index):
        line, begin = line + 1, found.end()
    return line, index - begin + 1


def _words(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    return f"invisible character U+{ord(character):04X}" + (f" ({name})" if name else "")


def _invisible(text: str, index: int, file: str) -> Finding:
    line, column = place_in(text, index)
    fix = "delete it" if text[index] != "\xa0" else "write an ordinary space"
    if text[index] == "\x00" and text.count("\x00") > len(text) // 4:
        fix = "the file looks like UTF-16; re-save it as UTF-8"
    return Finding(file, line, column, "", "", _words(text[index]), "visible characters, spaces and line ends", fix)


def _undecodable(raw: bytes, error: UnicodeDecodeError, file: str) -> Finding:
    before = raw[: error.start].removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    line, column = place_in(before, len(before))
    if error.end == len(raw) and error.reason == "unexpected end of data":
        problem, fix = "the last character is cut off; the file may be truncated", "get the whole file again"
    else:
        problem, fix = "the file is not UTF-8" + _likely(raw), "re-save the file as UTF-8"
    return Finding(file, line, column, "", "", problem, "UTF-8 text", fix)


def _likely(raw: bytes) -> str:
    """Guesses worth telling, never used for reading."""
    high = sum(b > 0x7F for b in raw)
    fitting = []
    for name, codec in (("GBK", "gbk"), ("Shift JIS", "shift_jis")):
        try:
            wide = sum(c > "\u2e7f" for c in raw.decode(codec))
        except UnicodeDecodeError:
            continue
        if wide * 2 >= high and wide > 1:
            fitting.append(name)
    return f" (perhaps {' or '.join(fitting or ['Windows-1252', 'Latin-1'])})"
