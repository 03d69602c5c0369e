"""Building HTML of untrusted text: everything is escaped unless it was built here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["Html", "both", "tag"]

VOID = frozenset({"meta", "br", "input"})


class Html(str):
    """Text that is HTML already; only `tag` and constants make it."""

    __slots__ = ()


Child = str | None | Iterable["Child"]


def tag(name: str, /, *children: Child, **attributes: object) -> Html:
    """An element. Strings are escaped, iterables flattened, None left out.

    In attribute names `_` stands for `-` and a trailing one is dropped (`class_`); False and None are left out, True is bare.
    """
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if name in VOID else f"{opening}{_inner(children)}</{name}>")


def both(zh: str, en: str) -> Html:
    """A text in both languages; the style sheet shows the one that was chosen."""
    return Html(tag("span", zh, class_="zh", lang="zh") + tag("span", en, class_="en", lang="en"))


def _inner(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    return escape(child) if isinstance(child, str) else "".join(map(_inner, child))


def _attribute(key: str, value: object) -> str:
    name = key.removesuffix("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
