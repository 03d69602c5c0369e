"""The language in which the command itself speaks, in its help and its complaints: `--lang`, GOVREPORT_LANG, the locale's."""

from __future__ import annotations

import argparse
import contextvars
import os
import shutil
from collections.abc import Iterable, Sequence

from govreport.textwidth import wrap
from govreport.wording import Lang, said

__all__ = ["Help", "choose", "speak", "spoken"]

_WIDEST = 72
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_OPTION = "--lang"

_chosen: contextvars.ContextVar[Lang] = contextvars.ContextVar("language of the command", default="en")


def choose(argv: Sequence[str]) -> None:
    """Find out for this command line; it is asked before the line is parsed, since parsing complains."""
    _chosen.set("zh" if _asked(argv).lower().startswith("zh") else "en")


def spoken() -> Lang:
    """The language."""
    return _chosen.get()


def speak(text: str, **facts: object) -> str:
    """A text of the command in that language."""
    return said(text, spoken(), facts)


def _asked(argv: Sequence[str]) -> str:
    split = [word.partition("=") for word in argv]
    options = (value or "".join(argv[at : at + 1]) for at, (name, _, value) in enumerate(split, 1) if name == _OPTION)
    return next(filter(None, (*options, os.environ.get("GOVREPORT_LANG"), *map(os.environ.get, _LOCALE))), "")


class Help(argparse.HelpFormatter):
    """Help in that language: each text is looked up when it is written; paragraphs fit the terminal, indented lines stay."""

    def start_section(self, heading: str | None) -> None:
        """A group of arguments."""
        super().start_section(None if heading is None else speak(heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The line that shows how to call it."""
        super().add_usage(usage, actions, groups, speak("usage: ") if prefix is None else prefix)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return None if action.help is None else speak(action.help)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002 - the text is about the terminal, not about a group
        width = min(_WIDEST, shutil.get_terminal_size().columns - 2)
        return "\n\n".join(_paragraph(part, width) for part in text.strip().split("\n\n"))


def _paragraph(text: str, width: int) -> str:
    """Text that fits; lines of examples are kept, those that are indented word by word."""
    lines = text.split("\n")
    if not any(line.startswith(" ") for line in lines):
        return "\n".join(wrap(speak(" ".join(text.split())), width))
    return "\n".join(line if line.startswith(" ") else speak(line) for line in lines)
