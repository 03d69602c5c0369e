"""The statutory forms as data: keys, labels, aliases, kinds, units and relations, one TOML file a form."""

from govreport.forms.spec import (
    Block,
    CellSpec,
    Column,
    FormSpec,
    Relation,
    Row,
    TableSpec,
    builtin_forms,
    load_form,
    vocabulary,
)

__all__ = [
    "Block",
    "CellSpec",
    "Column",
    "FormSpec",
    "Relation",
    "Row",
    "TableSpec",
    "builtin_forms",
    "load_form",
    "vocabulary",
]
