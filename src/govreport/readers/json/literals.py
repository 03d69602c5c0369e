"""Values as scripts print them, in the notation of their language, as JSON.

{'规章': 3, '文件': None}     {0: '规章', 1: ('3',)}     {"规章"=>3, "文件"=>nil}     {name: '规章', count: undefined}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from attrs import define, field

__all__ = ["as_json"]

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<string>[rubRUB]{,2}(?:'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+"))
    |(?P<number>[-+]?\d++(?:\.\d*+)?(?:[eE][-+]?\d+)?+)
    |(?P<name>[A-Za-z_][\w.]*+)
    |(?P<mark>=>|[\[\]{}(),:])
    )\s*""",
    re.VERBOSE | re.DOTALL,
)
_NAMES = {
    **dict.fromkeys(("None", "nil", "null", "NULL", "undefined", "nan", "NaN", "NA"), "null"),
    **dict.fromkeys(("True", "true", "TRUE"), "true"),
    **dict.fromkeys(("False", "false", "FALSE"), "false"),
}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_SPOKEN = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_KEYED = (":", "=>")


@define
class _Written:
    """The JSON so far, and where the brackets begin that are open."""

    parts: list[str] = field(factory=list)
    open: list[int] = field(factory=list)
    said: str | None = None
    """The string that was the last token: another one goes on with it."""

    def string(self, text: str) -> None:
        """A string, or the rest of one that was too long for a line."""
        if self.said is not None:
            self.parts.pop()
        self.said = (self.said or "") + text
        self.parts.append(json.dumps(self.said, ensure_ascii=False))

    def mark(self, mark: str) -> bool:
        """A bracket, comma or colon; False where it closes nothing."""
        if mark in "[{(":
            self.open.append(len(self.parts))
        elif mark in "]})":
            if not self.open:
                return False
            self._close(mark, self.open.pop())
            return True
        self.parts.append({"(": "[", "=>": ":"}.get(mark, mark))
        return True

    def _close(self, mark: str, start: int) -> None:
        """What stands in round brackets alone, without a comma, is itself."""
        within = self.parts[start + 1 :]
        if within[-1:] == [","]:
            self.parts.pop()
        elif mark == ")" and len(within) == 1:
            self.parts[start:] = within
            return
        self.parts.append("]" if mark == ")" else mark)


def as_json(text: str) -> str | None:
    """The same value as JSON; None where the text is none."""
    written, at = _Written(), 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or not _write(token, written, text):
            return None
        at = token.end()
    return "".join(written.parts) if written.parts and not written.open else None


def _write(token: re.Match[str], written: _Written, text: str) -> bool:
    kind, said = token.lastgroup or "", token[token.lastgroup or 0]
    is_key = text.startswith(_KEYED, token.end())
    if kind == "string":
        written.string("".join(_unescaped(said.lstrip("rubRUB")[1:-1])))
        return True
    written.said = None
    if kind == "mark":
        return written.mark(said)
    if kind == "name" and not is_key and text.startswith("(", token.end()):
        return True  # the name of a type, before its value
    plain = _NAMES.get(said) if kind == "name" else said.lstrip("+").rstrip(".")
    written.parts.append(json.dumps(said) if is_key else plain or "")
    return is_key or plain is not None


def _unescaped(text: str) -> Iterator[str]:
    at = 0
    for found in _ESCAPE.finditer(text):
        yield text[at : found.start()]
        code = found[1] or found[2]
        yield chr(int(code, 16)) if code else _SPOKEN.get(found[3], found[3])
        at = found.end()
    yield text[at:]
