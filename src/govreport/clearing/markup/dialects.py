r"""Markup languages that say where a table, its rows and its cells begin: what tells them, as data.

{|                                      \begin{tabular}{lll}              [table]
! rowspan=2 | 信息内容 !! 制发          \multirow{2}{*}{信息内容} & 制发 \\  [tr][td=1,2]信息内容[/td][td]制发[/td][/tr]
|-                                      & 3 \\                            [tr][td]3[/td][/tr]
| 3                                     \end{tabular}                     [/table]
|}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from govreport.clearing.markup import cleaning

__all__ = ["DIALECTS", "Dialect"]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.MULTILINE | re.IGNORECASE)


def _signs(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given


def _optional(text: str | None) -> re.Pattern[str] | None:
    return None if text is None else _pattern(text)


@frozen
class Dialect:
    """How a language writes tables.

    `begin` and `end` stand around one; `mark` begins a row (group `row`), a cell (`cell`), or both (`both`). `down` and
    `across` find in a mark and its cell how many rows and columns the cell covers. `sign` stands in every text with such a
    table, or one of several does. `columns` finds in `begin` how many columns there are, where rows are only told by that.
    `close` ends a cell: what stands between it and the next one, as the numbers of lines do, is in none.
    """

    sign: tuple[str, ...] = field(converter=_signs)
    begin: re.Pattern[str] = field(converter=_pattern)
    end: re.Pattern[str] = field(converter=_pattern)
    mark: re.Pattern[str] = field(converter=_pattern)
    down: re.Pattern[str] = field(converter=_pattern, default=r"row_?span\s*[=:]\s*[\"'{]*(?P<n>\d+)")
    across: re.Pattern[str] = field(converter=_pattern, default=r"col(?:umn)?_?span\s*[=:]\s*[\"'{]*(?P<n>\d+)")
    columns: re.Pattern[str] | None = field(converter=_optional, default=None)
    close: re.Pattern[str] | None = field(converter=_optional, default=None)
    clean: Callable[[str], str] = cleaning.tagged
    mask: Callable[[str], str] = str
    """What stands in the text for a reader, with nothing moved: marks within cells are taken out of sight."""
    nested: bool = True
    """Whether another table may begin within one; else what looks like its beginning is only its next row."""
    shown: bool = False
    """Whether the places that a span covers are written, too, as empty cells."""
    beside: re.Pattern[str] | None = field(converter=_optional, default=None)
    """The mark of a place that the cell before it covers, or that above it (group `up`)."""

    def signs_in(self, text: str) -> bool:
        """Whether a sign of it stands in the text; to look for its characters alone costs next to nothing."""
        return bool([sign for sign in self.sign if all(map(text.__contains__, sign)) and sign in text])


_TEX_ARGUMENT = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
_TEX_TABLE = r"(?:tabular|tabularx|tabulary|longtable|longtabu|tabu|supertabular|xltabular|array|tblr|longtblr)"
_TEX_SIZE = rf"(?:(?<=\*\}})|(?<=tabularx\}})|(?<=tabulary\}})|(?<=xltabular\}})){_TEX_ARGUMENT}"
_TEX: dict[str, Any] = {
    "mark": r"(?P<both>\\\\(?:\[[^\]]*\])?|\\tabularnewline(?![a-z]))|(?<!\\)(?P<cell>&)",
    "down": r"\\multirow\s*(?:\[[^\]]*\])?\{(?P<n>\d+)\}|\\SetCell\s*\[[^\]]*r=(?P<m>\d+)",
    "across": r"\\multicolumn\s*\{(?P<n>\d+)\}|\\SetCell\s*\[[^\]]*c=(?P<m>\d+)",
    "clean": cleaning.tex,
    "mask": cleaning.mask_tex,
    "shown": True,
}

_TEXTILE = r"(?:[_=<>^~]|\\\d{1,2}|/\d{1,2})+"

DIALECTS = (
    Dialect(  # MediaWiki
        sign="{|",
        begin=r"^[ \t:]*\{\|[^\n]*(?:\n\|\+[^\n]*)?",
        end=r"^[ \t]*\|\}",
        mark=r"^[ \t]*(?:(?P<row>\|-[^\n]*)|(?P<cell>[|!](?![}+])))|(?P<next>\|\||!!)",
        clean=cleaning.wiki,
    ),
    Dialect(  # TeX
        sign="\\end{",
        begin=rf"\\begin\{{{_TEX_TABLE}\*?\}}(?:{_TEX_SIZE})?(?:\[[^\]]*\])?(?:{_TEX_ARGUMENT})?",
        end=rf"\\end\{{{_TEX_TABLE}\*?\}}",
        **_TEX,
    ),
    Dialect(  # rows of TeX, whose table begins somewhere else
        sign="\\\\",
        begin=r"^(?=[^\n]*[^\\\n]&)",
        end=r"(?<=\\\\)[ \t]*$(?:\n[ \t]*\\(?:hline|midrule|bottomrule|cline)[^\n]*)*(?!\n[^\n]*&)",
        nested=False,
        **_TEX,
    ),
    Dialect(  # Textile: any block of rows in which the mark of a header, of a span or of a side stands before a cell
        sign=tuple(f"|{mark}" for mark in ("_", "=.", "<", ">", "^.", "~.", "\\", "/")),
        begin=rf"^(?<!\|\n)(?=\|)(?=(?:\|[^\n]*\n){{0,40}}?[^\n]*\|{_TEXTILE}\.[ \t])",
        end=r"(?<=\|)[ \t]*$(?!\n\|)",
        mark=r"(?P<both>^\|)|(?P<cell>\|(?![ \t]*$))",
        down=r"^(?:[_=<>^~]|\\\d{1,2})*/(?P<n>\d{1,2})(?:[_=<>^~]|\\\d{1,2})*\.[ \t]",
        across=r"^(?:[_=<>^~]|/\d{1,2})*\\(?P<n>\d{1,2})(?:[_=<>^~]|/\d{1,2})*\.[ \t]",
        clean=cleaning.textile,
        nested=False,
    ),
    Dialect(  # Creole and XWiki
        sign="|=",
        begin=r"^(?<!\|\n)(?=\|=(?!\.[ \t]|=))",
        end=r"$(?!\n\|)",
        mark=r"(?P<both>^\|=?)|(?P<cell>\|(?!=?[ \t]*$)=?)",
        clean=cleaning.creole,
        mask=cleaning.mask_groups,
        nested=False,
    ),
    Dialect(  # MoinMoin
        sign="||<",
        begin=r"^(?<!\|\|\n)(?=\|\|)(?=(?:\|\|[^\n]*\n){0,40}?[^\n]*\|\|<)",
        end=r"(?<=\|\|)[ \t]*$(?!\n\|\|)",
        mark=r"(?P<both>^\|\|)|(?P<cell>\|\|(?![ \t]*$))",
        down=r"^(?:<[^<>]*>)*<[^<>]*\|(?P<n>\d{1,2})",
        across=r"^(?:<[^<>]*>)*<[^<>]*-(?P<n>\d{1,2})",
        clean=cleaning.moin,
        nested=False,
    ),
    Dialect(  # DokuWiki
        sign=("^ ", " :::"),
        begin=r"^(?<![|^]\n)(?=\^[ \t])",
        end=r"(?<=[|^])[ \t]*$(?!\n[|^])",
        mark=r"(?P<both>^[|^])|(?P<cell>[|^](?![ \t]*$))",
        clean=cleaning.doku,
        nested=False,
    ),
    Dialect(  # ConTeXt
        sign="\\startxtable",
        begin=r"\\startxtable(?![a-z])",
        end=r"\\stopxtable(?![a-z])",
        mark=r"(?P<row>\\startxrow(?:\[[^\]]*\])?)|(?P<cell>\\startxcell(?:\[[^\]]*\])?)",
        down=r"\bny=(?P<n>\d+)",
        across=r"\bnx=(?P<n>\d+)",
        clean=cleaning.tex,
    ),
    Dialect(  # Texinfo
        sign="@multitable",
        begin=r"^@multitable[^\n]*",
        end=r"^@end multitable",
        mark=r"^[ \t]*(?P<both>@(?:item|headitem)(?![a-z]))|(?P<cell>@tab(?![a-z]))",
        clean=cleaning.texinfo,
    ),
    Dialect(  # BBCode
        sign="[/td]",
        begin=r"\[table\b[^\]\n]*\]",
        end=r"\[/table\]",
        mark=r"(?P<row>\[tr\b[^\]\n]*\])|(?P<cell>\[t[dh]\b[^\]\n]*\])",
        down=r"rowspan=[\"']?(?P<n>\d+)|^\[t[dh]=\d+,(?P<m>\d+)",
        across=r"colspan=[\"']?(?P<n>\d+)|^\[t[dh]=(?P<m>\d+),",
        close=r"\[/t[dhr]\]",
        clean=cleaning.bracketed,
    ),
    Dialect(  # the source of a page
        sign="</td>",
        begin=r"<table\b[^>]*>",
        end=r"</table>",
        mark=r"(?P<row><tr\b[^>]*>)|(?P<cell><t[dh]\b[^>]*>)",
        close=r"</t[dhr]\s*>",
    ),
    Dialect(  # OTSL, as models write it that read pictures of tables
        sign="<fcel>",
        begin=r"(?:<otsl>(?:<loc_\d+>)*|^(?=<(?:fcel|ecel|ched|rhed|srow)>))",
        end=r"</otsl>|<nl>[ \t]*$(?!\n?<(?:[flexu]cel|[cr]hed|srow)>)",
        mark=r"(?P<row><nl>)|(?P<cell><(?:[flexu]cel|[cr]hed|srow)>)",
        beside=r"<lcel>|(?P<up><[ux]cel>)",
        nested=False,
    ),
    Dialect(  # Typst
        sign="table(",
        begin=r"#?\btable\(\s*columns:\s*(?:\d+|\([^()]*\))",
        end=r"^[ \t]*\)",
        mark=r"(?P<cell>(?:table\.cell\([^()]*\)\s*)?\[)",
        columns=r"columns:\s*(?:(?P<n>\d+)|\((?P<list>[^()]*)\))",
        clean=cleaning.typst,
    ),
    Dialect(  # AsciiDoc
        sign="|===",
        begin=r"(?:^\[[^\n]*\]\n)?^\|===+",
        end=r"^\|===+",
        mark=r"(?:(?<![^\s|])(?P<spans>(?:\d+(?:\.\d+)?|\.\d+)\+)?[<^>]?(?:\.[<^>])?[adehlmsv]?)(?P<cell>(?<!\\)\|)(?!===)",
        down=r"^\d*\.(?P<n>\d+)\+",
        across=r"^(?P<n>\d+)(?:\.\d+)?\+",
        columns=r"cols=\"?(?:(?P<n>\d+)\*|(?P<list>[^\"\]]*))",
        clean=cleaning.asciidoc,
    ),
    Dialect(  # troff
        sign=".TS",
        begin=r"^\.TS[ \t]*\n(?:[^\n]*;[ \t]*\n)?(?:[^\n]*\n){0,20}?[^\n]*\.[ \t]*$",
        end=r"^\.TE",
        mark=r"(?P<both>\n(?!\.TE))|(?P<cell>\t)",
        clean=cleaning.troff,
        mask=cleaning.mask_troff,
    ),
    Dialect(  # reStructuredText
        sign=".. list-table::",
        begin=r"^[ \t]*\.\. list-table::[^\n]*(?:\n[ \t]*:[^\n]*)*",
        end=r"^(?=\S)|\Z",
        mark=r"^[ \t]+(?:(?P<both>\* -(?=\s))|(?P<cell>-(?=\s)))",
        clean=cleaning.tagged,
    ),
)
