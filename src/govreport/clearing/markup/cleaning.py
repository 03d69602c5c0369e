"""What a cell says, without the marks of its language; and marks within cells that would be taken for those of the table."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from govreport.apart import untagged

__all__ = [
    "asciidoc",
    "bracketed",
    "creole",
    "doku",
    "mask_groups",
    "mask_tex",
    "mask_troff",
    "moin",
    "tagged",
    "tex",
    "texinfo",
    "textile",
    "troff",
    "typst",
    "wiki",
]

_HELD = "\x1e"
"""In place of a line feed that is none of the table."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"']+)\s*)+\|(?!\|)")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_QUOTES = re.compile(r"'{2,}")
_BB = re.compile(r"\[/?[a-z*]+(?:=[^\]]*)?\]", re.IGNORECASE)


def tagged(text: str) -> str:
    """Without tags and entities, for line breaks line feeds."""
    text = _BREAK.sub("\n", text) if "<" in text else text
    text = _TAG.sub("", untagged(_closed(_COMMENTS, "-->", "", text))) if "<" in text else text
    return _lines(html.unescape(text) if "&" in text else text)


def _closed(pattern: re.Pattern[str], end: str, by: str | Callable[[re.Match[str]], str], text: str) -> str:
    """Replace what ends so; behind the last end, a search for the next would run to the end of the text from each beginning."""
    stop = text.rfind(end) + len(end)
    return pattern.sub(by, text[:stop]) + text[stop:] if stop >= len(end) else text


def wiki(text: str) -> str:
    """Without the attributes of the cell, links and emphasis."""
    text = _ATTRIBUTES.sub("", text, count=1) if _ATTRIBUTES.match(text) else text
    return tagged(_QUOTES.sub("", _WIKI_LINK.sub(r"\1", text)))


_TEXTILE = re.compile(r"^(?:[_=<>^~]|\\\d{1,2}|/\d{1,2})+\.(?:[ \t]|$)")
_SETTINGS = re.compile(r"^(?:<[^<>]*>)+")
_GROUPED = re.compile(r"\(\(\((.*?)\)\)\)", re.DOTALL)
_CREOLE = re.compile(r"\(%[^\n%]*%\)|\(\(\(|\)\)\)|\*\*|~(?=[^\w\s])")


def textile(text: str) -> str:
    """Without the marks of the cell before it, and the stroke that ends its row."""
    return tagged(_TEXTILE.sub("", _cell(text)))


def creole(text: str) -> str:
    """Without groups, settings and emphasis."""
    return tagged(_CREOLE.sub("", _cell(text.replace(_HELD, "\n").strip().removesuffix("="))))


def moin(text: str) -> str:
    """Without the settings of the cell, and emphasis."""
    return tagged(_QUOTES.sub("", _SETTINGS.sub("", text.strip().removesuffix("||"))))


def doku(text: str) -> str:
    """Without emphasis; what a cell above covers is empty."""
    bare = text.strip().removesuffix("|").removesuffix("^").strip()
    return "" if bare == ":::" else tagged(bare.replace("**", "").replace("\\\\", "\n"))


def _cell(text: str) -> str:
    return text.strip().removesuffix("|")


def mask_groups(text: str) -> str:
    """Line feeds within a group are none of the table."""
    return _closed(_GROUPED, ")))", lambda m: m[0].replace("\n", _HELD), text)


def bracketed(text: str) -> str:
    """Without tags in brackets."""
    return tagged(_BB.sub("", text))


def _lines(text: str) -> str:
    """The lines that say something."""
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


# --- TeX and its kin ---------------------------------------------------------------------------------------------------------

_SPANNED = re.compile(
    r"\\(?:multicolumn\s*\{[^{}]*\}\s*\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|multirow\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}(?:\[[^\]]*\])?|SetCell\s*(?:\[[^\]]*\])?\s*\{[^{}]*\})"
)
_SETTING = re.compile(
    r"\\(?:begin|end)\{[^{}]*\}(?:\[[^\[\]]*\])*(?:\{\\?[a-z]*width\})?|\\(?:c|cmid)(?:line|rule)(?:\([^()]*\))?\{[^{}]*\}"
    r"|\\(?:setcounter|addtocounter|setlength|fontsize)\{[^{}]*\}\{[^{}]*\}"
    r"|\\(?:textcolor|color|cellcolor|rowcolor|vspace|hspace|label|hypertarget|foreignlanguage|selectlanguage|def|href)\*?"
    r"(?:\[[^\]]*\])?(?:\{[^{}]*\})?"
)
"""Commands with arguments that nobody reads."""
_COMMAND = re.compile(r"\\\\|\\[a-zA-Z]+\*?(?:\[[^\[\]]*\])*|(?<!\\)[{}~]")
_ESCAPED = re.compile(r"\\(?=[^\w\s])")
_MARKS = frozenset("\\{}~%")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_BOX = re.compile(r"\\begin\{tabular\}(?:\[[^\]]*\])?\{(?:@\{\})?[lcr](?:@\{\})?\}((?:(?!\\begin)[^&])*?)\\end\{tabular\}")
_GROUP = re.compile(r"\{[^{}]*+\}")


def tex(text: str) -> str:
    """Without commands; escaped characters are themselves."""
    if not _MARKS.isdisjoint(text):
        text = _COMMAND.sub("", _SETTING.sub("", _SPANNED.sub("", _COMMENT.sub("", text))))
        text = _ESCAPED.sub("", text)
    return _lines(text)


def mask_tex(text: str) -> str:
    """Line breaks within a cell are no ends of rows, nor is a table of one column a table."""
    text = _BOX.sub(lambda m: " " * (m.start(1) - m.start()) + _unbroken(m[1]) + " " * (m.end() - m.end(1)), text)
    return _GROUP.sub(lambda m: _unbroken(m[0]), text)


def _unbroken(text: str) -> str:
    return text.replace("\\\\", " \n")


_TEXINFO = re.compile(r"@[a-z]+\{([^{}]*)\}")
_TEXINFO_ESCAPE = re.compile(r"@([^a-z])")
_TEXINFO_LINE = re.compile(r"^@(?:enumerate|itemize|table|end|anchor|node|menu|c|comment)\b[^\n]*|^@[a-z]+[ \t]*", re.MULTILINE)


def texinfo(text: str) -> str:
    """Without commands around words."""
    return _lines(_TEXINFO_ESCAPE.sub(r"\1", _TEXINFO_LINE.sub("", _TEXINFO.sub(r"\1", text))))


def typst(text: str) -> str:
    """What stands before the bracket that ends the cell."""
    return _lines(_ESCAPED.sub("", text[: text.rfind("]")] if "]" in text else text))


_ADOC_LINE = re.compile(r"^\[[^\]\n]*\]$|^=+ ", re.MULTILINE)
_ADOC = re.compile(r"(?<!\w)[*_`]+|[*_`]+(?!\w)| \+$", re.MULTILINE)


def asciidoc(text: str) -> str:
    """Without emphasis, and the marks of line breaks."""
    return tagged(_ADOC.sub("", _ADOC_LINE.sub("", text)).replace("\\|", "|"))


# --- troff -------------------------------------------------------------------------------------------------------------------

_BLOCK = re.compile(r"T\{\n(.*?)\n?T\}", re.DOTALL)
_TAB_MARK = re.compile(r"\.TS[ \t]*\n[^\n]*\btab\s*\((.)\)")
_REQUEST = re.compile(r"^[.'][a-zA-Z]{1,2}(?:[ \t][^\n]*)?$|^_$", re.MULTILINE)
_TROFF_ESCAPE = re.compile(r"\\f(?:\[[^\]]*\]|.)|\\[&|^]|\\s[+-]?\d")
_TROFF_CHARACTER = {"\\-": "-", "\\(em": "—", "\\[em]": "—", "\\(en": "–", "\\ ": " ", "\\~": " ", "\\\\": "\\"}
_TAB = "\x1f"


def mask_troff(text: str) -> str:
    """Line feeds and tabs within blocks are none of the table."""
    mark = _TAB_MARK.search(text)
    text = _closed(_BLOCK, "T}", lambda m: m[0].replace("\n", _HELD).replace("\t", _TAB), text)
    return text.replace(mark[1], "\t") if mark else text


def troff(text: str) -> str:
    """Without requests and fonts."""
    text = text.replace(_HELD, "\n").replace(_TAB, " ").strip().removeprefix("T{").removesuffix("T}")
    text = _TROFF_ESCAPE.sub("", _REQUEST.sub("", text))
    for mark, character in _TROFF_CHARACTER.items():
        text = text.replace(mark, character)
    return _lines(text)
