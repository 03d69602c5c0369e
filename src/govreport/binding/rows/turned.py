"""A table whose one row has no label, turned: behind each label of its columns stand the values of all groups.

     复议 诉讼          复议        诉讼
维持 1    2      is     维持 纠正   维持 纠正
纠正 0    3             1    0      2    3
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from govreport.binding.labels.headers import groups_of
from govreport.binding.rows.found import Found
from govreport.binding.stream import Slot, Stream
from govreport.binding.vocabulary import BlockWords
from govreport.forms import Block

__all__ = ["turn_back"]

_TURNED = (
    "各列标签之后是各组的数值，行列互换",
    "the values of all groups stand behind the label of each column: rows are columns",
)
_FEWEST = 2
"""Labels with several values behind them: one may be the last of a header."""


def turn_back(block: BlockWords, stream: Stream, run: Sequence[tuple[int, int]], found: Found) -> None:
    """Order the values of such a row as the form does, if each label has one for each group; doubted in any case."""
    ends = [*(start for start, _ in run[1:]), len(stream.text)]
    behind = [
        [s for s in found.slots if s.solid and end <= s.position <= stop] for (_, end), stop in zip(run, ends, strict=True)
    ]
    names = [stream.text[start:end] for start, end in run]
    if sum(len(slots) > 1 for slots in behind) < _FEWEST or len(set(names)) < len(names):
        return
    found.weak = found.weak or _TURNED
    if any(
        _is_turned(form, block.headers[name], names, behind, stream.text[: run[0][0]]) for name, form in block.forms.items()
    ):
        found.slots, found.by_header = [*itertools.chain(*zip(*behind, strict=True))], True


def _is_turned(
    form: Block, labels: Sequence[Sequence[str]], names: Sequence[str], behind: Sequence[Sequence[Slot]], before: str
) -> bool:
    """Whether these are the labels of a group, each with one value for each group; groups are named before, in their order."""
    groups = [groups_of(column)[-1] if column.group else "" for column in form.columns[:: len(names)]]
    places = [before.rfind(group) for group in groups]
    own = all(name in variants for name, variants in zip(names, labels, strict=False))
    return (
        own
        and len(labels) == len(names) * len(groups)
        and {len(slots) for slots in behind} == {len(groups)}
        and places[0] >= 0
        and places == sorted(places)
    )
