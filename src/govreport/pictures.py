"""Pictures in which a table may stand that is missing: those of a container, and those that a text names."""

from __future__ import annotations

import re

from govreport.outline import Outline
from govreport.source import SourceSection

__all__ = ["pictures_at"]

_NAMED = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>|\[(?:图片|图像|image|picture)[^\]]*\]",
    re.IGNORECASE,
)
"""A picture in Markdown or HTML, or what extractors write for one."""


def pictures_at(view: Outline, number: str) -> int:
    """How many pictures stand in the section; in the whole document where there is no such section."""
    own = [_pictures(section) for section in view.sections if section.number == number]
    return sum(own or map(_pictures, view.sections))


def _pictures(section: SourceSection) -> int:
    return section.pictures + sum(map(_named, section.lines))


def _named(line: str) -> int:
    """How many pictures a line names that says nothing else."""
    rest, named = _NAMED.subn("", line)
    return 0 if rest.strip() else named
