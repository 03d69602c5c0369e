"""Words in JSON that say where on a page they stand, as PDF tools and services that recognise text give them.

{"text": "规章", "x0": 84.4, "top": 71.7, "x1": 120.4, "bottom": 89.7}
{"words": "规章", "location": {"left": 84, "top": 71, "width": 36, "height": 18}}
{"str": "规章", "transform": [18, 0, 0, 18, 84.4, 752.3], "width": 36, "height": 18}
{"text": "规章", "bbox": [84.4, 71.7, 120.4, 89.7]}            four corners, too
[[[84, 71], [120, 71], [120, 89], [84, 89]], "规章", 0.98]     [[[84, 71], …], ["规章", 0.98]]
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Mapping, Sequence

from govreport.readers.bboxes.paged import Words
from govreport.readers.json.tables import Node, Number, is_list
from govreport.readers.pages.page import Box

__all__ = ["pages"]

_TEXTS = ("text", "str", "c", "words", "word", "content", "DetectedText", "value", "Text", "text_line")
_SIDES = (
    ("left", "top", "width", "height"),
    ("x", "y", "width", "height"),
    ("x", "y", "w", "h"),
    ("X", "Y", "Width", "Height"),
    ("Left", "Top", "Width", "Height"),
)
_CORNERS = (("x0", "top", "x1", "bottom"), ("x0", "y0", "x1", "y1"), ("xmin", "ymin", "xmax", "ymax"), ("l", "t", "r", "b"))
_PAGES = ("page", "page_number", "page_num", "pageNumber", "pageno", "page_no")
_FEWEST = 30
"""Words: what has fewer is no page of a report."""
_SHARE = 0.9
"""Share of the text that stands in such words."""
_FINE = 15
"""Height of lines of which a unit is a small part."""
_TINY, _LINE = 1.0, 12.0
"""Height of a line that is told in no unit of printing, and one that is."""
_PAPER = 2**0.5
_MATRIX = 6
_POINTS = frozenset((4, 8))
"""Numbers of two or four corners."""
_PARTS = frozenset((2, 3))
"""Of a word that is a list."""
_FALL = 0.5
"""Of the height of what stands above it: a word so much higher than the one before is the next page's first."""

_LINES = 3
"""Times its height: what stands above it, if that is a page."""

_Placed = tuple[str, Box, str]
"""A word, its place, and what tells its page."""


def pages(node: Node, depth: int) -> list[Words]:
    """The pages that the words are of; none where they are few or other text stands beside them."""
    found = list(_words(node, "", depth))
    own = sum(len(text) for text, _, _ in found)
    found = _enlarged(found)
    if len(found) < _FEWEST or own < _SHARE * sum(map(len, _texts(node, depth))) or _is_coarse([box for _, box, _ in found]):
        return []
    if any(page for _, _, page in found):
        return [Words([word[:2] for word in lot]) for _, lot in itertools.groupby(found, key=lambda word: word[2])]
    return list(map(Words, _fallen([word[:2] for word in found])))


def _enlarged(words: Sequence[_Placed]) -> list[_Placed]:
    """Places in inches or in parts of a page, which then is as high as paper usually is, made as large as points."""
    high = statistics.median([box[3] - box[1] for _, box, _ in words] or [_TINY])
    if not 0 < high < _TINY:
        return list(words)
    across = _LINE / high
    down = across * (_PAPER if max(side for _, box, _ in words for side in box) <= 1 else 1)
    return [(text, (a * across, b * down, c * across, d * down), page) for text, (a, b, c, d), page in words]


def _is_coarse(boxes: Sequence[Box]) -> bool:
    """Whether places were rounded to a good part of a line's height: then they do not tell what stands on one line."""
    usual = statistics.median(box[3] - box[1] for box in boxes)
    return usual < _FINE and all(side.is_integer() for box in boxes for side in box)


def _fallen(words: Sequence[tuple[str, Box]]) -> Iterator[list[tuple[str, Box]]]:
    """The words of each page, where nothing but a fall of their places tells of the next one."""
    tops = [box[1] for _, box in words]
    upwards = sum(b < a for a, b in itertools.pairwise(tops)) > sum(b > a for a, b in itertools.pairwise(tops))
    lot = list[tuple[str, Box]]()
    highest = lowest = 0.0
    for text, box in words:
        top, bottom = (-box[3], -box[1]) if upwards else (box[1], box[3])
        high = lowest - highest
        if high > _LINES * (bottom - top) and lowest - top > _FALL * high:
            yield lot
            lot = []
        highest, lowest = (min(highest, top), max(lowest, bottom)) if lot else (top, bottom)
        lot.append((text, box))
    yield lot


def _words(node: Node, page: str, depth: int) -> Iterator[_Placed]:
    """The innermost objects that have a text and a place."""
    if depth < 0 or node is None or isinstance(node, (str, bool)):
        return
    if not isinstance(node, Mapping):
        if (word := _listed(node)) is not None:
            yield (*word, page)
            return
        for number, item in enumerate(node):
            yield from _words(item, page or (f"{number}" if _is_page(item) else ""), depth - 1)
        return
    told = next((f"={node[name]}" for name in _PAGES if isinstance(node.get(name), Number)), page)
    inner = [word for value in node.values() for word in _words(value, told, depth - 1)]
    text = next((value for name in _TEXTS if isinstance(value := node.get(name), str)), None) or _spelt(node, depth)
    if not inner and text and text.strip() and (box := _box(node)) is not None:
        yield text, box, told
    yield from inner


def _listed(node: Sequence[Node]) -> tuple[str, Box] | None:
    """The word of a list that is its place, what it says and how sure that is, the latter in a list of their own, perhaps."""
    if len(node) not in _PARTS or not is_list(node[0]):
        return None
    place, said = _numbers(node[0]), node[1][0] if is_list(node[1]) and node[1] else node[1]
    is_word = isinstance(said, str) and not isinstance(said, Number) and len(place) in _POINTS
    return (said, _ordered(place[::2], place[1::2])) if is_word and isinstance(said, str) else None


def _spelt(node: Mapping[str, Node], depth: int) -> str:
    """What the parts of a word say, where it has a place and they have none."""
    parts = [value for value in node.values() if is_list(value) and value and isinstance(value[0], Mapping)]
    return "".join(_strings(parts, depth)) if len(parts) == 1 else ""


def _is_page(node: Node) -> bool:
    """Whether an item of a list stands nowhere itself and holds lists of objects: its words, or what these are within."""
    lists = [value for value in node.values() if is_list(value) and len(value) > 1] if isinstance(node, Mapping) else []
    held = any(isinstance(value[0], Mapping) for value in lists)
    return held and isinstance(node, Mapping) and _box(node) is None


def _texts(node: Node, depth: int) -> Iterator[str]:
    """What is written in Chinese, or a number that is a text."""
    return (text for text in _strings(node, depth) if any(character > "\u2fff" or character.isdigit() for character in text))


def _strings(node: Node, depth: int) -> Iterator[str]:
    if isinstance(node, str):
        yield from () if isinstance(node, Number) else (node,)
    elif isinstance(node, (Mapping, Sequence)) and depth >= 0:
        for item in node.values() if isinstance(node, Mapping) else node:
            yield from _strings(item, depth - 1)


def _box(node: Mapping[str, Node]) -> Box | None:
    """Left, top, right, bottom; upwards where the program counts so."""
    if (matrix := _numbers(node.get("transform"))) and len(matrix) == _MATRIX:
        wide, high = _float(node.get("width")) or 0.0, _float(node.get("height")) or abs(matrix[3])
        return (matrix[4], matrix[5], matrix[4] + wide, matrix[5] + high) if wide and high else None
    for told in (node, *(value for value in node.values() if isinstance(value, Mapping))):
        for names in (*_CORNERS, *_SIDES):
            found = [_float(told.get(name)) for name in names]
            if None not in found:
                a, b, c, d = (value or 0.0 for value in found)
                return (a, b, a + c, b + d) if names in _SIDES else _ordered([a, c], [b, d])
    within = (inner for value in node.values() if isinstance(value, Mapping) for inner in value.values())
    lists = (numbers for value in (*node.values(), *within) if (numbers := _numbers(value)))
    return next((_ordered(each[::2], each[1::2]) for each in lists if len(each) in _POINTS), None)


def _ordered(across: Sequence[float], down: Sequence[float]) -> Box:
    return min(across), min(down), max(across), max(down)


def _numbers(node: Node) -> list[float]:
    """The numbers of a list of numbers, or of one of points."""
    if not isinstance(node, Sequence) or isinstance(node, str):
        return []
    flat = [part for item in node for part in (_parts(item))]
    found = [_float(part) for part in flat]
    return [] if None in found else [number for number in found if number is not None]


def _parts(node: Node) -> Sequence[Node]:
    if isinstance(node, Mapping):
        return [node.get(name) for name in (("x", "y") if "x" in node else ("X", "Y"))]
    return node if isinstance(node, Sequence) and not isinstance(node, str) else [node]


def _float(node: Node) -> float | None:
    return float(node) if isinstance(node, Number) else None
