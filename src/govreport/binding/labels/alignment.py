"""Which label of the form stands where: a chain of anchors through the label run, in the form's order.

Pure: text and labels in, positions out. Labels are nearly unique; where one is not (其他, 总计) the chain decides,
for the order of labels survives almost everything that happens to a table.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from govreport.binding import scoring
from govreport.labels import ratio

__all__ = ["Anchor", "Match", "align", "rescue"]


@frozen
class Anchor:
    """A label that is looked for: `variants` are skeletons, longest first; `name` is what it stands for."""

    name: str
    variants: tuple[str, ...]


@frozen
class Match:
    """An anchor found at `start`..`end` of the run; `sure` is 1.0 for an exact label."""

    anchor: int
    start: int
    end: int
    weight: float
    sure: float = 1.0


Bonus = Callable[[int, int], float]
"""What a place adds to a candidate: from its start and end in the run."""


def align(text: str, anchors: Sequence[Anchor], bonus: Bonus, start: int = 0, others: Iterable[Match] = ()) -> dict[int, Match]:
    """The heaviest chain of matches whose anchors and places both increase: anchor index → match; `others` may be of it."""
    candidates = sorted([*_candidates(text, anchors, bonus, start), *others], key=lambda m: (m.start, m.end))
    return _chain(candidates, len(anchors))


def _candidates(text: str, anchors: Sequence[Anchor], bonus: Bonus, start: int) -> Iterator[Match]:
    for index, anchor in enumerate(anchors):
        taken: set[int] = set()
        for variant in anchor.variants:
            at = text.find(variant, start)
            while at >= 0:
                if at not in taken:
                    taken.add(at)
                    end = at + len(variant)
                    yield Match(index, at, end, min(len(variant), scoring.LABEL_CAP) + bonus(at, end))
                at = text.find(variant, at + 1)


def _chain(candidates: list[Match], count: int) -> dict[int, Match]:
    best: list[tuple[float, int]] = [(0.0, -1)] * (count + 1)  # best chain that ends with an anchor below the index
    links: list[int] = []
    waiting: list[tuple[int, int, int, float]] = []  # (end, anchor, candidate, weight of its chain): not yet usable
    for number, match in enumerate(candidates):
        while waiting and waiting[0][0] <= match.start:
            _, anchor, candidate, weight = heapq.heappop(waiting)
            for above in range(anchor + 1, count + 1):
                if weight <= best[above][0]:
                    break
                best[above] = (weight, candidate)
        weight, previous = best[match.anchor]
        links.append(previous)
        heapq.heappush(waiting, (match.end, match.anchor, number, weight + match.weight))
    while waiting:
        _, _, candidate, weight = heapq.heappop(waiting)
        if weight > best[count][0]:
            best[count] = (weight, candidate)
    found, at = {}, best[count][1]
    while at >= 0:
        found[candidates[at].anchor] = candidates[at]
        at = links[at]
    return found


def rescue(text: str, anchor: Anchor, start: int, stop: int) -> Match | None:
    """A damaged label between two certain neighbours: the stretch of text most like it, if it is like enough."""
    best: Match | None = None
    for variant in anchor.variants:
        size = len(variant)
        for at in range(start, max(start + 1, stop - size // 2)):
            end = min(at + size, stop)
            likeness = ratio(text[at:end], variant)
            if likeness >= scoring.FUZZY_LABEL and (best is None or likeness > best.sure):
                best = Match(0, at, end, size * likeness, likeness)
    return best
