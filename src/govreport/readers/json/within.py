"""Tables in JSON among the lines of a text, as notebooks, logs and scripts print them: in one line, or over several.

[{"0": "规章", "1": 3}, …]        {"columns": […], "data": [[…], …]}        {"0": "规章", "1": 3}
                                                                             {"0": "文件", "1": 5}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govreport.errors import GovReportError
from govreport.hookspecs import Reader
from govreport.model import Place
from govreport.readers import surest
from govreport.readers.flow import Flow
from govreport.source import Limits, Source

__all__ = ["with_json"]

_BEGINS = re.compile(r"[ \t]*(?:\{[ \t]*(?:[\"'\d]|$)|\[[ \t]*(?:[\[{]|$))")
_ENDS = re.compile(r"[ \t]*[\]}][\]}]*[,;]?[ \t]*")
_MOST_LINES = 5_000
_MOST_TRIES = 100
"""Values that are none of a table, after which no more are looked for: what looks like JSON may be none."""
_SHORTEST = 40
"""Characters of the shortest table."""


def with_json(source: Source, reader: Reader, limits: Limits) -> Source:
    """The source with such tables as grids; itself where there is none."""
    found = dict(_found(source.lines, reader, limits)) if any(map(_BEGINS.match, source.lines)) else {}
    if not found:
        return source
    flow, index = Flow(limits), 0
    while index < len(source.lines):
        place = Place(line=index + 1)
        if index in found:
            stop, own = found[index]
            flow.include(own, place)
            index = stop
        else:
            flow.line(source.lines[index], Place(line=index + 1, column=1))
            index += 1
    made = flow.source(source.container)
    return Source(lines=made.lines, grids=made.grids, places=made.places, container=source.container, encoding=source.encoding)


def _found(lines: Sequence[str], reader: Reader, limits: Limits) -> Iterator[tuple[int, tuple[int, Source]]]:
    """Where such a table begins, the line behind it, and what it says."""
    index = tried = 0
    while index < len(lines) and tried < _MOST_TRIES:
        begins = _BEGINS.match(lines[index]) is not None
        ends = _stops(lines, index) if begins else ()
        read = ((stop, _read("\n".join(lines[index:stop]), reader, limits)) for stop in ends)
        stop, own = next(((stop, own) for stop, own in read if own is not None), (index + 1, None))
        tried += begins and own is None
        if own is not None:
            yield index, (stop, own)
        index = stop


def _stops(lines: Sequence[str], start: int) -> Iterator[int]:
    """Behind which line a value that begins here may end: lines that are one each, its own, or the one that closes it."""
    last = min(start + _MOST_LINES, len(lines))
    behind = next((i for i in range(start, last) if not _BEGINS.match(lines[i])), last)
    yield from dict.fromkeys(stop for stop in (behind, start + 1) if stop > start)
    indent = len(lines[start]) - len(lines[start].lstrip())
    closing = (i for i in range(start + 1, last) if _ENDS.fullmatch(lines[i]))
    found = next((i for i in closing if len(lines[i]) - len(lines[i].lstrip()) == indent), None)
    if found is not None:
        yield found + 1


def _read(text: str, reader: Reader, limits: Limits) -> Source | None:
    """What it says, if that is a table."""
    bare = text.strip().rstrip(",;")
    data = bare.encode("utf-8", "surrogatepass")
    if len(bare) < _SHORTEST or surest([reader], data, None) is None:
        return None
    try:
        source = reader.read(data, limits)
    except GovReportError:
        return None
    return source if source.grids else None
