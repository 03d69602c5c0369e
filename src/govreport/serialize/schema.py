"""The JSON Schema of `govreport.serialize`, made from the model; `report.schema.json` is its printed form.

A test holds the file to the model. To write it anew:
`python -m govreport.serialize.schema > src/govreport/serialize/report.schema.json`.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from govreport import model
from govreport.serialize import DATE, DECIMAL, NOT_WRITTEN, SCHEMA_VERSION

__all__ = ["report_schema"]

_SIMPLE: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    types.NoneType: {"type": "null"},
    dt.date: {"type": "string", "pattern": f"^{DATE.pattern}$"},
    Decimal: {"type": "string", "pattern": f"^{DECIMAL.pattern}$"},
}
_TAGGED = {
    "type": "object",
    "properties": {"decimal": _SIMPLE[Decimal]},
    "required": ["decimal"],
    "additionalProperties": False,
}


def report_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `to_json` writes and `from_json` reads."""
    definitions: dict[str, Any] = {}
    report = _object(model.Report, definitions)
    report["properties"] = {"schema_version": {"const": SCHEMA_VERSION}, **report["properties"]}
    report["required"] = ["schema_version", *report["required"]]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "govreport report"}
    return {**head, **report, "$defs": dict(sorted(definitions.items()))}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    fields = [f for f in attrs.fields(kind) if f.name not in NOT_WRITTEN]
    return {
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {f.name: _type(hints[f.name], definitions) for f in fields},
        "required": [f.name for f in fields if f.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - hints have no common type
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if get_origin(hint) in {Union, types.UnionType}:
        return {"anyOf": [_member(part, hint, definitions) for part in get_args(hint)]}
    if get_origin(hint) is tuple:
        return _list(get_args(hint), definitions)
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _member(part: object, union: object, definitions: dict[str, Any]) -> dict[str, Any]:
    return _TAGGED if part is Decimal and str in get_args(union) else _type(part, definitions)


def _list(parts: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if parts[-1] is Ellipsis:
        return {"type": "array", "items": _type(parts[0], definitions)}
    members = [_type(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": members, "minItems": len(parts), "maxItems": len(parts), "items": False}


if __name__ == "__main__":
    print(json.dumps(report_schema(), ensure_ascii=False, indent=2))  # noqa: T201 - that is its purpose
