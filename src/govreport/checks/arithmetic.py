"""The 勾稽 relations of the statutory forms (sums of rows, of columns, of dispositions, the balance of the year).

The relations come from the forms; a blank cell counts as 0 and is named in `assumed_zero`, a line that is wholly blank is left
alone, a relation with a cell that was not read for certain is skipped. Nothing is ever corrected: the finding says what is
printed, what the parts give, and, where exactly one cell's change would satisfy every broken relation of its table, which.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from govreport.checks.panel import certain
from govreport.checks.repair import Equation, repair
from govreport.checks.rules import Both, Case, Found, Line, Outcome, Rule, describe, found, rule, skip
from govreport.forms import Relation
from govreport.model import Cell, Severity, Status

__all__ = ["RULES"]

Number = int | Decimal

NOTE = "政府信息公开工作年度报告格式，表三附注：第一项加第二项之和，等于第三项加第四项之和"

_CHINESE = {Status.INFERRED: "存疑", Status.BLANK: "空白", Status.MISSING: "缺失", Status.READ: "读出而无数"}


@frozen
class Broken:
    """A relation that does not hold, or (`total_blank`) whose only total is left blank while its parts are not."""

    relation: Relation
    table: str
    left: Number
    right: Number
    blank: tuple[str, ...]
    total_blank: bool


@frozen
class Ledger:
    """All relations of one report, weighed once for all rules of this module."""

    broken: tuple[Broken, ...]
    skipped: tuple[tuple[Relation, Both], ...]
    suggestions: dict[str, tuple[str, Number]]
    """By table, the one cell and value that would satisfy every broken relation of it."""


def ledger(case: Case) -> Ledger:
    """Weigh every relation that the report's cells are subject to."""
    numbers = {key: cell.value or 0 for key, cell in case.cells.items() if certain(cell) and not _unproven(cell, case)}
    weighed: list[Equation] = []
    doubtful: list[Relation] = []
    for relation in _relations(case):
        try:
            left = sum(map(numbers.__getitem__, relation.left))
            right = sum(map(numbers.__getitem__, relation.right))
        except KeyError:
            doubtful.append(relation)
        else:
            weighed.append(Equation(relation, left, right))
    skipped = [(relation, why) for relation in doubtful if (why := _why(relation, case))]
    if all(equation.left == equation.right for equation in weighed):
        return Ledger((), tuple(skipped), {})
    return _settle(weighed, skipped, doubtful, numbers, case)


def _relations(case: Case) -> Iterable[Relation]:
    """The relations of the forms in use; in a hybrid those with a cell of their form, each once."""
    forms = [case.forms[name] for name in sorted(case.used) if name in case.forms]
    if len(forms) == 1:
        return forms[0].relations
    own = ((form.name, r) for form in forms for r in form.relations)
    return dict.fromkeys(r for name, r in own if any(_of_form(case, key, name) for key in r.left + r.right))


def _unproven(cell: Cell, case: Case) -> bool:
    """Whether a cell seems to be blank where the reading is in doubt: it may be one of which nothing was read."""
    return cell.status is Status.BLANK and cell.key in case.doubted


def _of_form(case: Case, key: str, form: str) -> bool:
    return key in case.cells and case.cells[key].form == form


def _why(relation: Relation, case: Case) -> Both | None:
    """Why a relation could not be weighed; None where nothing at all of it is printed."""
    cells = [case.cells.get(key) for key in relation.left + relation.right]
    if all(cell is None or cell.status is Status.BLANK for cell in cells):
        return None
    unproven = [Status.INFERRED for cell in cells if cell is not None and _unproven(cell, case)]
    doubts = unproven + [cell.status if cell else Status.MISSING for cell in cells if cell is None or not certain(cell)]
    counts = {status: len(list(run)) for status, run in itertools.groupby(sorted(doubts))}
    chinese = "、".join(f"{_CHINESE[status]} {count}" for status, count in counts.items())
    english = ", ".join(f"{count} {status}" for status, count in counts.items())
    return Both(f"没有都确切读出：{len(cells)} 格中{chinese}", f"not read for certain: {english} of {len(cells)} cells")


def _settle(
    weighed: Sequence[Equation],
    skipped: list[tuple[Relation, Both]],
    doubtful: Sequence[Relation],
    numbers: dict[str, Number],
    case: Case,
) -> Ledger:
    """Tell blank totals from wrong ones; what a blank total feeds into cannot be weighed."""
    wrong = [equation for equation in weighed if equation.left != equation.right]
    untold = {equation.relation.right[0] for equation in wrong if _total_blank(equation.relation, case)}
    untold.update(relation.right[0] for relation in doubtful if _total_blank(relation, case))
    broken = []
    for equation in wrong:
        total_blank = _total_blank(equation.relation, case)
        if not total_blank and untold.intersection(equation.relation.left + equation.relation.right):
            skipped.append((equation.relation, Both("所需的合计是空白", "a total that it needs is blank")))
        else:
            broken.append(_broken(equation, total_blank, case))
    return Ledger(tuple(broken), tuple(skipped), repair(weighed, doubtful, numbers, case))


def _total_blank(relation: Relation, case: Case) -> bool:
    total = case.cells.get(relation.right[0])
    return len(relation.right) == 1 and total is not None and total.status is Status.BLANK


def _broken(equation: Equation, total_blank: bool, case: Case) -> Broken:  # noqa: FBT001 - a fact of the record, not a switch
    relation = equation.relation
    blank = tuple(key for key in relation.left + relation.right if case.cells[key].status is Status.BLANK)
    table = relation.right[0].partition(".")[0]
    return Broken(relation, table, equation.left, equation.right, blank, total_blank)


# --- findings ----------------------------------------------------------------------------------------------------------------


def _findings(case: Case, wanted: Callable[[Relation], bool]) -> Iterator[Outcome]:
    """What is to be said of the relations that are wanted."""
    book = case.once(ledger)
    for broken in book.broken:
        if wanted(broken.relation) and not broken.total_blank:
            yield _told(broken, case, book)
    for relation, why in book.skipped:
        if wanted(relation):
            yield skip(relation.left + relation.right, why)


def _told(broken: Broken, case: Case, book: Ledger) -> Found:
    relation = broken.relation
    suggestion = book.suggestions.get(broken.table)
    total, axis = case.cells[relation.right[0]], _axis(relation, case)
    return found(
        cells=relation.left + relation.right,
        expected=broken.left,
        actual=broken.right,
        place=total.place,
        assumed_zero=broken.blank,
        suggestion=suggestion,
        line=describe(total, case.spec(total), of=axis),
        total=_sum(relation.right, axis, case),
        parts=_sum(relation.left, axis, case),
        remark=_remark(broken, suggestion, case),
    )


def _axis(relation: Relation, case: Case) -> Line:
    """Whether the relation runs along a row or a column; `cell` where its line has no label of its own (table 四)."""
    specs = [spec for key in relation.left + relation.right if (spec := case.spec(case.cells[key]))]
    rows, columns = {spec.row.key for spec in specs}, {spec.column.key for spec in specs}
    return "column" if len(columns) == 1 else "row" if len(rows) == 1 and rows != {""} else "cell"


def _sum(keys: Sequence[str], axis: Line, case: Case) -> str:
    """The parts as a person would add them up: 自然人 3 + 商业企业 1; those of 0 are left out unless all are."""
    cells = [case.cells[key] for key in keys]
    told = [cell for cell in cells if cell.value] or cells[:1]
    return " + ".join(f"{_part(cell, axis, case)} {cell.value or 0}" for cell in told)


def _part(cell: Cell, axis: Line, case: Case) -> str:
    """The label that tells a cell from the others of its line."""
    spec = case.spec(cell)
    if spec is None:
        return cell.label.rpartition("|")[2]
    return spec.row.label if axis == "column" else spec.column.header


def _remark(broken: Broken, suggestion: tuple[str, Number] | None, case: Case) -> Both:
    """What a sentence may add: the blanks that counted as 0, and the one change that would put all right."""
    zh = en = ""
    if broken.blank:
        zh, en = f"（{len(broken.blank)}个空白单元格按0计）", f" (blank cells counted as 0: {len(broken.blank)})"
    if suggestion is None:
        return Both(zh, en)
    cell, value = case.cells[suggestion[0]], suggestion[1]
    place = describe(cell, case.spec(cell))
    return Both(
        f"{zh}；若将{place.zh}由{_shown(cell)}改为{value}，本表所有勾稽关系即可成立",
        f"{en}; changing {place.en} from {_shown(cell, 'blank')} to {value} would satisfy every relation of this table",
    )


def _shown(cell: Cell, blank: str = "空白") -> str:
    return blank if cell.value is None else str(cell.value)


def _relation_rule(name: str, *, source: str, zh: str, en: str) -> Rule:
    """The rule for the relations of one name.

    The templates know `line` (where the relation runs), `total` and `actual`, `parts` and `expected`; they end with `{remark}`.
    """

    def broken(case: Case) -> Iterator[Outcome]:
        return _findings(case, lambda relation: relation.name == name)

    broken.__doc__ = f"The sum relation {name} of the form does not hold."
    return rule(f"arithmetic.{name}", severity=Severity.ERROR, source=source, zh=zh, en=en)(broken)


SUM_ZH = "{line}：印为{actual}，各项之和为{expected}（{parts}）{remark}"
SUM_EN = "{line}: {actual} is printed, the parts add up to {expected} ({parts}){remark}"


@rule(
    "arithmetic.total_blank",
    severity=Severity.WARNING,
    source=NOTE,
    zh="{line}：总计未填，而各项之和为{expected}（{parts}）{remark}",
    en="{line}: the total is blank while the parts add up to {expected} ({parts}){remark}",
)
def total_blank(case: Case) -> Iterator[Outcome]:
    """A total left blank although its parts are filled."""
    book = case.once(ledger)
    yield from (_told(broken, case, book) for broken in book.broken if broken.total_blank)


NAMED = (
    _relation_rule("row_total", source="年度报告格式表三“总计”列：自然人与法人或其他组织各列之和", zh=SUM_ZH, en=SUM_EN),
    _relation_rule("concluded", source="年度报告格式表三“（七）总计”行：（一）至（六）各项之和", zh=SUM_ZH, en=SUM_EN),
    _relation_rule(
        "balance",
        source=NOTE,
        zh="{line}：新收与上年结转之和为{expected}（{parts}），办理总计与结转下年度之和为{actual}（{total}）{remark}",
        en="{line}: received and carried in make {expected} ({parts}), "
        "concluded and carried out make {actual} ({total}){remark}",
    ),
    _relation_rule("dispute_total", source="年度报告格式表四“总计”列：四种结果之和", zh=SUM_ZH, en=SUM_EN),
)


@rule(
    "arithmetic.relation",
    severity=Severity.ERROR,
    source="报告所用格式规定的勾稽关系",
    zh=SUM_ZH,
    en=SUM_EN,
)
def other_relation(case: Case) -> Iterator[Outcome]:
    """A sum relation that only a plugin's form has does not hold."""
    named = {item.code.rpartition(".")[2] for item in NAMED}
    yield from _findings(case, lambda relation: relation.name not in named)


RULES = (*NAMED, other_relation, total_blank)
