"""A report as JSON and back, exactly: `to_json`, `from_json`, and the JSON Schema that describes it.

Counts are JSON numbers, amounts strings (no float ever touches them), dates ISO 8601. What is at its default is left out, save
the status of a cell. `vocabulary` belongs to the engine, not to the document: it is not written, and attached again on reading.
A finding's `expected` and `actual` may also be text, so there an amount is written `{"decimal": "1.50"}`.
"""

# ruff: noqa: ANN401 - what the hooks of cattrs take and give has no narrower type

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_origin

import attrs

from govreport.errors import InvalidDocumentError, expect
from govreport.model import Cell, Report, Role, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cattrs import Converter

__all__ = ["SCHEMA_VERSION", "builtin_vocabulary", "from_json", "json_text", "plain", "to_json"]

SCHEMA_VERSION = 1
"""The version that `to_json` writes and `from_json` reads; it changes whenever an older reader would misunderstand."""

MAX_CHARACTERS = 100_000_000
"""Longer JSON is refused before it is parsed; a report is well under a million."""

NOT_WRITTEN = ("vocabulary", "_index", "_told")
"""The attributes of a `Report` that are no part of the document."""

DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]{1,4})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_LINE = 200  # what fits in this many characters stays on one line: a cell, a piece
_SHOWN = 20  # problems in the message of an error; `problems` has them all
_ANSWER = int | Decimal | str | None


def to_json(report: Report) -> str:
    """The report as JSON: the same text for equal reports, a cell or a piece on a line, lone surrogates as escapes."""
    expect(report, Report, "to_json")
    return json_text({"schema_version": SCHEMA_VERSION, **plain(report)})


def plain(part: object) -> Any:
    """A part of the model (a cell, the findings of a check) as lists, objects, numbers and strings, ready for `json_text`."""
    return _converter().unstructure(part)


def json_text(data: object) -> str:
    """JSON for people and programs: what is short on one line, the rest indented; it can always be encoded."""
    return _laid_out(data).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def from_json(text: str, vocabulary: Mapping[str, str] | None = None) -> Report:
    """The report that `to_json` wrote; `vocabulary` is every known key with its label (default: of the built-in forms).

    Raises `InvalidDocumentError` with all problems and their paths in `problems`.
    """
    expect(text, str, "from_json")
    data = _parsed(text)
    if problems := tuple(_version_problems(data)):
        raise _invalid(problems)
    body = {name: value for name, value in data.items() if name != "schema_version"}
    return attrs.evolve(_structured(body), vocabulary=builtin_vocabulary() if vocabulary is None else vocabulary)


def builtin_vocabulary() -> dict[str, str]:
    """Every key of the built-in forms with its label; where several have it, that of the newest."""
    from govreport.forms import builtin_forms, vocabulary  # noqa: PLC0415 - the forms are read on first use

    return vocabulary(builtin_forms())


def _invalid(problems: Iterable[str]) -> InvalidDocumentError:
    found = tuple(problems)
    more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    return InvalidDocumentError("not a report in JSON: {all}", problems=found, all="; ".join([*found[:_SHOWN], *more]))


# --- the text ----------------------------------------------------------------------------------------------------------------


def _laid_out(value: object, indent: str = "") -> str:
    """JSON with what is short on one line, and the rest indented by two."""
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{json.dumps(k, ensure_ascii=False)}: {_laid_out(v, inner)}" for k, v in value.items()]
        return _joined("{", items, "}", indent)
    if isinstance(value, (list, tuple)):
        return _joined("[", [_laid_out(v, inner) for v in value], "]", indent)
    return json.dumps(value, ensure_ascii=False)


def _joined(start: str, items: list[str], end: str, indent: str) -> str:
    if sum(map(len, items)) <= _LINE and not any("\n" in item for item in items):
        return start + ", ".join(items) + end
    return start + "\n" + ",\n".join(f"{indent}  {item}" for item in items) + f"\n{indent}{end}"


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MAX_CHARACTERS:
        raise _invalid([f"{len(text)} characters, more than {MAX_CHARACTERS} @ $"])
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError:
        raise _invalid(["nested too deeply @ $"]) from None
    except ValueError as error:  # also JSONDecodeError, and integers with more digits than Python reads
        raise _invalid([f"{error} @ $"]) from error
    if not isinstance(data, dict):
        raise _invalid([f"expected an object, not {_brief(data)} @ $"])
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _version_problems(data: Mapping[str, Any]) -> Iterator[str]:
    version = data.get("schema_version")
    if "schema_version" not in data:
        yield "required field missing @ $.schema_version"
    elif type(version) is not int or version != SCHEMA_VERSION:
        yield f"schema version {_brief(version)} is not {SCHEMA_VERSION}, the one this govreport reads @ $.schema_version"


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - enough to recognise it


# --- the model ---------------------------------------------------------------------------------------------------------------


def _structured(data: dict[str, Any]) -> Report:
    from cattrs import transform_error  # noqa: PLC0415 - cattrs is imported on first use
    from cattrs.errors import BaseValidationError  # noqa: PLC0415 - cattrs is imported on first use

    try:
        return _converter().structure(data, Report)
    except BaseValidationError as error:
        problems = transform_error(error, format_exception=_problem)
    # Raised here, so that nothing is chained: the problems tell all that cattrs found, and its errors survive no pickling.
    raise _invalid(problems)


def _problem(error: BaseException, wanted: type | None) -> str:
    from cattrs.v import format_exception  # noqa: PLC0415 - cattrs is imported on first use

    known = isinstance(error, (TypeError, ValueError)) and not isinstance(error, KeyError)
    return str(error) if known else format_exception(error, wanted)


@functools.cache
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 - cattrs is imported on first use

    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind, read in _READERS.items():
        converter.register_structure_hook(kind, read)
    for union, read in _UNION_READERS.items():
        converter.register_structure_hook_func(functools.partial(_same, union), read)
    converter.register_structure_hook_factory(_is_tuple, functools.partial(_tuple_reader, converter))
    converter.register_structure_hook_factory(attrs.has, functools.partial(_object_reader, converter))
    converter.register_unstructure_hook_func(functools.partial(_same, _ANSWER), _write_answer)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(dt.date, dt.date.isoformat)
    _register_exceptions(converter)
    return converter


def _register_exceptions(converter: Converter) -> None:
    """What is never written, and what always is: a reader of the JSON should not have to know the default status."""
    from cattrs.gen import make_dict_unstructure_fn, override  # noqa: PLC0415 - cattrs is imported on first use

    for kind, names, rule in (
        (Cell, ("status",), override(omit_if_default=False)),
        (Report, NOT_WRITTEN, override(omit=True)),  # after what it holds: hooks of parts are looked up once
    ):
        rules: dict[str, Any] = dict.fromkeys(names, rule)
        write = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **rules)
        converter.register_unstructure_hook(kind, write)


def _same(kind: object, wanted: object) -> bool:
    return bool(wanted == kind)


def _is_tuple(wanted: object) -> bool:
    return get_origin(wanted) is tuple


def _object_reader(converter: Converter, wanted: type) -> _Reader:
    from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415 - cattrs is imported on first use

    hidden: dict[str, Any] = dict.fromkeys(NOT_WRITTEN, override(omit=True)) if wanted is Report else {}
    inner: _Reader = make_dict_structure_fn(wanted, converter, **hidden)
    return lambda data, kind: inner(_expected(data, dict, "an object"), kind)


def _tuple_reader(converter: Converter, wanted: Any) -> _Reader:
    from cattrs.cols import homogenous_tuple_structure_factory  # noqa: PLC0415 - cattrs is imported on first use

    if wanted.__args__[-1] is Ellipsis:
        inner = homogenous_tuple_structure_factory(wanted, converter)
        return lambda data, kind: inner(_expected(data, list, "a list"), kind)
    pair = converter.gen_structure_hetero_tuple(wanted)
    return lambda data, kind: pair(_pair(data, len(wanted.__args__)), kind)


def _pair(data: object, length: int) -> list[Any]:
    found: list[Any] = _expected(data, list, "a list")
    if len(found) != length:
        raise ValueError(f"expected a list of {length}, not {_brief(data)}")
    return found


# --- single values: strict, for JSON that says 1 where text is wanted was not written by us ----------------------------------


def _expected(data: object, kind: type | tuple[type, ...], name: str) -> Any:
    if isinstance(data, kind) and not (isinstance(data, bool) and kind is not bool):
        return data
    raise TypeError(f"expected {name}, not {_brief(data)}")


def _read_text(data: object, _: object) -> Any:
    return _expected(data, str, "text")


def _read_int(data: object, _: object) -> Any:
    return _expected(data, int, "an integer")


def _read_bool(data: object, _: object) -> Any:
    return _expected(data, bool, "true or false")


def _read_float(data: object, _: object) -> float:
    return float(_expected(data, (int, float), "a number"))


def _read_number(data: object, _: object) -> Any:
    return _decimal(data) if isinstance(data, str) else _expected(data, int, "an integer, or a decimal as text")


def _read_value(data: object, kind: object) -> Any:
    return None if data is None else _read_number(data, kind)


def _read_answer(data: object, _: object) -> Any:
    if isinstance(data, dict) and data.keys() == {"decimal"}:
        return _decimal(_expected(data["decimal"], str, "a decimal as text"))
    return _expected(data, (int, str, type(None)), 'an integer, text or {"decimal": …}')


def _write_answer(value: object) -> object:
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _decimal(text: str) -> Decimal:
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    raise ValueError(f"expected a decimal as text, not {_brief(text)}")


def _read_date(data: object, _: object) -> dt.date:
    text = _expected(data, str, "a date")
    if not DATE.fullmatch(text):
        raise ValueError(f"expected a date as YYYY-MM-DD, not {_brief(text)}")
    return dt.date.fromisoformat(text)


def _read_enum(data: object, kind: Any) -> Any:
    names = [member.value for member in kind]
    if data in names:
        return kind(data)
    raise ValueError(f"expected one of {', '.join(names)}, not {_brief(data)}")


_Reader = Callable[[Any, Any], Any]
_READERS: dict[Any, _Reader] = {
    str: _read_text,
    int: _read_int,
    bool: _read_bool,
    float: _read_float,
    dt.date: _read_date,
    Status: _read_enum,
    Severity: _read_enum,
    Role: _read_enum,
}
_UNION_READERS: dict[Any, _Reader] = {
    int | Decimal: _read_number,
    int | Decimal | None: _read_value,
    _ANSWER: _read_answer,
}
