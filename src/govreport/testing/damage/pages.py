"""Damage to whole pages: blank lines, everything on one line, navigation, what stands around the report."""

from __future__ import annotations

import random
import re

from attrs import evolve

from govreport.testing.build import Part
from govreport.testing.damage.operator import named
from govreport.testing.document import Document

__all__ = ["OPERATORS"]

_HEAD = """今天是2033年6月9日 星期四
首页 > 信息公开 > 年度报告 > 2016年
索 引 号 | 11321081/2016-00231 | 分 类 | 年报 |
发布机构 | 市数据资源管理局 | 成文日期 | 2027-03-14 |
【字体：大 中 小】 打印 分享 浏览次数：2,315
"""
_FOOT = """上一篇：2015年度工作要点 下一篇：没有了
主办：某市人民政府办公室 备案号：87654321号 联系电话：0512-6655443
"""
_BODIES = "（联系地址：和川路18号，邮编：215000，电话：0512-1234567，电子邮箱：xxgk@example.cn）\n"


def no_blank_lines(_: random.Random, document: Document) -> Document:
    """No line that is empty; lines of white space stay."""
    return document.with_texts(re.sub(r"\n+", "\n", part.text).lstrip("\n") or "\n" for part in document.parts)


def no_white_lines(_: random.Random, document: Document) -> Document:
    """No line without something to see: empty cells go with them."""
    return document.with_texts("".join(x for x in part.text.splitlines(keepends=True) if x.strip()) for part in document.parts)


def tripled_blank_lines(_: random.Random, document: Document) -> Document:
    """Every empty line three times."""
    return document.with_texts(re.sub(r"(?<=\n)\n", "\n\n\n", part.text) for part in document.parts)


def blank_line_after_each(_: random.Random, document: Document) -> Document:
    """An empty line after every line."""
    return document.with_texts(part.text.replace("\n", "\n\n") for part in document.parts)


def one_line_tables(_: random.Random, document: Document) -> Document:
    """Headings and tables on one line, a space for every line end and what stood around it."""
    first = next((i for i, _ in document.tables), 0)
    texts = []
    for index, part in enumerate(document.parts):
        follows = document.parts[index + 1] if index + 1 < len(document.parts) else None
        joins = (
            index >= first - 1
            and part.kind in ("table", "heading", "noise")
            and (part.number in "二三四" or part.kind == "table")
        )
        end = "\n" if follows is None or follows.number not in ("二", "三", "四") else " "
        texts.append(_one_line(part.text) + end if joins else part.text)
    return document.with_texts(texts)


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def one_line_document(_: random.Random, document: Document) -> Document:
    """The whole document on one line."""
    return document.with_texts(_one_line(part.text) + " " for part in document.parts)


def trailing_spaces(rng: random.Random, document: Document) -> Document:
    """White space at the ends of lines, and before them in prose."""
    space = rng.choice((" ", "  ", "\xa0", "\u3000"))
    return document.with_texts(re.sub(r"(?<=[^\n])\n", f"{space}\n", part.text) for part in document.parts)


def navigation(_: random.Random, document: Document) -> Document:
    """A portal around the report: a clock and menus with other years, another body's name, a footer."""
    return evolve(document, parts=(Part("noise", "", _HEAD), *document.parts, Part("noise", "", _FOOT)))


def published_line(rng: random.Random, document: Document) -> Document:
    """A line with date, source and clicks under the title."""
    clicks, day = rng.randint(10, 9999), rng.randint(1, 9)
    line = f"发布时间：{2024 + day}-03-0{day} 09:15:00 来源：市政府办公室 点击数：{clicks}\n"
    at = 1 if document.parts and document.parts[0].kind == "title" else 0
    return evolve(document, parts=(*document.parts[:at], Part("noise", "", line), *document.parts[at:]))


def contact_block(_: random.Random, document: Document) -> Document:
    """Another body's address at the end."""
    return evolve(document, parts=(*document.parts, Part("noise", "", _BODIES)))


def title_wrapped(rng: random.Random, document: Document) -> Document:
    """The title over two lines."""
    texts = [part.text for part in document.parts]
    at = next((i for i, part in enumerate(document.parts) if part.kind == "title"), None)
    if at is None or len(texts[at]) < len("政府信息公开"):
        return document
    cut = rng.randint(2, len(texts[at].rstrip()) - 2)
    texts[at] = texts[at][:cut] + "\n" + texts[at][cut:]
    return document.with_texts(texts)


def title_lost(_: random.Random, document: Document) -> Document:
    """The title gone."""
    return evolve(document, parts=tuple(part for part in document.parts if part.kind != "title"))


def title_repeated(_: random.Random, document: Document) -> Document:
    """The title twice."""
    parts = ((part, part) if part.kind == "title" else (part,) for part in document.parts)
    return evolve(document, parts=tuple(part for some in parts for part in some))


def dates_broken(_: random.Random, document: Document) -> Document:
    """Characters lost from dates in prose: 20231月1日."""
    texts = (re.sub(r"(?<=\d{4})年(?=1月)", "", p.text) if p.kind == "prose" else p.text for p in document.parts)
    return document.with_texts(texts)


OPERATORS = named(
    title_lost,
    title_repeated,
    dates_broken,
    no_blank_lines,
    no_white_lines,
    tripled_blank_lines,
    blank_line_after_each,
    one_line_tables,
    one_line_document,
    trailing_spaces,
    navigation,
    published_line,
    contact_block,
    title_wrapped,
)
