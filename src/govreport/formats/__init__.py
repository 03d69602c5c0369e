"""The layouts that come with the library: how a table lies in the text. Each file knows one geometry and nothing of meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govreport.hookspecs import Format

__all__ = ["builtin_formats"]


def builtin_formats() -> tuple[Format, ...]:
    """One instance of each layout, in no order that matters: confidence decides, then the name."""
    from govreport.formats.addressed import AddressedFormat  # noqa: PLC0415 - imported when an engine starts, not with the package
    from govreport.formats.boxed import BoxFormat  # noqa: PLC0415
    from govreport.formats.columnar import ColumnFormat  # noqa: PLC0415
    from govreport.formats.grids import GridFormat  # noqa: PLC0415
    from govreport.formats.keyed import KeyedFormat  # noqa: PLC0415
    from govreport.formats.lines import LINE_FORMATS  # noqa: PLC0415
    from govreport.formats.nested import NestedFormat  # noqa: PLC0415
    from govreport.formats.pipes import PIPE_FORMATS  # noqa: PLC0415
    from govreport.formats.ruled import RuledFormat  # noqa: PLC0415
    from govreport.formats.separated import SeparatedFormat  # noqa: PLC0415
    from govreport.formats.spaced import SPACED_FORMATS  # noqa: PLC0415
    from govreport.formats.tabs import TabFormat  # noqa: PLC0415

    return (
        AddressedFormat(),
        BoxFormat(),
        ColumnFormat(),
        SeparatedFormat(),
        GridFormat(),
        KeyedFormat(),
        NestedFormat(),
        RuledFormat(),
        *LINE_FORMATS,
        *PIPE_FORMATS,
        *SPACED_FORMATS,
        TabFormat(),
    )
